"""Calendars: who may read that a table meets from outside, how access follows a meeting, and counts of many tables."""

from __future__ import annotations

from privacy.actor import SYSTEM_ID
from privacy.rls.spelling import ACTOR, ROLES
from privacy.rls.tables import definer, force, watch

_SEAT_COUNTS = """s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
        AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())"""
_LEADS = f"""EXISTS (SELECT 1 FROM casework_meeting m JOIN partners_seat s ON s.table_id = m.table_id
        WHERE m.id = casework_meetingcall.meeting_id AND s.user_id = {ACTOR} AND s.role = 'procesregisseur'
          AND {_SEAT_COUNTS} OFFSET 0)"""
_SYSTEM = f"{ACTOR} = '{SYSTEM_ID}'::uuid"

# A feed is its owner's own. A call is made by who directs the table; the background notes that the mail went out.
TABLES = f"""
{force("casework_calendarfeed")}
CREATE POLICY own ON casework_calendarfeed USING (user_id = {ACTOR}) WITH CHECK (user_id = {ACTOR});
{watch("casework_calendarfeed")}
{force("casework_meetingcall")}
CREATE POLICY reads ON casework_meetingcall FOR SELECT USING (user_id = {ACTOR} OR {_SYSTEM} OR {_LEADS});
CREATE POLICY inserts ON casework_meetingcall FOR INSERT WITH CHECK ({_LEADS});
CREATE POLICY updates ON casework_meetingcall FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM});
{watch("casework_meetingcall")}
"""

# Whose calendar asks. Nobody is logged in: who knows the random part of the address learns whose it is, and no more.
FEEDS = """
CREATE FUNCTION casework_calendar_of(wanted bytea) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT f.user_id FROM casework_calendarfeed f JOIN partners_user u ON u.id = f.user_id AND u.is_active
    WHERE f.address_hash = wanted AND f.revoked_at IS NULL
$$;
""" + definer("casework_calendar_of(bytea)")

# A meeting that goes to a later moment takes along what was given until a day after it: nobody loses the case before
# the table meets, nobody keeps it longer than was meant, and no longer than the seat. The end is not asked: it follows.
FOLLOWING = f"""
CREATE FUNCTION casework_item_follows(wanted uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE i record; p record; later timestamptz; mine timestamptz; moved integer; total integer := 0;
BEGIN
    SELECT x.id, x.dossier_id, m.table_id, m.ends_at + interval '1 day' AS until INTO i
        FROM casework_agendaitem x JOIN casework_meeting m ON m.id = x.meeting_id
        WHERE x.id = wanted AND x.outcome = '' AND x.published_at IS NOT NULL;
    IF NOT FOUND OR NOT privacy_directs(i.dossier_id) THEN
        RAISE EXCEPTION 'only who directs the case moves access to an open item'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    later := i.until;
    UPDATE privacy_grant g SET valid_until = later
        WHERE g.given_for = 'agendaitem:' || i.id AND g.dossier_id = i.dossier_id AND g.revoked_at IS NULL
          AND g.valid_until < later;
    GET DIAGNOSTICS total = ROW_COUNT;
    FOR p IN SELECT q.id, q.user_id, q.dossier_id, q.until FROM casework_itemseat b
            JOIN casework_participation q ON q.id = b.participation_id
            WHERE b.item_id = i.id AND q.ended_at IS NULL AND q.until < later LOOP
        SELECT CASE WHEN bool_or(s.valid_until IS NULL) THEN later ELSE LEAST(later, max(s.valid_until)) END INTO mine
            FROM partners_seat s WHERE s.user_id = p.user_id AND s.table_id = i.table_id AND {_SEAT_COUNTS};
        CONTINUE WHEN mine IS NULL OR mine <= p.until;
        UPDATE privacy_grant g SET valid_until = mine
            WHERE g.user_id = p.user_id AND g.revoked_at IS NULL AND g.valid_until = p.until
              AND (g.dossier_id = p.dossier_id OR g.given_for = 'participation:' || p.id);
        GET DIAGNOSTICS moved = ROW_COUNT;
        total := total + moved;
        UPDATE casework_participation q SET until = mine WHERE q.id = p.id;
    END LOOP;
    RETURN total;
END $$;
""" + definer("casework_item_follows(uuid)")

# Counts of tables, for who coordinates: a beheerder all, who directs the own ones. How long cases waited is an average,
# and nothing when so few cases lie behind it that it would be about somebody.
COUNTS = f"""
CREATE FUNCTION casework_tables_met(since timestamptz, moment timestamptz) RETURNS TABLE (table_id uuid,
    planned bigint, held bigint, cancelled bigint, unreached bigint, lead_days integer) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS $$
    WITH mine AS (
        SELECT t.id FROM partners_casetable t WHERE t.active AND ('beheerder' = ANY({ROLES})
            OR EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = t.id AND s.user_id = {ACTOR}
                AND s.role = 'procesregisseur' AND {_SEAT_COUNTS}))
    ), met AS (
        SELECT m.table_id, count(*) FILTER (WHERE m.status = 'planned' AND m.starts_at >= moment) AS planned,
            count(*) FILTER (WHERE m.status = 'held' AND m.starts_at >= since) AS held,
            count(*) FILTER (WHERE m.status = 'cancelled' AND m.starts_at BETWEEN since AND moment) AS cancelled
        FROM casework_meeting m JOIN mine ON mine.id = m.table_id GROUP BY m.table_id
    ), missed AS (
        SELECT m.table_id, count(*) AS unreached FROM casework_agendaitem i
        JOIN casework_meeting m ON m.id = i.meeting_id AND m.status = 'held' AND m.starts_at >= since
        JOIN mine ON mine.id = m.table_id WHERE i.outcome = 'carried' GROUP BY m.table_id
    ), first AS (
        SELECT i.case_id, m.table_id, min(m.starts_at) AS at FROM casework_agendaitem i
        JOIN casework_meeting m ON m.id = i.meeting_id AND m.status = 'held'
        JOIN mine ON mine.id = m.table_id WHERE i.outcome = 'discussed' GROUP BY i.case_id, m.table_id
    ), came AS (
        SELECT b.case_id, min(s.submitted_at) AS at FROM casework_casesignal b
        JOIN casework_signal s ON s.dossier_id = b.signal_dossier_id
        WHERE b.case_id IN (SELECT f.case_id FROM first f) GROUP BY b.case_id
    ), waited AS (
        SELECT f.table_id, round(avg(extract(epoch FROM f.at - c.at) / 86400))::integer AS days
        FROM first f JOIN came c ON c.case_id = f.case_id AND c.at <= f.at
        WHERE f.at >= since GROUP BY f.table_id HAVING count(*) >= 5
    )
    SELECT mine.id, COALESCE(met.planned, 0), COALESCE(met.held, 0), COALESCE(met.cancelled, 0),
        COALESCE(missed.unreached, 0), waited.days
    FROM mine LEFT JOIN met ON met.table_id = mine.id LEFT JOIN missed ON missed.table_id = mine.id
    LEFT JOIN waited ON waited.table_id = mine.id
$$;
""" + definer("casework_tables_met(timestamptz, timestamptz)")

EVERYTHING = TABLES + FEEDS + FOLLOWING + COUNTS
