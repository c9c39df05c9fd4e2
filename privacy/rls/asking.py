"""A request for access finds the regisseurs of the case it names, in the background: who asked learns nothing by it.

Whether a number exists, belongs to another table or is that of a case from which the person is kept away is known in
here and nowhere else. The row that says so is read by who directs that case.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP
from privacy.rls.tables import definer

ARRIVES = f"""
CREATE FUNCTION casework_request_arrives(wanted uuid, system uuid) RETURNS TABLE (regisseur uuid, case_dossier uuid)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE asked record; target record;
BEGIN
    IF {ACTOR} IS DISTINCT FROM system OR EXISTS (SELECT 1 FROM partners_user u WHERE u.id = system) THEN
        RAISE EXCEPTION 'only the system delivers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT r.id, r.dossier_id, r.number, r.asker_id, r.expires_at, u.organisation_id INTO asked
    FROM casework_accessrequest r JOIN partners_user u ON u.id = r.asker_id AND u.is_active
    WHERE r.id = wanted AND r.state = 'sent' AND r.expires_at > statement_timestamp();
    SELECT d.id, d.table_id INTO target FROM privacy_dossier d
    WHERE d.reference = asked.number AND d.kind = 'case' AND d.destroyed_at IS NULL AND d.shielded_at IS NULL
      AND EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = d.table_id AND s.user_id = asked.asker_id
          AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
          AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()))
      AND EXISTS (SELECT 1 FROM partners_covenant v
          JOIN partners_covenant_organisations o ON o.covenant_id = v.id AND o.organisation_id = asked.organisation_id
          JOIN partners_organisation g ON g.id = o.organisation_id AND g.active
          WHERE d.theme = ANY(v.themes) AND v.valid_from <= current_date
            AND (v.valid_until IS NULL OR v.valid_until >= current_date))
      AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
          WHERE x.dossier_id = d.id AND x.user_id = asked.asker_id AND x.ended_at IS NULL);
    IF asked.id IS NULL OR target.id IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO casework_requestarrival (id, dossier_id, compartment_id, request_id, about_id, at)
    SELECT gen_random_uuid(), asked.dossier_id, c.id, asked.id, target.id, now()
    FROM privacy_compartment c WHERE c.dossier_id = asked.dossier_id AND c.kind = 'regie'
    ON CONFLICT DO NOTHING;
    INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
        may_write, directs, ground, given_by, given_for, given_at, valid_until, sort_at, excluded)
    SELECT gen_random_uuid(), s.user_id, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme,
        true, c.kind = 'regie', 'zetel', system, 'seat:' || s.id, now(), LEAST(s.valid_until, asked.expires_at),
        d.sort_at, false
    FROM privacy_dossier d JOIN privacy_compartment c ON c.dossier_id = d.id
    JOIN partners_seat s ON s.table_id = target.table_id AND s.role = 'procesregisseur' AND s.ended_at IS NULL
        AND s.valid_from <= statement_timestamp()
        AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())
    JOIN auth_permission p
        ON p.codename = CASE WHEN c.kind = 'regie' THEN 'direct_dossier' ELSE 'contribute_dossier' END
    JOIN django_content_type t ON t.id = p.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'
    WHERE d.id = asked.dossier_id AND s.user_id <> asked.asker_id
    ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT DISTINCT g.user_id, target.id FROM privacy_grant g
        WHERE g.dossier_id = asked.dossier_id AND g.directs
        AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
            WHERE x.dossier_id = target.id AND x.user_id = g.user_id AND x.ended_at IS NULL);
END $$;
{definer("casework_request_arrives(uuid, uuid)")}
"""

# Who does not direct the case (any more), or is kept away from it, does not read that somebody asked for it.
READERS = f"""
CREATE POLICY about ON casework_requestarrival AS RESTRICTIVE FOR SELECT USING (EXISTS (
    SELECT 1 FROM privacy_grant g WHERE g.dossier_id = casework_requestarrival.about_id AND g.directs OFFSET 0));
CREATE POLICY about ON casework_accessrequest AS RESTRICTIVE FOR SELECT USING (asker_id = {ACTOR} OR EXISTS (
    SELECT 1 FROM casework_requestarrival a WHERE a.request_id = casework_accessrequest.id OFFSET 0));
REVOKE INSERT, DELETE ON casework_requestarrival FROM {APP};
"""
