"""An exclusion holds for everything that hangs together: a case and its signals, whatever was linked first.

The person who excludes can't know every link, so the database follows them: when an exclusion is set or lifted, and
when a signal is put in a case.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ROLES, VALID, directed
from privacy.rls.tables import as_maintenance, definer, internal

# plpgsql: the table of links belongs to an app above this one, which is migrated later.
LINKS = f"""
CREATE FUNCTION privacy_linked(wanted uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN QUERY WITH RECURSIVE linked (id) AS (
        SELECT wanted UNION
        SELECT CASE WHEN b.dossier_id = l.id THEN b.signal_dossier_id ELSE b.dossier_id END
        FROM linked l JOIN casework_casesignal b ON l.id IN (b.dossier_id, b.signal_dossier_id))
    SELECT id FROM linked;
END $$;

-- Holds a case and its signals until this transaction ends, the case first: who gives access takes that order too.
-- Asked again afterwards, for what was linked while we waited. A seat that is being given goes first.
CREATE FUNCTION privacy_hold_linked(wanted uuid) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE held uuid[] := ARRAY[]::uuid[]; missing uuid[];
BEGIN
    PERFORM 1 FROM partners_casetable t JOIN privacy_dossier d ON d.table_id = t.id WHERE d.id = wanted FOR SHARE OF t;
    LOOP
        SELECT array_agg(d.id ORDER BY d.kind, d.id) INTO missing FROM privacy_dossier d
            WHERE d.id IN (SELECT privacy_linked(wanted)) AND d.id <> ALL(held);
        EXIT WHEN missing IS NULL;
        FOR i IN 1 .. cardinality(missing) LOOP
            PERFORM pg_advisory_xact_lock(hashtextextended('exclusion ' || missing[i], 0));
        END LOOP;
        held := held || missing;
    END LOOP;
    RETURN QUERY SELECT unnest(held);
END $$;

-- Marks the grants in these dossiers by the exclusions that stand now.
CREATE FUNCTION privacy_mark_excluded(dossiers uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public AS $$
    UPDATE privacy_grant g SET excluded = NOT g.excluded
    WHERE g.dossier_id = ANY(dossiers) AND g.excluded <> EXISTS (SELECT 1 FROM privacy_exclusion x
        WHERE x.dossier_id = g.dossier_id AND x.user_id = g.user_id AND x.ended_at IS NULL)
$$;

-- Who may set and lift: who directs it, and the privacy officer, who never learns of a dossier she is kept away from.
CREATE FUNCTION privacy_guards(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT privacy_directs(wanted) OR ('privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(ARRAY[wanted]))
$$;

-- Whether somebody else directs what this person directs. Who does not direct is never the last.
CREATE FUNCTION privacy_spared(wanted uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    WITH directing AS (
        SELECT g.user_id FROM privacy_grant g JOIN partners_user u ON u.id = g.user_id AND u.is_active
        WHERE g.dossier_id = wanted AND g.directs AND g.revoked_at IS NULL AND NOT g.excluded
          AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp()))
    SELECT NOT EXISTS (SELECT 1 FROM directing WHERE user_id = person)
        OR EXISTS (SELECT 1 FROM directing WHERE user_id <> person)
$$;

-- Who directs a dossier now, to send word to; for who guards it, and for who may open it.
CREATE FUNCTION privacy_regie_of(wanted uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT DISTINCT g.user_id FROM privacy_grant g
    WHERE g.dossier_id = wanted AND g.directs AND g.revoked_at IS NULL AND NOT g.excluded
      AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())
      AND (privacy_guards(wanted) OR EXISTS (
          SELECT 1 FROM privacy_grant WHERE dossier_id = wanted AND user_id = {ACTOR} AND {VALID}))
$$;

-- Whether one can be spared oneself, on a dossier that one may open.
CREATE FUNCTION privacy_can_be_spared(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$ SELECT privacy_spared(wanted, {ACTOR}) $$;

DROP FUNCTION privacy_exclude(uuid, uuid, text);
CREATE FUNCTION privacy_exclude(wanted uuid, person uuid, why text) RETURNS SETOF uuid LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE everything uuid[];
BEGIN
    IF NOT (privacy_guards(wanted) OR (person = {ACTOR} AND EXISTS (
            SELECT 1 FROM privacy_grant g WHERE g.dossier_id = wanted AND g.user_id = {ACTOR} AND {VALID}))) THEN
        RAISE EXCEPTION 'only who directs, the privacy officer or the person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    everything := ARRAY(SELECT privacy_hold_linked(wanted));
    IF NOT privacy_spared(wanted, person) THEN
        RAISE EXCEPTION 'nobody else directs this dossier' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN QUERY INSERT INTO privacy_exclusion (id, dossier_id, user_id, reason, set_by, set_at)
        SELECT gen_random_uuid(), d, person, why, {ACTOR}, now() FROM unnest(everything) d
        ON CONFLICT DO NOTHING RETURNING dossier_id;
    PERFORM privacy_mark_excluded(everything);
END $$;

DROP FUNCTION privacy_lift_exclusion(uuid);
CREATE FUNCTION privacy_lift_exclusion(wanted uuid) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE lifted record; everything uuid[];
BEGIN
    SELECT x.dossier_id, x.user_id INTO lifted FROM privacy_exclusion x WHERE x.id = wanted;
    IF NOT FOUND OR lifted.user_id = {ACTOR} OR NOT privacy_guards(lifted.dossier_id) THEN
        RAISE EXCEPTION 'only another who directs, or the privacy officer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    everything := ARRAY(SELECT privacy_hold_linked(lifted.dossier_id));
    RETURN QUERY UPDATE privacy_exclusion SET ended_at = now(), ended_by = {ACTOR}
        WHERE user_id = lifted.user_id AND dossier_id = ANY(everything) AND ended_at IS NULL RETURNING dossier_id;
    PERFORM privacy_mark_excluded(everything);
END $$;

-- A new link: what was excluded on one side is excluded on the other, by the same person at the same moment.
CREATE FUNCTION privacy_inherit_exclusions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE everything uuid[];
BEGIN
    IF EXISTS (SELECT 1 FROM casework_casesignal b WHERE b.id <> NEW.id
            AND b.dossier_id = NEW.dossier_id AND b.signal_dossier_id = NEW.signal_dossier_id) THEN
        RETURN NULL;  -- a pointer to a link that stands already
    END IF;
    -- A link to somebody else's dossier would spread exclusions there, and bring those there to light.
    IF NOT (privacy_directs(NEW.dossier_id) AND privacy_directs(NEW.signal_dossier_id)) THEN
        RAISE EXCEPTION 'only who directs both sides links them' USING ERRCODE = 'insufficient_privilege';
    END IF;
    everything := ARRAY(SELECT privacy_hold_linked(NEW.dossier_id));
    INSERT INTO privacy_exclusion (id, dossier_id, user_id, reason, set_by, set_at)
        SELECT gen_random_uuid(), d, x.user_id, x.reason, x.set_by, x.set_at FROM unnest(everything) d,
            (SELECT DISTINCT ON (user_id) * FROM privacy_exclusion
             WHERE dossier_id = ANY(everything) AND ended_at IS NULL ORDER BY user_id, set_at) x
        ON CONFLICT DO NOTHING;
    PERFORM privacy_mark_excluded(everything);
    RETURN NULL;
END $$;

{
    internal(
        "privacy_linked(uuid)",
        "privacy_hold_linked(uuid)",
        "privacy_mark_excluded(uuid[])",
        "privacy_spared(uuid, uuid)",
        "privacy_inherit_exclusions()",
    )
}
{
    definer(
        "privacy_guards(uuid)",
        "privacy_can_be_spared(uuid)",
        "privacy_regie_of(uuid)",
        "privacy_exclude(uuid, uuid, text)",
        "privacy_lift_exclusion(uuid)",
    )
}
"""

# A privacy officer who is kept away from a dossier does not find who else is.
POLICY = f"""
DROP POLICY reads ON privacy_exclusion;
CREATE POLICY reads ON privacy_exclusion FOR SELECT USING (
    user_id <> {ACTOR} AND ({directed("privacy_exclusion")}
        OR ('privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(ARRAY[dossier_id]))));
"""

# Who owns an item ends what others hold of it, only while the own grant counts: an excluded person acts on nothing.
ENDING = as_maintenance(f"""
CREATE OR REPLACE FUNCTION privacy_end_grants(reason text, only_dossier uuid, person uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF reason IS NULL AND (only_dossier IS NULL OR person IS NULL) THEN
        RAISE EXCEPTION 'say what ends: a reason, or a person and a dossier' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    UPDATE privacy_grant g SET revoked_at = now()
    WHERE g.revoked_at IS NULL
      AND CASE WHEN reason IS NULL THEN g.given_for ~ '^(participation|disclosure|contribution):'
          ELSE g.given_for = reason END
      AND (only_dossier IS NULL OR g.dossier_id = only_dossier)
      AND (person IS NULL OR g.user_id = person)
      AND ('beheerder' = ANY({ROLES}) OR g.user_id = {ACTOR} OR privacy_directs(g.dossier_id)
           OR (g.part = 'item' AND EXISTS (SELECT 1 FROM privacy_grant own WHERE own.compartment_id = g.compartment_id
               AND own.user_id = {ACTOR} AND own.may_write AND {VALID})));
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
""")

INHERITING = """
CREATE TRIGGER casework_casesignal_inherit AFTER INSERT ON casework_casesignal
    FOR EACH ROW EXECUTE FUNCTION privacy_inherit_exclusions();
"""
