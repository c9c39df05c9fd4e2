"""Who read what was corrected or taken back (BGS 1.7, AVG 19): from the log, without a right to the log.

The owner's side gets ids to send word to and shows none of them; a reader gets the own looks alone.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ORGANISATION, VALID
from privacy.rls.tables import definer

# plpgsql: contributions belong to an app above this one, which is migrated later.
READERS = f"""
CREATE FUNCTION privacy_readers(wanted uuid, since timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    -- Only for people of the organisation that owns the part and may write in it.
    IF NOT EXISTS (SELECT 1 FROM privacy_compartment c JOIN privacy_grant ON compartment_id = c.id
            WHERE c.id = wanted AND c.organisation_id = {ORGANISATION} AND c.kind IN ('item', 'liaison')
              AND privacy_grant.user_id = {ACTOR} AND privacy_grant.may_write
              AND privacy_grant.id IN (SELECT id FROM privacy_grant WHERE user_id = {ACTOR} AND {VALID})) THEN
        RETURN;
    END IF;
    -- Others whose entry names the key, and who can still open the dossier to read that they must not use it.
    RETURN QUERY SELECT DISTINCT a.actor_id FROM privacy_compartment c
        JOIN privacy_auditentry a ON a.dossiers @> ARRAY[c.dossier_id] AND wanted = ANY(a.compartments)
        WHERE c.id = wanted AND a.timestamp >= since AND a.actor_id IS NOT NULL
          AND a.organisation_id IS DISTINCT FROM {ORGANISATION}
          AND EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = c.dossier_id AND g.user_id = a.actor_id
              AND g.part = 'cover' AND g.revoked_at IS NULL AND NOT g.excluded
              AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp()));
END $$;

CREATE FUNCTION casework_no_longer_to_use(wanted uuid)
RETURNS TABLE (organisation uuid, withdrawn timestamptz, corrected timestamptz, seen timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM privacy_grant
            WHERE dossier_id = wanted AND part = 'cover' AND user_id = {ACTOR} AND {VALID}) THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT c.organisation_id, c.withdrawn_at, c.corrected_at, min(a.timestamp)
        FROM casework_contribution c
        JOIN privacy_auditentry a ON a.dossiers @> ARRAY[wanted] AND c.compartment_id = ANY(a.compartments)
        WHERE c.dossier_id = wanted AND (c.withdrawn_at IS NOT NULL OR c.corrected_at IS NOT NULL)
          AND c.organisation_id IS DISTINCT FROM {ORGANISATION} AND a.actor_id = {ACTOR}
          AND a.timestamp >= c.at AND a.timestamp < COALESCE(c.corrected_at, c.withdrawn_at)
        GROUP BY c.id, c.organisation_id, c.withdrawn_at, c.corrected_at;
END $$;
{definer("privacy_readers(uuid, timestamptz)", "casework_no_longer_to_use(uuid)")}
"""
