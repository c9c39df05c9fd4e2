"""Requests of persons concerned, and how the data of one are collected through the walls."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import rights, tables


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0028_informing"),
        ("partners", "0006_roles_of_the_desks"),
        ("privacy", "0018_desks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=30)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inzage", "Inzage"),
                            ("rectificatie", "Rectificatie (iets klopt niet)"),
                            ("beperking", "Beperking (voorlopig niet gebruiken)"),
                            ("bezwaar", "Bezwaar tegen het gebruik"),
                            ("wissing", "Wissing"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("self", "Over zichzelf"),
                            ("child", "Over een kind, door de ouder of voogd"),
                            ("represented", "Over iemand anders, als vertegenwoordiger"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("brief", "Per brief"),
                            ("mail", "Per e-mail"),
                            ("balie", "Aan de balie"),
                            ("telefoon", "Telefonisch"),
                            ("formulier", "Via het formulier op de website"),
                            ("partner", "Via een partner van de tafel"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Wacht op controle van de identiteit"),
                            ("collecting", "Gegevens verzamelen"),
                            ("judging", "Passages beoordelen"),
                            ("released", "Afgehandeld"),
                            ("refused", "Geweigerd"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                (
                    "police",
                    models.BooleanField(
                        default=False, help_text="police data were found: six weeks for those (Wpg 25)"
                    ),
                ),
                (
                    "extended_on",
                    models.DateField(help_text="the day of the notice of two months more (AVG 12(3))", null=True),
                ),
                ("identity_how", models.CharField(blank=True, max_length=12)),
                ("identity_at", models.DateTimeField(null=True)),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        choices=[("party", "Vertegenwoordiger is partij"), ("harm", "Kan iemand schaden")],
                        max_length=10,
                    ),
                ),
                ("doubt_settled_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(blank=True, help_text="code of the article", max_length=30)),
                (
                    "recheck_on",
                    models.DateField(help_text="when a ground of refusal is looked at again (BGS 1.2)", null=True),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "fingerprint",
                    models.CharField(blank=True, help_text="SHA-256 of the file that was given", max_length=64),
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "identity_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["received_on", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsRelease",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("letter", privacy.encryption.fields.SealedBytesField()),
                ("file", privacy.encryption.fields.SealedBytesField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="release", to="casework.rightsrequest"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=30)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField()),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, help_text="whom of this organisation", size=None
                    ),
                ),
                ("reminded_at", models.DateTimeField(null=True)),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="casework.rightsrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsPerson",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", privacy.encryption.fields.SealedTextField()),
                ("birth_date", privacy.encryption.fields.SealedDateField()),
                ("bsn", privacy.encryption.fields.SealedTextField(null=True)),
                ("address", privacy.encryption.fields.SealedTextField(null=True)),
                (
                    "asker_name",
                    privacy.encryption.fields.SealedTextField(
                        help_text="who asks for this person; empty: the person", null=True
                    ),
                ),
                ("asker_address", privacy.encryption.fields.SealedTextField(null=True)),
                (
                    "mandate",
                    privacy.encryption.fields.SealedTextField(
                        help_text="what shows that this one may ask for the person", null=True
                    ),
                ),
                (
                    "wish",
                    privacy.encryption.fields.SealedTextField(
                        help_text="what is asked, in the person's own words", null=True
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="person", to="casework.rightsrequest"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsPassage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("about_id", models.UUIDField()),
                ("reference", models.CharField(max_length=30)),
                (
                    "source",
                    models.CharField(help_text="what kind of text it is, as it reads in the file", max_length=60),
                ),
                ("row_id", models.UUIDField(null=True)),
                ("kind", models.CharField(blank=True, help_text="fact, observation or opinion", max_length=10)),
                ("category", models.CharField(blank=True, max_length=20)),
                ("day", models.DateField(null=True)),
                ("own", models.BooleanField(default=False, help_text="a part that the desk did not open")),
                ("shielded", models.BooleanField(default=False, help_text="its source is not named to the person")),
                ("text", privacy.encryption.fields.SealedTextField(null=True)),
                ("spans", privacy.encryption.fields.SealedJSONField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("left_out", models.BooleanField(default=False, help_text="it is not about this person")),
                (
                    "refused_on",
                    models.CharField(
                        blank=True, help_text="ground on which the whole passage stays out", max_length=12
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
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="casework.rightsquestion",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="casework.rightsrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["reference", "day", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsOverview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("body", privacy.encryption.fields.SealedJSONField()),
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
                        related_name="overview",
                        to="casework.rightsrequest",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identity", "Identiteit"),
                            ("doubt", "Twijfel"),
                            ("refusal", "Weigering"),
                            ("extend", "Verlenging"),
                            ("decision", "Besluit"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="casework.rightsrequest"
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
            name="RightsMark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("digest", models.BinaryField()),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="casework.rightsrequest"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsCandidate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("about_id", models.UUIDField(help_text="opaque key of the dossier: the desk does not read it")),
                ("reference", models.CharField(max_length=30)),
                ("dossier_kind", models.CharField(max_length=10)),
                ("matched", models.CharField(help_text="bsn, person or both", max_length=20)),
                ("confirmed", models.BooleanField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("copied", "Overgenomen"),
                            ("absent", "Persoon niet gevonden"),
                            ("closed", "Kon niet worden geopend"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        related_name="candidates",
                        to="casework.rightsrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["reference"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("may", "Mag mee"),
                            ("except", "Mag mee, behalve een deel"),
                            ("refused", "Mag niet mee"),
                        ],
                        max_length=8,
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=12)),
                (
                    "except_words",
                    privacy.encryption.fields.SealedTextField(
                        help_text="the words that may not go, one stretch a line", null=True
                    ),
                ),
                ("reason", privacy.encryption.fields.SealedTextField(null=True)),
                ("given", privacy.encryption.fields.SealedTextField(null=True)),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answered_by",
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
                    "passage",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answer", to="casework.rightspassage"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "may"), models.Q(("ground", ""), _negated=True), _connector="OR"
                        ),
                        name="casework_rightsanswer_ground",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.UniqueConstraint(fields=("dossier",), name="casework_rights_dossier"),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["new", "refused"]),
                    models.Q(
                        ("identity_at__isnull", False),
                        ("identity_by__isnull", False),
                        models.Q(("identity_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="casework_rights_identified",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["new", "refused"]),
                    ("doubt", ""),
                    ("doubt_settled_at__isnull", False),
                    _connector="OR",
                ),
                name="casework_rights_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False), ("ended_by__isnull", False), ("state__in", ["released", "refused"])
                    ),
                    models.Q(
                        ("ended_at__isnull", True),
                        ("ended_by__isnull", True),
                        ("state__in", ["new", "collecting", "judging"]),
                    ),
                    _connector="OR",
                ),
                name="casework_rights_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("refusal", ""), _negated=True),
                    _connector="OR",
                ),
                name="casework_rights_refusal",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsquestion",
            constraint=models.UniqueConstraint(fields=("request", "organisation"), name="casework_rightsquestion_once"),
        ),
        migrations.AddConstraint(
            model_name="rightscandidate",
            constraint=models.UniqueConstraint(fields=("request", "about_id"), name="casework_candidate_once"),
        ),
        tables.protection(
            "casework_rightsrequest",
            "casework_rightsperson",
            "casework_rightsmark",
            "casework_rightsnote",
            "casework_rightscandidate",
            "casework_rightsquestion",
            "casework_rightspassage",
            "casework_rightsanswer",
            "casework_rightsoverview",
            "casework_rightsrelease",
        ),
        migrations.RunSQL([rights.FIND, rights.OPEN, rights.RIGHTS, rights.WALLS], migrations.RunSQL.noop),
    ]
