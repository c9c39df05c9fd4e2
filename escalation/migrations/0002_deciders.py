"""Open proposals follow who may decide them; a proposal says who may by mandate."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models

from privacy.rls import deciders


class Migration(migrations.Migration):
    dependencies = [("escalation", "0001_standing")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="mandated",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                default=list,
                help_text="who may by mandate, when one was given",
                size=None,
            ),
        ),
        migrations.RunSQL(deciders.EVERYTHING, migrations.RunSQL.noop),
    ]
