"""The day on which a dossier goes is set by functions that compute it, and by nobody's own hand.

Who directs a dossier could otherwise bring its day to today: it would look due to both who make and check the list.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP
from privacy.rls.tables import as_maintenance, definer

# Theme and profile say at least a year (`least=1` in their files): nothing of the table is founded to go sooner.
GUARDS = f"""
REVOKE UPDATE (first_processed_on, retain_until) ON privacy_dossier FROM {APP};
CREATE OR REPLACE FUNCTION privacy_keep_term() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF current_user <> '{APP}' THEN
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' AND (NEW.retain_until, NEW.first_processed_on)
            IS DISTINCT FROM (OLD.retain_until, OLD.first_processed_on) THEN
        RAISE EXCEPTION 'a term is set by what computes it' USING ERRCODE = 'insufficient_privilege';
    ELSIF TG_OP = 'INSERT' AND NEW.kind IN ('case', 'signal', 'household')
          AND NEW.retain_until < NEW.first_processed_on + interval '1 year' THEN
        RAISE EXCEPTION 'no term is that short' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER privacy_dossier_term ON privacy_dossier;
CREATE TRIGGER privacy_dossier_term BEFORE INSERT OR UPDATE OF retain_until, first_processed_on ON privacy_dossier
    FOR EACH ROW EXECUTE FUNCTION privacy_keep_term();
"""

# A signal that its founder dates back brings nothing forward: then the day counts on which it really came to be.
_CAME_ON = f"""CASE WHEN s.created_by <> {ACTOR} THEN s.first_processed_on ELSE greatest(s.first_processed_on,
    (SELECT min(r.at) AT TIME ZONE 'Europe/Amsterdam' FROM privacy_rowchange r
     WHERE r.xact = s.founded_in::text::bigint AND r.row_id = s.id AND r.table_name = 'privacy_dossier')::date) END"""

FUNCTIONS = f"""
-- The same day, years later; 29 February becomes 28 (privacy/retention/terms.py says the same).
CREATE FUNCTION privacy_years_after(day date, years integer) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT (day + make_interval(years => years))::date
$$;

-- A signal that is in no case: its regisseur may reject it today, so that a nearer day takes nothing from anybody.
CREATE FUNCTION privacy_signal_term(wanted uuid, day date) RETURNS date LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE ends date;
BEGIN
    IF NOT privacy_directs(wanted) OR EXISTS (SELECT 1 FROM casework_casesignal b WHERE b.signal_dossier_id = wanted)
       OR NOT EXISTS (SELECT 1 FROM casework_signal s WHERE s.dossier_id = wanted AND s.status <> 'bundled') THEN
        RAISE EXCEPTION 'only who directs a signal that is in no case' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_dossier SET retain_until = least(retain_until, day) WHERE id = wanted
        RETURNING retain_until INTO ends;
    RETURN ends;
END $$;

-- A case is kept from its earliest signal: one that came in before brings the end nearer, with the same term.
CREATE FUNCTION privacy_case_term(wanted uuid) RETURNS TABLE (first date, until date) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE own record; earliest date; whole integer; ends date;
BEGIN
    IF NOT privacy_directs(wanted) THEN
        RAISE EXCEPTION 'only who directs it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT d.first_processed_on AS began, d.retain_until AS ends INTO own FROM privacy_dossier d
        WHERE d.id = wanted AND d.kind = 'case' FOR UPDATE;
    SELECT min({_CAME_ON}) INTO earliest FROM casework_casesignal b
        JOIN privacy_dossier s ON s.id = b.signal_dossier_id AND s.kind = 'signal' AND s.destroyed_at IS NULL
        WHERE b.dossier_id = wanted;
    IF earliest < own.began THEN
        whole := extract(year FROM own.ends) - extract(year FROM own.began);
        IF privacy_years_after(own.began, whole) > own.ends THEN
            whole := whole - 1;
        END IF;
        ends := privacy_years_after(earliest, whole) + (own.ends - privacy_years_after(own.began, whole));
        UPDATE privacy_dossier SET first_processed_on = earliest, retain_until = least(retain_until, ends)
            WHERE id = wanted;
        UPDATE casework_case SET first_processed_on = earliest, retain_until = least(own.ends, ends)
            WHERE dossier_id = wanted;
    END IF;
    RETURN QUERY SELECT d.first_processed_on, d.retain_until FROM privacy_dossier d WHERE d.id = wanted;
END $$;
{definer("privacy_signal_term(uuid, date)", "privacy_case_term(uuid)")}
"""

# Cases and households go after two people looked, and no other way.
FORGET = as_maintenance("""
CREATE OR REPLACE FUNCTION privacy_forget(wanted uuid, keep_cover boolean) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT privacy_directs(wanted)
       OR EXISTS (SELECT 1 FROM privacy_dossier d WHERE d.id = wanted AND d.kind IN ('case', 'household')) THEN
        RAISE EXCEPTION 'only who directs a dossier may destroy it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM privacy_grant g USING privacy_compartment c
        WHERE c.id = g.compartment_id AND g.dossier_id = wanted AND NOT (keep_cover AND c.kind = 'cover');
    DELETE FROM privacy_exclusion x WHERE x.dossier_id = wanted AND NOT keep_cover;
    DELETE FROM privacy_compartment c WHERE c.dossier_id = wanted AND NOT (keep_cover AND c.kind = 'cover');
    UPDATE privacy_dossier SET destroyed_at = now() WHERE id = wanted;
    INSERT INTO privacy_shredded (id, dossier_id, at) VALUES (gen_random_uuid(), wanted, now());
END $$;
""")
EVERYTHING = GUARDS + FUNCTIONS + FORGET
