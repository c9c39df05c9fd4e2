"""Who is kept away from a dossier: the table, the mark on grants, and validity that asks for it."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from privacy.rls import exclusion


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0003_end_at_table"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="excluded",
            field=models.BooleanField(
                default=False,
                help_text="set by the database for who is excluded from the dossier: beats everything else",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="kind",
            field=models.CharField(
                choices=[
                    ("signal", "signaal"),
                    ("case", "casus"),
                    ("draft", "concept"),
                    ("import", "inleesbestand"),
                    ("request", "verzoek om toegang"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("family", "Familie of partner"),
                            ("friend", "Vriend of bekende"),
                            ("neighbour", "Buren"),
                            ("own", "Zelf betrokken"),
                            ("work", "Werkt of werkte met deze persoon"),
                            ("other", "Een andere persoonlijke band"),
                        ],
                        max_length=10,
                    ),
                ),
                ("set_by", models.UUIDField()),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["set_at"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "dossier"),
                        name="privacy_exclusion_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="privacy_exclusion_ended_both",
                    ),
                ],
            },
        ),
        migrations.RunSQL(exclusion.CHECK_GRANT, migrations.RunSQL.noop),
        migrations.RunSQL(exclusion.POLICY, migrations.RunSQL.noop),
        migrations.RunSQL(exclusion.VALIDITY, migrations.RunSQL.noop),
        migrations.RunSQL(exclusion.FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(exclusion.TABLE, migrations.RunSQL.noop),
    ]
