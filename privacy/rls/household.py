"""Households: access that comes through a case, seats and leaving that know them, and one regie without a gap.

A household's dossier belongs to no table: its grants bear table and theme of the case through which somebody came.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ORGANISATION, ROLES, VALID
from privacy.rls.tables import as_maintenance, definer, internal

# plpgsql throughout: the links belong to an app above this one, which is migrated later.
CHECK_GRANT = as_maintenance("""
CREATE OR REPLACE FUNCTION privacy_check_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE part record; right_place boolean;
BEGIN
    SELECT c.kind AS part, c.organisation_id, d.kind, d.table_id, d.theme INTO part
    FROM privacy_compartment c JOIN privacy_dossier d ON d.id = c.dossier_id
    WHERE c.id = NEW.compartment_id AND d.id = NEW.dossier_id;
    IF FOUND AND part.kind = 'household' THEN
        right_place := EXISTS (SELECT 1 FROM casework_householdcase l WHERE l.dossier_id = NEW.dossier_id
            AND l.until IS NULL AND l.table_id = NEW.table_id AND l.theme = NEW.theme);
    ELSE
        right_place := NEW.theme = part.theme AND NEW.table_id IS NOT DISTINCT FROM part.table_id;
    END IF;
    IF part.part IS NULL OR NEW.part <> part.part OR NEW.kind <> part.kind OR NOT right_place THEN
        RAISE EXCEPTION 'a grant says what its compartment is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.directs AND part.part <> 'regie' THEN
        RAISE EXCEPTION 'only the part of the regie directs' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF part.part = 'own' AND NOT EXISTS (SELECT 1 FROM partners_user u
        WHERE u.id = NEW.user_id AND u.organisation_id = part.organisation_id) THEN
        RAISE EXCEPTION 'an own part is for people of that organisation' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Whatever the giver says of it: the giver may not know that this person is excluded. The lock lets an exclusion
    -- that is being set at this moment go first, or find this grant.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('exclusion ' || NEW.dossier_id, 0));
    NEW.excluded := EXISTS (SELECT 1 FROM privacy_exclusion x
        WHERE x.dossier_id = NEW.dossier_id AND x.user_id = NEW.user_id AND x.ended_at IS NULL);
    RETURN NEW;
END $$;
""")

SEATING = as_maintenance(f"""
CREATE OR REPLACE FUNCTION privacy_seat_regisseur(wanted_table uuid, person uuid, reason text, basis text,
    until timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE given integer;
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder seats' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM partners_seat s WHERE reason = 'seat:' || s.id AND s.user_id = person
        AND s.table_id = wanted_table AND s.role = 'procesregisseur' AND s.ended_at IS NULL
        AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())) THEN
        RAISE EXCEPTION 'there is no such seat' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
        may_write, directs, ground, given_by, given_for, given_at, valid_until, sort_at)
    SELECT gen_random_uuid(), person, p.id, d.id, c.id, d.kind, c.kind, at_table.table_id, at_table.theme,
        c.kind <> 'cover' OR d.shielded_at IS NULL, c.kind = 'regie', basis, {ACTOR}, reason, now(), until,
        d.sort_at
    FROM (SELECT own.id, own.table_id, own.theme FROM privacy_dossier own
            WHERE own.table_id = wanted_table AND own.kind IN ('signal', 'case')
          UNION SELECT l.dossier_id, l.table_id, l.theme FROM casework_householdcase l
            WHERE l.table_id = wanted_table AND l.until IS NULL) at_table
    JOIN privacy_dossier d ON d.id = at_table.id JOIN privacy_compartment c ON c.dossier_id = d.id
    JOIN auth_permission p ON p.codename =
        CASE WHEN c.kind = 'regie' THEN 'direct_dossier' WHEN d.shielded_at IS NULL THEN 'contribute_dossier'
             ELSE 'view_dossier' END
    JOIN django_content_type t ON t.id = p.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'
    WHERE d.destroyed_at IS NULL AND c.kind <> 'own' AND (d.shielded_at IS NULL OR c.kind = 'cover')
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN given;
END $$;

CREATE OR REPLACE FUNCTION privacy_end_person(person uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder lets somebody leave' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- What is one's own stays one's own: a draft is destroyed later, on behalf of the person.
    UPDATE privacy_grant SET revoked_at = now()
        WHERE user_id = person AND revoked_at IS NULL AND kind IN ('signal', 'case', 'household');
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
""")

READERS = as_maintenance(f"""
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
    WHERE g.dossier_id = wanted AND g.kind IN ('signal', 'case', 'household')
      AND g.directs AND g.revoked_at IS NULL AND NOT g.excluded
      AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())
      AND (privacy_guards(wanted) OR EXISTS (
          SELECT 1 FROM privacy_grant WHERE dossier_id = wanted AND user_id = {ACTOR} AND {VALID}))
$$;
""")

# An exclusion follows a household too: its cases, their signals, and back.
LINKED = as_maintenance("""
CREATE OR REPLACE FUNCTION privacy_linked(wanted uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    -- Each branch reads off one index.
    RETURN QUERY WITH RECURSIVE linked (id) AS (
        SELECT wanted UNION
        SELECT beside.id FROM linked l CROSS JOIN LATERAL (
            SELECT b.signal_dossier_id FROM casework_casesignal b WHERE b.dossier_id = l.id
            UNION ALL SELECT b.dossier_id FROM casework_casesignal b WHERE b.signal_dossier_id = l.id
            UNION ALL SELECT h.case_dossier_id FROM casework_householdcase h
                WHERE h.dossier_id = l.id AND h.until IS NULL
            UNION ALL SELECT h.dossier_id FROM casework_householdcase h
                WHERE h.case_dossier_id = l.id AND h.until IS NULL) beside (id))
    SELECT linked.id FROM linked;
END $$;

CREATE OR REPLACE FUNCTION privacy_hold_linked(wanted uuid) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE held uuid[] := ARRAY[]::uuid[]; missing uuid[];
BEGIN
    PERFORM 1 FROM partners_casetable t JOIN privacy_dossier d ON d.table_id = t.id
        WHERE d.id IN (SELECT privacy_linked(wanted)) ORDER BY t.id FOR SHARE OF t;
    LOOP
        SELECT array_agg(d.id ORDER BY d.kind, d.id) INTO missing FROM privacy_dossier d
            WHERE d.id IN (SELECT privacy_linked(wanted)) AND d.id <> ALL(held);
        EXIT WHEN missing IS NULL;
        FOR i IN 1 .. cardinality(missing) LOOP
            PERFORM pg_advisory_xact_lock(hashtextextended('exclusion ' || missing[i], 0));
        END LOOP;
        held := held || missing;
    END LOOP;
    RETURN QUERY SELECT unnest(held);
END $$;
""")

# A case is linked to a household by who directs both, or was let in by who directs the household and links the own
# case (privacy/rls/joining.py); exclusions of either side hold on both from then on.
LINKING = f"""
CREATE FUNCTION casework_household_linked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE everything uuid[]; of_case record;
BEGIN
    SELECT c.table_id, c.theme, c.status INTO of_case FROM casework_case c WHERE c.dossier_id = NEW.case_dossier_id;
    IF NOT FOUND OR of_case.table_id <> NEW.table_id OR of_case.theme <> NEW.theme OR of_case.status <> 'open' THEN
        RAISE EXCEPTION 'a link says what its case is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT (privacy_directs(NEW.case_dossier_id) AND (privacy_directs(NEW.dossier_id)
            OR EXISTS (SELECT 1 FROM privacy_dossier d WHERE d.id = NEW.dossier_id AND d.created_by = {ACTOR}
                AND d.founded_in = pg_current_xact_id()))) THEN
        RAISE EXCEPTION 'only who directs both sides links them' USING ERRCODE = 'insufficient_privilege';
    END IF;
    everything := ARRAY(SELECT privacy_hold_linked(NEW.dossier_id));
    INSERT INTO privacy_exclusion (id, dossier_id, user_id, reason, set_by, set_at)
        SELECT gen_random_uuid(), d, x.user_id, x.reason, x.set_by, x.set_at FROM unnest(everything) d,
            (SELECT DISTINCT ON (user_id) * FROM privacy_exclusion
             WHERE dossier_id = ANY(everything) AND ended_at IS NULL ORDER BY user_id, set_at) x
        ON CONFLICT DO NOTHING;
    PERFORM privacy_mark_excluded(everything);
    PERFORM casework_keep_apart(NEW.household_id);
    RETURN NULL;
END $$;

-- What came through a case ends with the link: of who takes part in it, and of who directs its table.
CREATE FUNCTION casework_release_household(wanted uuid, of_case uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE ended integer; at_table uuid;
BEGIN
    IF NOT privacy_directs(wanted) THEN
        RAISE EXCEPTION 'only who directs a household releases it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE casework_householdcase SET until = now()
        WHERE dossier_id = wanted AND case_dossier_id = of_case AND until IS NULL RETURNING table_id INTO at_table;
    UPDATE privacy_grant g SET revoked_at = now()
        WHERE g.dossier_id = wanted AND g.revoked_at IS NULL AND g.table_id = at_table
          AND (g.given_for IN (SELECT 'participation:' || p.id FROM casework_participation p
                   WHERE p.dossier_id = of_case)
               OR g.given_for LIKE 'seat:%' AND NOT EXISTS (SELECT 1 FROM casework_householdcase l
                   WHERE l.dossier_id = wanted AND l.until IS NULL AND l.table_id = at_table));
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER casework_householdcase_linked AFTER INSERT ON casework_householdcase
    FOR EACH ROW EXECUTE FUNCTION casework_household_linked();
CREATE TRIGGER casework_regieassignment_keep AFTER INSERT OR UPDATE ON casework_regieassignment
    FOR EACH ROW EXECUTE FUNCTION casework_keep_regie();
CREATE CONSTRAINT TRIGGER casework_regieassignment_one AFTER UPDATE OR DELETE ON casework_regieassignment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_one_regisseur();
CREATE CONSTRAINT TRIGGER casework_household_one AFTER INSERT OR UPDATE OF status ON casework_household
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_one_regisseur();
CREATE CONSTRAINT TRIGGER casework_case_one AFTER INSERT OR UPDATE OF status ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_one_regisseur();
"""

RIGHTS = internal(
    "casework_household_linked()",
    "casework_keep_apart(uuid)",
    "casework_keep_regie()",
    "casework_one_regisseur()",
) + definer("casework_release_household(uuid, uuid)")
