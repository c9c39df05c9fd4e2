"""Accountability: who writes and reads its records, and counts that look past the walls and name nobody."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, ROLES
from privacy.rls.tables import definer, force, watch

_HOLDS = f"""EXISTS (SELECT 1 FROM partners_user u WHERE u.id = {ACTOR} AND u.is_active
    AND u.roles && {{}}::varchar[] AND {ROLES} && {{}}::text[])"""


def _holds(*roles: str) -> str:
    """That the actor holds one of these roles: it says so, and the table of users says so."""
    wanted = "ARRAY[" + ", ".join(f"'{role}'" for role in roles) + "]"
    return _HOLDS.format(wanted, wanted)


BEHEERDER, OFFICER = _holds("beheerder"), _holds("privacy_officer")
ACCOUNTABLE = _holds("privacy_officer", "controller", "beheerder")
FIGURES = _holds("privacy_officer", "controller")


def _kept(table: str) -> str:
    """Rows that are added and stay."""
    return f"{force(table)} {watch(table)} REVOKE UPDATE, DELETE ON {table} FROM {APP};"


PROOFS = f"""
{_kept("partners_personproof")}
CREATE POLICY reads ON partners_personproof FOR SELECT USING (user_id = {ACTOR} OR {BEHEERDER});
CREATE POLICY inserts ON partners_personproof FOR INSERT WITH CHECK (noted_by = {ACTOR} AND {BEHEERDER});
"""

# Everybody who works at a table or holds a role beside it, without a name: which dates there are.
PEOPLE = f"""
CREATE FUNCTION partners_proofs_counted() RETURNS TABLE (person bigint, kind text, held_on date, signed boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT {ACCOUNTABLE} THEN
        RAISE EXCEPTION 'only who accounts counts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY WITH working AS (
        SELECT u.id, row_number() OVER (ORDER BY random()) AS handle,
            NOT EXISTS (SELECT 1 FROM partners_seat s WHERE s.user_id = u.id AND s.ended_at IS NULL
                AND s.valid_from <= statement_timestamp()
                AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())
                AND NOT EXISTS (SELECT 1 FROM partners_secrecystatement y
                    WHERE y.user_id = u.id AND y.table_id = s.table_id)) AS signed
        FROM partners_user u WHERE u.is_active AND (cardinality(u.roles) > 0
            OR EXISTS (SELECT 1 FROM partners_seat s WHERE s.user_id = u.id AND s.ended_at IS NULL
                AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()))))
    SELECT w.handle, p.kind::text, p.held_on, w.signed FROM working w
    LEFT JOIN LATERAL (SELECT DISTINCT ON (q.kind) q.kind, q.held_on FROM partners_personproof q
        WHERE q.user_id = w.id ORDER BY q.kind, q.noted_at DESC) p ON true;
END $$;
{definer("partners_proofs_counted()")}
"""

RECORDS = f"""
{_kept("partners_impactassessment")}
CREATE POLICY reads ON partners_impactassessment FOR SELECT USING ({ACCOUNTABLE});
CREATE POLICY inserts ON partners_impactassessment FOR INSERT WITH CHECK (noted_by = {ACTOR} AND {OFFICER});
{_kept("partners_examination")}
CREATE POLICY reads ON partners_examination FOR SELECT USING ({ACCOUNTABLE});
CREATE POLICY inserts ON partners_examination FOR INSERT WITH CHECK (noted_by = {ACTOR}
    AND CASE kind WHEN 'pentest' THEN {BEHEERDER} ELSE {OFFICER} END);
"""

_YEAR = "extract(year FROM {} AT TIME ZONE zone)::integer"

# Per year and table, and nothing else. plpgsql: signals and cases belong to an app that is migrated later.
YEARLY = f"""
CREATE FUNCTION partners_yearly_counted(zone text) RETURNS TABLE (year integer, table_id uuid, measure text,
    counted bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    IF NOT {FIGURES} THEN
        RAISE EXCEPTION 'only who watches reads the figures of a year' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT f.year, f.table_id, f.measure, count(*) FROM (
        SELECT {_YEAR.format("s.submitted_at")} AS year, s.table_id, 'signals'::text AS measure FROM casework_signal s
        UNION ALL SELECT {_YEAR.format("s.decided_at")}, s.table_id, s.status::text FROM casework_signal s
            WHERE s.status IN ('bundled', 'rejected') AND s.decided_at IS NOT NULL
        UNION ALL SELECT {_YEAR.format("c.opened_at")}, c.table_id, 'opened' FROM casework_case c
        UNION ALL SELECT {_YEAR.format("c.closed_at")}, c.table_id, 'closed' FROM casework_case c
            WHERE c.closed_at IS NOT NULL
        UNION ALL SELECT {_YEAR.format("e.opened_at")}, d.table_id, 'emergency' FROM privacy_emergencyaccess e
            JOIN privacy_dossier d ON d.id = e.about_id WHERE d.table_id IS NOT NULL) f
    GROUP BY 1, 2, 3;
END $$;
{definer("partners_yearly_counted(text)")}
"""

# When each piece of upkeep and each check of the log last ended well, and how it ended; how much was destroyed.
UPKEEP = f"""
CREATE FUNCTION partners_upkeep_counted() RETURNS TABLE (what text, at timestamptz, well boolean, counted bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT {ACCOUNTABLE} THEN
        RAISE EXCEPTION 'only who accounts counts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT o.kind::text, max(o.ended_at) FILTER (WHERE o.outcome = 'ok'),
        (array_agg(o.outcome = 'ok' ORDER BY o.begun_at DESC))[1], count(*) FROM privacy_operation o GROUP BY o.kind;
    RETURN QUERY SELECT 'check_' || c.kind, max(c.ended_at), (array_agg(c.wrong = 0 ORDER BY c.ended_at DESC))[1],
        count(*) FROM privacy_auditcheck c GROUP BY c.kind;
    RETURN QUERY SELECT 'sealed'::text, max(b.sealed_at), true, count(*) FROM privacy_auditblock b;
    RETURN QUERY SELECT 'destroyed'::text, max(s.at), bool_and(s.noted_at IS NOT NULL), count(*)
        FROM privacy_shredded s;
    RETURN QUERY SELECT 'emergency'::text, max(e.reviewed_at), bool_and(e.verdict IN ('right', 'wrong')), count(*)
        FROM privacy_emergencyaccess e WHERE e.opened_at < statement_timestamp() - interval '4 days';
END $$;
{definer("partners_upkeep_counted()")}
"""

_ANSWERED_BY = """(r.received_on + CASE WHEN r.extended_on IS NULL THEN interval '1 month' ELSE interval '3 months' END)
    ::date"""

# What the desks did in the last year: how many whose term has ended one way or the other, and how many in time. The
# terms are those of `casework/rights_rules.py` and `privacy/breaches/terms.py`: a test holds them together.
DESKS = f"""
CREATE FUNCTION partners_desks_counted(zone text) RETURNS TABLE (what text, counted bigint, in_time bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
    today date := (statement_timestamp() AT TIME ZONE zone)::date;
    year_ago timestamptz := statement_timestamp() - interval '1 year';
BEGIN
    IF NOT {ACCOUNTABLE} THEN
        RAISE EXCEPTION 'only who accounts counts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY WITH asked AS (
        SELECT coalesce((r.ended_at AT TIME ZONE zone)::date, today) AS until, r.ended_at IS NOT NULL AS ended,
            CASE WHEN r.police THEN least({_ANSWERED_BY}, r.received_on + 42) ELSE {_ANSWERED_BY} END AS term
        FROM casework_rightsrequest r WHERE r.received_on >= today - 365)
    SELECT 'requests'::text, count(*), count(*) FILTER (WHERE a.until <= a.term) FROM asked a
        WHERE a.ended OR a.until > a.term;
    RETURN QUERY WITH told AS (
        SELECT b.ap_at AS at, b.discovered_at + interval '72 hours' AS term FROM privacy_breach b
        WHERE b.discovered_at >= year_ago AND (b.ap IN ('yes', 'joint') OR b.ap = '' AND b.risk <> 'no_breach'))
    SELECT 'breaches'::text, count(*), count(*) FILTER (WHERE t.at <= t.term) FROM told t
        WHERE t.at IS NOT NULL OR statement_timestamp() > t.term;
    RETURN QUERY SELECT 'looks'::text, count(*), count(*) FILTER (WHERE h.verdict IN ('right', 'wrong'))
        FROM privacy_reviewhit h WHERE h.found_at >= year_ago
            AND (h.verdict IN ('right', 'wrong') OR h.found_at < statement_timestamp() - interval '14 days');
END $$;
{definer("partners_desks_counted(text)")}
CREATE FUNCTION partners_desks_of_year(zone text) RETURNS TABLE (year integer, what text, kind text, counted bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    IF NOT {FIGURES} THEN
        RAISE EXCEPTION 'only who watches reads the figures of a year' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT extract(year FROM r.received_on)::integer, 'requests'::text, r.kind::text, count(*)
        FROM casework_rightsrequest r GROUP BY 1, 3;
    RETURN QUERY SELECT {_YEAR.format("b.discovered_at")}, 'breaches'::text, b.risk::text, count(*)
        FROM privacy_breach b WHERE b.risk <> 'no_breach' GROUP BY 1, 3;
END $$;
{definer("partners_desks_of_year(text)")}
"""
