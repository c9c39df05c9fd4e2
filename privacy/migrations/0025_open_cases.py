"""An open case whose term is over waits for the word of an officer."""

from __future__ import annotations

import uuid

import django.utils.timezone
from django.db import migrations, models

from privacy.rls import open_cases


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0024_logbook"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenGoes",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier_id", models.UUIDField(help_text="opaque: outlives the dossier", unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("left", "Er is niemand meer die de casus kan sluiten"),
                            ("asked", "De regisseur is gevraagd te sluiten en deed dat niet"),
                            ("ordered", "De toezichthouder of rechter eist het"),
                        ],
                        max_length=8,
                    ),
                ),
                ("said_by", models.UUIDField()),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(open_cases.EVERYTHING, migrations.RunSQL.noop),
    ]
