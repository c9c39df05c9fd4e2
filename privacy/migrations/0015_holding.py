"""Emergency access and what ends it at the same moment wait for each other."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import holding


class Migration(migrations.Migration):
    dependencies = [("privacy", "0014_following")]

    operations = [migrations.RunSQL(holding.HOLD, "DROP FUNCTION privacy_hold_for_emergency(text)")]
