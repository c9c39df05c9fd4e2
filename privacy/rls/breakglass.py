"""Emergency access, as the database gives, ends and reviews it. Each function checks for itself who acts.

What it can't know is checked before: the step-up lives in the session, the legal profile in a file.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, ROLES
from privacy.rls.tables import definer

GROUND = "noodtoegang"
HOURS = 4

_NOW = "statement_timestamp()"
_SEATED = f"s.ended_at IS NULL AND s.valid_from <= {_NOW} AND (s.valid_until IS NULL OR s.valid_until > {_NOW})"
_WORKS = (
    f"SELECT 1 FROM partners_seat s WHERE s.user_id = %s AND {_SEATED} "
    "AND s.role IN ('professional', 'casusregisseur', 'procesregisseur')"
)
# A privacy officer who is kept away from the dossier, used the access or has a part in the dossier does not review it.
_REVIEWER = f"""(
    'privacy_officer' = ANY({ROLES}) AND e.person_id <> {ACTOR}
    AND EXISTS (SELECT 1 FROM partners_user u WHERE u.id = {ACTOR} AND u.is_active AND 'privacy_officer' = ANY(u.roles))
    AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
        WHERE x.dossier_id = e.about_id AND x.user_id = {ACTOR} AND x.ended_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM privacy_grant p WHERE p.dossier_id = e.about_id AND p.user_id = {ACTOR}))"""

_GRANT_COLUMNS = (
    "id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme, may_write, directs, "
    "ground, given_by, given_for, given_at, valid_until, sort_at, excluded"
)
_PERMISSION = (
    "JOIN auth_permission p ON p.codename = %s "
    "JOIN django_content_type t ON t.id = p.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'"
)
_VIEW, _WRITE = _PERMISSION % "'view_dossier'", _PERMISSION % "'contribute_dossier'"

# Raises the same for an unknown number, a dossier that is closed or not covered, and one the person is kept away from.
OPENS = f"""
CREATE FUNCTION privacy_break_glass(made uuid, kept uuid, number text)
RETURNS TABLE (about uuid, until timestamptz, regisseurs uuid[], officers uuid[]) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
#variable_conflict use_column
DECLARE target record; ends timestamptz := now() + interval '{HOURS} hours'; hear uuid[]; watch uuid[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('emergency ' || {ACTOR}, 0));
    SELECT d.id, d.table_id, d.reference INTO target FROM privacy_dossier d
    WHERE d.reference = number AND d.kind IN ('signal', 'case') AND d.table_id IS NOT NULL
      AND d.destroyed_at IS NULL AND d.shielded_at IS NULL
      AND EXISTS ({_WORKS % ACTOR})
      AND EXISTS (SELECT 1 FROM partners_user u
          JOIN partners_organisation g ON g.id = u.organisation_id AND g.active
          JOIN partners_covenant_organisations o ON o.organisation_id = g.id
          JOIN partners_covenant v ON v.id = o.covenant_id AND d.theme = ANY(v.themes)
            AND v.valid_from <= current_date AND (v.valid_until IS NULL OR v.valid_until >= current_date)
          WHERE u.id = {ACTOR} AND u.is_active AND cardinality(u.roles) = 0)
      AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
          WHERE x.dossier_id = d.id AND x.user_id = {ACTOR} AND x.ended_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM privacy_emergencyaccess e WHERE e.about_id = d.id AND e.person_id = {ACTOR}
          AND e.until > {_NOW} AND (e.ended_at IS NULL OR e.ended_by <> {ACTOR}))
      AND EXISTS (SELECT 1 FROM privacy_dossier k WHERE k.id = kept AND k.kind = 'request'
          AND k.created_by = {ACTOR} AND k.founded_in = pg_current_xact_id_if_assigned());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no emergency access' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO privacy_emergencyaccess (id, dossier_id, compartment_id, about_id, reference, person_id, opened_at,
        until, verdict)
    SELECT made, kept, c.id, target.id, target.reference, {ACTOR}, now(), ends, ''
    FROM privacy_compartment c WHERE c.dossier_id = kept AND c.kind = 'table';
    INSERT INTO privacy_grant ({_GRANT_COLUMNS})
    SELECT gen_random_uuid(), {ACTOR}, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme, false, false,
        '{GROUND}', {ACTOR}, 'emergency:' || made, now(), ends, d.sort_at, false
    FROM privacy_dossier d JOIN privacy_compartment c ON c.dossier_id = d.id AND c.kind IN ('cover', 'table') {_VIEW}
    WHERE d.id = target.id;
    INSERT INTO privacy_grant ({_GRANT_COLUMNS})
    SELECT gen_random_uuid(), {ACTOR}, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme, true, false,
        'eigen noodtoegang', {ACTOR}, 'answer:' || made, now(), NULL, d.sort_at, false
    FROM privacy_dossier d JOIN privacy_compartment c ON c.dossier_id = d.id AND c.kind = 'table' {_WRITE}
    WHERE d.id = kept;
    SELECT array_agg(DISTINCT s.user_id) INTO hear FROM partners_seat s
    WHERE s.table_id = target.table_id AND s.role = 'procesregisseur' AND {_SEATED} AND s.user_id <> {ACTOR}
      AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
          WHERE x.dossier_id = target.id AND x.user_id = s.user_id AND x.ended_at IS NULL);
    INSERT INTO privacy_grant ({_GRANT_COLUMNS})
    SELECT gen_random_uuid(), r, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme, false, false,
        'zetel', {ACTOR}, 'watch:' || made, now(), NULL, d.sort_at, false
    FROM privacy_dossier d JOIN privacy_compartment c ON c.dossier_id = d.id
    CROSS JOIN unnest(hear) r {_VIEW} WHERE d.id = kept;
    SELECT array_agg(u.id) INTO watch FROM partners_user u
    WHERE u.is_active AND 'privacy_officer' = ANY(u.roles) AND NOT EXISTS (SELECT 1 FROM privacy_exclusion x
          WHERE x.dossier_id = target.id AND x.user_id = u.id AND x.ended_at IS NULL);
    RETURN QUERY SELECT target.id, ends, COALESCE(hear, ARRAY[]::uuid[]), COALESCE(watch, ARRAY[]::uuid[]);
END $$;
"""

ENDS = f"""
CREATE FUNCTION privacy_end_emergency(wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_emergencyaccess e SET ended_at = now(), ended_by = {ACTOR}
    WHERE e.id = wanted AND e.ended_at IS NULL AND e.until > {_NOW}
      AND (e.person_id = {ACTOR} OR privacy_directs(e.about_id) OR {_REVIEWER});
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE privacy_grant SET revoked_at = now() WHERE given_for = 'emergency:' || wanted AND revoked_at IS NULL;
    RETURN true;
END $$;

CREATE FUNCTION privacy_end_emergencies(person uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder ends seats' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS ({_WORKS % "person"}) THEN
        RETURN 0;
    END IF;
    UPDATE privacy_emergencyaccess SET ended_at = now(), ended_by = {ACTOR}
        WHERE person_id = person AND ended_at IS NULL AND until > {_NOW};
    UPDATE privacy_grant SET revoked_at = now()
        WHERE user_id = person AND given_for LIKE 'emergency:%' AND revoked_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
"""

REVIEWS = f"""
-- A privacy officer gets the notes about each use that is to be reviewed, also one who came later.
CREATE FUNCTION privacy_take_up_reviews() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE given integer;
BEGIN
    INSERT INTO privacy_grant ({_GRANT_COLUMNS})
    SELECT gen_random_uuid(), {ACTOR}, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme, true, false,
        'controle', {ACTOR}, 'review:' || e.id, now(), NULL, d.sort_at, false
    FROM privacy_emergencyaccess e JOIN privacy_dossier d ON d.id = e.dossier_id
    JOIN privacy_compartment c ON c.dossier_id = d.id {_WRITE}
    WHERE {_REVIEWER} ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN given;
END $$;

CREATE FUNCTION privacy_review_emergency(wanted uuid, said text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_emergencyaccess e SET verdict = said, reviewed_by = {ACTOR}, reviewed_at = now()
    WHERE e.id = wanted AND said IN ('asked', 'right', 'wrong') AND e.verdict NOT IN ('right', 'wrong')
      AND NOT (said = 'asked' AND e.verdict = 'asked') AND {_REVIEWER};
    RETURN FOUND;
END $$;

CREATE FUNCTION privacy_answer_emergency(wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_emergencyaccess SET verdict = 'answered'
    WHERE id = wanted AND person_id = {ACTOR} AND verdict = 'asked';
    RETURN FOUND;
END $$;
{
    definer(
        "privacy_break_glass(uuid, uuid, text)",
        "privacy_end_emergency(uuid)",
        "privacy_end_emergencies(uuid)",
        "privacy_take_up_reviews()",
        "privacy_review_emergency(uuid, text)",
        "privacy_answer_emergency(uuid)",
    )
}
"""

# A grant on the notes is not enough: who is kept away from the dossier, lost the role or the seat reads none of them.
READERS = f"""
CREATE POLICY about ON privacy_emergencyaccess AS RESTRICTIVE FOR SELECT USING (
    person_id = {ACTOR}
    OR ('privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(ARRAY[about_id]))
    OR EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = about_id AND g.ground <> '{GROUND}' OFFSET 0));
CREATE POLICY about ON privacy_emergencytext AS RESTRICTIVE FOR SELECT USING (
    EXISTS (SELECT 1 FROM privacy_emergencyaccess e WHERE e.id = privacy_emergencytext.use_id OFFSET 0));
CREATE POLICY author ON privacy_emergencytext AS RESTRICTIVE FOR INSERT WITH CHECK (author_id = {ACTOR});
REVOKE INSERT, UPDATE, DELETE ON privacy_emergencyaccess FROM {APP};
REVOKE UPDATE, DELETE ON privacy_emergencytext FROM {APP};
"""
