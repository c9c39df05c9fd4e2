"""What the background said of terms, silence and re-checks about persons, each once."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models

from privacy.rls import reminding


class Migration(migrations.Migration):
    dependencies = [("casework", "0035_kept_back")]

    operations = [
        migrations.AddField(
            model_name="rightsrequest",
            name="reminded",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30),
                default=list,
                help_text="what was said of its terms; by the database",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="rightsquestion",
            name="late_told_at",
            field=models.DateTimeField(help_text="when it was told that its day passed; by the database", null=True),
        ),
        migrations.AddField(
            model_name="postponement",
            name="recheck_told",
            field=models.DateField(help_text="the re-check of which was told; by the database", null=True),
        ),
        migrations.RunSQL(reminding.REMINDING, migrations.RunSQL.noop),
    ]
