"""Who can read a dossier now: grants of others, told to who may know of them."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ORGANISATION, ROLES, VALID
from privacy.rls.tables import definer

# Who directs a dossier and the privacy officer hear of everybody. Any other reader hears, of the parts that are open to
# that reader, who directs and who of the own organisation reads along: partners do not learn who got what (ADR 10).
WHO_READS = f"""
CREATE FUNCTION privacy_who_reads(wanted uuid[]) RETURNS TABLE (
    dossier_id uuid, compartment_id uuid, part text, about uuid, user_id uuid, may_write boolean, directs boolean,
    ground text, given_by uuid, given_for text, given_at timestamptz, valid_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT g.dossier_id, g.compartment_id, g.part, c.organisation_id, g.user_id, g.may_write, g.directs,
           g.ground, g.given_by, g.given_for, g.given_at, g.valid_until
    FROM privacy_grant g
    JOIN privacy_compartment c ON c.id = g.compartment_id
    JOIN partners_user u ON u.id = g.user_id
    WHERE g.dossier_id = ANY(wanted) AND g.revoked_at IS NULL AND NOT g.excluded
      AND (g.valid_from IS NULL OR g.valid_from <= statement_timestamp())
      AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())
      AND (privacy_directs(g.dossier_id)
           OR ('privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(ARRAY[g.dossier_id]))
           OR ((g.given_for LIKE 'seat:%' OR u.organisation_id = {ORGANISATION}) AND EXISTS (
               SELECT 1 FROM privacy_grant own
               WHERE own.compartment_id = g.compartment_id AND own.user_id = {ACTOR} AND {VALID})))
$$;
{definer("privacy_who_reads(uuid[])")}
"""
