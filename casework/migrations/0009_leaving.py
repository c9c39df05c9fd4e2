"""When the regisseur decided who takes over from a participant who left."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_known"), ("partners", "0004_leaving")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="handed_on_at",
            field=models.DateTimeField(help_text="when the regisseur decided who takes over from who left", null=True),
        ),
    ]
