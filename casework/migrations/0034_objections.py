"""Objections: put before who directs each dossier, and weighed."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import handling, objecting, person, tables


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0033_handling"),
        ("privacy", "0029_blocks_of_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsObjection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("about_id", models.UUIDField(help_text="opaque key of the dossier: the desk does not read it")),
                ("about_reference", models.CharField(max_length=30)),
                ("reference", models.CharField(max_length=30)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField()),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, help_text="who directs it", size=None
                    ),
                ),
                ("reminded_at", models.DateTimeField(null=True)),
                ("words", privacy.encryption.fields.SealedTextField()),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="casework.rightsrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "about_reference"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsWeighing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("keep", "Gegrond: wij gebruiken de gegevens niet meer en bewaren ze alleen nog"),
                            ("erase", "Gegrond: wij gebruiken de gegevens niet meer en wissen ze"),
                            ("dismissed", "Ongegrond: er zijn dwingende gerechtvaardigde gronden om door te gaan"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", privacy.encryption.fields.SealedTextField()),
                (
                    "hidden_on",
                    models.CharField(
                        blank=True, help_text="ground on which the letter is silent about it", max_length=12
                    ),
                ),
                ("weighed_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weighing",
                        to="casework.rightsobjection",
                    ),
                ),
                (
                    "weighed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="rightsobjection",
            constraint=models.UniqueConstraint(fields=("request", "about_id"), name="casework_rightsobjection_once"),
        ),
        tables.protection("casework_rightsobjection", "casework_rightsweighing"),
        migrations.RunSQL(
            [objecting.FUNCTIONS, objecting.WALLS, handling.again(person.RESTRICT)], migrations.RunSQL.noop
        ),
    ]
