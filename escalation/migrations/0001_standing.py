"""Where cases stand on their ladders, what was decided, measures, terms, and who may decide."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import ladder, tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0020_whole"),
        ("partners", "0005_stagnation"),
        ("privacy", "0017_households"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(help_text="counted per standing, from 1")),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("opschalen", "Opschalen"),
                            ("trede overslaan", "Trede overslaan"),
                            ("afschalen", "Afschalen"),
                            ("terugstappen", "Terugstappen"),
                            ("inzetten naast de ladder", "Inzetten naast de ladder"),
                            ("beëindigen", "Beëindigen"),
                            ("verlengen", "Maatregel verlengen"),
                            ("intrekken", "Maatregel intrekken"),
                            ("nieuwe versie", "Over naar een nieuwe versie van de ladder"),
                            ("blijven", "Opnieuw bekeken, blijft staan"),
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.CharField(help_text="the rung before", max_length=40)),
                ("to", models.CharField(max_length=40)),
                ("criterion", models.CharField(blank=True, max_length=40)),
                ("authority", models.CharField(max_length=40)),
                ("mandate_of", models.CharField(blank=True, max_length=40)),
                ("decided_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                ("recorded", models.BooleanField()),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("review_on", models.DateField(null=True)),
                ("ladder_version", models.CharField(help_text="in which its codes are words", max_length=20)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "ordering": ["-number", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ladder_version", models.CharField(max_length=20)),
                ("rung", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                (
                    "ended_at",
                    models.DateTimeField(help_text="before its term: withdrawn, or the rung was left", null=True),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="escalation.decision"
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
                "ordering": ["-since", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("at", models.DateTimeField()),
                ("note", privacy.encryption.fields.SealedTextField()),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="breaches", to="escalation.measure"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("ladder", models.CharField(max_length=40)),
                ("ladder_version", models.CharField(max_length=20)),
                ("at", models.CharField(help_text="the rung of the case when it was proposed", max_length=40)),
                (
                    "beside",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("opschalen", "Opschalen"),
                            ("trede overslaan", "Trede overslaan"),
                            ("afschalen", "Afschalen"),
                            ("terugstappen", "Terugstappen"),
                            ("inzetten naast de ladder", "Inzetten naast de ladder"),
                            ("beëindigen", "Beëindigen"),
                            ("verlengen", "Maatregel verlengen"),
                            ("intrekken", "Maatregel intrekken"),
                            ("nieuwe versie", "Over naar een nieuwe versie van de ladder"),
                            ("blijven", "Opnieuw bekeken, blijft staan"),
                        ],
                        max_length=30,
                    ),
                ),
                ("to", models.CharField(help_text="key of the rung; for a new version the version", max_length=40)),
                ("until", models.DateTimeField(help_text="for an extension: the new end", null=True)),
                (
                    "running",
                    models.JSONField(help_text="for an extension: the term as it ran when proposed", null=True),
                ),
                (
                    "lengths",
                    models.JSONField(default=dict, help_text="key of a term to the length that was chosen for it"),
                ),
                ("criterion", models.CharField(blank=True, max_length=40)),
                ("review_on", models.DateField(null=True)),
                (
                    "authorities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), help_text="of which one must decide", size=None
                    ),
                ),
                (
                    "regisseurs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        help_text="who was named when proposed",
                        size=None,
                    ),
                ),
                ("about", privacy.encryption.fields.SealedTextField(help_text="whom or what it is about")),
                ("reason", privacy.encryption.fields.SealedTextField()),
                (
                    "facts",
                    privacy.encryption.fields.SealedJSONField(
                        help_text="requirement to fact and note, kept in step with the findings"
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Wacht op besluit"),
                            ("granted", "Genomen"),
                            ("refused", "Niet genomen"),
                            ("withdrawn", "Ingetrokken"),
                            ("overtaken", "Ingehaald door een ander besluit"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "decided_at",
                    models.DateTimeField(help_text="when it was decided; earlier when recorded afterwards", null=True),
                ),
                ("authority", models.CharField(blank=True, max_length=40)),
                ("mandate_of", models.CharField(blank=True, max_length=40)),
                (
                    "recorded",
                    models.BooleanField(
                        default=False, help_text="decided outside the system, and recorded by the regie"
                    ),
                ),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        help_text="who took part in a body's decision",
                        size=None,
                    ),
                ),
                (
                    "document",
                    privacy.encryption.fields.SealedTextField(
                        help_text="for what was recorded: which document says so", null=True
                    ),
                ),
                ("answer", privacy.encryption.fields.SealedTextField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "measure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="escalation.measure",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="decision", to="escalation.proposal"
            ),
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ladder", models.CharField(max_length=40)),
                ("ladder_version", models.CharField(max_length=20)),
                ("at", models.CharField(help_text="key of the rung", max_length=40)),
                (
                    "beside",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        help_text="rungs in force beside the ladder",
                        size=None,
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("review_on", models.DateField(null=True)),
                ("steps", models.PositiveIntegerField(default=0, help_text="decisions so far")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="standings", to="casework.case"
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
        migrations.AddField(
            model_name="proposal",
            name="standing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="escalation.standing"
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="standing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="escalation.standing"
            ),
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("requirement", models.CharField(max_length=40)),
                (
                    "fact",
                    privacy.encryption.fields.SealedJSONField(
                        help_text="kind and values, as `fact_values` writes them"
                    ),
                ),
                ("note", privacy.encryption.fields.SealedTextField(null=True)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(help_text="withdrawn, or replaced by a newer one", null=True)),
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
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "standing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="escalation.standing"
                    ),
                ),
            ],
            options={
                "ordering": ["found_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="standing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="escalation.standing"
            ),
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ladder", models.CharField(max_length=40)),
                ("ladder_version", models.CharField(max_length=20)),
                ("rung", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=40)),
                (
                    "number",
                    models.PositiveIntegerField(help_text="the length that counts, in the unit of the rung's term"),
                ),
                ("since", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("extended", models.PositiveIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "De casus verliet de trede"),
                            ("withdrawn", "Ingetrokken"),
                            ("done", "Gedaan"),
                            ("closed", "De casus is gesloten"),
                        ],
                        max_length=10,
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
                    "measure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="escalation.measure",
                    ),
                ),
                (
                    "standing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="escalation.standing"
                    ),
                ),
            ],
            options={
                "ordering": ["ends", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="term",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="escalation.term"
            ),
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=40)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holders", to="partners.casetable"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("table", "authority", "user"),
                        name="escalation_holder_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("giver", models.CharField(max_length=40)),
                ("to", models.CharField(max_length=40)),
                ("document", models.CharField(help_text="where the mandate is written", max_length=200)),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="the last day on which it counts", null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mandates", to="partners.casetable"
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="escalation_mandate_period",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.UniqueConstraint(fields=("case", "ladder"), name="escalation_standing_once"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("standing", "requirement"),
                name="escalation_finding_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("standing", "number"), name="escalation_decision_number"),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("since"))), name="escalation_term_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("ended_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="escalation_term_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")), fields=("standing", "move", "to"), name="escalation_proposal_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("outcome", "")),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="escalation_proposal_answered",
            ),
        ),
        tables.protection(
            "escalation_standing",
            "escalation_finding",
            "escalation_proposal",
            "escalation_decision",
            "escalation_measure",
            "escalation_breach",
            "escalation_term",
        ),
        *(
            tables.only_regie_writes(table)
            for table in ("escalation_finding", "escalation_breach", "escalation_measure", "escalation_term")
        ),
        tables.only_regie_adds("escalation_proposal"),
        migrations.RunSQL(ladder.EVERYTHING, migrations.RunSQL.noop),
    ]
