"""What the beheerder, who reads no dossier, learns of the regie: numbers."""

from __future__ import annotations

from privacy.rls.spelling import ROLES
from privacy.rls.tables import as_maintenance

COUNTS = f"""
CREATE FUNCTION casework_casusregisseur_at(wanted_table uuid, person uuid) RETURNS integer LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN (SELECT count(*) FROM casework_regieassignment r
        WHERE r.user_id = person AND r.kind = 'case' AND r.until IS NULL AND r.vacant_since IS NULL
          AND (EXISTS (SELECT 1 FROM casework_householdcase l
                  WHERE l.household_id = r.household_id AND l.until IS NULL AND l.table_id = wanted_table)
            OR EXISTS (SELECT 1 FROM casework_case c WHERE c.id = r.case_id AND c.table_id = wanted_table)));
END $$;

CREATE FUNCTION casework_open_at(tables uuid[]) RETURNS TABLE (table_id uuid, counted bigint) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT c.table_id, count(*) FROM casework_case c
        WHERE c.table_id = ANY(tables) AND c.status = 'open' GROUP BY c.table_id;
END $$;
"""

IN_HANDS = as_maintenance(f"""
CREATE OR REPLACE FUNCTION partners_in_hands(people uuid[]) RETURNS TABLE (table_id uuid, what text, counted bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT c.table_id, 'participations', count(*) FROM casework_participation p
        JOIN casework_case c ON c.id = p.case_id
        WHERE p.user_id = ANY(people) AND p.ended_at IS NULL AND c.status = 'open' GROUP BY c.table_id;
    RETURN QUERY SELECT d.table_id, 'regie', count(*) FROM casework_regieassignment r
        LEFT JOIN casework_case c ON c.id = r.case_id
        JOIN privacy_dossier d ON d.id = COALESCE(r.through_id, r.dossier_id)
        WHERE r.user_id = ANY(people) AND r.until IS NULL AND (c.id IS NULL OR c.status = 'open')
        GROUP BY d.table_id;
    RETURN QUERY SELECT s.table_id, 'asked', count(*) FROM casework_signalsource o
        JOIN casework_signal s ON s.id = o.signal_id
        WHERE o.reporter_id = ANY(people) AND s.status = 'asked' GROUP BY s.table_id;
    RETURN QUERY SELECT NULL::uuid, 'drafts', count(*) FROM privacy_dossier d
        WHERE d.created_by = ANY(people) AND d.kind = 'draft' AND d.destroyed_at IS NULL;
END $$;
""")
