"""Objections (AVG 21) as the database has them: restricted first, weighed by who directs, then lifted or not."""

from __future__ import annotations

from privacy.rls.handling import by_handler
from privacy.rls.retention import GRANT_VALID
from privacy.rls.spelling import ACTOR, APP, directed
from privacy.rls.tables import definer, internal

# Who directs a dossier now, or of what is shielded the regisseurs of its table who still read its cover. As
# `privacy_regisseur_of`, of anybody.
_DIRECTORS = """
    SELECT DISTINCT g.user_id FROM privacy_grant g JOIN privacy_dossier d ON d.id = g.dossier_id
    JOIN partners_user u ON u.id = g.user_id AND u.is_active
    WHERE d.id = place AND g.revoked_at IS NULL AND NOT g.excluded AND g.given_for !~ '^(rights|emergency|desk):'
      AND (g.valid_from IS NULL OR g.valid_from <= statement_timestamp())
      AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())
      AND (g.directs OR d.shielded_at IS NOT NULL AND g.part = 'cover' AND EXISTS (SELECT 1 FROM partners_seat s
          WHERE s.user_id = g.user_id AND s.table_id = d.table_id AND s.role = 'procesregisseur'
            AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
            AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())))
"""

FUNCTIONS = f"""
-- Whether a request restricts this dossier now: nothing is weighed that is still in use.
CREATE FUNCTION casework_rights_restricts(wanted uuid, place uuid) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM casework_rightsrequest r JOIN privacy_grant g ON g.dossier_id = r.dossier_id
        WHERE r.id = wanted AND g.user_id = {ACTOR} AND {GRANT_VALID})
      AND EXISTS (SELECT 1 FROM casework_restriction x
        WHERE x.request_id = wanted AND x.dossier_id = place AND x.lifted_at IS NULL);
END $$;

CREATE FUNCTION casework_rights_directors(wanted uuid, place uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT (casework_rights_handles(wanted) AND EXISTS (
            SELECT 1 FROM casework_rightsrequest r JOIN casework_rightscandidate k ON k.request_id = r.id
            WHERE r.id = wanted AND r.kind = 'bezwaar' AND r.ended_at IS NULL AND k.about_id = place AND k.confirmed)
    ) THEN
        RAISE EXCEPTION 'only who handles an objection that is about it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY {_DIRECTORS};
END $$;

-- After the decision: what was dismissed is used again; after a refusal everything. What was upheld stays.
CREATE FUNCTION casework_rights_settle(wanted uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE held casework_rightsrequest; ended integer;
BEGIN
    SELECT r.* INTO held FROM casework_rightsrequest r WHERE r.id = wanted AND r.kind = 'bezwaar'
        AND r.ended_at IS NOT NULL AND casework_rights_handles(r.id) FOR UPDATE OF r;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only who handles an objection that was decided' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE casework_restriction x SET lifted_at = now() WHERE x.request_id = held.id AND x.lifted_at IS NULL
        AND (held.state = 'refused' OR EXISTS (SELECT 1 FROM casework_rightsobjection o
            JOIN casework_rightsweighing w ON w.objection_id = o.id
            WHERE o.request_id = held.id AND o.about_id = x.dossier_id AND w.outcome = 'dismissed'));
    GET DIAGNOSTICS ended = ROW_COUNT;
    UPDATE casework_rightsrequest SET lifted_at = now() WHERE id = held.id AND restricted_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM casework_restriction x WHERE x.request_id = held.id AND x.lifted_at IS NULL);
    RETURN ended;
END $$;

-- No decision on an objection before each dossier that is still there was weighed.
CREATE FUNCTION casework_rights_weighed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM casework_rightscandidate k JOIN privacy_dossier d ON d.id = k.about_id
            AND d.destroyed_at IS NULL
        WHERE k.request_id = NEW.id AND k.confirmed AND NOT EXISTS (SELECT 1 FROM casework_rightsobjection o
            JOIN casework_rightsweighing w ON w.objection_id = o.id
            WHERE o.request_id = NEW.id AND o.about_id = k.about_id)) THEN
        RAISE EXCEPTION 'an objection is weighed before it is decided' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_rights_weighed BEFORE UPDATE ON casework_rightsrequest FOR EACH ROW
    WHEN (NEW.kind = 'bezwaar' AND NEW.state = 'released' AND OLD.state <> 'released')
    EXECUTE FUNCTION casework_rights_weighed();
{
    definer(
        "casework_rights_restricts(uuid, uuid)",
        "casework_rights_directors(uuid, uuid)",
        "casework_rights_settle(uuid)",
    )
}
{internal("casework_rights_weighed()")}
"""

WALLS = f"""
REVOKE UPDATE, DELETE ON casework_rightsobjection, casework_rightsweighing FROM {APP};
GRANT UPDATE (asked, reminded_at) ON casework_rightsobjection TO {APP};
CREATE POLICY kept_away ON casework_rightsobjection AS RESTRICTIVE FOR SELECT
    USING (NOT casework_rights_kept_away(request_id));
CREATE POLICY kept_away ON casework_rightsweighing AS RESTRICTIVE FOR SELECT USING (EXISTS (
    SELECT 1 FROM casework_rightsobjection o WHERE o.id = casework_rightsweighing.objection_id OFFSET 0));
{by_handler("casework_rightsobjection")}
CREATE POLICY restricted ON casework_rightsobjection AS RESTRICTIVE FOR INSERT WITH CHECK (
    {directed("casework_rightsobjection")} AND casework_rights_restricts(request_id, about_id)
    AND EXISTS (SELECT 1 FROM casework_rightsrequest r WHERE r.id = casework_rightsobjection.request_id
        AND r.kind = 'bezwaar' AND r.state = 'collecting' OFFSET 0));
CREATE POLICY desk ON casework_rightsobjection AS RESTRICTIVE FOR UPDATE USING (casework_rights_handles(request_id));
-- Who directs the dossier weighs, never the desk, and only what was put before this person.
CREATE POLICY regie ON casework_rightsweighing AS RESTRICTIVE FOR INSERT WITH CHECK (
    weighed_by_id = {ACTOR} AND NOT {directed("casework_rightsweighing")}
    AND EXISTS (SELECT 1 FROM casework_rightsobjection o WHERE o.id = casework_rightsweighing.objection_id
        AND o.compartment_id = casework_rightsweighing.compartment_id AND privacy_regisseur_of(o.about_id)
        AND casework_rights_restricts(o.request_id, o.about_id) OFFSET 0));
"""
