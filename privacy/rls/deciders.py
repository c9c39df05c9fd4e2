"""Open proposals are read by who may decide them now, and by nobody who no longer may.

Who decides for whom changes: a beheerder says so, a seat, a participation or a regie ends, a mandate lapses. What
somebody was given to decide on ends in the same statement; only who was newly given an authority gets what already
waits.
"""

from __future__ import annotations

from privacy.rls.regie import TODAY
from privacy.rls.spelling import ACTOR, ROLES, THEMES
from privacy.rls.tables import definer, internal

GROUND = "besluit"
# A proposal that nobody answers is no access for ever; `proposing.WAITS` says the same.
WAITS = "interval '90 days'"

MAY = f"""
-- Whether somebody may decide this proposal today: as one of its authorities, or by a mandate that counts.
CREATE FUNCTION escalation_may_decide(wanted uuid, person uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
DECLARE p escalation_proposal; held text[];
BEGIN
    SELECT * INTO p FROM escalation_proposal x WHERE x.id = wanted;
    held := escalation_held(p.standing_id, person);
    RETURN held && p.authorities::text[] OR EXISTS (
        SELECT 1 FROM escalation_standing s JOIN casework_case k ON k.id = s.case_id
        JOIN escalation_mandate m ON m.table_id = k.table_id
        WHERE s.id = p.standing_id AND m.giver = ANY(p.authorities) AND m."to" = ANY(p.mandated)
          AND m."to" = ANY(held) AND m.ended_at IS NULL AND m.since <= {TODAY}
          AND (m.until IS NULL OR m.until >= {TODAY}));
END $$;
"""

ENDING = """
-- Ends what somebody was given to decide on, as far as that is over; returns how many proposals.
CREATE FUNCTION escalation_let_go(person uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    UPDATE privacy_grant g SET revoked_at = statement_timestamp()
        FROM escalation_proposal p
        WHERE g.user_id = person AND g.revoked_at IS NULL AND g.given_for = 'proposal:' || p.id AND p.outcome = ''
          AND p.dossier_id = g.dossier_id AND NOT escalation_may_decide(p.id, person);
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

CREATE FUNCTION escalation_let_go_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    PERFORM escalation_let_go(NEW.user_id);
    RETURN NULL;
END $$;

-- With the last seat at a table ends that somebody decides for anybody there: a later seat does not bring it back.
CREATE FUNCTION escalation_seat_went() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE escalation_holder h SET ended_at = NEW.ended_at
        WHERE h.table_id = NEW.table_id AND h.user_id = NEW.user_id AND h.ended_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = NEW.table_id AND s.user_id = NEW.user_id
              AND s.ended_at IS NULL AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()));
    PERFORM escalation_let_go(NEW.user_id);
    RETURN NULL;
END $$;
"""

SETTLING = f"""
-- After a beheerder changed who decides at a table: lets these people have what waits for them now, and nothing else.
-- Returns who got something.
CREATE FUNCTION escalation_settle(wanted_table uuid, people uuid[]) RETURNS TABLE (reached uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder says who decides' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM escalation_let_go(one) FROM unnest(people) one;
    RETURN QUERY WITH waiting AS (
        SELECT p.id, p.dossier_id, p.compartment_id FROM escalation_proposal p
        JOIN escalation_standing s ON s.id = p.standing_id JOIN casework_case k ON k.id = s.case_id
        WHERE k.table_id = wanted_table AND k.status = 'open' AND p.outcome = '' FOR SHARE OF p
    ), given AS (
        INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
            may_write, directs, ground, given_by, given_for, given_at, valid_until, sort_at)
        SELECT gen_random_uuid(), one, t.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme, false, false, '{GROUND}',
            {ACTOR}, 'proposal:' || w.id, statement_timestamp(), statement_timestamp() + {WAITS}, d.sort_at
        FROM waiting w JOIN privacy_dossier d ON d.id = w.dossier_id AND d.destroyed_at IS NULL
            AND d.shielded_at IS NULL
        JOIN privacy_compartment c ON c.id = w.compartment_id CROSS JOIN unnest(people) one
        JOIN auth_permission t ON t.codename = 'view_dossier'
        JOIN django_content_type y ON y.id = t.content_type_id AND y.app_label = 'privacy' AND y.model = 'dossier'
        WHERE escalation_may_decide(w.id, one)
          AND NOT EXISTS (SELECT 1 FROM privacy_exclusion e WHERE e.dossier_id = d.id AND e.user_id = one
              AND e.ended_at IS NULL)
        ON CONFLICT DO NOTHING
        RETURNING user_id
    ) SELECT DISTINCT g.user_id FROM given g;
END $$;
"""

BY_MANDATE = """
-- By mandate decides only who the rung names, whatever other mandates there are; and a proposal keeps whom it names.
CREATE FUNCTION escalation_by_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.mandated IS DISTINCT FROM OLD.mandated OR NEW.mandate_of <> '' AND NOT NEW.authority = ANY(NEW.mandated) THEN
        RAISE EXCEPTION 'no such mandate' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER escalation_by_mandate BEFORE UPDATE ON escalation_proposal
    FOR EACH ROW EXECUTE FUNCTION escalation_by_mandate();
"""

CLOSING = """
-- Nobody decides about a case that is closed: what waits is over, for who directs to read and for nobody else.
CREATE FUNCTION escalation_case_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    WITH over AS (
        UPDATE escalation_proposal p SET outcome = 'overtaken', answered_at = statement_timestamp()
            FROM escalation_standing s WHERE s.id = p.standing_id AND s.case_id = NEW.id AND p.outcome = ''
            RETURNING p.id
    ) UPDATE privacy_grant g SET revoked_at = statement_timestamp() FROM over
        WHERE g.given_for = 'proposal:' || over.id AND g.revoked_at IS NULL;
    RETURN NULL;
END $$;
"""

TOO_LATE = f"""
-- Whether somebody else's answer took this proposal from the actor: who comes second is told so, and nothing more.
CREATE FUNCTION escalation_too_late(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM escalation_proposal p JOIN privacy_grant g ON g.given_for = 'proposal:' || p.id
        AND g.dossier_id = p.dossier_id
        WHERE p.id = wanted AND p.outcome <> '' AND g.user_id = {ACTOR} AND g.revoked_at >= p.answered_at
          AND NOT g.excluded AND g.theme = ANY({THEMES}));
END $$;
"""

SEAT_UNTIL = """
-- What somebody is given to decide on ends with their seat at that table, also when nobody gets round to ending it.
CREATE FUNCTION escalation_until_seat_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    NEW.valid_until := LEAST(NEW.valid_until, (
        SELECT CASE WHEN bool_and(s.valid_until IS NOT NULL) THEN max(s.valid_until) END FROM partners_seat s
        WHERE s.table_id = NEW.table_id AND s.user_id = NEW.user_id AND s.ended_at IS NULL));
    RETURN NEW;
END $$;
CREATE TRIGGER escalation_until_seat_ends BEFORE INSERT ON privacy_grant FOR EACH ROW
    WHEN (NEW.given_for LIKE 'proposal:%') EXECUTE FUNCTION escalation_until_seat_ends();
"""

HANGING = """
CREATE TRIGGER escalation_let_go AFTER UPDATE OF ended_at ON escalation_holder FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION escalation_let_go_after();
CREATE TRIGGER escalation_let_go AFTER UPDATE OF ended_at ON casework_participation FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION escalation_let_go_after();
CREATE TRIGGER escalation_let_go AFTER UPDATE OF until, vacant_since ON casework_regieassignment FOR EACH ROW
    WHEN (NEW.kind = 'case' AND OLD.until IS NULL AND (NEW.until IS NOT NULL OR NEW.vacant_since IS NOT NULL))
    EXECUTE FUNCTION escalation_let_go_after();
CREATE TRIGGER escalation_case_closed AFTER UPDATE OF status ON casework_case FOR EACH ROW
    WHEN (OLD.status = 'open' AND NEW.status <> 'open') EXECUTE FUNCTION escalation_case_closed();
CREATE TRIGGER escalation_seat_went AFTER UPDATE OF ended_at ON partners_seat FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION escalation_seat_went();
"""

EVERYTHING = (
    MAY
    + ENDING
    + SETTLING
    + BY_MANDATE
    + CLOSING
    + TOO_LATE
    + SEAT_UNTIL
    + internal(
        "escalation_may_decide(uuid, uuid)",
        "escalation_let_go(uuid)",
        "escalation_let_go_after()",
        "escalation_seat_went()",
        "escalation_case_closed()",
        "escalation_until_seat_ends()",
    )
    + definer("escalation_settle(uuid, uuid[])", "escalation_too_late(uuid)")
    + HANGING
)
