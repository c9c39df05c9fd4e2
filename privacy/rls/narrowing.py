"""Functions that look past policies, narrowed: what they answer to whom is what their callers need, and no more."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ORGANISATION, ROLES, VALID
from privacy.rls.tables import as_maintenance

# Of signals and cases only. Who asked for access holds a grant in the dossier of the request, and would read there
# whether it reached a regisseur: that the number exists.
NARROWED = as_maintenance(f"""
CREATE OR REPLACE FUNCTION privacy_who_reads(wanted uuid[]) RETURNS TABLE (
    dossier_id uuid, compartment_id uuid, part text, about uuid, user_id uuid, may_write boolean, directs boolean,
    ground text, given_by uuid, given_for text, given_at timestamptz, valid_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT g.dossier_id, g.compartment_id, g.part, c.organisation_id, g.user_id, g.may_write, g.directs,
           g.ground, g.given_by, g.given_for, g.given_at, g.valid_until
    FROM privacy_grant g
    JOIN privacy_compartment c ON c.id = g.compartment_id
    JOIN partners_user u ON u.id = g.user_id
    WHERE g.dossier_id = ANY(wanted) AND g.kind IN ('signal', 'case') AND g.revoked_at IS NULL AND NOT g.excluded
      AND (g.valid_from IS NULL OR g.valid_from <= statement_timestamp())
      AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())
      AND (privacy_directs(g.dossier_id)
           OR ('privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(ARRAY[g.dossier_id]))
           OR ((g.given_for LIKE 'seat:%' OR u.organisation_id = {ORGANISATION}) AND EXISTS (
               SELECT 1 FROM privacy_grant own
               WHERE own.compartment_id = g.compartment_id AND own.user_id = {ACTOR} AND {VALID})))
$$;

CREATE OR REPLACE FUNCTION privacy_regie_of(wanted uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT DISTINCT g.user_id FROM privacy_grant g
    WHERE g.dossier_id = wanted AND g.kind IN ('signal', 'case')
      AND g.directs AND g.revoked_at IS NULL AND NOT g.excluded
      AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())
      AND (privacy_guards(wanted) OR EXISTS (
          SELECT 1 FROM privacy_grant WHERE dossier_id = wanted AND user_id = {ACTOR} AND {VALID}))
$$;

-- Nobody learns by it that one is kept away oneself.
CREATE OR REPLACE FUNCTION privacy_reachable(wanted uuid, people uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS $$
    SELECT p FROM unnest(people) p WHERE p = {ACTOR} OR NOT EXISTS (SELECT 1 FROM privacy_exclusion x
        WHERE x.dossier_id = wanted AND x.user_id = p AND x.ended_at IS NULL)
$$;
""")
