"""Lists of what is due, checked by a second person; carrying them out; the day on which each dossier goes."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from privacy.rls import destroying


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0019_retention_holds"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="retain_until",
            field=models.DateField(help_text="the day on which it goes: the day before it stays", null=True),
        ),
        migrations.CreateModel(
            name="DestructionList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_by", models.UUIDField()),
                ("made_by_name", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_by", models.UUIDField(null=True)),
                ("checked_by_name", models.CharField(blank=True, max_length=120)),
                ("checked_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("certificate", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "ordering": ["-made_at"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                models.Q(("checked_by", models.F("made_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="privacy_list_four_eyes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DestructionLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier_id", models.UUIDField(db_index=True, help_text="opaque: outlives the dossier")),
                ("reference", models.CharField(blank=True, max_length=30)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signal", "signaal"),
                            ("case", "casus"),
                            ("household", "gezin"),
                            ("draft", "concept"),
                            ("import", "inleesbestand"),
                            ("request", "verzoek om toegang"),
                        ],
                        max_length=10,
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=40)),
                ("table_id", models.UUIDField(null=True)),
                ("goes_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waits", "Wordt vernietigd"),
                            ("kept", "Van de lijst gehaald"),
                            ("done", "Vernietigd"),
                            ("refused", "Niet vernietigd"),
                        ],
                        default="waits",
                        max_length=8,
                    ),
                ),
                ("why", models.CharField(blank=True, help_text="code of KeepReason or NotDue", max_length=10)),
                ("kept_by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(null=True)),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="privacy.destructionlist"
                    ),
                ),
            ],
            options={
                "ordering": ["goes_on", "reference"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("list", "dossier_id"), name="privacy_line_once")],
            },
        ),
        migrations.RunSQL(destroying.NO_END, migrations.RunSQL.noop),
        migrations.RunSQL(destroying.EVERYTHING, migrations.RunSQL.noop),
    ]
