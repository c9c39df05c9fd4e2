"""Who takes part unseen in one case stays so in a household of several.

Of who takes part unseen, only who directs that case hears: not the procesregisseur of another case about the same
household, and not its casusregisseur.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ORGANISATION, ROLES, VALID
from privacy.rls.tables import as_maintenance, definer, internal

_NOW = "statement_timestamp()"

# `unseen`: nobody but who directs the case may know, so that no line tells that the organisation is there.
TAKES_PART = f"""
DROP FUNCTION casework_takes_part(uuid, uuid);
CREATE FUNCTION casework_takes_part(wanted uuid, of_case uuid)
RETURNS TABLE (organisation uuid, person uuid, unseen boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.organisation_id, p.user_id, bool_and(k.kind <> 'table') FROM casework_participation p
    JOIN privacy_compartment k ON k.id = p.compartment_id
    JOIN casework_case c ON c.id = p.case_id
    WHERE p.dossier_id = of_case AND p.ended_at IS NULL AND (p.until IS NULL OR p.until > {_NOW})
      AND EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = c.table_id AND s.user_id = p.user_id
          AND s.ended_at IS NULL AND s.valid_from <= {_NOW} AND (s.valid_until IS NULL OR s.valid_until > {_NOW}))
      AND (k.kind = 'table' OR privacy_directs(of_case))
      AND casework_may_move(wanted)
      AND EXISTS (SELECT 1 FROM casework_householdcase l
          WHERE l.dossier_id = wanted AND l.case_dossier_id = of_case AND l.until IS NULL)
    GROUP BY p.organisation_id, p.user_id
$$;
"""

READERS = f"""
CREATE FUNCTION casework_unseen(reason text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT reason LIKE 'participation:%' AND EXISTS (SELECT 1 FROM casework_participation p
        JOIN privacy_compartment k ON k.id = p.compartment_id AND k.kind <> 'table'
        WHERE p.id = CASE WHEN reason LIKE 'participation:%' THEN substr(reason, 15)::uuid END
          AND p.organisation_id IS DISTINCT FROM {ORGANISATION} AND NOT privacy_directs(p.dossier_id))
$$;
{internal("casework_unseen(text)")}
""" + as_maintenance(f"""
CREATE OR REPLACE FUNCTION privacy_who_reads(wanted uuid[]) RETURNS TABLE (
    dossier_id uuid, compartment_id uuid, part text, about uuid, user_id uuid, may_write boolean, directs boolean,
    ground text, given_by uuid, given_for text, given_at timestamptz, valid_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT g.dossier_id, g.compartment_id, g.part, c.organisation_id, g.user_id, g.may_write, g.directs,
           g.ground, g.given_by, g.given_for, g.given_at, g.valid_until
    FROM privacy_grant g
    JOIN privacy_compartment c ON c.id = g.compartment_id
    JOIN partners_user u ON u.id = g.user_id
    WHERE g.dossier_id = ANY(wanted) AND g.kind IN ('signal', 'case', 'household')
      AND g.revoked_at IS NULL AND NOT g.excluded
      AND (g.valid_from IS NULL OR g.valid_from <= {_NOW}) AND (g.valid_until IS NULL OR g.valid_until > {_NOW})
      AND (privacy_directs(g.dossier_id) AND NOT (g.kind = 'household' AND casework_unseen(g.given_for))
           OR ('privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(ARRAY[g.dossier_id]))
           OR ((g.given_for LIKE 'seat:%' OR u.organisation_id = {ORGANISATION}) AND EXISTS (
               SELECT 1 FROM privacy_grant own
               WHERE own.compartment_id = g.compartment_id AND own.user_id = {ACTOR} AND {VALID})))
$$;
""")

EVERYTHING = TAKES_PART + definer("casework_takes_part(uuid, uuid)") + READERS
