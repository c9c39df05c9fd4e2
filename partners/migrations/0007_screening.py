"""When people were screened and trained: a date per kind, noted by somebody else."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from privacy.rls import accounting


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_roles_of_the_desks"), ("privacy", "0018_desks")]

    operations = [
        migrations.CreateModel(
            name="PersonProof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("screening", "Screening (VOG)"),
                            ("privacy", "Training gegevensbescherming"),
                            ("ethics", "Training ethiek"),
                            ("work", "Training werkprocessen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("held_on", models.DateField()),
                ("noted_by", models.UUIDField(help_text="opaque: never the person itself")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["user", "kind", "-noted_at"], name="partners_proof_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("noted_by", models.F("user")), _negated=True),
                        name="partners_proof_by_another",
                    )
                ],
            },
        ),
        migrations.RunSQL(accounting.PROOFS + accounting.PEOPLE, migrations.RunSQL.noop),
    ]
