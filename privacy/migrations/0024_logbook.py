"""Questions to the log that an officer keeps, and who looked at a person."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from privacy.rls import logbook


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0023_review_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LogQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("asked", models.JSONField(help_text="name of a filter to its code")),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("user", "name"), name="privacy_logquestion_once")],
            },
        ),
        migrations.RunSQL(logbook.QUESTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(logbook.ASKS, migrations.RunSQL.noop),
        migrations.RunSQL(logbook.LOOKED, migrations.RunSQL.noop),
    ]
