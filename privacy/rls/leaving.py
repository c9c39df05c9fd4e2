"""Somebody leaves: what is in that person's hands, as counts; that all access ends; and the looks to be reviewed."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, ROLES
from privacy.rls.tables import definer, force, watch

END_PERSON = f"""
CREATE FUNCTION privacy_end_person(person uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder lets somebody leave' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- What is one's own stays one's own: a draft is destroyed later, on behalf of the person.
    UPDATE privacy_grant SET revoked_at = now()
        WHERE user_id = person AND revoked_at IS NULL AND kind IN ('signal', 'case');
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
{definer("privacy_end_person(uuid)")}
"""

DEPARTURES = f"""
{force("privacy_departure")}
CREATE POLICY reads ON privacy_departure FOR SELECT USING ('privacy_officer' = ANY({ROLES}));
CREATE POLICY notes ON privacy_departure FOR INSERT
    WITH CHECK ('beheerder' = ANY({ROLES}) AND left_by = {ACTOR} AND judged_at IS NULL);
CREATE POLICY judges ON privacy_departure FOR UPDATE
    USING ('privacy_officer' = ANY({ROLES})) WITH CHECK (judged_by = {ACTOR});
{watch("privacy_departure")}
REVOKE UPDATE, DELETE ON privacy_departure FROM {APP};
GRANT UPDATE (verdict, why, judged_by, judged_at) ON privacy_departure TO {APP};
"""

# How much, for the beheerder who reads none of it.
IN_HANDS = f"""
CREATE FUNCTION partners_in_hands(people uuid[]) RETURNS TABLE (table_id uuid, what text, counted bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT c.table_id, 'participations', count(*) FROM casework_participation p
        JOIN casework_case c ON c.id = p.case_id
        WHERE p.user_id = ANY(people) AND p.ended_at IS NULL AND c.status = 'open' GROUP BY c.table_id;
    RETURN QUERY SELECT c.table_id, 'regie', count(*) FROM casework_regieassignment r
        JOIN casework_case c ON c.id = r.case_id
        WHERE r.user_id = ANY(people) AND r.until IS NULL AND c.status = 'open' GROUP BY c.table_id;
    RETURN QUERY SELECT s.table_id, 'asked', count(*) FROM casework_signalsource o
        JOIN casework_signal s ON s.id = o.signal_id
        WHERE o.reporter_id = ANY(people) AND s.status = 'asked' GROUP BY s.table_id;
    RETURN QUERY SELECT NULL::uuid, 'drafts', count(*) FROM privacy_dossier d
        WHERE d.created_by = ANY(people) AND d.kind = 'draft' AND d.destroyed_at IS NULL;
END $$;
{definer("partners_in_hands(uuid[])")}
"""
