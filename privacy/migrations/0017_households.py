"""A household is a dossier that people come to through the cases about it."""

from __future__ import annotations

from django.db import migrations, models

from privacy.rls import household


class Migration(migrations.Migration):
    dependencies = [("privacy", "0016_fewer_indexes")]

    operations = [
        migrations.AlterField(
            "dossier",
            "kind",
            models.CharField(
                choices=[
                    ("signal", "signaal"),
                    ("case", "casus"),
                    ("household", "gezin"),
                    ("draft", "concept"),
                    ("import", "inleesbestand"),
                    ("request", "verzoek om toegang"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(household.CHECK_GRANT, migrations.RunSQL.noop),
        migrations.RunSQL(household.SEATING, migrations.RunSQL.noop),
        migrations.RunSQL(household.READERS, migrations.RunSQL.noop),
        migrations.RunSQL(household.LINKED, migrations.RunSQL.noop),
    ]
