"""Statements of persons beside passages, and dossiers that are kept and not used, as the database has it."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, ORGANISATION, VALID, directed
from privacy.rls.tables import as_maintenance, definer, internal

WALLS = f"""
REVOKE UPDATE, DELETE ON casework_rightssaying, casework_rightsreply FROM {APP};
CREATE POLICY desk ON casework_rightssaying AS RESTRICTIVE FOR INSERT WITH CHECK (
    written_by_id = {ACTOR} AND {directed("casework_rightssaying")}
    AND EXISTS (SELECT 1 FROM casework_rightspassage p JOIN casework_rightsrequest r ON r.id = p.request_id
        WHERE p.id = casework_rightssaying.passage_id AND p.compartment_id = casework_rightssaying.compartment_id
          AND r.state = 'judging' OFFSET 0));
-- As with passages: the source answers for itself, never the desk.
CREATE POLICY source ON casework_rightsreply AS RESTRICTIVE FOR INSERT WITH CHECK (
    answered_by_id = {ACTOR} AND NOT {directed("casework_rightsreply")}
    AND EXISTS (SELECT 1 FROM casework_rightssaying s JOIN casework_rightspassage p ON p.id = s.passage_id
        WHERE s.id = casework_rightsreply.saying_id AND s.compartment_id = casework_rightsreply.compartment_id
          AND p.organisation_id = {ORGANISATION} OFFSET 0));
-- A statement stands in the part of the text that it is about, and is laid there by whose text that is.
CREATE POLICY beside ON casework_statement AS RESTRICTIVE FOR INSERT WITH CHECK (
    organisation_id = {ORGANISATION} AND (
        EXISTS (SELECT 1 FROM casework_contribution c WHERE c.id = casework_statement.row_id
            AND c.compartment_id = casework_statement.compartment_id AND c.organisation_id = {ORGANISATION} OFFSET 0)
        OR EXISTS (SELECT 1 FROM casework_signalitem i JOIN casework_signal s ON s.id = i.signal_id
            WHERE i.id = casework_statement.row_id AND i.compartment_id = casework_statement.compartment_id
              AND s.source_id = {ORGANISATION} OFFSET 0)));
-- It is never changed, only emptied.
REVOKE UPDATE, DELETE ON casework_statement FROM {APP};
GRANT UPDATE (text, reason, version) ON casework_statement TO {APP};
CREATE POLICY emptied ON casework_statement AS RESTRICTIVE FOR UPDATE USING (organisation_id = {ORGANISATION})
    WITH CHECK (text IS NULL AND reason IS NULL);
REVOKE INSERT, UPDATE, DELETE ON casework_restriction FROM {APP};
"""

# The contact point who holds this very request: what it may do to dossiers that it does not read.
_HELD = f"""
    SELECT r.* INTO held FROM casework_rightsrequest r
    WHERE r.id = wanted AND r.identity_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = r.dossier_id AND g.user_id = {ACTOR}
          AND g.directs AND {VALID})
      AND EXISTS (SELECT 1 FROM partners_user u WHERE u.id = {ACTOR} AND u.is_active
          AND 'contact_point' = ANY(u.roles))
      AND casework_rights_handles(r.id) FOR UPDATE OF r;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only the contact point who holds this request' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM privacy_auditentry e WHERE e.actor_id = {ACTOR} AND e.event = '%s'
            AND held.dossier_id = ANY(e.dossiers) AND e.timestamp > clock_timestamp() - interval '1 minute') THEN
        RAISE EXCEPTION 'nothing is restricted or lifted that is not in the log'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
"""
_HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE held casework_rightsrequest; "

RESTRICT = f"""
CREATE FUNCTION casework_rights_restrict(wanted uuid) RETURNS integer {_HEAD} made integer;
BEGIN
    {_HELD % "rights.restricting"}
    IF held.ended_at IS NOT NULL OR held.kind NOT IN ('beperking', 'bezwaar', 'rectificatie') THEN
        RAISE EXCEPTION 'this request restricts nothing' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- What turned out to be somebody else's is used again.
    UPDATE casework_restriction x SET lifted_at = now() WHERE x.request_id = held.id AND x.lifted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM casework_rightscandidate k
            WHERE k.request_id = held.id AND k.about_id = x.dossier_id AND k.confirmed);
    INSERT INTO casework_restriction (id, dossier_id, compartment_id, request_id, since)
    SELECT gen_random_uuid(), d.id, c.id, held.id, now()
    FROM casework_rightscandidate k JOIN privacy_dossier d ON d.id = k.about_id AND d.destroyed_at IS NULL
    JOIN privacy_compartment c ON c.dossier_id = d.id AND c.kind = 'cover'
    WHERE k.request_id = held.id AND k.confirmed ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS made = ROW_COUNT;
    UPDATE casework_rightsrequest SET restricted_at = now(), lifted_at = NULL WHERE id = held.id AND made > 0;
    RETURN made;
END $$;

CREATE FUNCTION casework_rights_lift(wanted uuid) RETURNS integer {_HEAD} ended integer;
BEGIN
    {_HELD % "rights.lifting"}
    IF held.kind = 'bezwaar' AND held.ended_at IS NULL THEN
        RAISE EXCEPTION 'restricted until the objection is weighed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE casework_restriction SET lifted_at = now() WHERE request_id = held.id AND lifted_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    UPDATE casework_rightsrequest SET lifted_at = now() WHERE id = held.id AND ended > 0;
    RETURN ended;
END $$;

-- Nobody new comes to a dossier that is restricted, and nobody is given what they had not.
CREATE FUNCTION casework_restricted_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM casework_restriction r WHERE r.dossier_id = NEW.dossier_id AND r.lifted_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = NEW.dossier_id AND g.user_id = NEW.user_id
           AND g.revoked_at IS NULL) THEN
        RAISE EXCEPTION 'this dossier is kept and not used' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER privacy_grant_restricted BEFORE INSERT ON privacy_grant FOR EACH ROW
    WHEN (NEW.given_for LIKE 'disclosure:%' OR NEW.given_for LIKE 'participation:%')
    EXECUTE FUNCTION casework_restricted_stays();
"""

RIGHTS = definer("casework_rights_restrict(uuid)", "casework_rights_lift(uuid)") + internal(
    "casework_restricted_stays()"
)

# Who looked is also for a person who asks: of the dossiers that were confirmed in an open request, for its desk.
ASKS = as_maintenance(f"""
CREATE OR REPLACE FUNCTION privacy_asks_for_person(wanted uuid[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    RETURN cardinality(wanted) > 0
      AND EXISTS (SELECT 1 FROM partners_user u WHERE u.id = {ACTOR} AND u.is_active
          AND 'contact_point' = ANY(u.roles))
      AND NOT EXISTS (SELECT 1 FROM unnest(wanted) w WHERE NOT EXISTS (
          SELECT 1 FROM casework_rightscandidate k JOIN casework_rightsrequest r ON r.id = k.request_id
          JOIN privacy_grant g ON g.dossier_id = r.dossier_id AND g.user_id = {ACTOR} AND g.directs
          WHERE k.about_id = w AND k.confirmed AND r.ended_at IS NULL AND r.identity_at IS NOT NULL
            AND (r.doubt = '' OR r.doubt_settled_at IS NOT NULL) AND g.revoked_at IS NULL AND NOT g.excluded
            AND (g.valid_from IS NULL OR g.valid_from <= statement_timestamp())
            AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())));
END $$;
""")
