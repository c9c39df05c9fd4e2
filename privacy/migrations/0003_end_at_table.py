"""Who leaves a table loses what was given there as a participant; only a beheerder may do this."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import walls


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_walls")]

    operations = [migrations.RunSQL(walls.END_AT_TABLE, "DROP FUNCTION privacy_end_at_table(uuid, uuid)")]
