"""Upkeep of the keys: the chain behind the digests, what was done when, what was destroyed, and a role for back-ups."""

from __future__ import annotations

import uuid

import django.utils.timezone
from django.db import migrations, models

from privacy.rls import upkeep


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0007_speed"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexKey",
            fields=[
                ("epoch", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="keyencryptionkey",
            name="retired_at",
            field=models.DateTimeField(help_text="when the last data key left it", null=True),
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rotate_kek", "Sleutels vernieuwd"),
                            ("destroy_epochs", "Oude sleutels vernietigd"),
                            ("rotate_index", "Zoeksleutel vernieuwd"),
                            ("reencrypt", "Dossier opnieuw versleuteld"),
                            ("escrow_split", "Hoofdsleutel verdeeld over drie personen"),
                            ("escrow_drill", "Oefening met de delen van de hoofdsleutel"),
                            ("backup", "Back-up"),
                            ("restore", "Back-up teruggezet"),
                            ("restore_test", "Proef met terugzetten"),
                            ("shred_replay", "Vernietigingslijst opnieuw uitgevoerd"),
                        ],
                        max_length=16,
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="the epoch, or how many", null=True)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, help_text="ok or failed", max_length=10)),
                ("by", models.UUIDField(help_text="opaque: whose command it was")),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "-ended_at"], name="privacy_operation_latest")],
            },
        ),
        migrations.CreateModel(
            name="Shredded",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "noted_at",
                    models.DateTimeField(help_text="when it stood in the list outside the database", null=True),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("noted_at__isnull", True)), fields=["at"], name="privacy_shredded_open"
                    )
                ],
            },
        ),
        migrations.RunSQL(upkeep.FORGET, migrations.RunSQL.noop),
        migrations.RunSQL(upkeep.INDEX_CHAIN, "DROP FUNCTION privacy_index_chain()"),
        migrations.RunSQL(upkeep.KEY_COUNTS, "DROP FUNCTION privacy_key_counts()"),
        migrations.RunSQL(upkeep.CLOSE_DEFINERS, migrations.RunSQL.noop),
        migrations.RunSQL(upkeep.RIGHTS, migrations.RunSQL.noop),
    ]
