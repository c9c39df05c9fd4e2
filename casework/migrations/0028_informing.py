"""Who was told, and what waits with a reason."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import informing, tables


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0027_after_the_attack"),
        ("partners", "0006_roles_of_the_desks"),
        ("privacy", "0018_desks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SubjectTold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("told_on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[("letter", "Brief"), ("talk", "Gesprek"), ("phone", "Telefoon"), ("other", "Anders")],
                        max_length=10,
                    ),
                ),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("told_by", privacy.encryption.fields.SealedTextField(help_text="who of the professionals did it")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="casework.case"
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
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="casework.casesubject"
                    ),
                ),
            ],
            options={
                "ordering": ["told_on", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Postponement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("safety", "Gevaar voor de openbare veiligheid (UAVG 41, lid 1, onder c)"),
                            ("crime", "Onderzoek naar of voorkomen van strafbare feiten (UAVG 41, lid 1, onder d)"),
                            ("oversight", "Toezicht of inspectie (UAVG 41, lid 1, onder h)"),
                            ("protection", "Bescherming van deze persoon of van anderen (UAVG 41, lid 1, onder i)"),
                            (
                                "purpose",
                                "Vertellen maakt het doel onmogelijk of kost onevenredig veel (AVG 14, lid 5, onder b)",
                            ),
                            ("secrecy", "Beroepsgeheim (AVG 14, lid 5, onder d)"),
                        ],
                        max_length=12,
                    ),
                ),
                ("explanation", privacy.encryption.fields.SealedTextField()),
                ("since", models.DateField()),
                ("recheck_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="postponements", to="casework.case"
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
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postponements",
                        to="casework.casesubject",
                    ),
                ),
            ],
            options={
                "ordering": ["noted_at", "id"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("subject", "organisation"),
                        name="casework_postponement_once",
                    )
                ],
            },
        ),
        tables.protection("casework_subjecttold", "casework_postponement"),
        tables.only_regie_writes("casework_subjecttold"),
        tables.only_regie_writes("casework_postponement"),
        migrations.RunSQL(informing.WITHIN_THREE_MONTHS, migrations.RunSQL.noop),
        migrations.RunSQL(informing.REGISTER, migrations.RunSQL.noop),
    ]
