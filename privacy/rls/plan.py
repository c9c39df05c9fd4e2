"""The plan of a household: who works on the whole of it, who takes part, and safety before recovery."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ORGANISATION, VALID
from privacy.rls.tables import definer, internal

# Who may write in the part of the regie: the casusregisseur, and the procesregisseurs of the cases about it. The policy
# of the grants shows the reader's own and valid ones only.
WHOLE = (
    "EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = {table}.dossier_id "
    "AND g.part = 'regie' AND g.may_write OFFSET 0)"
)


def only_whole_writes(table: str) -> str:
    """A partner may write in its own line; what the plan says of partners, only who works on the whole says there."""
    whole = WHOLE.format(table=table)
    return f"""
    CREATE POLICY whole_adds ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({whole});
    CREATE POLICY whole_changes ON {table} AS RESTRICTIVE FOR UPDATE USING ({whole});
    """


# Who says yes or no for an organisation is one of its own people.
CONSENTS = f"""
CREATE POLICY own_word ON casework_planconsent AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = {ORGANISATION} AND user_id = {ACTOR});
CREATE POLICY own_change ON casework_planconsent AS RESTRICTIVE FOR UPDATE USING (organisation_id = {ORGANISATION});
"""

# An action in somebody's name, or of another organisation, is given by who works on the whole.
OWN_ACTIONS = f"""
CREATE POLICY own_action ON casework_action AS RESTRICTIVE FOR INSERT WITH CHECK (
    organisation_id = {ORGANISATION} AND user_id = {ACTOR} OR {WHOLE.format(table="casework_action")});
CREATE POLICY own_report ON casework_action AS RESTRICTIVE FOR UPDATE USING (
    organisation_id = {ORGANISATION} OR {WHOLE.format(table="casework_action")});
"""

# The casusregisseur takes part in one case; the plan is of all of them. Of who takes part unseen, only who directs that
# case hears. Access to a goal ends for one organisation alone, whatever else its people hold for their participation.
PEOPLE = f"""
CREATE FUNCTION casework_works_on(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = wanted AND g.part = 'regie'
        AND g.may_write AND g.user_id = {ACTOR} AND {VALID})
$$;

CREATE FUNCTION casework_people_of_household(wanted uuid) RETURNS TABLE (
    participation_id uuid, user_id uuid, organisation_id uuid, ground text, until timestamptz, case_dossier_id uuid,
    table_id uuid, theme text, profile text, profile_version text, hidden boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.id, p.user_id, p.organisation_id, p.ground, p.until, c.dossier_id, l.table_id, l.theme,
        c.profile, c.profile_version, part.kind <> 'table'
    FROM casework_householdcase l
    JOIN casework_case c ON c.dossier_id = l.case_dossier_id
    JOIN casework_participation p ON p.case_id = c.id AND p.ended_at IS NULL
        AND (p.until IS NULL OR p.until > statement_timestamp())
    JOIN privacy_compartment part ON part.id = p.compartment_id
    WHERE l.dossier_id = wanted AND l.until IS NULL AND casework_works_on(wanted)
      AND (part.kind = 'table' OR privacy_directs(c.dossier_id))
      AND EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = l.table_id AND s.user_id = p.user_id
          AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
          AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()))
    ORDER BY p.since, p.id
$$;

CREATE FUNCTION casework_end_concern(wanted_goal uuid, of_organisation uuid) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE ended integer; goal record;
BEGIN
    SELECT g.dossier_id, g.compartment_id INTO goal FROM casework_goal g WHERE g.id = wanted_goal;
    IF NOT FOUND OR NOT casework_works_on(goal.dossier_id) THEN
        RAISE EXCEPTION 'only who works on the whole plan ends this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_grant g SET revoked_at = now() FROM partners_user u
        WHERE g.compartment_id = goal.compartment_id AND g.revoked_at IS NULL AND u.id = g.user_id
          AND u.organisation_id = of_organisation AND g.given_for ~ '^(participation|goal):';
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
"""

# Vision of phased care: recovery does not begin while somebody is in direct danger, unless a regisseur decides so. What
# goes on in another plan began before.
PHASES = """
CREATE FUNCTION casework_safety_first() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW.phase = 'recovery' AND NEW.status = 'open'
        AND (TG_OP = 'UPDATE' OR NEW.follows IS NULL)
        AND (TG_OP = 'INSERT' OR OLD.status <> 'open' OR OLD.phase <> 'recovery')
        AND EXISTS (SELECT 1 FROM casework_goal g WHERE g.household_id = NEW.household_id AND g.id <> NEW.id
            AND g.phase = 'direct' AND g.status IN ('proposed', 'open'))
        AND NOT EXISTS (SELECT 1 FROM casework_phasedecision d WHERE d.goal_id = NEW.id) THEN
        RAISE EXCEPTION 'recovery waits for direct safety' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_goal_safety_first BEFORE INSERT OR UPDATE ON casework_goal
    FOR EACH ROW EXECUTE FUNCTION casework_safety_first();
"""

RIGHTS = internal("casework_works_on(uuid)", "casework_safety_first()") + definer(
    "casework_people_of_household(uuid)", "casework_end_concern(uuid, uuid)"
)
