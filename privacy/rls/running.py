"""What who runs the house may know of the seals: moments and a count, nothing of what was logged."""

from __future__ import annotations

from privacy.rls.spelling import ROLES
from privacy.rls.tables import definer

SEALS = f"""
CREATE FUNCTION privacy_seals_now() RETURNS TABLE (sealed_at timestamptz, waiting bigint, oldest timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder asks how the seals stand' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT
        (SELECT b.sealed_at FROM privacy_auditblock b ORDER BY b.number DESC LIMIT 1),
        (SELECT count(*) FROM privacy_auditunsealed),
        (SELECT min(e.timestamp) FROM privacy_auditentry e JOIN privacy_auditunsealed u ON u.entry_id = e.id);
END $$;
{definer("privacy_seals_now()")}
"""
