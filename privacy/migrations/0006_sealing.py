"""Seals over the log: a MAC on every entry, blocks with signed heads, what waits, and the outcomes of checks."""

from __future__ import annotations

import uuid

import django.utils.timezone
from django.db import migrations, models

from privacy.rls import sealing


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0005_who_can_see"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditUnsealed",
            fields=[
                ("entry_id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "before",
                    models.BooleanField(db_default=False, default=False, help_text="from before entries carried a MAC"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="auditentry",
            name="mac",
            field=models.BinaryField(help_text="HMAC over all other fields; empty when older than that", null=True),
        ),
        migrations.CreateModel(
            name="AuditBlock",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("root", models.BinaryField(help_text="root of the Merkle tree over the entries (RFC 9162)")),
                ("previous", models.BinaryField(help_text="digest of the head before")),
                ("sealed_at", models.DateTimeField()),
                (
                    "before",
                    models.BooleanField(default=False, help_text="of entries from before they carried a MAC"),
                ),
                ("signature", models.BinaryField(help_text="Ed25519, over everything above")),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["sealed_at"], name="privacy_block_sealed")],
            },
        ),
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("seals", "Zijn de zegels heel?"),
                            ("anchor", "Past het ankerbestand?"),
                            ("traces", "Staat elke wijziging in het logboek?"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_by", models.UUIDField(help_text="who asked; nobody when it was the night's turn", null=True)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("entries", models.IntegerField(default=0)),
                ("blocks", models.IntegerField(default=0)),
                ("waiting", models.IntegerField(default=0, help_text="entries that were too young to be sealed")),
                ("wrong", models.IntegerField(default=0, help_text="how much did not hold")),
                (
                    "findings",
                    models.JSONField(default=list, help_text="the first: sentences with block, place, moment"),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "-ended_at"], name="privacy_check_newest")],
            },
        ),
        migrations.CreateModel(
            name="AuditLeaf",
            fields=[
                ("entry_id", models.UUIDField(primary_key=True, serialize=False)),
                ("block", models.IntegerField()),
                ("position", models.IntegerField()),
                ("leaf_hash", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("block", "position"), name="privacy_leaf_place")],
            },
        ),
        migrations.RunSQL(sealing.QUEUE, migrations.RunSQL.noop),
        migrations.RunSQL(sealing.RIGHTS, migrations.RunSQL.noop),
    ]
