"""Destroying what is due: who makes a list, who checks it, and what carrying it out takes away (ADR 35).

Whatever calls these functions, nothing goes that is not on a list that a second person checked, and that is due without
a hold, a request or an objection at that very moment. A dossier goes whole or not at all: one call, one transaction.
"""

from __future__ import annotations

from privacy.actor import SYSTEM_ID
from privacy.rls.retention import holds
from privacy.rls.spelling import ACTOR, APP, ROLES
from privacy.rls.tables import as_maintenance, definer, force, internal

TODAY = "(statement_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date"
_MANAGES = f"({holds('privacy_officer')} OR {holds('beheerder')})"
_SYSTEM = f"{ACTOR} = '{SYSTEM_ID}'"

# The day on which it goes: the day before it stays (privacy/retention/terms.py says the same). A household follows the
# last of its cases.
DUE = f"""
CREATE FUNCTION privacy_goes_on(wanted uuid) RETURNS date LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
DECLARE own record; last date;
BEGIN
    SELECT d.kind, d.retain_until INTO own FROM privacy_dossier d WHERE d.id = wanted;
    IF own.kind = 'household' THEN
        SELECT max(c.retain_until) INTO last FROM casework_householdcase l
            JOIN privacy_dossier c ON c.id = l.case_dossier_id WHERE l.dossier_id = wanted AND l.until IS NULL;
    END IF;
    RETURN greatest(own.retain_until, last);
END $$;

-- Why it does not go today; nothing when it does. A rejected signal has lost its content, and its cover goes here.
CREATE FUNCTION privacy_not_due(wanted uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM privacy_compartment c WHERE c.dossier_id = wanted) THEN
        RETURN 'gone';
    ELSIF privacy_goes_on(wanted) IS NULL OR privacy_goes_on(wanted) > {TODAY} THEN
        RETURN 'early';
    ELSIF EXISTS (SELECT 1 FROM privacy_block b WHERE b.dossier_id = wanted AND b.ended_at IS NULL) THEN
        RETURN 'blocked';
    ELSIF EXISTS (SELECT 1 FROM privacy_extension e WHERE e.outcome = '' AND e.last_day > {TODAY}
            AND (e.dossier_id = wanted OR EXISTS (SELECT 1 FROM casework_householdcase l
                WHERE l.dossier_id = wanted AND l.case_dossier_id = e.dossier_id AND l.until IS NULL))) THEN
        RETURN 'blocked';
    ELSIF EXISTS (SELECT 1 FROM casework_householdcase l
            JOIN casework_household h ON h.id = l.household_id AND h.status = 'active'
            WHERE l.case_dossier_id = wanted AND l.until IS NULL AND NOT EXISTS (
                SELECT 1 FROM casework_householdcase o JOIN casework_case c ON c.dossier_id = o.case_dossier_id
                WHERE o.household_id = h.id AND o.until IS NULL AND c.status = 'open' AND c.dossier_id <> wanted)) THEN
        RETURN 'household';
    ELSIF EXISTS (SELECT 1 FROM casework_case c WHERE c.dossier_id = wanted AND c.status = 'open')
          AND NOT EXISTS (SELECT 1 FROM privacy_opengoes o WHERE o.dossier_id = wanted) THEN
        RETURN 'open';
    END IF;
    RETURN NULL;
END $$;
{internal("privacy_goes_on(uuid)", "privacy_not_due(uuid)")}
"""

# All that a dossier holds, found by what ties every table to a compartment; of the dossier itself a tombstone stays:
# kind, theme, table, the year, and when it went. Links from elsewhere go too; who looked in need stays, without number.
WIPE = f"""
CREATE FUNCTION privacy_wipe(wanted uuid, moment timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE place record;
BEGIN
    -- What rests on taking part in it moves or ends first (privacy/rls/regie.py).
    UPDATE casework_participation SET ended_at = now() WHERE dossier_id = wanted AND ended_at IS NULL;
    DELETE FROM privacy_compartment WHERE dossier_id = wanted;
    DELETE FROM privacy_grant WHERE dossier_id = wanted;
    DELETE FROM privacy_exclusion WHERE dossier_id = wanted;
    FOR place IN SELECT f.conrelid::regclass AS name, a.attname AS link, a.attnotnull AS needed
            FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
            WHERE f.contype = 'f' AND f.confrelid = 'privacy_dossier'::regclass AND a.attname <> 'dossier_id'
              AND f.conrelid::regclass::text NOT LIKE 'privacy\\_%' LOOP
        IF place.needed THEN
            EXECUTE format('DELETE FROM %s WHERE %I = $1', place.name, place.link) USING wanted;
        ELSE
            EXECUTE format('UPDATE %s SET %I = NULL WHERE %I = $1 AND dossier_id <> $1',
                place.name, place.link, place.link) USING wanted;
        END IF;
    END LOOP;
    FOR place IN SELECT f.conrelid::regclass AS name FROM pg_constraint f
            WHERE f.contype = 'f' AND f.confrelid = 'privacy_compartment'::regclass AND cardinality(f.conkey) = 2
              AND f.conrelid <> 'privacy_grant'::regclass LOOP
        EXECUTE format('DELETE FROM %s WHERE dossier_id = $1', place.name) USING wanted;
    END LOOP;
    DELETE FROM privacy_job WHERE subject_id = wanted AND done_at IS NOT NULL;
    DELETE FROM privacy_block WHERE dossier_id = wanted;
    DELETE FROM privacy_opengoes WHERE dossier_id = wanted;
    -- Why it was to stay longer tells of it: that file goes with it.
    FOR place IN SELECT e.file_id AS file FROM privacy_extension e WHERE e.dossier_id = wanted LOOP
        PERFORM privacy_wipe(place.file, moment);
    END LOOP;
    DELETE FROM privacy_extensionconsent k USING privacy_extension e
        WHERE e.id = k.extension_id AND e.dossier_id = wanted;
    DELETE FROM privacy_extension WHERE dossier_id = wanted;
    UPDATE privacy_hold SET reference = '' WHERE about_id = wanted;
    UPDATE privacy_emergencyaccess SET reference = '' WHERE about_id = wanted;
    UPDATE privacy_dossier SET destroyed_at = moment, sort_at = moment, shielded_at = NULL, retain_until = NULL,
        first_processed_on = date_trunc('year', first_processed_on)::date, created_by = '{SYSTEM_ID}',
        reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 16)
        WHERE id = wanted;
END $$;
{internal("privacy_wipe(uuid, timestamptz)")}
"""

LISTS = f"""
-- Everything that is due and on no list yet. Of what the maker is kept away from she hears nothing: another lists it.
CREATE FUNCTION privacy_make_list(made uuid, by_name text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE lines integer;
BEGIN
    IF NOT {_MANAGES} THEN
        RAISE EXCEPTION 'only who manages retention' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('destruction', 0));
    INSERT INTO privacy_destructionlist (id, made_by, made_by_name, made_at, checked_by_name, certificate)
        VALUES (made, {ACTOR}, by_name, now(), '', '{{}}');
    INSERT INTO privacy_destructionline (id, list_id, dossier_id, reference, kind, theme, table_id, goes_on, state, why)
    SELECT gen_random_uuid(), made, d.id, d.reference, d.kind, d.theme, d.table_id, privacy_goes_on(d.id), 'waits', ''
    FROM privacy_dossier d
    WHERE d.retain_until <= {TODAY} AND privacy_not_due(d.id) IS NULL AND NOT privacy_kept_away(ARRAY[d.id])
      AND NOT EXISTS (SELECT 1 FROM privacy_destructionline o JOIN privacy_destructionlist l ON l.id = o.list_id
          WHERE o.dossier_id = d.id AND o.state = 'waits' AND l.ended_at IS NULL);
    GET DIAGNOSTICS lines = ROW_COUNT;
    RETURN lines;
END $$;

CREATE FUNCTION privacy_keep_off(line uuid, reason text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_destructionline o SET state = 'kept', why = reason, kept_by = {ACTOR} FROM privacy_destructionlist l
    WHERE o.id = line AND l.id = o.list_id AND o.state = 'waits' AND l.checked_at IS NULL AND l.ended_at IS NULL
      AND {_MANAGES} AND NOT privacy_kept_away(ARRAY[o.dossier_id]);
    RETURN FOUND;
END $$;

-- The second person, never the maker: the table holds that as well. What this person is kept away from comes off.
CREATE FUNCTION privacy_check_list(wanted uuid, by_name text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT {_MANAGES} THEN
        RAISE EXCEPTION 'only who manages retention' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_destructionlist SET checked_by = {ACTOR}, checked_by_name = by_name, checked_at = now()
        WHERE id = wanted AND checked_at IS NULL AND ended_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM privacy_destructionline o
        WHERE o.list_id = wanted AND o.state = 'waits' AND privacy_kept_away(ARRAY[o.dossier_id]);
    RETURN true;
END $$;

-- Before the check a list that is stopped is over; after it, it waits to be gone on with.
CREATE FUNCTION privacy_stop_list(wanted uuid, going_on boolean) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_destructionlist SET stopped_at = CASE WHEN going_on THEN NULL ELSE now() END,
        ended_at = CASE WHEN checked_at IS NULL THEN now() END
    WHERE id = wanted AND ended_at IS NULL AND (stopped_at IS NULL) <> going_on AND {_MANAGES};
    RETURN FOUND;
END $$;

-- One line of a list: the dossier goes whole, in this transaction, or the line says why it does not.
CREATE FUNCTION privacy_destroy(line uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE listed record; reason text;
BEGIN
    IF NOT ({_SYSTEM} OR {_MANAGES}) THEN
        RAISE EXCEPTION 'only who manages retention' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM 1 FROM privacy_destructionlist l JOIN privacy_destructionline o ON o.list_id = l.id
        WHERE o.id = line FOR UPDATE OF l;
    SELECT o.dossier_id, l.checked_by, l.made_by, l.stopped_at INTO listed
        FROM privacy_destructionline o JOIN privacy_destructionlist l ON l.id = o.list_id
        WHERE o.id = line AND o.state = 'waits' AND l.ended_at IS NULL;
    IF NOT FOUND THEN
        RETURN 'over';
    ELSIF listed.checked_by IS NULL OR listed.checked_by = listed.made_by THEN
        RAISE EXCEPTION 'no second person checked this list' USING ERRCODE = 'insufficient_privilege';
    ELSIF listed.stopped_at IS NOT NULL THEN
        RETURN 'stopped';
    END IF;
    PERFORM 1 FROM privacy_dossier d WHERE d.id = listed.dossier_id FOR UPDATE;
    reason := privacy_not_due(listed.dossier_id);
    IF reason IS NULL THEN
        PERFORM privacy_wipe(listed.dossier_id, now());
        INSERT INTO privacy_shredded (id, dossier_id, at) VALUES (gen_random_uuid(), listed.dossier_id, now());
    END IF;
    UPDATE privacy_destructionline SET state = CASE WHEN reason IS NULL THEN 'done' ELSE 'refused' END,
        why = COALESCE(reason, ''), at = now(), reference = CASE WHEN reason IS NULL THEN '' ELSE reference END,
        goes_on = CASE WHEN reason IS NULL THEN NULL ELSE goes_on END
        WHERE id = line;
    RETURN COALESCE(reason, 'done');
END $$;

CREATE FUNCTION privacy_end_list(wanted uuid, proof jsonb) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_destructionlist l SET ended_at = now(), certificate = proof
    WHERE l.id = wanted AND l.ended_at IS NULL AND l.checked_at IS NOT NULL AND {_SYSTEM}
      AND NOT EXISTS (SELECT 1 FROM privacy_destructionline o WHERE o.list_id = wanted AND o.state = 'waits');
    RETURN FOUND;
END $$;

-- How many go in which month, and how many stay for what: for who manages it, and no dossier is named.
CREATE FUNCTION privacy_going(until date) RETURNS TABLE (month date, kind text, number bigint) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT {_MANAGES} THEN
        RAISE EXCEPTION 'only who manages retention' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT CASE WHEN g.goes <= {TODAY} THEN NULL ELSE date_trunc('month', g.goes)::date END, g.what,
        count(*) FROM (SELECT privacy_goes_on(d.id) AS goes, d.kind::text AS what FROM privacy_dossier d
            WHERE d.retain_until <= until AND NOT privacy_kept_away(ARRAY[d.id])) g
        WHERE g.goes <= until GROUP BY 1, 2 ORDER BY 1 NULLS FIRST, 2;
END $$;
{
    definer(
        "privacy_make_list(uuid, text)",
        "privacy_keep_off(uuid, text)",
        "privacy_check_list(uuid, text)",
        "privacy_stop_list(uuid, boolean)",
        "privacy_destroy(uuid)",
        "privacy_end_list(uuid, jsonb)",
        "privacy_going(date)",
    )
}
"""

# A term only ever comes nearer, but for what a function of maintenance does (an extension that everybody agreed to).
TERMS = f"""
CREATE FUNCTION privacy_keep_term() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF current_user = '{APP}' AND OLD.retain_until IS NOT NULL
       AND (NEW.retain_until IS NULL OR NEW.retain_until > OLD.retain_until) THEN
        RAISE EXCEPTION 'a term is not put off' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER privacy_dossier_term BEFORE UPDATE OF retain_until ON privacy_dossier
    FOR EACH ROW EXECUTE FUNCTION privacy_keep_term();
"""

_READS = f"('privacy_officer' = ANY({ROLES}) OR 'beheerder' = ANY({ROLES}) OR {_SYSTEM})"
TABLES = f"""
{force("privacy_destructionlist")}
CREATE POLICY reads ON privacy_destructionlist FOR SELECT USING ({_READS});
{force("privacy_destructionline")}
CREATE POLICY reads ON privacy_destructionline FOR SELECT USING (
    {_READS} AND NOT privacy_kept_away(ARRAY[dossier_id]));
REVOKE INSERT, UPDATE, DELETE ON privacy_destructionlist, privacy_destructionline FROM {APP};
"""

# What had no end so far gets one, counted from its founding; the terms are those of privacy/retention/terms.toml then.
NO_END = (
    "ALTER TABLE privacy_dossier DISABLE TRIGGER privacy_dossier_watch;"
    + as_maintenance("""
UPDATE privacy_dossier SET retain_until = first_processed_on + CASE
    WHEN kind IN ('draft', 'import') THEN interval '90 days' ELSE interval '5 years' END
    WHERE retain_until IS NULL AND destroyed_at IS NULL;
UPDATE privacy_dossier SET retain_until = least(retain_until, destroyed_at::date + 90)
    WHERE kind = 'signal' AND destroyed_at IS NOT NULL;
""")
    + "ALTER TABLE privacy_dossier ENABLE TRIGGER privacy_dossier_watch;"
)
EVERYTHING = DUE + WIPE + LISTS + TERMS + TABLES
