"""A request to keep a case longer, the consents it needs, and the one function that extends a term."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import extension


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0026_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier_id", models.UUIDField(db_index=True, help_text="opaque key of the case")),
                ("file_id", models.UUIDField(help_text="opaque key of the file with the reason")),
                ("ground", models.CharField(choices=[("a", "a"), ("b", "b")], max_length=1)),
                ("old_end", models.DateField(help_text="the day on which the case goes without it")),
                ("new_end", models.DateField(help_text="what each organisation is asked to consent to")),
                (
                    "last_day",
                    models.DateField(help_text="from this day on it holds nothing and can't be granted any more"),
                ),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Wacht"),
                            ("granted", "Verlengd"),
                            ("refused", "Geweigerd"),
                            ("withdrawn", "Ingetrokken"),
                        ],
                        max_length=9,
                    ),
                ),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-asked_at"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("dossier_id",),
                        name="privacy_extension_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="privacy_extension_ended_both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gt", models.F("old_end")), ("new_end__gt", models.F("old_end"))),
                        name="privacy_extension_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtensionText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reference", models.CharField(max_length=30)),
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
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ExtensionConsent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.UUIDField()),
                ("agreed", models.BooleanField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "extension",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="privacy.extension"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("extension", "organisation_id"), name="privacy_extensionconsent_once"
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
                            ),
                            _connector="OR",
                        ),
                        name="privacy_extensionconsent_answered",
                    ),
                ],
            },
        ),
        migrations.RunSQL(extension.EVERYTHING, migrations.RunSQL.noop),
    ]
