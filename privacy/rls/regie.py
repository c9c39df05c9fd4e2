"""One regie, always: its history, what it rests on, what happens when that falls away, and taking it over.

The regie of a household rests on a participation in one of its cases that everybody may know of, and the regie of a
case on a seat. However that ends (a date, a seat, leaving, an exclusion, a covenant), the database finds another one
or marks the regie vacant, takes away the access and queues the alarm: nothing depends on a page that somebody opens.

Locks are taken in one order everywhere: tables, exclusions, the case, participations, the household, its regie, grants.
What a regie is given on is held until it is given, so that whoever ends it at that moment finds the regie.
"""

from __future__ import annotations

from privacy.actor import SYSTEM_ID
from privacy.rls.one_regie import HISTORY, HOLDING, SEAT_COUNTS
from privacy.rls.regie_counts import COUNTS, IN_HANDS
from privacy.rls.spelling import ACTOR, APP, directed
from privacy.rls.tables import definer, internal

ALARM = "regie.vacant"
TODAY = "(statement_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date"

# --- what a regie rests on ---------------------------------------------------------------------------------------
RESTING = f"""
CREATE FUNCTION casework_is_bound(person uuid, wanted_theme text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM partners_user u JOIN partners_organisation o ON o.id = u.organisation_id AND o.active
        JOIN partners_covenant_organisations co ON co.organisation_id = o.id
        JOIN partners_covenant c ON c.id = co.covenant_id AND wanted_theme = ANY(c.themes)
        WHERE u.id = person AND u.is_active AND c.valid_from <= {TODAY}
          AND (c.valid_until IS NULL OR c.valid_until >= {TODAY}))
$$;

-- The participation through which somebody may have the regie of a household: the present one if it still counts.
CREATE FUNCTION casework_regie_ground(of_household uuid, person uuid, present uuid)
RETURNS TABLE (case_dossier uuid, at_table uuid, of_theme text, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT l.case_dossier_id, l.table_id, l.theme, p.until
    FROM casework_householdcase l
    JOIN casework_case c ON c.dossier_id = l.case_dossier_id AND c.status = 'open'
    JOIN casework_participation p ON p.case_id = c.id AND p.user_id = person AND p.ended_at IS NULL
        AND (p.until IS NULL OR p.until > statement_timestamp())
    JOIN privacy_compartment k ON k.id = p.compartment_id AND k.kind = 'table'
    WHERE l.household_id = of_household AND l.until IS NULL AND casework_is_bound(person, l.theme)
      AND EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = l.table_id AND s.user_id = person
          AND s.valid_from <= statement_timestamp() AND {SEAT_COUNTS})
      AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
          WHERE x.dossier_id = l.dossier_id AND x.user_id = person AND x.ended_at IS NULL)
    ORDER BY (l.case_dossier_id = present) DESC NULLS LAST, p.until DESC NULLS FIRST, l.since LIMIT 1
$$;

CREATE FUNCTION casework_process_stands(of_case uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM casework_case c JOIN partners_seat s ON s.table_id = c.table_id
        WHERE c.id = of_case AND s.user_id = person AND s.role = 'procesregisseur'
          AND s.valid_from <= statement_timestamp() AND {SEAT_COUNTS} AND casework_is_bound(person, c.theme)
          AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
              WHERE x.dossier_id = c.dossier_id AND x.user_id = person AND x.ended_at IS NULL))
$$;

-- Why, as far as everybody may know: an exclusion looks like any other end.
CREATE FUNCTION casework_why_vacant(person uuid, at_table uuid, of_theme text) RETURNS text LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS $$
    SELECT CASE WHEN NOT o.active THEN 'organisation' WHEN NOT u.is_active THEN 'left'
        WHEN NOT casework_is_bound(person, of_theme) THEN 'organisation'
        WHEN NOT EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = at_table AND s.user_id = person
            AND s.valid_from <= statement_timestamp() AND {SEAT_COUNTS}) THEN 'seat' ELSE 'ended' END
    FROM partners_user u JOIN partners_organisation o ON o.id = u.organisation_id WHERE u.id = person
$$;
"""

# --- when it falls away ------------------------------------------------------------------------------------------
SETTLING = f"""
CREATE FUNCTION casework_settle_regie(wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE held record; there record; of_case record;
BEGIN
    PERFORM 1 FROM casework_household h JOIN casework_regieassignment r ON r.household_id = h.id
        WHERE r.id = wanted FOR UPDATE OF h;
    SELECT r.* INTO held FROM casework_regieassignment r
        WHERE r.id = wanted AND r.until IS NULL AND r.vacant_since IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF held.household_id IS NULL THEN
        SELECT c.table_id, c.theme INTO of_case FROM casework_case c WHERE c.id = held.case_id;
        IF casework_process_stands(held.case_id, held.user_id) THEN
            RETURN false;
        END IF;
    ELSE
        SELECT * INTO there FROM casework_regie_ground(held.household_id, held.user_id, held.through_id);
        IF FOUND THEN
            UPDATE casework_regieassignment SET through_id = there.case_dossier, access_until = there.ends
                WHERE id = wanted AND (through_id, access_until) IS DISTINCT FROM (there.case_dossier, there.ends);
            UPDATE privacy_grant SET table_id = there.at_table, theme = there.of_theme, valid_until = there.ends
                WHERE given_for = 'regie:' || wanted AND revoked_at IS NULL AND (table_id, theme, valid_until)
                    IS DISTINCT FROM (there.at_table, there.of_theme, there.ends);
            RETURN false;
        END IF;
        SELECT d.table_id, d.theme INTO of_case FROM privacy_dossier d WHERE d.id = held.through_id;
    END IF;
    UPDATE casework_regieassignment
        SET vacant_since = GREATEST(since, LEAST(statement_timestamp(), access_until)),
            vacant_because = casework_why_vacant(held.user_id, of_case.table_id, of_case.theme)
        WHERE id = wanted;
    UPDATE privacy_grant SET revoked_at = now() WHERE given_for = 'regie:' || wanted AND revoked_at IS NULL;
    RETURN true;
END $$;

-- Somebody of whom something changed: what that person directs, and whose contact that person is.
CREATE FUNCTION casework_settle(person uuid, only_dossier uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE one uuid;
BEGIN
    FOR one IN SELECT r.id FROM casework_regieassignment r
            WHERE r.user_id = person AND r.until IS NULL AND r.vacant_since IS NULL
              AND (r.household_id IS NOT NULL OR r.kind = 'process')
              AND (only_dossier IS NULL OR r.dossier_id = only_dossier) ORDER BY r.household_id, r.id LOOP
        PERFORM casework_settle_regie(one);
    END LOOP;
    UPDATE casework_household h SET contact_id = NULL
        WHERE h.contact_id = person AND (only_dossier IS NULL OR h.dossier_id = only_dossier)
          AND NOT EXISTS (SELECT 1 FROM casework_regie_ground(h.id, person, NULL));
END $$;

CREATE FUNCTION casework_basis_ended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE one record;
BEGIN
    IF TG_TABLE_NAME = 'privacy_exclusion' THEN
        PERFORM casework_settle(NEW.user_id, NEW.dossier_id);
    ELSIF TG_TABLE_NAME = 'casework_householdcase' THEN
        PERFORM 1 FROM casework_household h WHERE h.id = NEW.household_id FOR UPDATE;
        FOR one IN SELECT r.user_id FROM casework_regieassignment r
                WHERE r.household_id = NEW.household_id AND r.until IS NULL
                UNION SELECT h.contact_id FROM casework_household h
                WHERE h.id = NEW.household_id AND h.contact_id IS NOT NULL LOOP
            PERFORM casework_settle(one.user_id, NEW.dossier_id);
        END LOOP;
    ELSE
        PERFORM casework_settle(NEW.user_id, NULL);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION casework_alarm_queued() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO privacy_job (id, kind, subject_id, state, attempts, not_before, made_at, last_error)
        VALUES (gen_random_uuid(), '{ALARM}', NEW.id, 'waiting', 0, now(), now(), '');
    RETURN NULL;
END $$;

-- What ends by a date ends without anybody's act: asked again and again by the system.
CREATE FUNCTION casework_watch_regie() RETURNS TABLE (dossier uuid, of_kind text, vacant boolean) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE one record;
BEGIN
    IF {ACTOR} IS DISTINCT FROM '{SYSTEM_ID}'::uuid THEN
        RAISE EXCEPTION 'only the system watches' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR one IN SELECT r.id, r.dossier_id, r.kind FROM casework_regieassignment r
            WHERE r.until IS NULL AND r.vacant_since IS NULL
              AND CASE WHEN r.household_id IS NOT NULL THEN NOT EXISTS (
                        SELECT 1 FROM casework_regie_ground(r.household_id, r.user_id, r.through_id) g
                        WHERE g.case_dossier = r.through_id AND g.ends IS NOT DISTINCT FROM r.access_until)
                    ELSE r.kind = 'process' AND NOT casework_process_stands(r.case_id, r.user_id) END
            ORDER BY r.household_id, r.id LOOP
        RETURN QUERY SELECT one.dossier_id, one.kind::text, casework_settle_regie(one.id);
    END LOOP;
    RETURN QUERY UPDATE casework_household h SET contact_id = NULL
        WHERE h.contact_id IS NOT NULL AND h.status = 'active'
          AND NOT EXISTS (SELECT 1 FROM casework_regie_ground(h.id, h.contact_id, NULL))
        RETURNING h.dossier_id, 'contact'::text, false;
END $$;

-- Who hears that nobody has the regie: who directs it now, or else who can give a seat.
CREATE FUNCTION casework_alarmed(of_regie uuid) RETURNS TABLE (dossier uuid, of_kind text, person uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE held record;
BEGIN
    IF {ACTOR} IS DISTINCT FROM '{SYSTEM_ID}'::uuid THEN
        RAISE EXCEPTION 'only the system sends word' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT r.* INTO held FROM casework_regieassignment r
        WHERE r.id = of_regie AND r.until IS NULL AND r.vacant_since IS NOT NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT held.dossier_id, held.kind::text, d FROM casework_directing(held.dossier_id) d
        WHERE d <> held.user_id;
    IF NOT FOUND THEN
        RETURN QUERY SELECT held.dossier_id, held.kind::text, u.id FROM partners_user u
            WHERE u.is_active AND 'beheerder' = ANY(u.roles);
    END IF;
END $$;

CREATE FUNCTION casework_directing(wanted uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT DISTINCT g.user_id FROM privacy_grant g JOIN partners_user u ON u.id = g.user_id AND u.is_active
    WHERE g.dossier_id = wanted AND g.directs AND g.revoked_at IS NULL AND NOT g.excluded
      AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())
$$;

-- Nobody answered in time: who offered it and who directs hear of it.
CREATE FUNCTION casework_offer_lapsed(wanted uuid) RETURNS TABLE (dossier uuid, person uuid) LANGUAGE plpgsql
STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF {ACTOR} IS DISTINCT FROM '{SYSTEM_ID}'::uuid THEN
        RAISE EXCEPTION 'only the system sends word' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT o.dossier_id, p FROM casework_handover o, LATERAL (
            SELECT o.offered_by_id AS p UNION SELECT d FROM casework_directing(o.dossier_id) d) people
        WHERE o.id = wanted AND o.answered_at IS NULL AND o.expires_at <= statement_timestamp()
          AND (EXISTS (SELECT 1 FROM casework_household h WHERE h.id = o.household_id AND h.status = 'active')
            OR EXISTS (SELECT 1 FROM casework_case c WHERE c.id = o.case_id AND c.status = 'open'));
END $$;
"""

# --- taking over -------------------------------------------------------------------------------------------------
# The receiver does not direct: everything is judged here. Answers with a word; anything but 'done' changed nothing.
TAKING = f"""
CREATE FUNCTION casework_take_over(wanted uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE offer record; held record; there record; made uuid := gen_random_uuid(); at timestamptz; cover uuid;
BEGIN
    SELECT o.* INTO offer FROM casework_handover o JOIN casework_household h
        ON h.id = o.household_id AND h.dossier_id = o.dossier_id WHERE o.id = wanted;
    IF NOT FOUND OR offer.to_id IS DISTINCT FROM {ACTOR} THEN
        RAISE EXCEPTION 'only who it was offered to takes it over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM 1 FROM partners_casetable t WHERE t.id IN (SELECT l.table_id FROM casework_householdcase l
        WHERE l.household_id = offer.household_id AND l.until IS NULL) ORDER BY t.id FOR SHARE;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('exclusion ' || offer.dossier_id, 0));
    PERFORM 1 FROM casework_participation p JOIN casework_householdcase l ON l.case_dossier_id = p.dossier_id
        WHERE l.household_id = offer.household_id AND p.user_id = {ACTOR} AND p.ended_at IS NULL
        ORDER BY p.id FOR SHARE OF p;
    PERFORM 1 FROM casework_household h WHERE h.id = offer.household_id FOR UPDATE;
    SELECT o.* INTO offer FROM casework_handover o WHERE o.id = wanted FOR UPDATE;
    SELECT r.* INTO held FROM casework_regieassignment r
        WHERE r.household_id = offer.household_id AND r.until IS NULL FOR UPDATE;
    IF NOT FOUND OR offer.answered_at IS NOT NULL OR offer.expires_at <= clock_timestamp() THEN
        RETURN 'over';
    END IF;
    IF held.user_id = {ACTOR} AND held.vacant_since IS NULL THEN
        RETURN 'has';
    END IF;
    SELECT * INTO there FROM casework_regie_ground(offer.household_id, {ACTOR}, NULL);
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    IF EXISTS (SELECT 1 FROM casework_householdcase l JOIN casework_case c ON c.dossier_id = l.case_dossier_id
            WHERE l.household_id = offer.household_id AND l.until IS NULL
              AND (EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = l.table_id AND s.user_id = {ACTOR}
                    AND s.role = 'procesregisseur' AND {SEAT_COUNTS})
                OR EXISTS (SELECT 1 FROM casework_regieassignment r WHERE r.case_id = c.id AND r.kind = 'process'
                    AND r.until IS NULL AND r.user_id = {ACTOR}))) THEN
        RETURN 'directs';
    END IF;
    at := GREATEST(clock_timestamp(), held.since);
    UPDATE casework_regieassignment SET until = at WHERE id = held.id;
    INSERT INTO casework_regieassignment (id, dossier_id, compartment_id, household_id, kind, user_id, since,
            through_id, access_until, vacant_because)
        VALUES (made, held.dossier_id, held.compartment_id, held.household_id, 'case', {ACTOR}, at,
            there.case_dossier, there.ends, '');
    UPDATE privacy_grant SET revoked_at = now() WHERE given_for = 'regie:' || held.id AND revoked_at IS NULL;
    INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
            may_write, directs, ground, given_by, given_for, given_at, valid_until, sort_at)
        SELECT gen_random_uuid(), {ACTOR}, p.id, d.id, c.id, d.kind, c.kind, there.at_table, there.of_theme, true,
            false, 'regie', {ACTOR}, 'regie:' || made, now(), there.ends, d.sort_at
        FROM privacy_dossier d JOIN privacy_compartment c ON c.dossier_id = d.id AND c.kind <> 'own'
        JOIN auth_permission p ON p.codename = 'contribute_dossier'
        JOIN django_content_type t ON t.id = p.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'
        WHERE d.id = held.dossier_id;
    UPDATE casework_handover SET accepted = true, answered_at = at WHERE id = wanted;
    RETURN 'done';
END $$;

-- Whom the family calls: somebody who takes part and whom every partner may know; empty is the casusregisseur.
CREATE FUNCTION casework_name_contact(wanted uuid, person uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE of_dossier uuid;
BEGIN
    SELECT h.dossier_id INTO of_dossier FROM casework_household h
        WHERE h.id = wanted AND h.status = 'active' FOR UPDATE;
    IF NOT FOUND OR NOT (privacy_directs(of_dossier) OR EXISTS (SELECT 1 FROM casework_regieassignment r
            WHERE r.household_id = wanted AND r.user_id = {ACTOR} AND r.until IS NULL AND r.vacant_since IS NULL
              AND EXISTS (SELECT 1 FROM casework_regie_ground(wanted, {ACTOR}, NULL)))) THEN
        RAISE EXCEPTION 'only who works on the whole names the contact' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF person IS NOT NULL AND NOT EXISTS (SELECT 1 FROM casework_regie_ground(wanted, person, NULL)) THEN
        RETURN false;
    END IF;
    UPDATE casework_household SET contact_id = person WHERE id = wanted;
    RETURN true;
END $$;
"""

RIGHTS = internal(
    "casework_hold_case()",
    "casework_is_bound(uuid, text)",
    "casework_regie_ground(uuid, uuid, uuid)",
    "casework_process_stands(uuid, uuid)",
    "casework_why_vacant(uuid, uuid, text)",
    "casework_settle_regie(uuid)",
    "casework_settle(uuid, uuid)",
    "casework_basis_ended()",
    "casework_alarm_queued()",
    "casework_directing(uuid)",
) + definer(
    "casework_watch_regie()",
    "casework_alarmed(uuid)",
    "casework_offer_lapsed(uuid)",
    "casework_take_over(uuid)",
    "casework_name_contact(uuid, uuid)",
    "casework_casusregisseur_at(uuid, uuid)",
    "casework_open_at(uuid[])",
)

TRIGGERS = """
CREATE TRIGGER casework_regieassignment_as_was BEFORE UPDATE ON casework_regieassignment
    FOR EACH ROW EXECUTE FUNCTION casework_regie_stands_as_was();
CREATE TRIGGER casework_regieassignment_alarm AFTER UPDATE OF vacant_since ON casework_regieassignment
    FOR EACH ROW WHEN (OLD.vacant_since IS NULL AND NEW.vacant_since IS NOT NULL)
    EXECUTE FUNCTION casework_alarm_queued();
CREATE TRIGGER casework_householdcase_hold AFTER INSERT ON casework_householdcase
    FOR EACH ROW EXECUTE FUNCTION casework_hold_case();
CREATE TRIGGER casework_householdcase_ended AFTER UPDATE OF until ON casework_householdcase
    FOR EACH ROW WHEN (OLD.until IS NULL AND NEW.until IS NOT NULL) EXECUTE FUNCTION casework_basis_ended();
CREATE TRIGGER casework_participation_ended AFTER UPDATE OF ended_at ON casework_participation
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION casework_basis_ended();
CREATE TRIGGER casework_seat_ended AFTER UPDATE OF ended_at ON partners_seat
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION casework_basis_ended();
CREATE TRIGGER casework_exclusion_set AFTER INSERT ON privacy_exclusion
    FOR EACH ROW EXECUTE FUNCTION casework_basis_ended();
"""

# An offer is made by who directs or has the regie, in that person's own name; an answer is the receiver's. That it was
# accepted is said by casework_take_over alone, when it did it.
HAS_REGIE = f"""EXISTS (SELECT 1 FROM casework_regieassignment r
        WHERE r.household_id = casework_handover.household_id AND r.dossier_id = casework_handover.dossier_id
          AND r.user_id = {ACTOR} AND r.until IS NULL AND r.vacant_since IS NULL)"""
OFFERS = f"""
CREATE POLICY offers ON casework_handover AS RESTRICTIVE FOR INSERT WITH CHECK (
    offered_by_id = {ACTOR} AND accepted IS NULL AND answered_at IS NULL
    AND ({directed("casework_handover")} OR {HAS_REGIE}));
CREATE POLICY answers ON casework_handover AS RESTRICTIVE FOR UPDATE
    USING (answered_at IS NULL AND (to_id = {ACTOR} OR {directed("casework_handover")} OR {HAS_REGIE}))
    WITH CHECK (CASE WHEN to_id = {ACTOR} THEN accepted IS NOT TRUE OR case_id IS NOT NULL ELSE accepted IS NULL END);
REVOKE UPDATE ON casework_handover FROM {APP};
GRANT UPDATE (answered_at, accepted, answer, reason, version) ON casework_handover TO {APP};
"""

EVERYTHING = HISTORY + RESTING + SETTLING + TAKING + COUNTS + HOLDING + RIGHTS + IN_HANDS + TRIGGERS + OFFERS
