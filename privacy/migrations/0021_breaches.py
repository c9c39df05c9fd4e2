"""Breaches: their files at the desk, and the receipts of who reported one."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.rls import breaches


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0020_destruction_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BreachReceipt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reporter_id", models.UUIDField()),
                ("reference", models.CharField(max_length=30)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-at", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("look", "onterecht kijken, gevonden bij de controle"),
                            ("report", "melding van een medewerker"),
                            ("own", "zelf vastgesteld"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source_id", models.UUIDField(help_text="what was judged or reported; opaque", null=True)),
                (
                    "reader_id",
                    models.UUIDField(help_text="who looked unlawfully, and never reads this file", null=True),
                ),
                ("opened_by", models.UUIDField()),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("discovered_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("confidentiality", models.BooleanField(default=False)),
                ("integrity", models.BooleanField(default=False)),
                ("availability", models.BooleanField(default=False)),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        help_text="codes of `terms.CATEGORIES`",
                        size=None,
                    ),
                ),
                ("persons_count", models.PositiveIntegerField(null=True)),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog te beoordelen"),
                            ("none", "Waarschijnlijk geen risico"),
                            ("risk", "Risico"),
                            ("high", "Hoog risico"),
                            ("no_breach", "Geen datalek"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("assessed_at", models.DateTimeField(null=True)),
                (
                    "ap",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog te besluiten"),
                            ("yes", "Melden, wij zelf"),
                            ("joint", "Melden, door het contactpunt namens alle deelnemers (BGS 1.4)"),
                            ("no", "Niet melden: een risico is onwaarschijnlijk (AVG 33, lid 1)"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("ap_decided_at", models.DateTimeField(null=True)),
                (
                    "persons",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog te besluiten"),
                            ("yes", "Vertellen"),
                            ("no", "Niet vertellen: er is geen hoog risico (AVG 34, lid 1)"),
                            ("protected", "Niet vertellen: de gegevens waren onleesbaar (AVG 34, lid 3, onder a)"),
                            ("removed", "Niet vertellen: het hoge risico is weggenomen (AVG 34, lid 3, onder b)"),
                            (
                                "effort",
                                "Openbaar bekendmaken: een voor een kost onevenredig veel (AVG 34, lid 3, onder c)",
                            ),
                            ("uavg", "Niet vertellen: nodig voor een belang uit artikel 41 UAVG"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "partners",
                    models.CharField(
                        blank=True,
                        choices=[("", "Nog te besluiten"), ("yes", "Vertellen"), ("no", "Niet vertellen")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("internal_at", models.DateTimeField(help_text="the first internal notice", null=True)),
                ("ap_at", models.DateTimeField(help_text="the first notice to the AP", null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("summary", privacy.encryption.fields.SealedTextField()),
                (
                    "for_ap",
                    privacy.encryption.fields.SealedTextField(
                        help_text="the same without names, to copy into the form of the AP", null=True
                    ),
                ),
                (
                    "weighing",
                    privacy.encryption.fields.SealedJSONField(
                        help_text="reason per factor of the assessment", null=True
                    ),
                ),
                (
                    "reasons",
                    privacy.encryption.fields.SealedJSONField(
                        help_text="reason per decision: ap, persons, partners", null=True
                    ),
                ),
                ("lessons", privacy.encryption.fields.SealedTextField(null=True)),
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
                "ordering": ["-discovered_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BreachDossier",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("about_id", models.UUIDField(help_text="opaque key of the dossier")),
                ("reference", models.CharField(max_length=30)),
                ("person_id", models.UUIDField(help_text="who looked", null=True)),
                ("person_name", models.CharField(blank=True, max_length=120)),
                ("organisation_name", models.CharField(blank=True, max_length=120)),
                ("times", models.PositiveIntegerField(default=0)),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="touched", to="privacy.breach"
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
                "ordering": ["reference", "person_name", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BreachMeasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("what", privacy.encryption.fields.SealedTextField()),
                ("who", privacy.encryption.fields.SealedTextField()),
                ("due_on", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("noted_by", models.UUIDField()),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="privacy.breach"
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
                "ordering": ["noted_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BreachNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "Intern: directie, CISO of de vroege waarschuwing (Cyberbeveiligingswet)"),
                            ("ap", "Autoriteit Persoonsgegevens"),
                            ("partner", "Partner of contactpunt"),
                            ("persons", "Betrokkenen, rechtstreeks of openbaar"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("number", models.CharField(blank=True, help_text="as the AP gave it", max_length=40)),
                ("to_whom", privacy.encryption.fields.SealedTextField()),
                ("delay", privacy.encryption.fields.SealedTextField(null=True)),
                ("noted_by", models.UUIDField()),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="privacy.breach"
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
                "ordering": ["at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BreachTask",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("about_id", models.UUIDField(help_text="opaque key of the dossier")),
                ("reference", models.CharField(max_length=30)),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_on", models.DateField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="privacy.breach"
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("ap", "no"), ("risk__in", ["risk", "high"]), _negated=True),
                name="privacy_breach_ap",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("persons", "no"), ("risk", "high"), _negated=True), name="privacy_breach_persons"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    ("risk", "no_breach"),
                    models.Q(
                        models.Q(("risk", ""), _negated=True),
                        models.Q(("ap", ""), _negated=True),
                        models.Q(("persons", ""), _negated=True),
                        models.Q(("partners", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="privacy_breach_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachdossier",
            constraint=models.UniqueConstraint(
                fields=("breach", "about_id", "person_id"), name="privacy_breach_touched", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="breachtask",
            constraint=models.UniqueConstraint(fields=("breach", "about_id"), name="privacy_breach_told_once"),
        ),
        rls.protection(
            "privacy_breach",
            "privacy_breachdossier",
            "privacy_breachnotice",
            "privacy_breachtask",
            "privacy_breachmeasure",
        ),
        migrations.RunSQL(breaches.FILES, migrations.RunSQL.noop),
        migrations.RunSQL(breaches.RECEIPTS, migrations.RunSQL.noop),
        migrations.RunSQL(breaches.STANDS, migrations.RunSQL.noop),
    ]
