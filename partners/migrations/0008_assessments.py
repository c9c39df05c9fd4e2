"""DPIAs with advice, pentests and audits; and the counts that account for a year."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from privacy.rls import accounting


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_screening")]

    operations = [
        migrations.CreateModel(
            name="ImpactAssessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("profile", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("held_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("go", "Verwerking kan"),
                            ("measures", "Verwerking kan, met maatregelen"),
                            ("stop", "Verwerking kan niet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "risk",
                    models.CharField(choices=[("low", "Laag"), ("middle", "Midden"), ("high", "Hoog")], max_length=8),
                ),
                (
                    "consultation",
                    models.CharField(
                        choices=[
                            ("none", "Niet nodig"),
                            ("asked", "Gevraagd, nog geen antwoord"),
                            ("answered", "Beantwoord"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rac_on", models.DateField(null=True)),
                (
                    "rac_advice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Niet gevraagd"),
                            ("positive", "Positief"),
                            ("conditions", "Positief met voorwaarden"),
                            ("negative", "Negatief"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "rac_summary",
                    models.TextField(
                        blank=True, help_text="about the processing, never about persons", max_length=2000
                    ),
                ),
                (
                    "deviation",
                    models.TextField(
                        blank=True, help_text="why the advice is not followed; empty when it is", max_length=2000
                    ),
                ),
                ("decided_by", models.CharField(help_text="the office or body, no person", max_length=120)),
                ("review_on", models.DateField()),
                ("noted_by", models.UUIDField(help_text="opaque")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["profile", "version", "-noted_at"], name="partners_dpia_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("risk", "high"), _negated=True),
                            models.Q(("consultation", "none"), _negated=True),
                            _connector="OR",
                        ),
                        name="partners_dpia_consulted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deviation", ""), ("rac_advice", ""), ("rac_on__isnull", True)),
                            models.Q(("rac_on__isnull", False), models.Q(("rac_advice", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="partners_dpia_rac",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_on__gt", models.F("held_on"))), name="partners_dpia_review"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Examination",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("pentest", "Pentest"), ("audit", "Audit")], max_length=8)),
                ("held_on", models.DateField()),
                ("scope", models.CharField(help_text="about the system, never about persons", max_length=200)),
                ("found", models.PositiveSmallIntegerField()),
                ("unsolved", models.PositiveSmallIntegerField()),
                ("again_on", models.DateField(help_text="when what failed is examined again", null=True)),
                ("sent_on", models.DateField(help_text="when the authority got its copy of an audit", null=True)),
                ("noted_by", models.UUIDField(help_text="opaque")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "replaces",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="partners.examination",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("unsolved__lte", models.F("found"))), name="partners_examination_counts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unsolved", 0),
                            models.Q(("again_on__gt", models.F("held_on")), ("again_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="partners_examination_again",
                    ),
                ],
            },
        ),
        migrations.RunSQL(accounting.RECORDS + accounting.YEARLY + accounting.UPKEEP, migrations.RunSQL.noop),
    ]
