"""One bit for the beheerder, who sees no dossier: whether a table has any."""

from __future__ import annotations

from django.db import migrations

from privacy import rls

TABLE_IN_USE = f"""
CREATE FUNCTION partners_table_in_use(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM privacy_dossier d WHERE d.table_id = wanted)
$$;
{rls.definer("partners_table_in_use(uuid)")}
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("privacy", "0002_walls")]

    operations = [migrations.RunSQL(TABLE_IN_USE, "DROP FUNCTION partners_table_in_use(uuid)")]
