"""Who left, for the privacy officer; and the end of all access of one person."""

from __future__ import annotations

import uuid

import django.utils.timezone
from django.db import migrations, models

from privacy.rls import leaving


class Migration(migrations.Migration):
    dependencies = [("privacy", "0011_breakglass")]

    operations = [
        migrations.CreateModel(
            name="Departure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField(db_index=True)),
                ("person_name", models.CharField(max_length=120)),
                ("organisation_name", models.CharField(max_length=120)),
                ("left_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_by", models.UUIDField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("terecht", "Terecht: het past bij het werk"),
                            ("navragen", "Navragen: het blijft op de lijst staan"),
                            ("onterecht", "Onterecht: ik volg de procedure datalek"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("work", "Het hoort bij de dossiers van deze persoon"),
                            ("many", "Opvallend veel dossiers"),
                            ("outside", "Dossiers buiten het eigen werk"),
                            ("hours", "Op vreemde tijden"),
                        ],
                        max_length=10,
                    ),
                ),
                ("judged_by", models.UUIDField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
            ],
            options={"ordering": ["left_at"], "default_permissions": ()},
        ),
        migrations.RunSQL(leaving.DEPARTURES, migrations.RunSQL.noop),
        migrations.RunSQL(leaving.END_PERSON, migrations.RunSQL.noop),
    ]
