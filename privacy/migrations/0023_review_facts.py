"""What the rules are told: flags on dossiers, ties that nobody reads, and the facts of each look."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from privacy import rls
from privacy.rls import review


class Migration(migrations.Migration):
    dependencies = [("privacy", "0022_review")]

    operations = [
        migrations.CreateModel(
            name="ReviewTie",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("compartment_id", models.UUIDField()),
                ("dossier_id", models.UUIDField()),
                ("reader_id", models.UUIDField()),
                ("kind", models.CharField(help_text="name or colleague", max_length=10)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("dossier_id", "reader_id", "kind"), name="privacy_reviewtie_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierFlag",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("bestuurder", "Bestuurder of raadslid"),
                            ("medewerker", "Medewerker van een partner"),
                            ("bekend", "Bekende persoon"),
                        ],
                        max_length=12,
                    ),
                ),
                ("set_by", models.UUIDField()),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
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
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("dossier",), name="privacy_flag_once"
                    )
                ],
            },
        ),
        rls.protection("privacy_dossierflag"),
        rls.only_regie_writes("privacy_dossierflag"),
        migrations.RunSQL(review.TIE_TABLE, migrations.RunSQL.noop),
        migrations.RunSQL(review.FACTS, migrations.RunSQL.noop),
        migrations.RunSQL(review.PAST, migrations.RunSQL.noop),
        migrations.RunSQL(review.TIES, migrations.RunSQL.noop),
        migrations.RunSQL(review.FACT_FUNCTIONS, migrations.RunSQL.noop),
    ]
