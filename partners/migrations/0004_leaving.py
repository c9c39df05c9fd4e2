"""Who takes over from a seat that ended, and how much is in the hands of who leaves."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from privacy.rls import leaving


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_regie_wanted"), ("privacy", "0012_known")]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="successor",
            field=models.ForeignKey(
                help_text="who takes over the work, proposed to the regisseur",
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(leaving.IN_HANDS, migrations.RunSQL.noop),
    ]
