"""What stays as it was: who chaired a meeting that was held, minutes before two fixed them, what was agreed with whom.

And what goes: access through an item goes no further than taking part and the seat, also when a meeting moves; a
meeting that is called off lets nobody keep a case of which who called it off may not know.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, MAINTENANCE, ORGANISATION
from privacy.rls.tables import as_maintenance, definer

# Who was chair and secretary fix the minutes: afterwards nobody becomes it. What is over is not opened again, and a
# meeting stays at the table of the cases on its agenda.
MEETINGS = """
CREATE FUNCTION casework_meeting_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.table_id <> OLD.table_id OR OLD.status IN ('held', 'cancelled') THEN
        RAISE EXCEPTION 'a meeting stays at its table, and as it was when it is over'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_meeting_kept BEFORE UPDATE ON casework_meeting
    FOR EACH ROW EXECUTE FUNCTION casework_meeting_kept();
"""

MINUTES = """
CREATE FUNCTION casework_minutes_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND (NEW.chair_at IS NOT NULL OR NEW.secretary_at IS NOT NULL OR NEW.fixed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'minutes are made before they are fixed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.meeting_id, NEW.number) IS DISTINCT FROM (OLD.meeting_id, OLD.number) THEN
        RAISE EXCEPTION 'minutes are of one meeting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_minutesversion_begin BEFORE INSERT OR UPDATE ON casework_minutesversion
    FOR EACH ROW EXECUTE FUNCTION casework_minutes_begin();
"""

# Whoever does an action reports how it stands. What was agreed, with whom and by when is of who directs the case.
ACTIONS = f"""
CREATE FUNCTION casework_tableaction_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> '{MAINTENANCE}' AND NOT privacy_directs(OLD.dossier_id)
       AND ((NEW.item_id, NEW.case_id, NEW.organisation_id, NEW.user_id, NEW.due_on, NEW.added_by_id, NEW.added_at,
             NEW.taken_back, NEW.dossier_id, NEW.compartment_id)
            IS DISTINCT FROM (OLD.item_id, OLD.case_id, OLD.organisation_id, OLD.user_id, OLD.due_on, OLD.added_by_id,
             OLD.added_at, OLD.taken_back, OLD.dossier_id, OLD.compartment_id)
            OR OLD.user_id IS DISTINCT FROM {ACTOR} OR OLD.ended_at IS NOT NULL OR NEW.status = 'dropped') THEN
        RAISE EXCEPTION 'who does an action reports how it stands' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_tableaction_kept BEFORE UPDATE ON casework_tableaction
    FOR EACH ROW EXECUTE FUNCTION casework_tableaction_kept();
"""

_SEAT_COUNTS = """s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
        AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())"""

# As before, but for who takes part in the case by itself: the item goes no further than that, nor than the seat.
FOLLOWING = as_maintenance(f"""
CREATE OR REPLACE FUNCTION casework_item_follows(wanted uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE i record; p record; mine timestamptz; moved integer; total integer := 0;
BEGIN
    SELECT x.id, x.dossier_id, x.case_id, m.table_id, m.ends_at + interval '1 day' AS until INTO i
        FROM casework_agendaitem x JOIN casework_meeting m ON m.id = x.meeting_id
        WHERE x.id = wanted AND x.outcome = '' AND x.published_at IS NOT NULL;
    IF NOT FOUND OR NOT privacy_directs(i.dossier_id) THEN
        RAISE EXCEPTION 'only who directs the case moves access to an open item'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR p IN SELECT b.user_id, q.id, q.dossier_id, q.until, q.id = b.participation_id AS begun
            FROM casework_itemseat b JOIN casework_participation q ON q.case_id = i.case_id AND q.user_id = b.user_id
            WHERE b.item_id = i.id AND q.ended_at IS NULL
              AND (q.until IS NULL OR q.until > statement_timestamp()) LOOP
        SELECT CASE WHEN bool_or(s.valid_until IS NULL) THEN i.until ELSE LEAST(i.until, max(s.valid_until)) END
            INTO mine FROM partners_seat s
            WHERE s.user_id = p.user_id AND s.table_id = i.table_id AND {_SEAT_COUNTS};
        CONTINUE WHEN mine IS NULL;
        IF p.begun AND p.until < mine THEN
            UPDATE privacy_grant g SET valid_until = mine
                WHERE g.user_id = p.user_id AND g.revoked_at IS NULL AND g.valid_until = p.until
                  AND (g.dossier_id = p.dossier_id OR g.given_for = 'participation:' || p.id);
            GET DIAGNOSTICS moved = ROW_COUNT;
            total := total + moved;
            UPDATE casework_participation q SET until = mine WHERE q.id = p.id;
        ELSIF NOT p.begun IS TRUE THEN
            mine := LEAST(mine, p.until);
        END IF;
        UPDATE privacy_grant g SET valid_until = mine
            WHERE g.user_id = p.user_id AND g.given_for = 'agendaitem:' || i.id AND g.dossier_id = i.dossier_id
              AND g.revoked_at IS NULL AND g.valid_until < mine;
        GET DIAGNOSTICS moved = ROW_COUNT;
        total := total + moved;
    END LOOP;
    RETURN total;
END $$;
""")

# Who calls a meeting off may be kept away from a case on its agenda, and must not learn that it is there. Its item
# waits for a colleague, who finds it among what was not finished.
CALLED_OFF = f"""
CREATE FUNCTION casework_let_go_unseen(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE i record; p record;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM casework_meeting m JOIN partners_seat s ON s.table_id = m.table_id
            WHERE m.id = wanted AND m.status = 'planned' AND s.user_id = {ACTOR} AND s.role = 'procesregisseur'
              AND {_SEAT_COUNTS}) THEN
        RAISE EXCEPTION 'only who directs the table calls a meeting off' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR i IN SELECT x.id, x.dossier_id, x.case_id FROM casework_agendaitem x
            WHERE x.meeting_id = wanted AND x.outcome = '' AND privacy_kept_away(ARRAY[x.dossier_id])
            ORDER BY x.case_id LOOP
        UPDATE casework_agendaitem x SET outcome = 'carried', closed_at = now() WHERE x.id = i.id;
        UPDATE privacy_grant g SET revoked_at = now()
            WHERE g.given_for = 'agendaitem:' || i.id AND g.revoked_at IS NULL;
        FOR p IN SELECT q.id, q.user_id FROM casework_itemseat b
                JOIN casework_participation q ON q.id = b.participation_id AND q.ended_at IS NULL
                WHERE b.item_id = i.id AND NOT EXISTS (SELECT 1 FROM casework_itemseat o
                    JOIN casework_agendaitem y ON y.id = o.item_id AND y.outcome = '' AND y.published_at IS NOT NULL
                    WHERE o.user_id = b.user_id AND y.case_id = i.case_id) LOOP
            UPDATE casework_participation q SET ended_at = now() WHERE q.id = p.id;
            UPDATE privacy_grant g SET revoked_at = now() WHERE g.user_id = p.user_id AND g.revoked_at IS NULL
                AND (g.given_for = 'participation:' || p.id
                     OR (g.dossier_id = i.dossier_id AND privacy_of_taking_part(g.given_for)));
        END LOOP;
    END LOOP;
END $$;
""" + definer("casework_let_go_unseen(uuid)")

# The second who fixes minutes may be kept away from a case in them: who sat at its item gets them all the same, for as
# long as others do. `a_while`: until when who does not take part reads them.
HANDED_OUT = f"""
CREATE FUNCTION casework_hand_out_unseen(wanted uuid, a_while timestamptz) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM casework_minutesversion v JOIN casework_meeting m ON m.id = v.meeting_id
            JOIN partners_seat s ON s.table_id = m.table_id
            WHERE v.id = wanted AND v.fixed_at IS NOT NULL AND s.user_id = {ACTOR} AND s.role = 'procesregisseur'
              AND {_SEAT_COUNTS}) THEN
        RAISE EXCEPTION 'only who directs the table hands out minutes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
        may_write, directs, ground, given_by, given_for, given_at, valid_until, sort_at, excluded)
    SELECT gen_random_uuid(), b.user_id, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme, false, false,
        'verslag', {ACTOR}, 'minutes:' || i.id, now(), LEAST(seat.until, CASE WHEN q.id IS NULL
            THEN LEAST(a_while, statement_timestamp() + interval '30 days') ELSE q.until END), d.sort_at, false
    FROM casework_minutespiece x
    JOIN casework_agendaitem i ON i.id = x.item_id
    JOIN privacy_compartment c ON c.id = i.record_id
    JOIN privacy_dossier d ON d.id = c.dossier_id AND d.shielded_at IS NULL AND d.destroyed_at IS NULL
    JOIN casework_itemseat b ON b.item_id = i.id
    JOIN LATERAL (SELECT CASE WHEN bool_or(s.valid_until IS NULL) THEN NULL ELSE max(s.valid_until) END AS until
        FROM partners_seat s WHERE s.user_id = b.user_id AND s.table_id = d.table_id AND {_SEAT_COUNTS}
        HAVING count(*) > 0) seat ON true
    LEFT JOIN casework_participation q ON q.case_id = i.case_id AND q.user_id = b.user_id AND q.ended_at IS NULL
        AND (q.until IS NULL OR q.until > statement_timestamp())
    JOIN auth_permission p ON p.codename = 'view_dossier'
    JOIN django_content_type t ON t.id = p.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'
    WHERE x.minutes_id = wanted AND x.kind = 'item' AND privacy_kept_away(ARRAY[x.dossier_id])
    ON CONFLICT DO NOTHING;
END $$;
""" + definer("casework_hand_out_unseen(uuid, timestamptz)")

# Whoever has an action writes in its part, long after the item closed: that is no way to bring something into the case.
# A contribution is of who takes part, in the own name.
CONTRIBUTIONS = f"""
CREATE POLICY own_name ON casework_contribution AS RESTRICTIVE FOR INSERT WITH CHECK (
    organisation_id = {ORGANISATION} AND author_id = {ACTOR} AND EXISTS (SELECT 1 FROM privacy_grant g
        WHERE g.dossier_id = casework_contribution.dossier_id AND g.part = 'table' OFFSET 0));
"""

EVERYTHING = MEETINGS + MINUTES + ACTIONS + FOLLOWING + CALLED_OFF + HANDED_OUT + CONTRIBUTIONS
