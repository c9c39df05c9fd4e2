"""Files that lie at a desk: review, breaches and requests of persons."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

from privacy.rls import desks


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_table_in_use"), ("privacy", "0017_households")]

    operations = [
        migrations.CreateModel(
            name="DeskFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "desk",
                    models.CharField(
                        choices=[
                            ("review", "controle van het kijken"),
                            ("officers", "controle van de privacy officers"),
                            ("breach", "datalekken"),
                            ("rights", "verzoeken van betrokkenen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("not_to", models.UUIDField(null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("dossier",), name="privacy_desk_once")],
            },
        ),
        migrations.RunSQL(desks.FILES, migrations.RunSQL.noop),
        migrations.RunSQL(desks.FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(desks.FOLLOWS, migrations.RunSQL.noop),
        migrations.RunSQL(desks.IDENTITY, migrations.RunSQL.noop),
    ]
