"""What happens in a household: steps, people of a group, subjects with a period, and asking to join a plan."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.rls import joining


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_regie"),
        ("partners", "0004_leaving"),
        ("privacy", "0017_households"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", privacy.encryption.fields.SealedTextField()),
                ("birth_date", privacy.encryption.fields.SealedDateField(null=True)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("plus", "Plus: trekt de goede kant op"),
                            ("min", "Min: trekt de verkeerde kant op"),
                            ("mee", "Meeloper"),
                            ("", "Nog niet bekend"),
                        ],
                        max_length=4,
                    ),
                ),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["added_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="accessrequest",
            name="from_case",
            field=models.CharField(blank=True, help_text="number of the case that wants to join a plan", max_length=30),
        ),
        migrations.AddField(
            model_name="casesubject",
            name="since",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="casesubject",
            name="until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="requestarrival",
            name="joining",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="requestarrival",
            name="table",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.casetable"
            ),
        ),
        migrations.AddField(
            model_name="requestarrival",
            name="theme",
            field=models.CharField(blank=True, db_default="", max_length=40),
        ),
        migrations.AlterField(
            model_name="casesubject",
            name="kind",
            field=models.CharField(
                choices=[
                    ("person", "Persoon"),
                    ("household", "Huishouden of gezin"),
                    ("group", "Groep"),
                    ("legal_person", "Bedrijf of instelling"),
                    ("address", "Adres"),
                    ("place", "Plek"),
                    ("branch", "Branche"),
                    ("phenomenon", "Fenomeen"),
                    ("unknown", "Weet ik niet"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="householddecision",
            name="step",
            field=models.CharField(
                choices=[
                    ("founded", "Gezin vastgelegd"),
                    ("linked", "Casus aangesloten: één plan"),
                    ("unlinked", "Casus losgemaakt"),
                    ("one_plan", "Eén plan voor wie in twee gezinnen hoort"),
                    ("joined", "Persoon erbij"),
                    ("left", "Persoon weg"),
                    ("relation", "Rol in het gezin veranderd"),
                    ("corrected", "Gegevens van een persoon verbeterd"),
                    ("split", "Gezin gesplitst"),
                    ("merged", "Gezinnen samengevoegd"),
                    ("closed", "Plan afgesloten"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="signalsubject",
            name="kind",
            field=models.CharField(
                choices=[
                    ("person", "Persoon"),
                    ("household", "Huishouden of gezin"),
                    ("group", "Groep"),
                    ("legal_person", "Bedrijf of instelling"),
                    ("address", "Adres"),
                    ("place", "Plek"),
                    ("branch", "Branche"),
                    ("phenomenon", "Fenomeen"),
                    ("unknown", "Weet ik niet"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="casesubject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since__isnull", True), ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="casework_subject_period",
            ),
        ),
        migrations.AddField(
            model_name="groupmember",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="groupmember",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="groupmember",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="group", to="casework.casesubject"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since__isnull", True), ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="casework_groupmember_period",
            ),
        ),
        rls.protection("casework_groupmember"),
        rls.only_regie_writes("casework_groupmember"),
        migrations.RunSQL(joining.MAY + joining.COMING_IN + joining.ARRIVES + joining.RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(joining.LINKING + joining.ANSWERED_ONCE, migrations.RunSQL.noop),
    ]
