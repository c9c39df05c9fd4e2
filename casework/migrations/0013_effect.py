"""Assessments over time, evaluations of the plan, and the counts that remain of them."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.rls import effect


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0012_one_plan"),
        ("partners", "0004_leaving"),
        ("privacy", "0017_households"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("theme", models.CharField(max_length=40)),
                ("domain", models.CharField(max_length=40)),
                ("outcome", models.CharField(help_text="reached, partly, missed, or open at the end", max_length=8)),
                ("month", models.DateField()),
                ("counted", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("theme", "domain", "outcome", "month"), name="casework_outcome_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("instrument", models.CharField(max_length=40)),
                ("instrument_version", models.CharField(max_length=20)),
                ("assessed_on", models.DateField()),
                (
                    "scores",
                    privacy.encryption.fields.SealedJSONField(
                        help_text="level by domain; a domain that was not scored is absent"
                    ),
                ),
                ("note", privacy.encryption.fields.SealedTextField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("corrected_at", models.DateTimeField(null=True)),
                ("reason", privacy.encryption.fields.SealedTextField(help_text="why it replaces that one", null=True)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        help_text="the one it replaces",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="casework.assessment",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="casework.household"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="casework.member"
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
                "ordering": ["assessed_on", "at", "id"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("corrected_at__isnull", True)),
                        fields=("member", "organisation", "instrument", "assessed_on"),
                        name="casework_assessment_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason__isnull", True)),
                            models.Q(("corrects__isnull", False), ("reason__isnull", False)),
                            _connector="OR",
                        ),
                        name="casework_assessment_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("closing", models.BooleanField(default=False)),
                ("evaluated_on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "goals",
                    privacy.encryption.fields.SealedJSONField(help_text="counts by life domain, as the plan stood"),
                ),
                (
                    "goal_words",
                    privacy.encryption.fields.SealedTextField(help_text="what the counts don't say", null=True),
                ),
                (
                    "nuisance",
                    privacy.encryption.fields.SealedJSONField(
                        help_text="counts before and after, as given and as counted"
                    ),
                ),
                ("nuisance_words", privacy.encryption.fields.SealedTextField(null=True)),
                ("worked", privacy.encryption.fields.SealedTextField()),
                ("not_worked", privacy.encryption.fields.SealedTextField(null=True)),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("ja", "Ja, het gezin ziet het ook zo"),
                            ("deels", "Deels"),
                            ("nee", "Nee, het gezin ziet het anders"),
                            ("niet_besproken", "Niet besproken met het gezin"),
                        ],
                        max_length=16,
                    ),
                ),
                ("family_words", privacy.encryption.fields.SealedTextField(null=True)),
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
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evaluations", to="casework.household"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-evaluated_on", "-at", "id"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("household", "evaluated_on", "closing"), name="casework_evaluation_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closing", True)), fields=("household",), name="casework_evaluation_last"
                    ),
                ],
            },
        ),
        rls.protection("casework_assessment", "casework_evaluation"),
        migrations.RunSQL(effect.ASSESSING, migrations.RunSQL.noop),
    ]
