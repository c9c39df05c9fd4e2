"""Erasing one text on request (AVG 17), as the database does it: decided by its source, carried out by the desk.

The text goes from its row, from the versions that it replaced, with its files and what was said of it, and from every
file at the desk that copied it. What is left is the day. A legal hold stands in the way.
"""

from __future__ import annotations

from privacy.rls.handling import of_passage
from privacy.rls.retention import GRANT_VALID
from privacy.rls.spelling import ACTOR, APP, ORGANISATION, directed
from privacy.rls.tables import definer

_HELD = f"""
    SELECT p.* INTO what FROM casework_rightspassage p JOIN casework_rightsrequest r ON r.id = p.request_id
        WHERE p.id = wanted AND r.kind = 'wissing' AND r.state = 'judging' AND casework_rights_handles(r.id);
    IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM privacy_auditentry e WHERE e.actor_id = {ACTOR}
            AND e.event = 'rights.erasing' AND what.dossier_id = ANY(e.dossiers)
            AND e.timestamp > clock_timestamp() - interval '1 minute') THEN
        RAISE EXCEPTION 'only who handles a request to erase, and what is in the log'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
"""
_HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE what casework_rightspassage; "

# The versions of a contribution that were replaced go with it; a signal item has none.
FUNCTIONS = f"""
CREATE FUNCTION casework_rights_erase(wanted uuid) RETURNS SETOF uuid {_HEAD}
    gone uuid[]; files uuid[]; people uuid[]; decided text;
BEGIN
    {_HELD}
    PERFORM 1 FROM privacy_dossier d WHERE d.id = what.about_id FOR UPDATE;
    SELECT e.decision INTO decided FROM casework_rightserasure e JOIN partners_user u ON u.id = e.decided_by_id
        WHERE e.passage_id = what.id AND e.decision IN ('erase', 'self') AND e.carried_out_at IS NULL
          AND e.decided_by_id <> {ACTOR} AND u.organisation_id = what.organisation_id FOR UPDATE OF e;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'its source did not decide this, or it was done' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF decided = 'erase' AND EXISTS (SELECT 1 FROM privacy_block b
            WHERE b.dossier_id = what.about_id AND b.because = 'hold' AND b.ended_at IS NULL) THEN
        UPDATE casework_rightserasure SET held_at = now() WHERE passage_id = what.id;
        RETURN;
    END IF;
    WITH RECURSIVE version AS (
        SELECT c.id, c.corrects_id FROM casework_contribution c
        WHERE decided = 'erase' AND c.id = what.row_id AND c.dossier_id = what.about_id
          AND c.organisation_id = what.organisation_id
        UNION ALL
        SELECT c.id, c.corrects_id FROM casework_contribution c JOIN version v ON c.id = v.corrects_id
        WHERE NOT EXISTS (SELECT 1 FROM casework_rightspassage p JOIN casework_rightserasure e ON e.passage_id = p.id
            WHERE p.request_id = what.request_id AND p.row_id = c.id AND e.decision = 'keep')
    )
    SELECT coalesce(array_agg(all_of.id), ARRAY[]::uuid[]) INTO gone FROM (SELECT id FROM version UNION ALL
        SELECT i.id FROM casework_signalitem i JOIN casework_signal s ON s.id = i.signal_id
        WHERE decided = 'erase' AND i.id = what.row_id AND i.dossier_id = what.about_id
          AND s.source_id = what.organisation_id) all_of;
    IF decided = 'erase' AND cardinality(gone) = 0 THEN
        RAISE EXCEPTION 'this text is not here, or not of its source' USING ERRCODE = 'insufficient_privilege';
    END IF;
    files := ARRAY(SELECT a.id FROM casework_attachment a
        WHERE a.contribution_id = ANY(gone) OR a.item_id = ANY(gone));
    -- Who was ever given it, but for the source itself.
    people := ARRAY(SELECT DISTINCT g.user_id FROM privacy_grant g JOIN partners_user u ON u.id = g.user_id
        WHERE u.organisation_id <> what.organisation_id AND g.given_for NOT LIKE 'rights:%' AND g.compartment_id IN (
            SELECT c.compartment_id FROM casework_contribution c WHERE c.id = ANY(gone)
            UNION SELECT i.compartment_id FROM casework_signalitem i WHERE i.id = ANY(gone)));
    DELETE FROM casework_attachmentchunk WHERE attachment_id = ANY(files);
    DELETE FROM casework_attachment WHERE id = ANY(files);
    UPDATE casework_statement SET text = NULL, reason = NULL WHERE row_id = ANY(gone);
    UPDATE privacy_grant g SET revoked_at = now() FROM casework_disclosure d
        WHERE d.contribution_id = ANY(gone) AND d.ended_at IS NULL AND g.given_for = 'disclosure:' || d.id
          AND g.revoked_at IS NULL;
    UPDATE casework_disclosure SET ended_at = now() WHERE contribution_id = ANY(gone) AND ended_at IS NULL;
    UPDATE casework_consent SET agreed = false, answered_at = now(), answered_by = {ACTOR}
        WHERE contribution_id = ANY(gone) AND agreed IS NULL;
    UPDATE casework_contribution SET text = NULL, origin = NULL, conditions = NULL, decision_ref = NULL, terms = NULL,
        erased_at = now(), withdrawn_at = coalesce(withdrawn_at, now()) WHERE id = ANY(gone);
    UPDATE casework_signalitem SET text = NULL, origin = NULL, erased_at = now() WHERE id = ANY(gone);
    -- Every copy at the desk, also of other requests: also what its source erased itself.
    gone := gone || files || what.row_id;
    DELETE FROM casework_rightsreply y USING casework_rightssaying s, casework_rightspassage p
        WHERE y.saying_id = s.id AND s.passage_id = p.id AND p.row_id = ANY(gone);
    DELETE FROM casework_rightssaying s USING casework_rightspassage p
        WHERE s.passage_id = p.id AND p.row_id = ANY(gone);
    UPDATE casework_rightsanswer x SET except_words = NULL, given = NULL FROM casework_rightspassage p
        WHERE x.passage_id = p.id AND (p.id = what.id OR p.row_id = ANY(gone));
    UPDATE casework_rightsrelease SET file = NULL WHERE file IS NOT NULL AND request_id IN (
        SELECT p.request_id FROM casework_rightspassage p WHERE p.row_id = ANY(gone));
    UPDATE casework_rightspassage SET text = NULL, spans = NULL WHERE row_id = ANY(gone);
    UPDATE casework_rightserasure SET carried_out_by_id = {ACTOR}, carried_out_at = now(), held_at = NULL,
        reason = NULL, told = cardinality(people) WHERE passage_id = what.id;
    RETURN QUERY SELECT unnest(people);
END $$;

-- How far a request to erase is, for who is asked by this question; nothing of a request of another kind.
CREATE FUNCTION casework_rights_erases(wanted uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN (SELECT r.state FROM casework_rightsquestion q JOIN casework_rightsrequest r ON r.id = q.request_id
        WHERE q.id = wanted AND r.kind = 'wissing' AND EXISTS (SELECT 1 FROM privacy_grant g
            WHERE g.compartment_id = q.compartment_id AND g.user_id = {ACTOR} AND {GRANT_VALID}));
END $$;
{definer("casework_rights_erase(uuid)", "casework_rights_erases(uuid)")}
"""

# Where a passage came from stays as it was collected, and which row it is too: that is what would be erased.
CAME_FROM = """
CREATE OR REPLACE FUNCTION casework_rights_came_from() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF (NEW.organisation_id, NEW.about_id, NEW.reference, NEW.request_id, NEW.row_id, NEW.source)
       IS DISTINCT FROM (OLD.organisation_id, OLD.about_id, OLD.reference, OLD.request_id, OLD.row_id, OLD.source) THEN
        RAISE EXCEPTION 'where a passage came from stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""

WALLS = f"""
REVOKE UPDATE, DELETE ON casework_rightserasure FROM {APP};
{of_passage("casework_rightserasure")}
-- As with answers: the source decides for itself, never the desk, and never another organisation.
CREATE POLICY source ON casework_rightserasure AS RESTRICTIVE FOR INSERT WITH CHECK (
    decided_by_id = {ACTOR} AND carried_out_at IS NULL AND held_at IS NULL AND told = 0
    AND NOT {directed("casework_rightserasure")}
    AND EXISTS (SELECT 1 FROM casework_rightspassage p
        WHERE casework_rights_erases(p.question_id) = 'judging' AND p.id = casework_rightserasure.passage_id
          AND p.compartment_id = casework_rightserasure.compartment_id
          AND p.organisation_id = {ORGANISATION} OFFSET 0));
"""

# Only the function above says that something was erased; a text is empty with that alone, and stays so.
ONLY_SO = f"""
CREATE FUNCTION casework_erased_so() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF current_user = '{APP}' AND (TG_OP = 'INSERT' AND NEW.erased_at IS NOT NULL OR TG_OP = 'UPDATE' AND (
            NEW.erased_at IS DISTINCT FROM OLD.erased_at OR OLD.erased_at IS NOT NULL AND NEW.text IS NOT NULL)) THEN
        RAISE EXCEPTION 'erased on request, and by nobody else' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_contribution_erased BEFORE INSERT OR UPDATE ON casework_contribution
    FOR EACH ROW EXECUTE FUNCTION casework_erased_so();
CREATE TRIGGER casework_signalitem_erased BEFORE INSERT OR UPDATE ON casework_signalitem
    FOR EACH ROW EXECUTE FUNCTION casework_erased_so();
"""
