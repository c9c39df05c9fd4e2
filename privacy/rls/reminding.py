"""Reminders about persons: the background looks at days and states, reads no dossier, and says each thing once.

What was said stands at the row that it is about, and only these functions write it: marked and told in one act.
"""

from __future__ import annotations

from privacy.actor import SYSTEM_ID
from privacy.rls.spelling import ACTOR
from privacy.rls.tables import definer

_SYSTEM = f"""IF {ACTOR} IS DISTINCT FROM '{SYSTEM_ID}'::uuid THEN
        RAISE EXCEPTION 'only the system reminds' USING ERRCODE = 'insufficient_privilege';
    END IF;"""
_HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\n#variable_conflict use_column\n"

REMINDING = f"""
-- The terms of requests that run. What is due is judged by the rules of the application (casework/rights_rules.py).
CREATE FUNCTION casework_rights_running() RETURNS TABLE (request uuid, received_on date, extended boolean,
    police boolean, reminded text[]) {_HEAD}
BEGIN
    {_SYSTEM}
    RETURN QUERY SELECT r.id, r.received_on, r.extended_on IS NOT NULL, r.police, r.reminded::text[]
        FROM casework_rightsrequest r WHERE r.ended_at IS NULL ORDER BY r.received_on LIMIT 10000;
END $$;

-- Marks that this was said of a request, and returns who holds it. No row when it was said before or the request ended,
-- and neither mark nor row when there is nobody to tell.
CREATE FUNCTION casework_rights_remind(wanted uuid, said text) RETURNS TABLE (dossier uuid, person uuid) {_HEAD}
DECLARE held casework_rightsrequest;
BEGIN
    {_SYSTEM}
    SELECT r.* INTO held FROM casework_rightsrequest r
        WHERE r.id = wanted AND r.ended_at IS NULL AND NOT said = ANY(r.reminded) FOR UPDATE;
    IF held.id IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT held.dossier_id, p FROM casework_directing(held.dossier_id) p;
    IF FOUND THEN
        UPDATE casework_rightsrequest SET reminded = array_append(reminded, said) WHERE id = wanted;
    END IF;
END $$;

-- Sources that let their day pass: their people who were asked, and who holds the request. Once for each question.
CREATE FUNCTION casework_rights_silent(today date, moment timestamptz) RETURNS TABLE (dossier uuid, person uuid) {_HEAD}
DECLARE late uuid[];
BEGIN
    {_SYSTEM}
    late := ARRAY(SELECT q.id FROM casework_rightsquestion q JOIN casework_rightsrequest r ON r.id = q.request_id
        WHERE r.ended_at IS NULL AND q.due_on < today AND q.late_told_at IS NULL
          AND EXISTS (SELECT 1 FROM casework_rightspassage p WHERE p.question_id = q.id AND NOT EXISTS (
              SELECT 1 FROM casework_rightsanswer a WHERE a.passage_id = p.id))
        ORDER BY q.due_on LIMIT 500 FOR UPDATE OF q);
    UPDATE casework_rightsquestion SET late_told_at = moment WHERE id = ANY(late);
    RETURN QUERY SELECT DISTINCT q.dossier_id, p FROM casework_rightsquestion q, LATERAL (
            SELECT unnest(q.asked) UNION SELECT d FROM casework_directing(q.dossier_id) d) told(p)
        WHERE q.id = ANY(late);
END $$;

-- Reasons to wait with telling somebody that are to be looked at again (BGS 1.3): who directs the case. Once a date.
CREATE FUNCTION casework_informing_again(today date) RETURNS TABLE (dossier uuid, person uuid) {_HEAD}
DECLARE due uuid[];
BEGIN
    {_SYSTEM}
    due := ARRAY(SELECT p.id FROM casework_postponement p
        JOIN casework_case c ON c.id = p.case_id AND c.status = 'open'
        WHERE p.ended_on IS NULL AND p.recheck_on <= today AND p.recheck_told IS DISTINCT FROM p.recheck_on
          AND NOT EXISTS (SELECT 1 FROM casework_subjecttold t WHERE t.subject_id = p.subject_id)
          AND EXISTS (SELECT 1 FROM casework_directing(c.dossier_id))
        ORDER BY p.recheck_on LIMIT 500 FOR UPDATE OF p);
    UPDATE casework_postponement SET recheck_told = recheck_on WHERE id = ANY(due);
    RETURN QUERY SELECT DISTINCT p.dossier_id, d FROM casework_postponement p, casework_directing(p.dossier_id) d
        WHERE p.id = ANY(due);
END $$;
{
    definer(
        "casework_rights_running()",
        "casework_rights_remind(uuid, text)",
        "casework_rights_silent(date, timestamptz)",
        "casework_informing_again(date)",
    )
}
"""
