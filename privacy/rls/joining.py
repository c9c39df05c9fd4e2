"""Cases that come to one plan, and plans that part: who may link, who comes in, and what goes along.

A case is linked by who directs both sides. Two acts are of one who does not direct the case: a household that is split
or merged keeps its cases, and a case of another table joins because its own procesregisseur asked for it. Here the
database checks that the household was that household, or that there was such a request and the answer was yes.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP
from privacy.rls.tables import as_maintenance, definer, internal

_NOW = "statement_timestamp()"
_SEATED = f"s.ended_at IS NULL AND s.valid_from <= {_NOW} AND (s.valid_until IS NULL OR s.valid_until > {_NOW})"
_FOUNDED = f"d.created_by = {ACTOR} AND d.founded_in = pg_current_xact_id_if_assigned()"
_TAKES_PART = (
    f"p.ended_at IS NULL AND (p.until IS NULL OR p.until > {_NOW}) AND EXISTS (SELECT 1 FROM partners_seat s "
    f"JOIN casework_case k ON k.id = p.case_id WHERE s.table_id = k.table_id AND s.user_id = p.user_id AND {_SEATED})"
)
_GRANT_COLUMNS = (
    "id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme, may_write, directs, "
    "ground, given_by, given_for, given_at, valid_until, sort_at, excluded"
)

MAY = f"""
CREATE FUNCTION casework_may_move(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT privacy_directs(wanted) OR EXISTS (SELECT 1 FROM privacy_dossier d WHERE d.id = wanted AND {_FOUNDED})
$$;

-- A household that was split off in this transaction, or that another was merged into, keeps the cases of that one.
CREATE FUNCTION casework_came_from(wanted uuid, source uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT privacy_directs(source) AND casework_may_move(wanted) AND (
        EXISTS (SELECT 1 FROM casework_household h JOIN privacy_dossier d ON d.id = h.dossier_id
            WHERE h.dossier_id = wanted AND h.split_from_id = source AND {_FOUNDED})
        OR EXISTS (SELECT 1 FROM casework_household s WHERE s.dossier_id = source AND s.status = 'closed'
            AND s.merged_into_id = wanted))
$$;

-- Its procesregisseur asked, and who links said yes just now: each yes is good for one link.
CREATE FUNCTION casework_may_join(wanted uuid, of_case uuid, link uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM casework_requestarrival a JOIN casework_accessrequest r ON r.id = a.request_id
        WHERE a.about_id = wanted AND a.joining_id = of_case AND a.decided_by = {ACTOR} AND r.state = 'given'
          AND NOT EXISTS (SELECT 1 FROM casework_householdcase l WHERE l.dossier_id = wanted
              AND l.case_dossier_id = of_case AND l.id <> link AND l.since >= a.decided_at))
$$;
"""

LINKING = as_maintenance("""
CREATE OR REPLACE FUNCTION casework_household_linked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE everything uuid[]; of_case record;
BEGIN
    SELECT c.id, c.table_id, c.theme, c.status INTO of_case FROM casework_case c
        WHERE c.dossier_id = NEW.case_dossier_id;
    IF NOT FOUND OR of_case.table_id <> NEW.table_id OR of_case.theme <> NEW.theme OR of_case.status <> 'open' THEN
        RAISE EXCEPTION 'a link says what its case is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT casework_may_move(NEW.dossier_id) OR NOT (privacy_directs(NEW.case_dossier_id)
            OR casework_may_join(NEW.dossier_id, NEW.case_dossier_id, NEW.id)
            OR EXISTS (SELECT 1 FROM casework_householdcase l WHERE l.case_dossier_id = NEW.case_dossier_id
                AND l.until IS NULL AND l.id <> NEW.id AND casework_came_from(NEW.dossier_id, l.dossier_id))) THEN
        RAISE EXCEPTION 'only who directs both sides links them' USING ERRCODE = 'insufficient_privilege';
    END IF;
    everything := ARRAY(SELECT privacy_hold_linked(NEW.dossier_id));
    INSERT INTO privacy_exclusion (id, dossier_id, user_id, reason, set_by, set_at)
        SELECT gen_random_uuid(), d, x.user_id, x.reason, x.set_by, x.set_at FROM unnest(everything) d,
            (SELECT DISTINCT ON (user_id) * FROM privacy_exclusion
             WHERE dossier_id = ANY(everything) AND ended_at IS NULL ORDER BY user_id, set_at) x
        ON CONFLICT DO NOTHING;
    PERFORM privacy_mark_excluded(everything);
    -- One regie: from now on it is with the household.
    UPDATE casework_regieassignment SET until = NEW.since
        WHERE case_id = of_case.id AND kind = 'case' AND until IS NULL;
    PERFORM casework_keep_apart(NEW.household_id);
    RETURN NULL;
END $$;
""")

# Locks are taken in the order of who invites or closes: first the cases, then the household.
COMING_IN = f"""
CREATE FUNCTION casework_hold_cases(wanted uuid) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE held uuid;
BEGIN
    IF NOT privacy_directs(wanted) THEN
        RETURN;
    END IF;
    FOR held IN
        SELECT l.case_dossier_id FROM casework_householdcase l WHERE l.dossier_id = wanted AND l.until IS NULL
        UNION SELECT a.joining_id FROM casework_requestarrival a WHERE a.about_id = wanted AND a.joining_id IS NOT NULL
        ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(held::text, 0));
        RETURN QUERY SELECT c.dossier_id FROM casework_case c
            WHERE c.dossier_id = held AND c.status = 'open' FOR UPDATE;
    END LOOP;
END $$;

CREATE FUNCTION casework_takes_part(wanted uuid, of_case uuid) RETURNS TABLE (organisation uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT DISTINCT p.organisation_id, p.user_id FROM casework_participation p
    WHERE p.dossier_id = of_case AND {_TAKES_PART} AND casework_may_move(wanted)
      AND EXISTS (SELECT 1 FROM casework_householdcase l
          WHERE l.dossier_id = wanted AND l.case_dossier_id = of_case AND l.until IS NULL)
$$;

CREATE FUNCTION casework_admit_case(wanted uuid, of_case uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE given integer;
BEGIN
    IF NOT casework_may_move(wanted) THEN
        RAISE EXCEPTION 'only who directs a household lets people in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO privacy_grant ({_GRANT_COLUMNS})
    SELECT gen_random_uuid(), p.user_id, m.id, d.id, c.id, d.kind, c.kind, l.table_id, l.theme,
        c.kind = 'liaison', false, p.ground, {ACTOR}, 'participation:' || p.id, now(), p.until, d.sort_at, false
    FROM casework_householdcase l
    JOIN casework_participation p ON p.dossier_id = l.case_dossier_id AND {_TAKES_PART}
    JOIN privacy_dossier d ON d.id = l.dossier_id AND d.shielded_at IS NULL
    JOIN privacy_compartment c ON c.dossier_id = d.id
        AND (c.kind IN ('cover', 'table') OR c.kind = 'liaison' AND c.organisation_id = p.organisation_id)
    JOIN auth_permission m
        ON m.codename = CASE WHEN c.kind = 'liaison' THEN 'contribute_dossier' ELSE 'view_dossier' END
    JOIN django_content_type t ON t.id = m.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'
    WHERE l.dossier_id = wanted AND l.case_dossier_id = of_case AND l.until IS NULL
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN given;
END $$;

-- A goal that goes on in another plan is read there by who could read it, as far as they take part in a case of it.
CREATE FUNCTION casework_carry_goal(from_part uuid, to_part uuid, reason text) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE given integer; source uuid; target uuid;
BEGIN
    SELECT dossier_id INTO source FROM privacy_compartment WHERE id = from_part AND kind = 'item';
    SELECT dossier_id INTO target FROM privacy_compartment WHERE id = to_part AND kind = 'item';
    IF source IS NULL OR target IS NULL OR NOT casework_came_from(target, source) THEN
        RAISE EXCEPTION 'a goal goes on only where its household went' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO privacy_grant ({_GRANT_COLUMNS})
    SELECT DISTINCT ON (g.user_id) gen_random_uuid(), g.user_id, g.permission_id, target, to_part, d.kind, 'item',
        l.table_id, l.theme, g.may_write, false, g.ground, {ACTOR},
        CASE WHEN g.given_for LIKE 'participation:%' THEN 'participation:' || p.id ELSE reason END,
        now(), LEAST(g.valid_until, p.until), d.sort_at, false
    FROM privacy_grant g JOIN privacy_dossier d ON d.id = target
    JOIN casework_householdcase l ON l.dossier_id = target AND l.until IS NULL
    JOIN casework_participation p ON p.dossier_id = l.case_dossier_id AND p.user_id = g.user_id AND {_TAKES_PART}
    WHERE g.compartment_id = from_part AND g.revoked_at IS NULL
      AND (g.valid_from IS NULL OR g.valid_from <= {_NOW}) AND (g.valid_until IS NULL OR g.valid_until > {_NOW})
      AND g.given_for !~ '^(seat|regie):'
    ORDER BY g.user_id, g.may_write DESC, p.until DESC NULLS FIRST
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN given;
END $$;
"""

# As with asking for access: whether there is such a household is known in here and nowhere else.
ARRIVES = f"""
CREATE FUNCTION casework_joining_arrives(wanted uuid, system uuid) RETURNS TABLE (regisseur uuid, household uuid)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE asked record; own record; target record;
BEGIN
    IF {ACTOR} IS DISTINCT FROM system OR EXISTS (SELECT 1 FROM partners_user u WHERE u.id = system) THEN
        RAISE EXCEPTION 'only the system delivers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT r.id, r.dossier_id, r.number, r.from_case, r.asker_id, r.expires_at INTO asked
    FROM casework_accessrequest r JOIN partners_user u ON u.id = r.asker_id AND u.is_active
    WHERE r.id = wanted AND r.state = 'sent' AND r.from_case <> '' AND r.expires_at > {_NOW};
    SELECT d.id, d.table_id, d.theme INTO own
    FROM privacy_dossier d JOIN casework_case c ON c.dossier_id = d.id AND c.status = 'open'
    WHERE d.reference = asked.from_case AND d.kind = 'case'
      AND EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = d.table_id AND s.user_id = asked.asker_id
          AND s.role = 'procesregisseur' AND {_SEATED})
      AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
          WHERE x.dossier_id = d.id AND x.user_id = asked.asker_id AND x.ended_at IS NULL);
    SELECT d.id INTO target
    FROM casework_household h JOIN privacy_dossier d ON d.id = h.dossier_id
    WHERE d.reference = asked.number AND h.status = 'active' AND d.destroyed_at IS NULL AND d.shielded_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM casework_householdcase l
          WHERE l.dossier_id = d.id AND l.case_dossier_id = own.id AND l.until IS NULL)
      AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
          WHERE x.dossier_id = d.id AND x.user_id = asked.asker_id AND x.ended_at IS NULL);
    IF asked.id IS NULL OR own.id IS NULL OR target.id IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO casework_requestarrival (id, dossier_id, compartment_id, request_id, about_id, at, joining_id,
        table_id, theme)
    SELECT gen_random_uuid(), asked.dossier_id, c.id, asked.id, target.id, now(), own.id, own.table_id, own.theme
    FROM privacy_compartment c WHERE c.dossier_id = asked.dossier_id AND c.kind = 'regie'
    ON CONFLICT DO NOTHING;
    INSERT INTO privacy_grant ({_GRANT_COLUMNS})
    SELECT gen_random_uuid(), s.user_id, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme,
        true, c.kind = 'regie', 'zetel', system, 'seat:' || s.id, now(), LEAST(s.valid_until, asked.expires_at),
        d.sort_at, false
    FROM privacy_dossier d JOIN privacy_compartment c ON c.dossier_id = d.id
    JOIN partners_seat s ON s.role = 'procesregisseur' AND {_SEATED} AND s.table_id IN (
        SELECT l.table_id FROM casework_householdcase l WHERE l.dossier_id = target.id AND l.until IS NULL)
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
"""

# An answer is given once, and where a request arrived is never changed.
ANSWERED_ONCE = f"""
CREATE POLICY once ON casework_requestarrival AS RESTRICTIVE FOR UPDATE USING (decided_at IS NULL) WITH CHECK (true);
REVOKE UPDATE ON casework_requestarrival FROM {APP};
GRANT UPDATE (decided_by, decided_at) ON casework_requestarrival TO {APP};
"""

RIGHTS = internal(
    "casework_may_move(uuid)", "casework_came_from(uuid, uuid)", "casework_may_join(uuid, uuid, uuid)"
) + definer(
    "casework_hold_cases(uuid)",
    "casework_takes_part(uuid, uuid)",
    "casework_admit_case(uuid, uuid)",
    "casework_carry_goal(uuid, uuid, text)",
    "casework_joining_arrives(uuid, uuid)",
)
