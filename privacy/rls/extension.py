"""A term moves away in one way: asked by who directs the case, consented to by each source, carried out here (ADR 35).

Nobody writes these tables but through the functions below, which check the actor, the ground, the days and the answers
themselves. What a request holds, it holds for four weeks after the term at most.
"""

from __future__ import annotations

from privacy.rls.destroying import DUE, TODAY, WIPE
from privacy.rls.retention import holds
from privacy.rls.spelling import ACTOR, APP, ORGANISATION, ROLES
from privacy.rls.tables import as_maintenance, definer, force, internal, protect

MOST_YEARS = 2  # BGS 1.16(2): two years at a time
AHEAD = "interval '6 months'"  # asked again each time, near the end: not years beforehand
HOLDS = "interval '4 weeks'"

_REFUSED = "USING ERRCODE = 'insufficient_privilege'"
_SEATED = (
    "s.ended_at IS NULL AND s.valid_from <= statement_timestamp() "
    "AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())"
)
_HOMES = "(SELECT l.dossier_id FROM casework_householdcase l WHERE l.case_dossier_id = wanted AND l.until IS NULL)"

# Whose data are in it, and who of an organisation answers for them.
SOURCES = f"""
-- Who brought something in, whose signals it rests on, and whose work is in a household that is kept as long as it. Who
-- consented before still is a source: a signal may have gone, and what was taken over from it is still there.
CREATE FUNCTION privacy_extension_sources(wanted uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN QUERY SELECT b.organisation_id FROM casework_contribution b
            WHERE b.dossier_id = wanted AND b.withdrawn_at IS NULL
        UNION SELECT s.source_id FROM casework_casesignal l JOIN casework_signal s ON s.dossier_id = l.signal_dossier_id
            WHERE l.dossier_id = wanted
        UNION SELECT a.organisation_id FROM casework_assessment a WHERE a.dossier_id IN {_HOMES}
        UNION SELECT a.organisation_id FROM casework_action a WHERE a.dossier_id IN {_HOMES}
        UNION SELECT k.organisation_id FROM privacy_extensionconsent k JOIN privacy_extension e ON e.id = k.extension_id
            WHERE e.dossier_id = wanted AND e.outcome = 'granted';
END $$;

-- Somebody of that organisation who takes part, or took part when it closed, or directs at its table; of an
-- organisation without any such person who reported a signal in it. Never who is kept away from it.
CREATE FUNCTION privacy_extension_people(wanted uuid, source uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    RETURN QUERY SELECT u.id FROM partners_user u WHERE u.organisation_id = source AND u.is_active
        AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
            WHERE x.dossier_id = wanted AND x.user_id = u.id AND x.ended_at IS NULL)
        AND (EXISTS (SELECT 1 FROM casework_participation p JOIN casework_case c ON c.id = p.case_id
                WHERE c.dossier_id = wanted AND p.user_id = u.id AND (c.status = 'closed' AND p.ended_at >= c.closed_at
                    OR p.ended_at IS NULL AND (p.until IS NULL OR p.until > statement_timestamp())))
            OR EXISTS (SELECT 1 FROM partners_seat s JOIN privacy_dossier d ON d.table_id = s.table_id
                WHERE d.id = wanted AND s.user_id = u.id AND s.role = 'procesregisseur' AND {_SEATED}));
    IF NOT FOUND THEN
        RETURN QUERY SELECT DISTINCT u.id FROM casework_casesignal l
            JOIN casework_signal s ON s.dossier_id = l.signal_dossier_id AND s.source_id = source
            JOIN casework_signalsource r ON r.signal_id = s.id JOIN partners_user u ON u.id = r.reporter_id
            WHERE l.dossier_id = wanted AND u.organisation_id = source AND u.is_active
              AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
                  WHERE x.dossier_id = wanted AND x.user_id = u.id AND x.ended_at IS NULL);
    END IF;
END $$;

CREATE FUNCTION privacy_extension_whom(wanted uuid) RETURNS TABLE (organisation uuid, person uuid) LANGUAGE plpgsql
STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT privacy_regisseur_of(wanted) THEN
        RAISE EXCEPTION 'only who directs it' {_REFUSED};
    END IF;
    RETURN QUERY SELECT s, p FROM privacy_extension_sources(wanted) s
        LEFT JOIN LATERAL privacy_extension_people(wanted, s) p ON true ORDER BY 1, 2;
END $$;
{internal("privacy_extension_sources(uuid)", "privacy_extension_people(uuid, uuid)")}
{definer("privacy_extension_whom(uuid)")}
"""

# Ground a is for a case that runs, b for one that was closed less than a year ago (BGS 1.16(2)). It closed when the
# database shielded it, whatever day who directed it wrote down.
BARRIERS = f"""
CREATE FUNCTION privacy_extension_on(wanted uuid, why text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM casework_case c JOIN privacy_dossier d ON d.id = c.dossier_id
        WHERE d.id = wanted AND CASE why WHEN 'a' THEN c.status = 'open' AND d.shielded_at IS NULL
            WHEN 'b' THEN c.status = 'closed' AND d.shielded_at > statement_timestamp() - interval '1 year'
            ELSE false END);
END $$;

-- Why no extension can be asked now; nothing when it can. A no counts as long as that organisation is a source.
CREATE FUNCTION privacy_extension_barrier(wanted uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
DECLARE ends date;
BEGIN
    IF NOT privacy_regisseur_of(wanted) THEN
        RAISE EXCEPTION 'only who directs it' {_REFUSED};
    END IF;
    SELECT d.retain_until INTO ends FROM privacy_dossier d WHERE d.id = wanted AND d.kind = 'case'
        AND d.destroyed_at IS NULL AND EXISTS (SELECT 1 FROM privacy_compartment c WHERE c.dossier_id = d.id);
    RETURN CASE WHEN ends IS NULL THEN 'gone'
        WHEN ends <= {TODAY} THEN 'over'
        WHEN EXISTS (SELECT 1 FROM privacy_extension e WHERE e.dossier_id = wanted AND e.outcome = '') THEN 'waits'
        WHEN (ends - {AHEAD})::date > {TODAY} THEN 'early'
        WHEN NOT privacy_extension_on(wanted, 'a') AND NOT privacy_extension_on(wanted, 'b') THEN 'ground'
        WHEN EXISTS (SELECT 1 FROM privacy_extensionconsent k JOIN privacy_extension e ON e.id = k.extension_id
            WHERE e.dossier_id = wanted AND NOT k.agreed
              AND k.organisation_id IN (SELECT privacy_extension_sources(wanted))) THEN 'no'
        WHEN NOT EXISTS (SELECT 1 FROM privacy_extension_sources(wanted)) THEN 'nobody' END;
END $$;
{internal("privacy_extension_on(uuid, text)")}
{definer("privacy_extension_barrier(uuid)")}
"""

ASKING = f"""
CREATE FUNCTION privacy_ask_extension(made uuid, wanted uuid, why text, years integer, file uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE barrier text;
BEGIN
    IF years NOT BETWEEN 1 AND {MOST_YEARS} THEN
        RAISE EXCEPTION 'no term is extended by so many years' {_REFUSED};
    END IF;
    PERFORM 1 FROM privacy_dossier d WHERE d.id = wanted FOR UPDATE;
    barrier := privacy_extension_barrier(wanted);
    IF barrier IS NOT NULL THEN
        RETURN barrier;
    ELSIF NOT privacy_extension_on(wanted, why) THEN
        RETURN 'ground';
    ELSIF NOT EXISTS (SELECT 1 FROM privacy_dossier f WHERE f.id = file AND f.kind = 'request'
            AND f.created_by = {ACTOR} AND f.founded_in = pg_current_xact_id_if_assigned()) THEN
        RAISE EXCEPTION 'only with a file of its own' {_REFUSED};
    END IF;
    INSERT INTO privacy_extension (id, dossier_id, file_id, ground, old_end, new_end, last_day, asked_by, asked_at,
        outcome) SELECT made, d.id, file, why, d.retain_until, privacy_years_after(d.retain_until, years),
        (d.retain_until + {HOLDS})::date, {ACTOR}, now(), '' FROM privacy_dossier d WHERE d.id = wanted;
    INSERT INTO privacy_extensionconsent (id, extension_id, organisation_id)
        SELECT gen_random_uuid(), made, s FROM privacy_extension_sources(wanted) s;
    RETURN NULL;
END $$;

-- Said once by somebody of the organisation itself, whatever this transaction says of who that is. A no ends it.
CREATE FUNCTION privacy_answer_extension(wanted uuid, yes boolean) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE e record; home uuid;
BEGIN
    SELECT x.* INTO e FROM privacy_extension x WHERE x.id = wanted FOR UPDATE;
    SELECT u.organisation_id INTO home FROM partners_user u WHERE u.id = {ACTOR};
    IF e.id IS NULL OR yes IS NULL OR NOT EXISTS (SELECT 1 FROM privacy_extensionconsent k
            WHERE k.extension_id = wanted AND k.organisation_id = home)
       OR {ACTOR} NOT IN (SELECT privacy_extension_people(e.dossier_id, home)) THEN
        RAISE EXCEPTION 'only somebody of that organisation who takes part' {_REFUSED};
    ELSIF e.outcome <> '' OR e.last_day <= {TODAY} THEN
        RETURN 'over';
    END IF;
    UPDATE privacy_extensionconsent SET agreed = yes, answered_by = {ACTOR}, answered_at = now()
        WHERE extension_id = wanted AND organisation_id = home AND agreed IS NULL;
    IF NOT FOUND THEN
        RETURN 'answered';
    ELSIF NOT yes THEN
        UPDATE privacy_extension SET outcome = 'refused', ended_by = {ACTOR}, ended_at = now() WHERE id = wanted;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION privacy_withdraw_extension(wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM privacy_extension e WHERE e.id = wanted AND privacy_regisseur_of(e.dossier_id)) THEN
        RAISE EXCEPTION 'only who directs it' {_REFUSED};
    END IF;
    UPDATE privacy_extension SET outcome = 'withdrawn', ended_by = {ACTOR}, ended_at = now()
        WHERE id = wanted AND outcome = '';
    RETURN FOUND;
END $$;
{
    definer(
        "privacy_ask_extension(uuid, uuid, text, integer, uuid)",
        "privacy_answer_extension(uuid, boolean)",
        "privacy_withdraw_extension(uuid)",
    )
}
"""

# The one place where a term goes further away. Who directs calls it, and it asks everything again at that moment.
GRANTING = f"""
CREATE FUNCTION privacy_grant_extension(wanted uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE e record; ends date; about uuid;
BEGIN
    SELECT x.dossier_id INTO about FROM privacy_extension x WHERE x.id = wanted;
    IF about IS NULL OR NOT privacy_regisseur_of(about) THEN
        RAISE EXCEPTION 'only who directs it' {_REFUSED};
    END IF;
    SELECT d.retain_until INTO ends FROM privacy_dossier d WHERE d.id = about FOR UPDATE;
    SELECT x.* INTO e FROM privacy_extension x WHERE x.id = wanted FOR UPDATE;
    IF e.id IS NULL OR e.outcome <> '' OR e.last_day <= {TODAY} THEN
        RETURN 'over';
    ELSIF ends IS DISTINCT FROM e.old_end THEN
        RETURN 'changed';
    ELSIF NOT privacy_extension_on(about, e.ground) THEN
        RETURN 'ground';
    ELSIF EXISTS (SELECT 1 FROM privacy_extensionconsent k WHERE k.extension_id = wanted AND k.agreed IS NOT TRUE)
          OR NOT EXISTS (SELECT 1 FROM privacy_extensionconsent k WHERE k.extension_id = wanted) THEN
        RETURN 'consent';
    ELSIF EXISTS (SELECT 1 FROM privacy_extension_sources(about) s WHERE s NOT IN
            (SELECT k.organisation_id FROM privacy_extensionconsent k WHERE k.extension_id = wanted)) THEN
        RETURN 'source';
    ELSIF e.new_end > privacy_years_after(e.old_end, {MOST_YEARS}) THEN
        RAISE EXCEPTION 'no term is extended by so many years' {_REFUSED};
    END IF;
    UPDATE privacy_extension SET outcome = 'granted', ended_by = {ACTOR}, ended_at = now() WHERE id = wanted;
    UPDATE privacy_dossier SET retain_until = e.new_end WHERE id = about;
    UPDATE casework_case SET retain_until = e.new_end WHERE dossier_id = about;
    -- That an officer let it go though nobody closed it was said of the term before.
    DELETE FROM privacy_opengoes WHERE dossier_id = about;
    RETURN NULL;
END $$;

-- For an officer: what holds a case back, and until when at most. Numbers and days alone.
CREATE FUNCTION privacy_extensions_waiting() RETURNS TABLE (about uuid, reference text, table_id uuid, ground text,
    old_end date, new_end date, last_day date, agreed bigint, asked bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT {holds("privacy_officer")} THEN
        RAISE EXCEPTION 'only the privacy officer' {_REFUSED};
    END IF;
    RETURN QUERY SELECT d.id, d.reference::text, d.table_id, e.ground::text, e.old_end, e.new_end, e.last_day,
        (SELECT count(*) FROM privacy_extensionconsent k WHERE k.extension_id = e.id AND k.agreed),
        (SELECT count(*) FROM privacy_extensionconsent k WHERE k.extension_id = e.id)
        FROM privacy_extension e JOIN privacy_dossier d ON d.id = e.dossier_id AND d.destroyed_at IS NULL
        WHERE e.outcome = '' AND e.last_day > {TODAY} AND NOT privacy_kept_away(ARRAY[d.id])
        ORDER BY e.last_day, d.reference;
END $$;
{definer("privacy_grant_extension(uuid)", "privacy_extensions_waiting()")}
"""

TABLES = f"""
{force("privacy_extension")}
CREATE POLICY reads ON privacy_extension FOR SELECT USING (NOT privacy_kept_away(ARRAY[dossier_id]) AND (
    'privacy_officer' = ANY({ROLES})
    OR EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = privacy_extension.file_id OFFSET 0)
    OR privacy_regisseur_of(dossier_id)));
{force("privacy_extensionconsent")}
CREATE POLICY reads ON privacy_extensionconsent FOR SELECT USING (
    EXISTS (SELECT 1 FROM privacy_extension e WHERE e.id = extension_id AND (
        privacy_extensionconsent.organisation_id = {ORGANISATION} OR privacy_regisseur_of(e.dossier_id)) OFFSET 0));
REVOKE INSERT, UPDATE, DELETE ON privacy_extension, privacy_extensionconsent FROM {APP};
{protect("privacy_extensiontext")}
CREATE POLICY about ON privacy_extensiontext AS RESTRICTIVE FOR SELECT USING (
    EXISTS (SELECT 1 FROM privacy_extension e WHERE e.file_id = privacy_extensiontext.dossier_id OFFSET 0));
CREATE POLICY author ON privacy_extensiontext AS RESTRICTIVE FOR INSERT WITH CHECK (author_id = {ACTOR});
REVOKE UPDATE, DELETE ON privacy_extensiontext FROM {APP};
"""

# Who directs a case would otherwise take away, before asking, whoever may say no. In the tables of casework.
SOURCES_STAY = f"""
CREATE POLICY stays ON casework_casesignal AS RESTRICTIVE FOR DELETE USING (false);
CREATE POLICY as_it_was ON casework_casesignal AS RESTRICTIVE FOR UPDATE USING (false);
CREATE FUNCTION casework_source_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = '{APP}' AND NEW.source_id <> OLD.source_id THEN
        RAISE EXCEPTION 'whose signal it is stays' {_REFUSED};
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_signal_source BEFORE UPDATE OF source_id ON casework_signal
    FOR EACH ROW EXECUTE FUNCTION casework_source_stays();
"""

# Both were made before there was anything to extend.
AGAIN = "".join(as_maintenance(one.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")) for one in (DUE, WIPE))
EVERYTHING = SOURCES + BARRIERS + ASKING + GRANTING + TABLES + AGAIN
