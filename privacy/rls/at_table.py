"""What is asked and answered before a meeting, and who hands on the parts of the table.

A partner reads the parts of its items and writes in none of them: an answer is written here, once, after the database
asked who answers. The regie asks, and neither answers for a partner nor changes a question that was answered.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, MAINTENANCE, ORGANISATION, ROLES, VALID, directed
from privacy.rls.tables import as_maintenance, definer, internal

# Whoever may write in a chosen part may hand it on (a contribution is its owner's). A part of the table is no such
# thing: the regie gives it, and the reason of a refusal goes from who wrote it to the chair and to nobody else.
HANDING_ON = f"""
CREATE FUNCTION casework_of_table(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM casework_agendaitem i WHERE i.compartment_id = wanted)
        OR EXISTS (SELECT 1 FROM casework_agendaitem i WHERE i.record_id = wanted)
        OR EXISTS (SELECT 1 FROM casework_itemquestion q WHERE q.compartment_id = wanted)
        OR EXISTS (SELECT 1 FROM casework_tableaction a WHERE a.compartment_id = wanted)
        OR casework_is_refusal(wanted)
$$;

CREATE FUNCTION casework_may_give(wanted uuid, receiver uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT CASE
        WHEN casework_is_refusal(wanted) THEN EXISTS (SELECT 1 FROM casework_refusalreason r
            JOIN privacy_compartment c ON c.id = r.compartment_id
            WHERE c.id = wanted AND c.created_by = {ACTOR} AND receiver IN (r.chair_id, c.created_by))
        WHEN casework_of_table(wanted) THEN EXISTS (SELECT 1 FROM privacy_compartment c
            WHERE c.id = wanted AND privacy_directs(c.dossier_id))
        ELSE true END
$$;
CREATE POLICY of_the_table ON privacy_grant AS RESTRICTIVE FOR INSERT
    WITH CHECK (part <> 'item' OR casework_may_give(compartment_id, user_id));
""" + as_maintenance(f"""
CREATE OR REPLACE FUNCTION privacy_end_grants(reason text, only_dossier uuid, person uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF reason IS NULL AND (only_dossier IS NULL OR person IS NULL) THEN
        RAISE EXCEPTION 'say what ends: a reason, or a person and a dossier' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    UPDATE privacy_grant g SET revoked_at = now()
    WHERE g.revoked_at IS NULL
      AND CASE WHEN reason IS NULL THEN privacy_of_taking_part(g.given_for) ELSE g.given_for = reason END
      AND (only_dossier IS NULL OR g.dossier_id = only_dossier)
      AND (person IS NULL OR g.user_id = person)
      AND ('beheerder' = ANY({ROLES}) OR g.user_id = {ACTOR} OR privacy_directs(g.dossier_id)
           OR (g.part = 'item' AND NOT casework_of_table(g.compartment_id)
               AND EXISTS (SELECT 1 FROM privacy_grant own WHERE own.compartment_id = g.compartment_id
                   AND own.user_id = {ACTOR} AND own.may_write AND {VALID})));
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
""")

_HOLDS = f"""EXISTS (SELECT 1 FROM privacy_grant g WHERE g.compartment_id = {{part}} AND g.user_id = {ACTOR}
        AND g.given_for = 'agendaitem:' || {{item}} AND {VALID})"""

# In which order somebody meets the own items: their place among each other, and nothing of what stands between them.
ORDER = f"""
CREATE FUNCTION casework_own_order(wanted uuid) RETURNS TABLE (item uuid, place bigint) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS $$
    SELECT i.id, row_number() OVER (ORDER BY p.position, p.id)
    FROM casework_agendaplace p JOIN casework_agendaitem i ON i.id = p.item_id
    WHERE p.meeting_id = wanted AND i.published_at IS NOT NULL AND i.outcome = ''
      AND {_HOLDS.format(part="i.compartment_id", item="i.id")}
$$;
"""

ANSWERING = f"""
CREATE FUNCTION casework_answer(wanted uuid, said text, made_of uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE q record;
BEGIN
    SELECT k.* INTO q FROM casework_itemquestion k WHERE k.id = wanted FOR UPDATE;
    IF NOT FOUND OR q.organisation_id IS DISTINCT FROM {ORGANISATION}
       OR NOT {_HOLDS.format(part="q.compartment_id", item="q.item_id")} THEN
        RAISE EXCEPTION 'only who is asked answers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM casework_agendaitem i WHERE i.id = q.item_id AND i.outcome = ''
            AND i.published_at IS NOT NULL) OR (q.reply <> '' AND said <> 'brought') THEN
        RAISE EXCEPTION 'this was answered, or is over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF said NOT IN ('brought', 'nothing', 'refused') THEN
        RAISE EXCEPTION 'that is no answer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF said = 'brought' THEN
        IF NOT EXISTS (SELECT 1 FROM casework_contribution b WHERE b.id = made_of AND b.dossier_id = q.dossier_id
                AND b.organisation_id = q.organisation_id AND b.withdrawn_at IS NULL) THEN
            RAISE EXCEPTION 'what is brought is of who was asked' USING ERRCODE = 'insufficient_privilege';
        END IF;
        INSERT INTO casework_broughtfor (id, dossier_id, compartment_id, question_id, contribution_id)
            VALUES (gen_random_uuid(), q.dossier_id, q.compartment_id, q.id, made_of) ON CONFLICT DO NOTHING;
    ELSIF said = 'refused' AND NOT EXISTS (SELECT 1 FROM casework_refusalreason r WHERE r.question_id = q.id) THEN
        RAISE EXCEPTION 'a refusal has a reason' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE casework_itemquestion SET reply = said, replied_by_id = {ACTOR},
        replied_at = COALESCE(replied_at, statement_timestamp()) WHERE id = q.id;
END $$;

CREATE FUNCTION casework_question_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = '{MAINTENANCE}' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.reply <> '' THEN
        RAISE EXCEPTION 'who is asked answers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.reply <> '' OR (NEW.reply, NEW.item_id, NEW.organisation_id, NEW.compartment_id)
            IS DISTINCT FROM (OLD.reply, OLD.item_id, OLD.organisation_id, OLD.compartment_id)) THEN
        RAISE EXCEPTION 'who asks changes a question until it is answered' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_itemquestion_kept BEFORE INSERT OR UPDATE ON casework_itemquestion
    FOR EACH ROW EXECUTE FUNCTION casework_question_kept();
CREATE POLICY regie_changes ON casework_itemquestion AS RESTRICTIVE FOR UPDATE
    USING ({directed("casework_itemquestion")});
CREATE POLICY answered ON casework_broughtfor AS RESTRICTIVE FOR INSERT WITH CHECK (false);
"""

# A reason is given once, by who is asked, to the chair of that meeting.
REFUSING = f"""
CREATE FUNCTION casework_refusal_is_own() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM casework_itemquestion q JOIN casework_agendaitem i ON i.id = q.item_id
            JOIN casework_meeting m ON m.id = i.meeting_id
            JOIN privacy_compartment c ON c.id = NEW.compartment_id AND c.created_by = {ACTOR}
            WHERE q.id = NEW.question_id AND q.dossier_id = NEW.dossier_id AND m.chair_id = NEW.chair_id
              AND q.organisation_id = {ORGANISATION} AND q.reply = '' AND c.id <> q.compartment_id
              AND {_HOLDS.format(part="q.compartment_id", item="q.item_id")}) THEN
        RAISE EXCEPTION 'a reason is of who is asked, for the chair' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_refusalreason_own BEFORE INSERT ON casework_refusalreason
    FOR EACH ROW EXECUTE FUNCTION casework_refusal_is_own();

-- Who is chair until this act is over: changing the chair waits, or came first.
CREATE FUNCTION casework_hold_chair(wanted uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE held uuid;
BEGIN
    SELECT m.chair_id INTO held FROM casework_meeting m WHERE m.id = wanted AND EXISTS (SELECT 1 FROM partners_seat s
        WHERE s.table_id = m.table_id AND s.user_id = {ACTOR} AND s.ended_at IS NULL
          AND s.valid_from <= statement_timestamp()
          AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())) FOR SHARE OF m;
    RETURN held;
END $$;

-- The reasons go along with the chair: the new one reads them, the one before no more.
CREATE FUNCTION casework_follow_chair(wanted uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE m record; r record; until timestamptz; followed integer := 0;
BEGIN
    SELECT k.chair_id, k.table_id INTO m FROM casework_meeting k WHERE k.id = wanted;
    IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = m.table_id AND s.user_id = {ACTOR}
            AND s.role = 'procesregisseur' AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
            AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())) THEN
        RAISE EXCEPTION 'only who directs the table' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT s.valid_until INTO until FROM partners_seat s WHERE s.table_id = m.table_id AND s.user_id = m.chair_id
        AND s.role = 'procesregisseur' AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
        AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the chair directs the table' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR r IN SELECT b.id, b.compartment_id, b.chair_id, c.created_by FROM casework_refusalreason b
            JOIN casework_itemquestion q ON q.id = b.question_id JOIN casework_agendaitem i ON i.id = q.item_id
            JOIN privacy_compartment c ON c.id = b.compartment_id
            JOIN privacy_dossier d ON d.id = b.dossier_id AND d.shielded_at IS NULL
            WHERE i.meeting_id = wanted AND b.chair_id <> m.chair_id ORDER BY b.id FOR UPDATE OF b LOOP
        INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id,
            theme, may_write, directs, ground, given_by, given_for, given_at, valid_until, sort_at)
        SELECT gen_random_uuid(), m.chair_id, g.permission_id, g.dossier_id, g.compartment_id, g.kind, g.part,
            g.table_id, g.theme, false, false, g.ground, {ACTOR}, g.given_for, now(), until, g.sort_at
        FROM privacy_grant g WHERE g.compartment_id = r.compartment_id AND g.given_for = 'refusal:' || r.id LIMIT 1
        ON CONFLICT DO NOTHING;
        UPDATE privacy_grant g SET revoked_at = now() WHERE g.compartment_id = r.compartment_id
            AND g.user_id NOT IN (m.chair_id, r.created_by) AND g.revoked_at IS NULL;
        UPDATE casework_refusalreason SET chair_id = m.chair_id WHERE id = r.id;
        followed := followed + 1;
    END LOOP;
    RETURN followed;
END $$;
"""

# A partner asks in its own name; who directs answers.
WISHING = f"""
CREATE POLICY own_name ON casework_agendawish AS RESTRICTIVE FOR INSERT WITH CHECK (
    organisation_id = {ORGANISATION} AND user_id = {ACTOR} AND answered_at IS NULL AND granted IS NULL);
CREATE POLICY regie_answers ON casework_agendawish AS RESTRICTIVE FOR UPDATE
    USING ({directed("casework_agendawish")});
"""

EVERYTHING = (
    HANDING_ON
    + ORDER
    + ANSWERING
    + REFUSING
    + WISHING
    + internal("casework_of_table(uuid)", "casework_refusal_is_own()")
    + definer(
        "casework_may_give(uuid, uuid)",
        "casework_own_order(uuid)",
        "casework_answer(uuid, text, uuid)",
        "casework_follow_chair(uuid)",
        "casework_hold_chair(uuid)",
    )
)
