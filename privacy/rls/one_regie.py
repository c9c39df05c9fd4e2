"""Never two, never a gap, and what stands, stands: the rules that every row of the regie keeps."""

from __future__ import annotations

SEAT_COUNTS = "s.ended_at IS NULL AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())"
# Two machines whose clocks differ a little are no forgery.
CLOCKS = "interval '5 minutes'"

HISTORY = f"""
CREATE FUNCTION casework_regie_stands_as_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until IS NOT NULL OR (NEW.user_id, NEW.kind, NEW.since, NEW.dossier_id, NEW.compartment_id)
            IS DISTINCT FROM (OLD.user_id, OLD.kind, OLD.since, OLD.dossier_id, OLD.compartment_id)
        OR NEW.household_id IS DISTINCT FROM OLD.household_id OR NEW.case_id IS DISTINCT FROM OLD.case_id
        OR OLD.vacant_since IS NOT NULL AND NEW.vacant_since IS DISTINCT FROM OLD.vacant_since THEN
        RAISE EXCEPTION 'who had the regie stands as it was' USING ERRCODE = 'exclusion_violation';
    END IF;
    -- Who waited for this regie to be given asks for a moment before it began.
    NEW.until := GREATEST(NEW.until, CASE WHEN NEW.until IS NOT NULL THEN OLD.since END);
    IF NEW.until > clock_timestamp() + {CLOCKS} THEN
        RAISE EXCEPTION 'a regie does not end later' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# The row of the household or the case is held, so that of two at the same moment the second sees the first. A row
# belongs to the dossier it stands in, the first regie begins with what it is about, a procesregisseur is whoever has
# the seat, and who left in fact stands in nobody's way.
KEEPING = f"""
CREATE FUNCTION casework_keep_apart(of_household uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    PERFORM 1 FROM casework_household h WHERE h.id = of_household FOR UPDATE;
    IF EXISTS (SELECT 1 FROM casework_regieassignment own
            JOIN casework_householdcase l ON l.household_id = own.household_id AND l.until IS NULL
            JOIN casework_case c ON c.dossier_id = l.case_dossier_id
            WHERE own.household_id = of_household AND own.until IS NULL AND own.vacant_since IS NULL
              AND (EXISTS (SELECT 1 FROM casework_regieassignment process WHERE process.case_id = c.id
                    AND process.kind = 'process' AND process.until IS NULL AND process.user_id = own.user_id)
                OR EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = l.table_id AND s.user_id = own.user_id
                    AND s.role = 'procesregisseur' AND {SEAT_COUNTS}))) THEN
        RAISE EXCEPTION 'who directs the process is never the casusregisseur' USING ERRCODE = 'exclusion_violation';
    END IF;
END $$;

CREATE FUNCTION casework_keep_regie() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE before timestamptz; begun timestamptz; linked uuid;
BEGIN
    IF NEW.dossier_id IS DISTINCT FROM COALESCE(
            (SELECT h.dossier_id FROM casework_household h WHERE h.id = NEW.household_id),
            (SELECT c.dossier_id FROM casework_case c WHERE c.id = NEW.case_id)) THEN
        RAISE EXCEPTION 'a regie stands in the dossier that it is about' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.until IS NOT NULL THEN
        RETURN NULL;
    END IF;
    IF NEW.household_id IS NOT NULL THEN
        PERFORM casework_keep_apart(NEW.household_id);
        SELECT max(r.until) INTO before FROM casework_regieassignment r
            WHERE r.household_id = NEW.household_id AND r.id <> NEW.id;
        SELECT h.opened_at INTO begun FROM casework_household h WHERE h.id = NEW.household_id;
    ELSE
        PERFORM 1 FROM casework_case c WHERE c.id = NEW.case_id FOR UPDATE;
        IF EXISTS (SELECT 1 FROM casework_regieassignment r WHERE r.case_id = NEW.case_id AND r.until IS NULL
                AND r.kind <> NEW.kind AND r.user_id = NEW.user_id) THEN
            RAISE EXCEPTION 'who directs the process is never the casusregisseur' USING ERRCODE = 'exclusion_violation';
        END IF;
        FOR linked IN SELECT l.household_id FROM casework_householdcase l
                WHERE l.case_dossier_id = NEW.dossier_id AND l.until IS NULL ORDER BY 1 LOOP
            IF NEW.kind = 'case' THEN
                RAISE EXCEPTION 'the regie is with the household' USING ERRCODE = 'exclusion_violation';
            END IF;
            PERFORM casework_keep_apart(linked);
        END LOOP;
        IF NEW.kind = 'process' THEN
            SELECT max(r.until) INTO before FROM casework_regieassignment r
                WHERE r.case_id = NEW.case_id AND r.kind = 'process' AND r.id <> NEW.id;
            SELECT c.opened_at INTO begun FROM casework_case c WHERE c.id = NEW.case_id;
        END IF;
    END IF;
    IF before IS NOT NULL AND NEW.since <> before OR before IS NULL AND NEW.since > begun
       OR NEW.since > clock_timestamp() + {CLOCKS} THEN
        RAISE EXCEPTION 'the regie goes on from where it ended: no gap and no overlap'
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION casework_one_regisseur() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE of_household uuid; of_case uuid; there integer;
BEGIN
    IF TG_TABLE_NAME = 'casework_household' THEN
        of_household := NEW.id;
    ELSIF TG_TABLE_NAME = 'casework_case' THEN
        of_case := NEW.id;
    ELSE
        of_household := OLD.household_id;
        of_case := CASE WHEN OLD.kind = 'process' THEN OLD.case_id END;
        IF TG_OP = 'DELETE' AND (EXISTS (SELECT 1 FROM casework_household h WHERE h.id = OLD.household_id)
                OR EXISTS (SELECT 1 FROM casework_case c WHERE c.id = OLD.case_id)) THEN
            RAISE EXCEPTION 'who had the regie stands as it was' USING ERRCODE = 'exclusion_violation';
        END IF;
    END IF;
    SELECT count(*) INTO there FROM casework_regieassignment r WHERE r.until IS NULL
        AND (r.household_id = of_household OR r.case_id = of_case AND r.kind = 'process');
    IF there <> 1 AND (EXISTS (SELECT 1 FROM casework_household h WHERE h.id = of_household AND h.status = 'active')
            OR EXISTS (SELECT 1 FROM casework_case c WHERE c.id = of_case AND c.status = 'open')) THEN
        RAISE EXCEPTION 'there is always exactly one regisseur' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;
"""

# Comes before casework_householdcase_linked, by its name. Whoever takes the regie of the case at this moment waits, and
# then finds the household.
HOLDING = """
CREATE FUNCTION casework_hold_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM casework_household h
            WHERE h.id = NEW.household_id AND h.dossier_id = NEW.dossier_id) THEN
        RAISE EXCEPTION 'a link stands in the dossier of its household' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM 1 FROM casework_case c WHERE c.dossier_id = NEW.case_dossier_id FOR SHARE;
    RETURN NULL;
END $$;
"""
