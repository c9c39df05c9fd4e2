"""Two roles more: who answers persons concerned, and who watches the privacy officers."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_stagnation")]

    operations = [
        migrations.AlterField(
            "user",
            "roles",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("privacy_officer", "privacy officer"),
                        ("contact_point", "contactpunt voor betrokkenen"),
                        ("controller", "controleur van de privacy officer"),
                        ("beheerder", "beheerder"),
                        ("importer", "importeur van signalen"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="rollen",
            ),
        ),
    ]
