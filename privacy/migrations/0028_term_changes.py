"""A shorter term of a table for what is there already: asked by one person, agreed to by another."""

from __future__ import annotations

import uuid

import django.utils.timezone
from django.db import migrations, models

from privacy.rls import term_changes


class Migration(migrations.Migration):
    dependencies = [("privacy", "0027_extension")]

    operations = [
        migrations.CreateModel(
            name="TermChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("table_id", models.UUIDField()),
                ("years", models.PositiveSmallIntegerField()),
                ("asked_by", models.UUIDField()),
                ("asked_by_name", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.CharField(blank=True, max_length=120)),
                ("answered_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
                "ordering": ["-asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("table_id",),
                        name="privacy_term_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed__isnull", True), ("answered_at__isnull", True), ("answered_by__isnull", True)
                            ),
                            models.Q(
                                ("agreed__isnull", False),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="privacy_term_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("carried_out_at__isnull", True), ("agreed", True), _connector="OR"),
                        name="privacy_term_carried_out",
                    ),
                ],
            },
        ),
        migrations.RunSQL(term_changes.EVERYTHING, migrations.RunSQL.noop),
    ]
