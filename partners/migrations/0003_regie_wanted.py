"""Whether a table asked for one more procesregisseur."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_table_in_use")]

    operations = [
        migrations.AddField(
            model_name="casetable",
            name="regie_wanted_at",
            field=models.DateTimeField(
                editable=False, help_text="asked for one more procesregisseur, and none came yet", null=True
            ),
        )
    ]
