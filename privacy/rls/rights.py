"""How data of a person are collected through the walls, as the database has it ([ADR 36] in docs/adr).

The desk never says what to look for or what to open: it searches by the marks that were kept with the request, and
opens what was found that way and confirmed, for one act. Parts of one organisation alone and the line of who reported
a signal stay closed; of those it only learns whose they are.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, ORGANISATION, ROLES, VALID, directed, founding
from privacy.rls.tables import definer

# Who holds this very request at the desk now, and what must be true of it.
_HELD = f"""
    SELECT r.* INTO held FROM casework_rightsrequest r
    WHERE r.id = wanted AND r.state = 'collecting' AND r.identity_at IS NOT NULL
      AND (r.doubt = '' OR r.doubt_settled_at IS NOT NULL)
      AND EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = r.dossier_id AND g.user_id = {ACTOR}
          AND g.directs AND {VALID})
      AND EXISTS (SELECT 1 FROM partners_user u WHERE u.id = {ACTOR} AND u.is_active
          AND 'contact_point' = ANY(u.roles))
      AND casework_rights_handles(r.id) FOR UPDATE OF r;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only the contact point, for a request of an identified person that is being collected'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM privacy_auditentry e WHERE e.actor_id = {ACTOR} AND e.event = '%s'
            AND held.dossier_id = ANY(e.dossiers) AND e.timestamp > clock_timestamp() - interval '1 minute') THEN
        RAISE EXCEPTION 'nothing is collected that is not in the log' USING ERRCODE = 'insufficient_privilege';
    END IF;
"""
_HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE held casework_rightsrequest; "

FIND = f"""
CREATE FUNCTION casework_rights_find(wanted uuid) RETURNS integer {_HEAD} added integer;
BEGIN
    {_HELD % "rights.searched"}
    INSERT INTO casework_rightscandidate (id, dossier_id, compartment_id, request_id, about_id, reference,
        dossier_kind, matched, outcome)
    SELECT gen_random_uuid(), held.dossier_id, place.id, held.id, d.id, d.reference, d.kind,
        string_agg(DISTINCT m.kind, ',' ORDER BY m.kind), ''
    FROM casework_rightsmark a JOIN casework_knownmark m ON m.digest = a.digest
    JOIN privacy_dossier d ON d.id = m.dossier_id AND d.destroyed_at IS NULL
        AND d.kind IN ('signal', 'case', 'household')
    JOIN privacy_compartment place ON place.dossier_id = held.dossier_id AND place.kind = 'regie'
    WHERE a.request_id = held.id AND m.kind IN ('bsn', 'person', 'group') GROUP BY d.id, place.id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    -- How many there are is for who may handle them (privacy/rls/handling.py).
    RETURN CASE WHEN casework_rights_kept_away(held.id) THEN 0 ELSE added END;
END $$;
"""

# A household belongs to no table: access comes through a case about it, as for everybody (privacy/rls/household.py).
OPEN = f"""
CREATE FUNCTION casework_rights_open(wanted uuid) RETURNS integer {_HEAD} given integer;
BEGIN
    {_HELD % "rights.collecting"}
    INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
        may_write, directs, ground, given_by, given_for, given_at, valid_until, sort_at, excluded)
    SELECT gen_random_uuid(), {ACTOR}, p.id, d.id, c.id, d.kind, c.kind, at_table.table_id, at_table.theme, false,
        false, 'avg_15', {ACTOR}, 'rights:' || held.id, now(), now() + interval '10 minutes', d.sort_at, false
    FROM casework_rightscandidate k JOIN privacy_dossier d ON d.id = k.about_id AND d.destroyed_at IS NULL
    JOIN privacy_compartment c ON c.dossier_id = d.id AND c.kind <> 'own'
        AND NOT (d.kind = 'signal' AND c.kind = 'liaison')
    CROSS JOIN LATERAL (
        SELECT d.table_id, d.theme WHERE d.kind <> 'household'
        UNION ALL (SELECT l.table_id, l.theme FROM casework_householdcase l
            WHERE d.kind = 'household' AND l.dossier_id = d.id AND l.until IS NULL ORDER BY l.since LIMIT 1)
    ) at_table
    JOIN auth_permission p ON p.codename = 'view_dossier'
    JOIN django_content_type t ON t.id = p.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'
    WHERE k.request_id = held.id AND k.confirmed ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN given;
END $$;

-- Parts that stay closed: whose they are, for who is to answer.
CREATE FUNCTION casework_rights_closed(wanted uuid) RETURNS TABLE (about uuid, organisation uuid) {_HEAD}
BEGIN
    {_HELD % "rights.collecting"}
    RETURN QUERY SELECT DISTINCT d.id, c.organisation_id
    FROM casework_rightscandidate k JOIN privacy_dossier d ON d.id = k.about_id AND d.destroyed_at IS NULL
    JOIN privacy_compartment c ON c.dossier_id = d.id
        AND (d.kind = 'signal' AND c.kind = 'liaison' OR c.kind = 'own' AND EXISTS (
            SELECT 1 FROM casework_contribution x WHERE x.compartment_id = c.id AND x.withdrawn_at IS NULL))
    WHERE k.request_id = held.id AND k.confirmed;
END $$;

-- Who answers for a source: its people in these dossiers, or else who of it sits at a table; never who is kept away.
CREATE FUNCTION casework_rights_people(wanted uuid, source uuid) RETURNS SETOF uuid {_HEAD}
    known uuid[]; around uuid[];
BEGIN
    {_HELD % "rights.collecting"}
    around := ARRAY(SELECT k.about_id FROM casework_rightscandidate k WHERE k.request_id = held.id AND k.confirmed);
    known := ARRAY(SELECT DISTINCT g.user_id FROM privacy_grant g JOIN partners_user u ON u.id = g.user_id
        WHERE g.dossier_id = ANY(around) AND u.organisation_id = source AND u.is_active AND g.revoked_at IS NULL
          AND NOT g.excluded AND g.given_for !~ '^(rights|emergency|desk):'
          AND (g.valid_from IS NULL OR g.valid_from <= statement_timestamp())
          AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp()));
    IF cardinality(known) = 0 THEN
        known := ARRAY(SELECT DISTINCT s.user_id FROM partners_seat s JOIN partners_user u ON u.id = s.user_id
            WHERE u.organisation_id = source AND u.is_active AND s.ended_at IS NULL
              AND s.valid_from <= statement_timestamp()
              AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()));
    END IF;
    RETURN QUERY SELECT one FROM unnest(known) one WHERE NOT EXISTS (SELECT 1 FROM privacy_exclusion x
        WHERE x.dossier_id = ANY(around) AND x.user_id = one AND x.ended_at IS NULL);
END $$;

CREATE FUNCTION casework_rights_close(wanted uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    UPDATE privacy_grant SET revoked_at = now()
    WHERE user_id = {ACTOR} AND given_for = 'rights:' || wanted AND revoked_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

-- Whatever the application does: when the act ends, so did the access.
CREATE FUNCTION casework_rights_shut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM privacy_grant g WHERE g.id = NEW.id AND g.revoked_at IS NULL) THEN
        RAISE EXCEPTION 'access for collecting ends with the act' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER privacy_grant_collecting AFTER INSERT ON privacy_grant DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.given_for LIKE 'rights:%') EXECUTE FUNCTION casework_rights_shut();
"""

RIGHTS = definer(
    "casework_rights_find(uuid)",
    "casework_rights_open(uuid)",
    "casework_rights_closed(uuid)",
    "casework_rights_people(uuid, uuid)",
    "casework_rights_close(uuid)",
    "casework_rights_shut()",
)


def _fixed(table: str) -> str:
    """Nothing of a request changes after it ended."""
    still = f"SELECT 1 FROM casework_rightsrequest r WHERE r.id = {table}.request_id AND r.ended_at IS NULL OFFSET 0"
    return f"CREATE POLICY running ON {table} AS RESTRICTIVE FOR UPDATE USING (EXISTS ({still}));"


def _founded(table: str) -> str:
    """Written with the request itself and never later: least of all when it is known who asks."""
    early = f"SELECT 1 FROM casework_rightsrequest r WHERE r.id = {table}.request_id AND r.identity_at IS NULL OFFSET 0"
    return f"""
    CREATE POLICY founded ON {table} AS RESTRICTIVE FOR INSERT
        WITH CHECK ({founding(table + ".compartment_id")} AND EXISTS ({early}));"""


WALLS = f"""
CREATE POLICY watched ON casework_rightsrequest FOR SELECT USING ('privacy_officer' = ANY({ROLES}));
CREATE POLICY running ON casework_rightsrequest AS RESTRICTIVE FOR UPDATE USING (ended_at IS NULL) WITH CHECK (true);
REVOKE UPDATE ON casework_rightsrequest, casework_rightscandidate, casework_rightsquestion FROM {APP};
GRANT UPDATE (state, police, extended_on, identity_how, identity_by_id, identity_at, doubt, doubt_settled_at, refusal,
    recheck_on, ended_by_id, ended_at, fingerprint) ON casework_rightsrequest TO {APP};
REVOKE INSERT ON casework_rightscandidate FROM {APP};
GRANT UPDATE (confirmed, confirmed_by_id, confirmed_at, outcome) ON casework_rightscandidate TO {APP};
GRANT UPDATE (reminded_at) ON casework_rightsquestion TO {APP};
REVOKE UPDATE ON casework_rightsperson, casework_rightsmark, casework_rightsnote, casework_rightsoverview,
    casework_rightsrelease, casework_rightsanswer FROM {APP};
{_founded("casework_rightsperson")} {_founded("casework_rightsmark")}
{_fixed("casework_rightspassage")} {_fixed("casework_rightscandidate")}
CREATE POLICY collected ON casework_rightspassage AS RESTRICTIVE FOR INSERT WITH CHECK (
    {directed("casework_rightspassage")} AND EXISTS (SELECT 1 FROM casework_rightsrequest r
        WHERE r.id = casework_rightspassage.request_id AND r.state = 'collecting' OFFSET 0));
CREATE POLICY desk ON casework_rightspassage AS RESTRICTIVE FOR UPDATE USING ({directed("casework_rightspassage")});
CREATE POLICY desk_asks ON casework_rightsquestion AS RESTRICTIVE FOR INSERT
    WITH CHECK ({directed("casework_rightsquestion")});
CREATE POLICY desk ON casework_rightsquestion AS RESTRICTIVE FOR UPDATE USING ({directed("casework_rightsquestion")});
-- The source answers for itself: never the desk, and never another organisation.
CREATE POLICY source ON casework_rightsanswer AS RESTRICTIVE FOR INSERT WITH CHECK (
    answered_by_id = {ACTOR} AND NOT {directed("casework_rightsanswer")}
    AND EXISTS (SELECT 1 FROM casework_rightspassage p WHERE p.id = casework_rightsanswer.passage_id
        AND p.compartment_id = casework_rightsanswer.compartment_id AND p.organisation_id = {ORGANISATION} OFFSET 0));
REVOKE DELETE ON casework_rightsrequest, casework_rightsperson, casework_rightsmark, casework_rightsnote,
    casework_rightscandidate, casework_rightsquestion, casework_rightspassage, casework_rightsanswer,
    casework_rightsoverview, casework_rightsrelease FROM {APP};

-- Where a passage came from stays as it was collected: who answers for it follows from that.
CREATE FUNCTION casework_rights_came_from() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF (NEW.organisation_id, NEW.about_id, NEW.reference, NEW.request_id)
       IS DISTINCT FROM (OLD.organisation_id, OLD.about_id, OLD.reference, OLD.request_id) THEN
        RAISE EXCEPTION 'where a passage came from stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_rights_came_from BEFORE UPDATE ON casework_rightspassage
    FOR EACH ROW EXECUTE FUNCTION casework_rights_came_from();
"""
