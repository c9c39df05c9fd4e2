"""What a regisseur said of two people: the same, or not."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, Q

from privacy import rls
from privacy.rls import sameness

PEOPLE = ("casework_casesubject", "casework_signalsubject", "casework_member")
UNDONE = Q(undone_at__isnull=True, undone_by__isnull=True) | Q(undone_at__isnull=False, undone_by__isnull=False)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0013_effect"),
        ("privacy", "0017_households"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sameness",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("left_kind", models.CharField(max_length=12)),
                ("left_row", models.UUIDField()),
                ("left_compartment", models.UUIDField()),
                ("right_kind", models.CharField(max_length=12)),
                ("right_row", models.UUIDField()),
                ("right_compartment", models.UUIDField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("same", "Dezelfde persoon"), ("different", "Niet dezelfde")], max_length=9
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(help_text="as it was when it was said; it decided nothing")),
                ("reasons", models.JSONField(help_text="codes of casework/sameness/reasons.py")),
                ("decided_by", models.UUIDField()),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_by", models.UUIDField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
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
                "ordering": ["decided_at", "id"],
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["left_row"], name="casework_same_left_row"),
                    models.Index(fields=["right_row"], name="casework_same_right_row"),
                    models.Index(fields=["left_compartment"], name="casework_same_left_place"),
                    models.Index(fields=["right_compartment"], name="casework_same_right_place"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["compartment", "left_row", "right_row"],
                        condition=Q(undone_at__isnull=True),
                        name="casework_same_once",
                    ),
                    models.CheckConstraint(name="casework_same_in_order", condition=Q(left_row__lt=F("right_row"))),
                    models.CheckConstraint(name="casework_same_undone", condition=UNDONE),
                ],
            },
        ),
        rls.protection("casework_sameness"),
        rls.only_regie_writes("casework_sameness"),
        migrations.RunSQL(sameness.BOTH_SIDES, migrations.RunSQL.noop),
        migrations.RunSQL(sameness.FORGET, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(sameness.forgets(table), migrations.RunSQL.noop)
            for table in (*PEOPLE, "privacy_compartment")
        ),
    ]
