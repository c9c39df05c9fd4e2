"""Informing persons: what the privacy officer learns of it, and how far ahead a reason may wait."""

from __future__ import annotations

from privacy.rls.spelling import ROLES
from privacy.rls.tables import definer

WITHIN_THREE_MONTHS = """
ALTER TABLE casework_postponement ADD CONSTRAINT casework_postponement_recheck
    CHECK (recheck_on > since AND recheck_on <= since + interval '3 months');
"""

# One line per person, of whom it says nothing: terms and codes. Not of a dossier that this officer is kept away from.
REGISTER = f"""
CREATE FUNCTION casework_informing_register() RETURNS TABLE (dossier_id uuid, reference text, open_yet boolean,
    profile text, profile_version text, first_on date, opened_at timestamptz, added_at timestamptz, told_on date,
    rechecks date[], reasons text[], resumed_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    IF NOT 'privacy_officer' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a privacy officer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT d.id, d.reference::text, c.status = 'open', c.profile::text, c.profile_version::text,
        c.first_processed_on, c.opened_at, s.added_at, t.told_on,
        (SELECT array_agg(p.recheck_on) FROM casework_postponement p
         WHERE p.subject_id = s.id AND p.ended_on IS NULL),
        (SELECT array_agg(p.reason::text) FROM casework_postponement p
         WHERE p.subject_id = s.id AND p.ended_on IS NULL),
        (SELECT max(p.ended_on) FROM casework_postponement p WHERE p.subject_id = s.id)
    FROM casework_case c JOIN privacy_dossier d ON d.id = c.dossier_id AND d.destroyed_at IS NULL
    JOIN casework_casesubject s ON s.case_id = c.id AND s.kind = 'person'
    LEFT JOIN casework_subjecttold t ON t.subject_id = s.id
    WHERE c.status = 'open' AND NOT privacy_kept_away(ARRAY[d.id])
    ORDER BY c.first_processed_on, d.reference LIMIT 10000;
END $$;
{definer("casework_informing_register()")}
"""
