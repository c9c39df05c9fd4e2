"""Review of the log: only the system finds and draws, one desk judges, never about oneself or what one is kept from.

Facts about grants, seats and ties are gathered by a function that only the system may ask. What is found holds nothing
of what stands in a dossier.
"""

from __future__ import annotations

from privacy.actor import SYSTEM_ID
from privacy.rls.spelling import ACTOR, APP, ROLES
from privacy.rls.tables import definer, force, watch

# A look that lists, counts or asks opens nothing by itself.
LISTS = ("list", "search", "count")
_IN_LISTS = ", ".join(f"'{name}'" for name in LISTS)
_SYSTEM = f"{ACTOR} = '{SYSTEM_ID}' AND 'privacy_officer' = ANY({ROLES})"
_ONLY_SYSTEM = f"""
    IF NOT COALESCE({_SYSTEM}, false) THEN
        RAISE EXCEPTION 'only the system reviews by rule' USING ERRCODE = 'insufficient_privilege';
    END IF;"""
_ROLES_THEN = "string_to_array(e.actor_roles, ',')"
_DESK = f"CASE WHEN {_ROLES_THEN} && ARRAY['privacy_officer', 'beheerder'] THEN 'officers' ELSE 'review' END"

# Half a minute of slack: the look of a page is written just before its transaction gives or ends something.
_AT = "g.given_at <= e.timestamp + interval '30 seconds'"
_HELD = f"""{_AT} AND (g.valid_from IS NULL OR g.valid_from <= e.timestamp)
    AND (g.revoked_at IS NULL OR g.revoked_at >= e.timestamp - interval '30 seconds')
    AND (g.valid_until IS NULL OR g.valid_until >= e.timestamp)"""
_SEAT_THEN = """s.user_id = e.actor_id AND s.table_id = d.table_id AND s.valid_from <= e.timestamp
    AND (s.valid_until IS NULL OR s.valid_until > e.timestamp) AND (s.ended_at IS NULL OR s.ended_at > e.timestamp)"""

FACTS = f"""
CREATE FUNCTION privacy_review_looks(begins timestamptz, ends timestamptz, contents text[]) RETURNS TABLE (
    at timestamptz, actor_id uuid, actor_name text, actor_roles text, organisation_id uuid, organisation_name text,
    event text, ok boolean, dossier_id uuid, reference text, content boolean, many integer, listed uuid[],
    trace text, session text, address text, bsn boolean, emergency boolean, role boolean, directs boolean,
    since timestamptz, flag text, tie boolean, colleague boolean, gone boolean, closed_at timestamptz,
    regie_part boolean) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    {_ONLY_SYSTEM}
    RETURN QUERY SELECT e.timestamp, e.actor_id, e.actor_name::text, e.actor_roles::text, e.organisation_id,
        e.organisation_name::text, e.event::text, e.outcome = 'ok', d.id,
        COALESCE(d.reference, '')::text, COALESCE(d.kind IN ('signal', 'case', 'household')
            AND e.event = ANY(contents), false), cardinality(e.dossiers),
        CASE WHEN e.event IN ({_IN_LISTS}) THEN e.dossiers ELSE NULL END,
        e.trace_id::text, e.session::text, COALESCE(host(e.remote_addr), ''),
        e.changes @> '["bsn"]'::jsonb, e.break_glass,
        e.check_grant AND NOT kept.away AND (held.role OR d.destroyed_at IS NOT NULL), held.directs, held.since,
        flag.code::text, COALESCE(ties.name, false), COALESCE(ties.colleague, false) OR kept.colleague,
        COALESCE(gone.was AND NOT gone.is_there AND NOT held.reports, false) OR left_house.it, d.shielded_at,
        COALESCE(opened.regie, false)
    FROM privacy_auditentry e
    LEFT JOIN LATERAL unnest(CASE WHEN e.event IN ({_IN_LISTS}) THEN '{{}}'::uuid[] ELSE e.dossiers END) AS named (id)
        ON true
    LEFT JOIN privacy_dossier d ON d.id = named.id
    LEFT JOIN LATERAL (SELECT count(*) > 0 AS role, COALESCE(bool_or(g.directs), false) AS directs,
            max(g.given_at) AS since, COALESCE(bool_or(g.given_for LIKE 'report:%'), false) AS reports
        FROM privacy_grant g WHERE g.dossier_id = d.id AND g.user_id = e.actor_id AND {_HELD}) held ON true
    LEFT JOIN LATERAL (SELECT
            COALESCE(bool_or(x.user_id = e.actor_id AND x.set_at <= e.timestamp
                AND (x.ended_at IS NULL OR x.ended_at > e.timestamp)), false) AS away,
            COALESCE(bool_or(x.reason = 'own' AND x.user_id <> e.actor_id AND x.set_at <= e.timestamp
                AND u.organisation_id = e.organisation_id), false) AS colleague
        FROM privacy_exclusion x JOIN partners_user u ON u.id = x.user_id WHERE x.dossier_id = d.id) kept ON true
    LEFT JOIN LATERAL (SELECT f.code FROM privacy_dossierflag f WHERE f.dossier_id = d.id AND f.set_at <= e.timestamp
        AND (f.ended_at IS NULL OR f.ended_at > e.timestamp) LIMIT 1) flag ON true
    LEFT JOIN LATERAL (SELECT bool_or(t.kind = 'name') AS name, bool_or(t.kind = 'colleague') AS colleague
        FROM privacy_reviewtie t WHERE t.dossier_id = d.id AND t.reader_id = e.actor_id) ties ON true
    LEFT JOIN LATERAL (SELECT count(*) > 0 AS was, COALESCE(bool_or({_SEAT_THEN}), false) AS is_there
        FROM partners_seat s WHERE s.user_id = e.actor_id AND s.table_id = d.table_id
        AND s.valid_from <= e.timestamp) gone ON true
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM privacy_departure p
        WHERE p.person_id = e.actor_id AND p.left_at < e.timestamp) AS it) left_house
    LEFT JOIN LATERAL (SELECT count(*) > 0 AS regie FROM privacy_compartment c
        WHERE c.id = ANY(e.compartments) AND c.dossier_id = d.id AND c.kind = 'regie') opened ON true
    WHERE e.action = 3 AND e.actor_id IS NOT NULL AND e.actor_id <> '{SYSTEM_ID}'
      AND e.timestamp >= begins AND e.timestamp < ends
    ORDER BY e.timestamp, e.id, d.kind DESC;
END $$;
"""

# As far back as a rule asks, in days of this municipality: what was done, how much was opened, where from, and when
# somebody asked for a BSN that is known nowhere.
PAST = f"""
CREATE FUNCTION privacy_review_past(begins timestamptz, ends timestamptz, contents text[], zone text) RETURNS TABLE (
    what text, actor_id uuid, dossier_id uuid, word text, at timestamptz, day date, many bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    {_ONLY_SYSTEM}
    RETURN QUERY SELECT DISTINCT 'act', e.actor_id, d, '', NULL::timestamptz, (e.timestamp AT TIME ZONE zone)::date,
        1::bigint
        FROM privacy_auditentry e, unnest(e.dossiers) d
        WHERE (e.action <> 3 OR e.event = 'meeting.present') AND e.actor_id IS NOT NULL
          AND e.event <> 'grant.given' AND e.timestamp >= begins AND e.timestamp < ends;
    RETURN QUERY SELECT 'opened', e.actor_id, NULL::uuid, '', NULL::timestamptz,
        (e.timestamp AT TIME ZONE zone)::date, count(DISTINCT d.id)
        FROM privacy_auditentry e CROSS JOIN unnest(e.dossiers) AS named (id)
        JOIN privacy_dossier d ON d.id = named.id AND d.kind IN ('signal', 'case', 'household')
        WHERE e.action = 3 AND e.outcome = 'ok' AND e.event = ANY(contents)
          AND e.timestamp >= begins AND e.timestamp < ends
        GROUP BY e.actor_id, (e.timestamp AT TIME ZONE zone)::date;
    RETURN QUERY SELECT DISTINCT w.what, e.actor_id, NULL::uuid, w.word, NULL::timestamptz,
        (e.timestamp AT TIME ZONE zone)::date, 1::bigint
        FROM privacy_auditentry e
        CROSS JOIN LATERAL (VALUES ('place', COALESCE(host(e.remote_addr), '')), ('session', e.session::text))
            AS w (what, word)
        WHERE e.actor_id IS NOT NULL AND w.word <> '' AND e.timestamp >= begins AND e.timestamp < ends;
    RETURN QUERY SELECT 'bsn', e.actor_id, NULL::uuid, '', e.timestamp, (e.timestamp AT TIME ZONE zone)::date, 1::bigint
        FROM privacy_auditentry e WHERE e.event = 'known.nothing' AND e.changes @> '["bsn"]'::jsonb
          AND e.actor_id IS NOT NULL AND e.timestamp >= begins AND e.timestamp < ends;
END $$;
"""

# One batch: what was found and how far it came, together or not at all. A second run waits for the first, and finds
# that it came further already. A finding that was judged stays as it is; more of the same is a new one beside it.
KEEP = f"""
CREATE FUNCTION privacy_review_hold() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    {_ONLY_SYSTEM}
    PERFORM pg_advisory_xact_lock(hashtextextended('review of the log', 0));
    RETURN (SELECT max(until) FROM privacy_reviewrun);
END $$;

CREATE FUNCTION privacy_review_first() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    {_ONLY_SYSTEM}
    RETURN (SELECT min(timestamp) FROM privacy_auditentry);
END $$;

CREATE FUNCTION privacy_review_keep(finds jsonb, run jsonb) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE one record; before record; kept integer := 0;
BEGIN
    {_ONLY_SYSTEM}
    FOR one IN SELECT * FROM jsonb_to_recordset(finds) AS r (desk text, rule text, numbers jsonb, reader_id uuid,
        reader_name text, organisation_id uuid, organisation_name text, about_id uuid, day date, dossiers uuid[],
        "references" text[], times integer, first_at timestamptz, last_at timestamptz)
    LOOP
        SELECT h.id, h.verdict, h.times, h.number INTO before FROM privacy_reviewhit h
        WHERE h.rule = one.rule AND h.reader_id = one.reader_id AND h.about_id = one.about_id AND h.day = one.day
        ORDER BY h.number DESC LIMIT 1 FOR UPDATE;
        IF before.id IS NOT NULL AND before.verdict = '' THEN
            UPDATE privacy_reviewhit h SET times = one.times, last_at = one.last_at, dossiers = one.dossiers,
                "references" = one."references" WHERE h.id = before.id AND h.times <> one.times;
        ELSIF before.id IS NULL OR one.times > before.times THEN
            INSERT INTO privacy_reviewhit (id, desk, rule, numbers, reader_id, reader_name, organisation_id,
                organisation_name, about_id, day, number, dossiers, "references", times, first_at, last_at, found_at,
                verdict)
            VALUES (gen_random_uuid(), one.desk, one.rule, one.numbers, one.reader_id, one.reader_name,
                one.organisation_id, one.organisation_name, one.about_id, one.day, COALESCE(before.number, 0) + 1,
                one.dossiers, one."references", one.times, one.first_at, one.last_at,
                (run ->> 'done_at')::timestamptz, '');
            kept := kept + 1;
        END IF;
    END LOOP;
    INSERT INTO privacy_reviewrun (id, done_at, asked_by, begins_at, until, looks, hits)
    VALUES (gen_random_uuid(), (run ->> 'done_at')::timestamptz, (run ->> 'asked_by')::uuid,
        (run ->> 'begins_at')::timestamptz, (run ->> 'until')::timestamptz, (run ->> 'looks')::integer, kept);
    RETURN kept;
END $$;
"""

# The order of the draw is a digest of the seed and the entry: with the seed anybody can draw it again.
_ORDER = "encode(sha256(convert_to({seed} || e.id::text, 'UTF8')), 'hex')"
_POPULATION = f"""
    privacy_auditentry e WHERE e.action = 3 AND e.outcome = 'ok' AND e.actor_id <> '{SYSTEM_ID}'
    AND e.organisation_id IS NOT NULL AND (e.event = ANY(contents) OR e.event IN ({_IN_LISTS})) AND e.dossiers <> '{{}}'
    AND e.timestamp >= begins AND e.timestamp < ends"""
_DRAWN = f"""
    SELECT * FROM (SELECT e.*, row_number() OVER (PARTITION BY e.organisation_id
        ORDER BY {_ORDER.format(seed="seed")}, e.id) AS place,
        count(*) OVER (PARTITION BY e.organisation_id) AS many FROM {_POPULATION}) e
    WHERE e.place <= GREATEST(at_least, ceil(e.many * percent / 100.0))"""

SAMPLE = f"""
CREATE FUNCTION privacy_review_drawn(begins timestamptz, ends timestamptz, contents text[], seed text, percent integer,
    at_least integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    {_ONLY_SYSTEM}
    RETURN QUERY SELECT e.id FROM ({_DRAWN}) e;
END $$;

CREATE FUNCTION privacy_review_draw(of_week date, begins timestamptz, ends timestamptz, contents text[], seed text,
    percent integer, at_least integer, zone text, drawn timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE made integer;
BEGIN
    {_ONLY_SYSTEM}
    PERFORM pg_advisory_xact_lock(hashtextextended('review of the log', 0));
    IF EXISTS (SELECT 1 FROM privacy_reviewsample s WHERE s.week = of_week) THEN
        RETURN -1;
    END IF;
    INSERT INTO privacy_reviewsample (id, week, drawn_at, seed, percent, "least", drawn)
    SELECT gen_random_uuid(), of_week, drawn, seed, percent, at_least, COALESCE((SELECT jsonb_agg(jsonb_build_object(
        'organisation', o.name, 'lines', o.many,
        'drawn', LEAST(o.many, GREATEST(at_least, ceil(o.many * percent / 100.0)))) ORDER BY o.name)
        FROM (SELECT e.organisation_id, max(e.organisation_name) AS name, count(*) AS many
            FROM {_POPULATION} GROUP BY e.organisation_id) o), '[]');
    INSERT INTO privacy_reviewhit (id, desk, rule, numbers, reader_id, reader_name, organisation_id, organisation_name,
        about_id, day, number, dossiers, "references", times, first_at, last_at, found_at, verdict)
    SELECT gen_random_uuid(), {_DESK}, 'sample', '{{}}', e.actor_id, e.actor_name, e.organisation_id,
        e.organisation_name, e.id, (e.timestamp AT TIME ZONE zone)::date, 1, e.dossiers, e."references", 1, e.timestamp,
        e.timestamp, drawn, '' FROM ({_DRAWN}) e;
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made;
END $$;
"""

# Whose it is to judge: one of the desk, in the role now, not the reader, not kept away from a dossier it is about.
_JUDGES = f"""(
    h.reader_id <> {ACTOR} AND NOT privacy_kept_away(h.dossiers)
    AND EXISTS (SELECT 1 FROM partners_user u WHERE u.id = {ACTOR} AND u.is_active AND (
        (h.desk = 'review' AND 'privacy_officer' = ANY({ROLES}) AND 'privacy_officer' = ANY(u.roles))
        OR (h.desk = 'officers' AND 'controller' = ANY({ROLES}) AND 'controller' = ANY(u.roles)))))"""

JUDGING = f"""
CREATE FUNCTION privacy_review_ask(wanted uuid, kept uuid, due timestamptz, manager uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE privacy_reviewhit h SET verdict = 'asked', file_id = kept, asked_at = now(), answer_by = due,
        manager_id = COALESCE(manager, h.manager_id)
    WHERE h.id = wanted AND h.verdict IN ('', 'answered') AND (h.file_id IS NULL OR h.file_id = kept)
      AND (manager IS NULL OR EXISTS (SELECT 1 FROM partners_user m WHERE m.id = manager AND m.is_active
          AND m.organisation_id = h.organisation_id AND m.id NOT IN (h.reader_id, {ACTOR})
          AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x WHERE x.user_id = m.id AND x.ended_at IS NULL
              AND x.dossier_id = ANY(h.dossiers)))) AND {_JUDGES};
    RETURN FOUND;
END $$;

CREATE FUNCTION privacy_review_answer(wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_reviewhit SET verdict = 'answered' WHERE id = wanted AND reader_id = {ACTOR} AND verdict = 'asked';
    RETURN FOUND;
END $$;

CREATE FUNCTION privacy_review_judge(wanted uuid[], said text, kept uuid) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE judged integer;
BEGIN
    IF said NOT IN ('right', 'wrong') OR cardinality(wanted) > 10 OR (said = 'wrong' AND cardinality(wanted) > 1) THEN
        RAISE EXCEPTION 'no such verdict' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_reviewhit h SET verdict = said, judged_by = {ACTOR}, judged_at = now(),
        file_id = COALESCE(h.file_id, kept)
    WHERE h.id = ANY(wanted) AND h.verdict NOT IN ('right', 'wrong') AND {_JUDGES}
      AND (cardinality(wanted) = 1 OR h.rule = 'sample');
    GET DIAGNOSTICS judged = ROW_COUNT;
    RETURN judged;
END $$;

-- What follows on "wrong", for who judged so. Nobody is cut off while nobody else directs the dossier.
CREATE FUNCTION privacy_review_end(wanted uuid, at_dossier uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE reader uuid; ended integer;
BEGIN
    SELECT h.reader_id INTO reader FROM privacy_reviewhit h WHERE h.id = wanted AND h.verdict = 'wrong'
        AND h.judged_by = {ACTOR} AND at_dossier = ANY(h.dossiers) AND {_JUDGES};
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only after this judgement' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM 1 FROM privacy_dossier WHERE id = at_dossier FOR UPDATE;
    IF NOT privacy_spared(at_dossier, reader) THEN
        RAISE EXCEPTION 'nobody else directs this dossier' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    UPDATE privacy_grant SET revoked_at = now()
    WHERE dossier_id = at_dossier AND user_id = reader AND revoked_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

CREATE FUNCTION privacy_review_breach(wanted uuid, opened uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_reviewhit h SET breach_id = opened WHERE h.id = wanted AND h.verdict = 'wrong'
        AND h.judged_by = {ACTOR} AND h.breach_id IS NULL AND {_JUDGES};
    RETURN FOUND;
END $$;
"""

# Noted by who reads the names, about that person alone; read by `privacy_review_looks` and by nothing else.
TIES = f"""
CREATE FUNCTION privacy_note_tie(place uuid, what text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF what NOT IN ('name', 'colleague') THEN
        RAISE EXCEPTION 'no such tie' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO privacy_reviewtie (id, compartment_id, dossier_id, reader_id, kind)
    SELECT gen_random_uuid(), c.id, c.dossier_id, {ACTOR}, what FROM privacy_compartment c
    WHERE c.id = place AND EXISTS (SELECT 1 FROM privacy_grant g WHERE g.compartment_id = place AND g.user_id = {ACTOR}
        AND g.revoked_at IS NULL) ON CONFLICT DO NOTHING;
END $$;
"""

FUNCTIONS = definer(
    "privacy_review_hold()",
    "privacy_review_first()",
    "privacy_review_keep(jsonb, jsonb)",
    "privacy_review_drawn(timestamptz, timestamptz, text[], text, integer, integer)",
    "privacy_review_draw(date, timestamptz, timestamptz, text[], text, integer, integer, text, timestamptz)",
    "privacy_review_ask(uuid, uuid, timestamptz, uuid)",
    "privacy_review_answer(uuid)",
    "privacy_review_judge(uuid[], text, uuid)",
    "privacy_review_end(uuid, uuid)",
    "privacy_review_breach(uuid, uuid)",
)

_WATCHERS = f"ARRAY['privacy_officer', 'controller'] && {ROLES}"
_SEES = f"""
    reader_id <> {ACTOR} AND ((desk = 'review' AND 'privacy_officer' = ANY({ROLES}))
        OR (desk = 'officers' AND 'controller' = ANY({ROLES}))) AND NOT privacy_kept_away(dossiers)"""

TABLES = f"""
{force("privacy_reviewrule")} {watch("privacy_reviewrule")}
CREATE POLICY reads ON privacy_reviewrule FOR SELECT USING ({_WATCHERS});
CREATE POLICY proposes ON privacy_reviewrule FOR INSERT
    WITH CHECK ({_WATCHERS} AND proposed_by = {ACTOR} AND agreed_by IS NULL AND dropped_by IS NULL);
CREATE POLICY agrees ON privacy_reviewrule FOR UPDATE
    USING ({_WATCHERS} AND agreed_by IS NULL AND dropped_by IS NULL)
    WITH CHECK ((agreed_by = {ACTOR} AND dropped_by IS NULL) OR (dropped_by = {ACTOR} AND agreed_by IS NULL));
REVOKE UPDATE, DELETE ON privacy_reviewrule FROM {APP};
GRANT UPDATE (agreed_by, agreed_at, dropped_by, dropped_at) ON privacy_reviewrule TO {APP};

{force("privacy_reviewrun")} {watch("privacy_reviewrun")}
CREATE POLICY reads ON privacy_reviewrun FOR SELECT USING ({_WATCHERS});
REVOKE INSERT, UPDATE, DELETE ON privacy_reviewrun FROM {APP};

{force("privacy_reviewsample")} {watch("privacy_reviewsample")}
CREATE POLICY reads ON privacy_reviewsample FOR SELECT USING ({_WATCHERS});
REVOKE INSERT, UPDATE, DELETE ON privacy_reviewsample FROM {APP};

{force("privacy_reviewhit")} {watch("privacy_reviewhit")}
CREATE POLICY reads ON privacy_reviewhit FOR SELECT USING (({_SEES})
    OR (asked_at IS NOT NULL AND {ACTOR} IN (reader_id, manager_id)));
REVOKE INSERT, UPDATE, DELETE ON privacy_reviewhit FROM {APP};

CREATE POLICY about ON privacy_reviewtext AS RESTRICTIVE FOR SELECT USING (
    EXISTS (SELECT 1 FROM privacy_reviewhit h WHERE h.id = privacy_reviewtext.hit_id OFFSET 0));
CREATE POLICY author ON privacy_reviewtext AS RESTRICTIVE FOR INSERT WITH CHECK (author_id = {ACTOR});
REVOKE UPDATE, DELETE ON privacy_reviewtext FROM {APP};

CREATE POLICY of_watchers ON privacy_auditentry FOR SELECT USING ('controller' = ANY({ROLES}) AND actor_id <> {ACTOR}
    AND string_to_array(actor_roles, ',') && ARRAY['privacy_officer', 'beheerder']);
"""

TIE_TABLE = f"""
ALTER TABLE privacy_reviewtie ADD CONSTRAINT privacy_reviewtie_compartment FOREIGN KEY (compartment_id)
    REFERENCES privacy_compartment (id) ON DELETE CASCADE;
{force("privacy_reviewtie")}
REVOKE ALL ON privacy_reviewtie FROM {APP};
"""

FACT_FUNCTIONS = definer(
    "privacy_review_looks(timestamptz, timestamptz, text[])",
    "privacy_review_past(timestamptz, timestamptz, text[], text)",
    "privacy_note_tie(uuid, text)",
)
