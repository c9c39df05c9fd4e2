"""A shorter term of a table, for what is there already: asked by one person, agreed to by another, computed here.

Nothing that is handed in is a date or a dossier: the day is first processing with the years of the table, never later
than it was, and never sooner than `GRACE` days from now, so that a regisseur has time to object. What was extended was
decided apart (WGS 1.8(7): five years, unless), and is left alone.
"""

from __future__ import annotations

from privacy.actor import SYSTEM_ID
from privacy.rls.destroying import TODAY
from privacy.rls.retention import holds
from privacy.rls.spelling import ACTOR, APP, ROLES
from privacy.rls.tables import definer, force, internal

GRACE = 30
LONGEST = 5
_SYSTEM = f"{ACTOR} = '{SYSTEM_ID}'"

# Signals and cases of the table; a household follows the last of its cases, as everywhere.
NEARER = f"""
CREATE FUNCTION privacy_terms_nearer(wanted uuid, kept_years integer) RETURNS TABLE (id uuid, kind text, goes date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE soonest date := {TODAY} + {GRACE};
BEGIN
    RETURN QUERY WITH moved AS (
        SELECT d.id, d.kind::text AS kind,
            greatest((d.first_processed_on + make_interval(years => kept_years))::date, soonest) AS goes
        FROM privacy_dossier d
        WHERE d.table_id = wanted AND d.kind IN ('signal', 'case') AND d.destroyed_at IS NULL
          AND d.retain_until <= d.first_processed_on + interval '{LONGEST} years'
          AND d.retain_until > greatest((d.first_processed_on + make_interval(years => kept_years))::date, soonest)
    ), homes AS (
        SELECT l.dossier_id AS id, max(COALESCE(m.goes, c.retain_until)) AS goes
        FROM casework_householdcase l JOIN privacy_dossier c ON c.id = l.case_dossier_id
            LEFT JOIN moved m ON m.id = c.id
        WHERE l.until IS NULL GROUP BY l.dossier_id HAVING bool_or(m.id IS NOT NULL)
    )
    SELECT m.id, m.kind, m.goes FROM moved m
    UNION ALL SELECT h.id, h.kind::text, homes.goes FROM homes JOIN privacy_dossier h ON h.id = homes.id
        WHERE h.destroyed_at IS NULL AND h.retain_until > homes.goes
          AND h.retain_until <= h.first_processed_on + interval '{LONGEST} years';
END $$;
{internal("privacy_terms_nearer(uuid, integer)")}
"""

CHANGES = f"""
-- How many go sooner, and how many of them within the days of grace: counts, and nothing of whom one is kept away from.
CREATE FUNCTION privacy_term_effect(wanted uuid, years integer) RETURNS TABLE (kind text, number bigint, soon bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT ({holds("privacy_officer")} OR {holds("beheerder")}) THEN
        RAISE EXCEPTION 'only who manages retention' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT n.kind, count(*), count(*) FILTER (WHERE n.goes <= {TODAY} + {GRACE})
        FROM privacy_terms_nearer(wanted, years) n WHERE NOT privacy_kept_away(ARRAY[n.id]) GROUP BY n.kind ORDER BY 1;
END $$;

-- The beheerder asks for the years that the table has now; false when that was asked already, or there are none.
CREATE FUNCTION privacy_term_ask(made uuid, wanted uuid, by_name text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE set_years integer;
BEGIN
    IF NOT {holds("beheerder")} THEN
        RAISE EXCEPTION 'only the beheerder' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT t.retention_years INTO set_years FROM partners_casetable t WHERE t.id = wanted FOR SHARE;
    IF set_years IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO privacy_termchange (id, table_id, years, asked_by, asked_by_name, asked_at, answered_by_name)
        VALUES (made, wanted, set_years, {ACTOR}, by_name, now(), '') ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;

-- The officer agrees or does not; false when it was answered or overtaken. Never who asked: the table holds that too.
CREATE FUNCTION privacy_term_answer(wanted uuid, agrees boolean, by_name text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT {holds("privacy_officer")} THEN
        RAISE EXCEPTION 'only the privacy officer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_termchange SET answered_by = {
    ACTOR
}, answered_by_name = by_name, answered_at = now(), agreed = agrees
        WHERE id = wanted AND answered_at IS NULL;
    RETURN FOUND;
END $$;

-- Brings the terms nearer, once, all in this transaction; gives the dossiers to the log.
CREATE FUNCTION privacy_term_carry_out(wanted uuid) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE change record; one record;
BEGIN
    IF NOT {_SYSTEM} THEN
        RAISE EXCEPTION 'only a job' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO change FROM privacy_termchange c WHERE c.id = wanted AND c.agreed AND c.carried_out_at IS NULL
        AND c.answered_by <> c.asked_by FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    FOR one IN SELECT n.id, n.goes FROM privacy_terms_nearer(change.table_id, change.years) n LOOP
        UPDATE privacy_dossier d SET retain_until = one.goes WHERE d.id = one.id AND d.retain_until > one.goes;
        UPDATE casework_case c SET retain_until = one.goes WHERE c.dossier_id = one.id AND c.retain_until > one.goes;
        RETURN NEXT one.id;
    END LOOP;
    UPDATE privacy_termchange SET carried_out_at = now() WHERE id = wanted;
END $$;
{
    definer(
        "privacy_term_effect(uuid, integer)",
        "privacy_term_ask(uuid, uuid, text)",
        "privacy_term_answer(uuid, boolean, text)",
        "privacy_term_carry_out(uuid)",
    )
}
"""

TABLES = f"""
{force("privacy_termchange")}
CREATE POLICY reads ON privacy_termchange FOR SELECT USING (
    'privacy_officer' = ANY({ROLES}) OR 'beheerder' = ANY({ROLES}) OR {_SYSTEM});
REVOKE INSERT, UPDATE, DELETE ON privacy_termchange FROM {APP};
"""
EVERYTHING = TABLES + NEARER + CHANGES

# Said where the tables are (a migration of partners). What was asked for other years is over.
YEARS = f"""
CREATE FUNCTION partners_years_by_beheerder() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF current_user = '{APP}' AND NEW.retention_years IS DISTINCT FROM
       (CASE TG_OP WHEN 'UPDATE' THEN OLD.retention_years END) AND NOT {holds("beheerder")} THEN
        RAISE EXCEPTION 'only the beheerder' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER partners_casetable_years BEFORE INSERT OR UPDATE OF retention_years ON partners_casetable
    FOR EACH ROW EXECUTE FUNCTION partners_years_by_beheerder();

CREATE FUNCTION partners_years_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    DELETE FROM privacy_termchange WHERE table_id = NEW.id AND answered_at IS NULL AND years IS DISTINCT FROM
        NEW.retention_years;
    RETURN NULL;
END $$;
{internal("partners_years_changed()")}
CREATE TRIGGER partners_casetable_years_changed AFTER UPDATE OF retention_years ON partners_casetable
    FOR EACH ROW EXECUTE FUNCTION partners_years_changed();
"""
