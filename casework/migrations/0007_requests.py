"""Requests for access: what was asked, and where it arrived."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.rls import asking


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_conditions"),
        ("partners", "0002_table_in_use"),
        ("privacy", "0011_breakglass"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(help_text="as typed; a number is no secret", max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Verstuurd"),
                            ("given", "Toegang gegeven"),
                            ("refused", "Afgewezen"),
                            ("withdrawn", "Ingetrokken"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("reason", privacy.encryption.fields.SealedTextField()),
                ("needed_until", models.DateField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("answer", privacy.encryption.fields.SealedTextField(null=True)),
                (
                    "asker",
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
            ],
            options={"ordering": ["-asked_at", "id"], "abstract": False, "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="RequestArrival",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
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
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arrival",
                        to="casework.accessrequest",
                    ),
                ),
            ],
            options={"ordering": ["at", "id"], "abstract": False, "default_permissions": ()},
        ),
        rls.protection("casework_accessrequest", "casework_requestarrival"),
        migrations.RunSQL(asking.ARRIVES, migrations.RunSQL.noop),
        migrations.RunSQL(asking.READERS, migrations.RunSQL.noop),
    ]
