"""A household with its members, the cases about it, its regie and its one plan."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0009_leaving"),
        ("partners", "0004_leaving"),
        ("privacy", "0017_households"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseholdCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("theme", models.CharField(max_length=40)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["since", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HouseholdDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("founded", "Gezin vastgelegd"),
                            ("linked", "Casus aangesloten: één plan"),
                            ("unlinked", "Casus losgemaakt"),
                            ("one_plan", "Eén plan voor wie in twee gezinnen hoort"),
                            ("joined", "Persoon erbij"),
                            ("left", "Persoon weg"),
                            ("split", "Gezin gesplitst"),
                            ("merged", "Gezinnen samengevoegd"),
                            ("closed", "Plan afgesloten"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", privacy.encryption.fields.SealedTextField(null=True)),
                ("about", models.UUIDField(help_text="the member or dossier that it is about", null=True)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-decided_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HouseholdFace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", privacy.encryption.fields.SealedTextField()),
                ("address", privacy.encryption.fields.SealedTextField(null=True)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("ouder", "Ouder of verzorger"),
                            ("partner", "Partner"),
                            ("kind", "Kind"),
                            ("grootouder", "Grootouder"),
                            ("familie", "Ander familielid"),
                            ("alleen", "Alleenstaand"),
                            ("ander", "Iemand anders die er woont"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", privacy.encryption.fields.SealedTextField()),
                ("birth_date", privacy.encryption.fields.SealedDateField(null=True)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "left_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verhuisd", "Verhuisd"),
                            ("uit_elkaar", "Ouders of partners uit elkaar"),
                            ("zelfstandig", "Zelfstandig gaan wonen"),
                            ("uithuisplaatsing", "Uit huis geplaatst"),
                            ("samengevoegd", "Huishoudens samengevoegd"),
                            ("overleden", "Overleden"),
                            ("vergissing", "Hoort hier niet bij (vergissing)"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "came_from",
                    models.UUIDField(help_text="the row of the same person in the household before", null=True),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PhaseDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reason", privacy.encryption.fields.SealedTextField()),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("domains", models.CharField(help_text="the list of life domains", max_length=40)),
                ("domains_version", models.CharField(max_length=20)),
                ("evaluate_on", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlanConsent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("agreed", models.BooleanField()),
                ("remark", privacy.encryption.fields.SealedTextField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlanLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "circle",
                    privacy.encryption.fields.SealedTextField(help_text="how they are in each other's direct circle"),
                ),
                (
                    "depends",
                    privacy.encryption.fields.SealedTextField(help_text="how their problems depend on each other"),
                ),
                (
                    "needed",
                    privacy.encryption.fields.SealedTextField(help_text="why linking is needed for the purpose"),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                ("review_on", privacy.encryption.fields.SealedDateField(null=True)),
            ],
            options={
                "ordering": ["since", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlanPiece",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("goal", "Doel"), ("action", "Actie"), ("agreement", "Veiligheidsafspraak")],
                        max_length=10,
                    ),
                ),
                ("original", models.UUIDField()),
                ("body", privacy.encryption.fields.SealedJSONField()),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-number"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SafetyAgreement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("watches", privacy.encryption.fields.SealedTextField(help_text="who watches over it", null=True)),
                ("for_family", models.BooleanField(default=True)),
                ("check_on", models.DateField(null=True)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["since", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="regieassignment",
            name="access_until",
            field=models.DateTimeField(help_text="the end of the participation in that case", null=True),
        ),
        migrations.AddField(
            model_name="regieassignment",
            name="through",
            field=models.ForeignKey(
                help_text="the case through which the casusregisseur of a household comes to it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="privacy.dossier",
            ),
        ),
        migrations.AddField(
            model_name="regieassignment",
            name="vacant_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left", "uit dienst"),
                    ("seat", "zetel afgelopen"),
                    ("ended", "doet niet meer mee"),
                    ("ill", "afwezig"),
                    ("organisation", "organisatie gestopt"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="regieassignment",
            name="vacant_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="regieassignment",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="regie", to="casework.case"
            ),
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("domain", models.CharField(help_text="code in the list of life domains", max_length=40)),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[("direct", "Directe veiligheid"), ("risk", "Risicogestuurd"), ("recovery", "Herstel")],
                        max_length=8,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Nog niet begonnen"),
                            ("open", "Loopt"),
                            ("reached", "Gehaald"),
                            ("partly", "Deels gehaald"),
                            ("missed", "Niet gehaald"),
                            ("moved", "Verder in een ander plan"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("title", privacy.encryption.fields.SealedTextField()),
                ("baseline", privacy.encryption.fields.SealedTextField(null=True)),
                ("wished", privacy.encryption.fields.SealedTextField(null=True)),
                ("result", privacy.encryption.fields.SealedTextField(null=True)),
                (
                    "family_text",
                    privacy.encryption.fields.SealedTextField(
                        help_text="how the family reads it; empty: not told", null=True
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("follows", models.UUIDField(help_text="the same goal in the plan where it began", null=True)),
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
                "ordering": ["added_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="GoalPartner",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ground", models.CharField(max_length=60)),
                ("decision_ref", models.CharField(blank=True, max_length=60)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
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
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="casework.goal"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Loopt"), ("closed", "Afgesloten")], default="active", max_length=8
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        help_text="whom the family calls; empty: the casusregisseur",
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
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "split_from",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reason", privacy.encryption.fields.SealedTextField()),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("accepted", models.BooleanField(help_text="empty while open, and when it was taken back", null=True)),
                ("answer", privacy.encryption.fields.SealedTextField(null=True)),
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
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="casework.household"
                    ),
                ),
            ],
            options={
                "ordering": ["-offered_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="goal",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="casework.household"
            ),
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("todo", "Te doen"), ("doing", "Bezig"), ("done", "Gedaan"), ("dropped", "Vervallen")],
                        default="todo",
                        max_length=8,
                    ),
                ),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("result", privacy.encryption.fields.SealedTextField(null=True)),
                (
                    "family_text",
                    privacy.encryption.fields.SealedTextField(
                        help_text="how the family reads it; empty: not told", null=True
                    ),
                ),
                ("due_on", models.DateField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="casework.goal",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="casework.household"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="regieassignment",
            name="household",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="regie", to="casework.household"
            ),
        ),
        migrations.AddConstraint(
            model_name="regieassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("household",), name="casework_regie_one_household"
            ),
        ),
        migrations.AddConstraint(
            model_name="regieassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("household__isnull", True)),
                    models.Q(("case__isnull", True), ("household__isnull", False), ("kind", "case")),
                    _connector="OR",
                ),
                name="casework_regie_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="regieassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vacant_because", ""), ("vacant_since__isnull", True)),
                    models.Q(("vacant_since__isnull", False), models.Q(("vacant_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="casework_regie_vacant",
            ),
        ),
        migrations.AddField(
            model_name="householdcase",
            name="case_dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="householdcase",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="householdcase",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="householdcase",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="casework.household"
            ),
        ),
        migrations.AddField(
            model_name="householdcase",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.casetable"
            ),
        ),
        migrations.AddField(
            model_name="householddecision",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="householddecision",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="householddecision",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="householddecision",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="casework.household"
            ),
        ),
        migrations.AddField(
            model_name="householdface",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="householdface",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="householdface",
            name="household",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="face", to="casework.household"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="casework.household"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="planned_in",
            field=models.ForeignKey(
                help_text="the other household whose plan is this person's one plan; empty: this one",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="privacy.dossier",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="member",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="casework.member"
            ),
        ),
        migrations.AddField(
            model_name="phasedecision",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="phasedecision",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="phasedecision",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="phasedecision",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="phase_decisions", to="casework.goal"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="household",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="plan", to="casework.household"
            ),
        ),
        migrations.AddField(
            model_name="planconsent",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="planconsent",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="planconsent",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
            ),
        ),
        migrations.AddField(
            model_name="planconsent",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="planlink",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="planlink",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="planlink",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="planlink",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="plan_links", to="casework.household"
            ),
        ),
        migrations.AddField(
            model_name="planlink",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="planpiece",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="planpiece",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="casework.household"
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="planpiece",
            name="plan_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="casework.planversion"
            ),
        ),
        migrations.AddField(
            model_name="planconsent",
            name="plan_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="casework.planversion"
            ),
        ),
        migrations.AddField(
            model_name="safetyagreement",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="safetyagreement",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="safetyagreement",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="casework.household"
            ),
        ),
        migrations.AddConstraint(
            model_name="goalpartner",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("goal", "organisation"),
                name="casework_goalpartner_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.UniqueConstraint(fields=("dossier",), name="casework_household_dossier"),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("status", "active")),
                    models.Q(("closed_at__isnull", False), ("status", "closed")),
                    _connector="OR",
                ),
                name="casework_household_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)), fields=("household",), name="casework_handover_one"
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                condition=models.Q(("status__in", ["todo", "doing"])),
                fields=["user", "due_on"],
                name="casework_action_mine",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("status__in", ["todo", "doing"])),
                    models.Q(("ended_at__isnull", False), ("status__in", ["done", "dropped"])),
                    _connector="OR",
                ),
                name="casework_action_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="householdcase",
            index=models.Index(fields=["case_dossier"], name="casework_householdcase_case"),
        ),
        migrations.AddConstraint(
            model_name="householdcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("household", "case_dossier"),
                name="casework_householdcase_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_because", ""), ("until__isnull", True)),
                    models.Q(("until__isnull", False), models.Q(("left_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="casework_member_left",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="casework_member_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("status__in", ["proposed", "open"])),
                    models.Q(("ended_at__isnull", False), ("status__in", ["reached", "partly", "missed", "moved"])),
                    _connector="OR",
                ),
                name="casework_goal_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="planlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("household", "other"),
                name="casework_planlink_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("household", "number"), name="casework_planversion_once"),
        ),
        migrations.AddIndex(
            model_name="planpiece",
            index=models.Index(fields=["plan_version", "original"], name="casework_planpiece_of"),
        ),
        migrations.AddConstraint(
            model_name="planconsent",
            constraint=models.UniqueConstraint(
                fields=("plan_version", "organisation"), name="casework_planconsent_once"
            ),
        ),
    ]
