"""A household that runs is whole: one plan and at least one open case, whoever closes, merges or splits what.

Deferred to the end of the transaction: within an act a household may be without for a moment.
"""

from __future__ import annotations

from privacy.rls.tables import as_maintenance, definer, internal

# The row of the household is held, so that of two who each take a case away at the same moment the second sees it.
WHOLE = """
CREATE FUNCTION casework_keep_whole(of_household uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    PERFORM 1 FROM casework_household h WHERE h.id = of_household AND h.status = 'active' FOR UPDATE;
    IF FOUND AND NOT (EXISTS (SELECT 1 FROM casework_plan p WHERE p.household_id = of_household)
            AND EXISTS (SELECT 1 FROM casework_householdcase l
                JOIN casework_case c ON c.dossier_id = l.case_dossier_id AND c.status = 'open'
                WHERE l.household_id = of_household AND l.until IS NULL)) THEN
        RAISE EXCEPTION 'a household that runs has a plan and an open case' USING ERRCODE = 'exclusion_violation';
    END IF;
END $$;

CREATE FUNCTION casework_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_TABLE_NAME = 'casework_household' THEN
        PERFORM casework_keep_whole(NEW.id);
    ELSIF TG_TABLE_NAME = 'casework_case' THEN
        PERFORM casework_keep_whole(l.household_id) FROM casework_householdcase l
            WHERE l.case_dossier_id = NEW.dossier_id AND l.until IS NULL ORDER BY l.household_id;
    ELSE
        PERFORM casework_keep_whole(OLD.household_id);
    END IF;
    RETURN NULL;
END $$;
"""

# Who was planned in a household that closes is so no longer; one that went into another takes its plan there.
PLANNED = """
CREATE FUNCTION casework_plan_went() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE casework_member m SET planned_in_id = NULLIF(NEW.merged_into_id, m.dossier_id)
        WHERE m.planned_in_id = NEW.dossier_id AND m.until IS NULL;
    RETURN NULL;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER casework_household_plan_went AFTER UPDATE OF status ON casework_household
    FOR EACH ROW WHEN (OLD.status = 'active' AND NEW.status = 'closed') EXECUTE FUNCTION casework_plan_went();
CREATE CONSTRAINT TRIGGER casework_household_whole AFTER INSERT OR UPDATE OF status ON casework_household
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_whole();
CREATE CONSTRAINT TRIGGER casework_householdcase_whole AFTER UPDATE OR DELETE ON casework_householdcase
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_whole();
CREATE CONSTRAINT TRIGGER casework_plan_whole AFTER UPDATE OF household_id OR DELETE ON casework_plan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_whole();
CREATE CONSTRAINT TRIGGER casework_case_whole AFTER UPDATE OF status ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_whole();
"""

# Who merges closes a household before its cases come to the other: what that takes is held before any row is.
HOLDING = """
CREATE FUNCTION casework_hold_exclusions(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF privacy_directs(wanted) THEN
        PERFORM privacy_hold_linked(wanted);
    END IF;
END $$;
"""

# Access to a goal is given for a participation, or a regie: whoever ends that, or the seat under it, waits or is seen.
PEOPLE = """
CREATE FUNCTION casework_hold_people(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT casework_works_on(wanted) THEN
        RETURN;
    END IF;
    PERFORM 1 FROM partners_casetable t WHERE t.id IN (SELECT l.table_id FROM casework_householdcase l
        WHERE l.dossier_id = wanted AND l.until IS NULL) ORDER BY t.id FOR SHARE;
    PERFORM 1 FROM casework_participation p JOIN casework_householdcase l ON l.case_dossier_id = p.dossier_id
        WHERE l.dossier_id = wanted AND l.until IS NULL AND p.ended_at IS NULL ORDER BY p.id FOR SHARE OF p;
    PERFORM 1 FROM casework_household h WHERE h.dossier_id = wanted FOR KEY SHARE;
END $$;
"""

# What goes on in another plan began before: so it must really be there, going, in another household.
SAFETY_FIRST = as_maintenance("""
CREATE OR REPLACE FUNCTION casework_safety_first() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NEW.phase = 'recovery' AND NEW.status = 'open'
        AND (TG_OP = 'INSERT' OR OLD.status <> 'open' OR OLD.phase <> 'recovery')
        AND (TG_OP = 'UPDATE' OR NOT EXISTS (SELECT 1 FROM casework_goal f WHERE f.id = NEW.follows
            AND f.household_id <> NEW.household_id AND f.phase = 'recovery' AND f.status = 'open'))
        AND EXISTS (SELECT 1 FROM casework_goal g WHERE g.household_id = NEW.household_id AND g.id <> NEW.id
            AND g.phase = 'direct' AND g.status IN ('proposed', 'open'))
        AND NOT EXISTS (SELECT 1 FROM casework_phasedecision d WHERE d.goal_id = NEW.id) THEN
        RAISE EXCEPTION 'recovery waits for direct safety' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
""")

RIGHTS = internal("casework_keep_whole(uuid)", "casework_whole()", "casework_plan_went()") + definer(
    "casework_hold_exclusions(uuid)", "casework_hold_people(uuid)"
)
EVERYTHING = WHOLE + PLANNED + HOLDING + PEOPLE + RIGHTS + TRIGGERS + SAFETY_FIRST
