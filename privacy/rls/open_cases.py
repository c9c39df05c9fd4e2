"""A case that nobody closed does not go, whatever its term says, until an officer says with a code that it does.

The law lets nothing stay longer (WGS 1.8(7)), so that such a case is shown first of all: to who directs it and to the
officers.
"""

from __future__ import annotations

from privacy.rls.destroying import DUE, TODAY, WIPE
from privacy.rls.retention import holds
from privacy.rls.spelling import ACTOR, APP, ROLES
from privacy.rls.tables import as_maintenance, definer, force

_OPEN = "SELECT 1 FROM casework_case c WHERE c.dossier_id = {} AND c.status = 'open'"

# Both were made before there was anything to say about open cases.
AGAIN = "".join(as_maintenance(one.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")) for one in (DUE, WIPE))

SAYS = f"""
-- The officer says that this open case goes; false when it is not open any more, its term runs, or it was said before.
CREATE FUNCTION privacy_open_goes(wanted uuid, why text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT {holds("privacy_officer")} OR privacy_kept_away(ARRAY[wanted]) THEN
        RAISE EXCEPTION 'only the privacy officer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM 1 FROM privacy_dossier d WHERE d.id = wanted FOR UPDATE;
    IF NOT EXISTS ({_OPEN.format("wanted")}) OR privacy_goes_on(wanted) > {TODAY} THEN
        RETURN false;
    END IF;
    INSERT INTO privacy_opengoes (id, dossier_id, reason, said_by, said_at)
        VALUES (gen_random_uuid(), wanted, why, {ACTOR}, now()) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;

-- Open cases whose term is over and of which no officer said anything yet: number, table and day alone.
CREATE FUNCTION privacy_open_over() RETURNS TABLE (id uuid, reference text, table_id uuid, goes_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT {holds("privacy_officer")} THEN
        RAISE EXCEPTION 'only the privacy officer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT d.id, d.reference::text, d.table_id, d.retain_until FROM privacy_dossier d
        WHERE d.kind = 'case' AND d.retain_until <= {TODAY} AND EXISTS ({_OPEN.format("d.id")})
          AND NOT privacy_kept_away(ARRAY[d.id])
          AND NOT EXISTS (SELECT 1 FROM privacy_opengoes o WHERE o.dossier_id = d.id)
        ORDER BY d.retain_until, d.reference;
END $$;
{definer("privacy_open_goes(uuid, text)", "privacy_open_over()")}
"""

TABLES = f"""
{force("privacy_opengoes")}
CREATE POLICY reads ON privacy_opengoes FOR SELECT USING (
    'privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(ARRAY[dossier_id]));
REVOKE INSERT, UPDATE, DELETE ON privacy_opengoes FROM {APP};
"""
EVERYTHING = TABLES + AGAIN + SAYS
