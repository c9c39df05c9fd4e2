"""Terms and reviews that the background watches over: the system reads no dossier, and says a thing once.

Moments are passed in or stored; no function here asks what time it is, but to see whose access counts.
"""

from __future__ import annotations

from privacy.actor import SYSTEM_ID
from privacy.rls.spelling import ACTOR
from privacy.rls.tables import definer, internal

_SYSTEM = f"""IF {ACTOR} IS DISTINCT FROM '{SYSTEM_ID}'::uuid THEN
        RAISE EXCEPTION 'only the system watches' USING ERRCODE = 'insufficient_privilege';
    END IF;"""
_OPEN_JOB = """EXISTS (SELECT 1 FROM privacy_job j WHERE j.kind = '{kind}' AND j.subject_id = {subject}
        AND j.done_at IS NULL AND j.state <> 'failed')"""

# plpgsql throughout: the tables belong to an app above this one, which is migrated later.
PEOPLE = """
-- Whom a term or review is told to: who directs the process, or everybody who may while that one is not there, and the
-- casusregisseur.
CREATE FUNCTION escalation_watching(of_standing uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
DECLARE k record;
BEGIN
    SELECT c.id, c.dossier_id INTO k FROM escalation_standing s JOIN casework_case c ON c.id = s.case_id
        WHERE s.id = of_standing AND c.status = 'open';
    RETURN QUERY SELECT r.user_id FROM casework_regieassignment r JOIN partners_user u ON u.id = r.user_id
        WHERE r.case_id = k.id AND r.kind = 'process' AND r.until IS NULL AND r.vacant_since IS NULL AND u.is_active;
    IF NOT FOUND THEN
        RETURN QUERY SELECT d FROM casework_directing(k.dossier_id) d;
    END IF;
    RETURN QUERY SELECT r.user_id FROM casework_regieassignment r JOIN partners_user u ON u.id = r.user_id
        WHERE r.kind = 'case' AND r.until IS NULL AND r.vacant_since IS NULL AND u.is_active
          AND (r.case_id = k.id OR r.household_id IN (SELECT l.household_id FROM casework_householdcase l
              WHERE l.case_dossier_id = k.dossier_id AND l.until IS NULL));
END $$;
"""

WATCHING = f"""
-- A term as the system looks at it, held until the look is over. No row for one that ended.
CREATE FUNCTION escalation_term_held(wanted uuid) RETURNS TABLE (ladder text, ladder_version text, rung text, key text,
    since timestamptz, ends timestamptz, extended integer, reminded boolean, alarmed boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    {_SYSTEM}
    RETURN QUERY SELECT t.ladder::text, t.ladder_version::text, t.rung::text, t.key::text, t.since, t.ends, t.extended,
            t.reminded_at IS NOT NULL, t.alarmed_at IS NOT NULL
        FROM escalation_term t WHERE t.id = wanted AND t.ended_at IS NULL FOR UPDATE OF t;
END $$;

-- Marks that a term nears its end, or is over, and returns who is told. No row when it was said before; a row without a
-- person, and no mark, when there is nobody to tell.
CREATE FUNCTION escalation_term_told(wanted uuid, over boolean, moment timestamptz) RETURNS TABLE (dossier uuid,
    person uuid) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE t escalation_term;
BEGIN
    {_SYSTEM}
    SELECT x.* INTO t FROM escalation_term x WHERE x.id = wanted AND x.ended_at IS NULL
        AND CASE WHEN over THEN x.alarmed_at ELSE x.reminded_at END IS NULL FOR UPDATE;
    IF t.id IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT DISTINCT t.dossier_id, p FROM escalation_watching(t.standing_id) p;
    IF NOT FOUND THEN
        RETURN QUERY SELECT t.dossier_id, NULL::uuid;
        RETURN;
    END IF;
    UPDATE escalation_term x SET reminded_at = CASE WHEN over THEN x.reminded_at ELSE moment END,
            alarmed_at = CASE WHEN over THEN moment ELSE x.alarmed_at END
        WHERE x.id = wanted;
END $$;

-- The same for a review: once for each date, and not for one that was moved ahead.
CREATE FUNCTION escalation_review_told(wanted uuid, today date) RETURNS TABLE (dossier uuid, person uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE s escalation_standing;
BEGIN
    {_SYSTEM}
    SELECT x.* INTO s FROM escalation_standing x JOIN casework_case c ON c.id = x.case_id AND c.status = 'open'
        WHERE x.id = wanted AND x.review_on <= today AND x.review_told IS DISTINCT FROM x.review_on FOR UPDATE OF x;
    IF s.id IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT DISTINCT s.dossier_id, p FROM escalation_watching(s.id) p;
    IF NOT FOUND THEN
        RETURN QUERY SELECT s.dossier_id, NULL::uuid;
        RETURN;
    END IF;
    UPDATE escalation_standing x SET review_told = x.review_on WHERE x.id = wanted;
END $$;

-- What nobody looks at any more, though something is still to be said of it: a job that failed too often.
CREATE FUNCTION escalation_unwatched() RETURNS TABLE (term uuid, standing uuid, review_on date) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    {_SYSTEM}
    RETURN QUERY SELECT t.id, NULL::uuid, NULL::date FROM escalation_term t
        WHERE t.ended_at IS NULL AND t.alarmed_at IS NULL AND NOT {_OPEN_JOB.format(kind="ladder.term", subject="t.id")}
        ORDER BY t.ends LIMIT 500;
    RETURN QUERY SELECT NULL::uuid, s.id, s.review_on FROM escalation_standing s
        JOIN casework_case c ON c.id = s.case_id AND c.status = 'open'
        WHERE s.review_on IS NOT NULL AND s.review_told IS DISTINCT FROM s.review_on
          AND NOT {_OPEN_JOB.format(kind="ladder.review", subject="s.id")}
        ORDER BY s.review_on LIMIT 500;
END $$;
"""

CLOSING = """
-- A case closes: what runs ends with it. By who directs it. (What waits for a decision: privacy/rls/deciders.py.)
CREATE FUNCTION escalation_closes(of_case uuid, moment timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE of_dossier uuid;
BEGIN
    SELECT c.dossier_id INTO of_dossier FROM casework_case c WHERE c.id = of_case AND c.status = 'open';
    IF of_dossier IS NULL OR NOT privacy_directs(of_dossier) THEN
        RAISE EXCEPTION 'only who directs a case closes it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE escalation_term t SET ended_at = moment, ended_because = 'closed' FROM escalation_standing s
        WHERE s.id = t.standing_id AND s.case_id = of_case AND t.ended_at IS NULL;
    UPDATE escalation_measure m SET ended_at = moment FROM escalation_standing s
        WHERE s.id = m.standing_id AND s.case_id = of_case AND m.ended_at IS NULL;
END $$;
"""

RIGHTS = internal("escalation_watching(uuid)") + definer(
    "escalation_term_held(uuid)",
    "escalation_term_told(uuid, boolean, timestamptz)",
    "escalation_review_told(uuid, date)",
    "escalation_unwatched()",
    "escalation_closes(uuid, timestamptz)",
)
EVERYTHING = PEOPLE + WATCHING + CLOSING + RIGHTS
