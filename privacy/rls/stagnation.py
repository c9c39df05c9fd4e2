"""What is stuck: dates and states of a household or case, for who reads the whole, and for the system without a name.

The rules themselves are in `casework/stagnation.py`; here is only what they look at, in days of the municipality.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, VALID
from privacy.rls.tables import definer, force, internal

FACTS = """due date[], contact date, regie_gone date, process_gone date, offered date, evaluate_on date,
    goals boolean, actions boolean, waits jsonb"""
_WAITS = """(SELECT jsonb_object_agg(w.alarm, w.until) FROM (SELECT p.alarm, max(p.until) AS until
        FROM casework_alarmpause p WHERE p.dossier_id = {of} AND p.ended_at IS NULL GROUP BY p.alarm) w)"""

# plpgsql throughout: households and cases belong to an app above this one, which is migrated later.
OF = f"""
CREATE FUNCTION casework_stagnation_of(wanted uuid[], zone text) RETURNS TABLE (dossier_id uuid, household boolean,
    opened date, {FACTS}) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    RETURN QUERY SELECT h.dossier_id, true, (h.opened_at AT TIME ZONE zone)::date,
        ARRAY(SELECT a.due_on FROM casework_action a
              WHERE a.household_id = h.id AND a.status IN ('todo', 'doing') ORDER BY a.due_on),
        (SELECT max(f.held_on) FROM casework_familycontact f WHERE f.household_id = h.id),
        (SELECT (r.vacant_since AT TIME ZONE zone)::date FROM casework_regieassignment r
              WHERE r.household_id = h.id AND r.until IS NULL),
        NULL::date,
        (SELECT (o.offered_at AT TIME ZONE zone)::date FROM casework_handover o
              WHERE o.household_id = h.id AND o.answered_at IS NULL),
        (SELECT p.evaluate_on FROM casework_plan p WHERE p.household_id = h.id),
        EXISTS (SELECT 1 FROM casework_goal g WHERE g.household_id = h.id),
        EXISTS (SELECT 1 FROM casework_action a WHERE a.household_id = h.id),
        {_WAITS.format(of="h.dossier_id")}
    FROM casework_household h WHERE h.dossier_id = ANY(wanted) AND h.status = 'active';
    -- The casusregisseur of a case about a household stands with the household.
    RETURN QUERY SELECT c.dossier_id, false, (c.opened_at AT TIME ZONE zone)::date, ARRAY[]::date[], NULL::date,
        CASE WHEN EXISTS (SELECT 1 FROM casework_householdcase l
                WHERE l.case_dossier_id = c.dossier_id AND l.until IS NULL) THEN NULL
             WHEN own.id IS NOT NULL THEN (own.vacant_since AT TIME ZONE zone)::date
             ELSE ((SELECT max(x.at) FROM (SELECT c.opened_at AS at UNION ALL
                SELECT r.until FROM casework_regieassignment r WHERE r.case_id = c.id AND r.kind = 'case') x)
                AT TIME ZONE zone)::date END,
        (SELECT (r.vacant_since AT TIME ZONE zone)::date FROM casework_regieassignment r
              WHERE r.case_id = c.id AND r.kind = 'process' AND r.until IS NULL),
        NULL::date, NULL::date, true, true, {_WAITS.format(of="c.dossier_id")}
    FROM casework_case c
    LEFT JOIN casework_regieassignment own ON own.case_id = c.id AND own.kind = 'case' AND own.until IS NULL
    WHERE c.dossier_id = ANY(wanted) AND c.status = 'open';
END $$;
"""

# Who reads the whole reads each of these facts in its own place; here they come in one trip.
FOR_THE_READER = f"""
CREATE FUNCTION casework_stagnation(wanted uuid[], zone text) RETURNS TABLE (dossier_id uuid, reference text,
    household boolean, opened date, {FACTS}) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT f.dossier_id, d.reference::text, f.household, f.opened, f.due, f.contact, f.regie_gone,
        f.process_gone, f.offered, f.evaluate_on, f.goals, f.actions, f.waits
    FROM casework_stagnation_of(ARRAY(
        SELECT dossier_id FROM privacy_grant WHERE dossier_id = ANY(wanted) AND user_id = {ACTOR}
            AND part = 'regie' AND may_write AND {VALID}), zone) f
    JOIN privacy_dossier d ON d.id = f.dossier_id;
END $$;
"""

# The system counts for people and learns no dossier: a handle tells two apart and leads nowhere.
FOR_THE_SYSTEM = f"""
CREATE FUNCTION casework_stagnation_counted(system uuid, zone text) RETURNS TABLE (person uuid, table_id uuid,
    handle text, household boolean, opened date, {FACTS})
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF {ACTOR} IS DISTINCT FROM system OR EXISTS (SELECT 1 FROM partners_user u WHERE u.id = system) THEN
        RAISE EXCEPTION 'only the system counts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY WITH directed AS (
        SELECT DISTINCT g.user_id, g.table_id, g.dossier_id FROM privacy_grant g
        JOIN partners_user u ON u.id = g.user_id AND u.is_active
        WHERE g.directs AND g.kind IN ('case', 'household') AND NOT g.shielded
          AND g.revoked_at IS NULL AND NOT g.excluded
          AND (g.valid_from IS NULL OR g.valid_from <= statement_timestamp())
          AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())
          AND EXISTS (SELECT 1 FROM partners_seat s WHERE s.user_id = g.user_id AND s.table_id = g.table_id
              AND s.role = 'procesregisseur' AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
              AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()))
          AND EXISTS (SELECT 1 FROM partners_covenant v
              JOIN partners_covenant_organisations o ON o.covenant_id = v.id AND o.organisation_id = u.organisation_id
              JOIN partners_organisation p ON p.id = o.organisation_id AND p.active
              WHERE g.theme = ANY(v.themes) AND v.valid_from <= current_date
                AND (v.valid_until IS NULL OR v.valid_until >= current_date)))
    SELECT d.user_id, d.table_id, md5(d.user_id::text || f.dossier_id), f.household, f.opened, f.due, f.contact,
        f.regie_gone, f.process_gone, f.offered, f.evaluate_on, f.goals, f.actions, f.waits
    FROM casework_stagnation_of(ARRAY(SELECT DISTINCT x.dossier_id FROM directed x), zone) f
    JOIN directed d ON d.dossier_id = f.dossier_id;
END $$;
"""

RIGHTS = internal("casework_stagnation_of(uuid[], text)") + definer(
    "casework_stagnation(uuid[], text)", "casework_stagnation_counted(uuid, text)"
)


def tables(system: str) -> str:
    """A filter is its owner's alone; what was told is for the system."""
    return f"""
{force("casework_keptfilter")}
CREATE POLICY own ON casework_keptfilter USING (user_id = {ACTOR}) WITH CHECK (user_id = {ACTOR});
{force("casework_stagnationtold")}
CREATE POLICY system ON casework_stagnationtold USING ({ACTOR} = '{system}') WITH CHECK ({ACTOR} = '{system}');
"""
