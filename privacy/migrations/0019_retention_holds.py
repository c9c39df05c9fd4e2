"""What keeps a dossier from being destroyed: blocks, and the files of holds and objections at a desk."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.rls import desks, retention


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0018_desks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="deskfile",
            name="desk",
            field=models.CharField(
                choices=[
                    ("review", "controle van het kijken"),
                    ("officers", "controle van de privacy officers"),
                    ("breach", "datalekken"),
                    ("rights", "verzoeken van betrokkenen"),
                    ("retention", "bewaren en vernietigen"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier_id", models.UUIDField(help_text="opaque: outlives the dossier")),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("request", "verzoek van een betrokkene"),
                            ("objection", "bezwaar van de regisseur"),
                            ("hold", "bewaarplicht"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source_id", models.UUIDField(db_index=True)),
                ("set_by", models.UUIDField()),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("dossier_id", "source_id"),
                        name="privacy_block_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="privacy_block_ended_both",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("request", "verzoek van een betrokkene"),
                            ("objection", "bezwaar van de regisseur"),
                            ("hold", "bewaarplicht"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about_id", models.UUIDField(help_text="opaque: outlives the dossier")),
                ("reference", models.CharField(max_length=30)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("review_on", models.DateField(help_text="on this day an officer looks again")),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["review_on"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HoldText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("reason", "Reden"), ("review", "Blijft staan"), ("end", "Opgeheven")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", privacy.encryption.fields.SealedTextField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="privacy.hold"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                    _connector="OR",
                ),
                name="privacy_hold_lifted_both",
            ),
        ),
        rls.protection("privacy_hold", "privacy_holdtext"),
        migrations.RunSQL(desks.ANOTHER_DESK, migrations.RunSQL.noop),
        migrations.RunSQL(retention.REGISSEUR, migrations.RunSQL.noop),
        migrations.RunSQL(retention.BLOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(retention.TABLES, migrations.RunSQL.noop),
        migrations.RunSQL(retention.FILES, migrations.RunSQL.noop),
    ]
