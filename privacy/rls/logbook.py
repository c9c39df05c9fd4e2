"""Using the log: questions that an officer keeps are the officer's own, and who looked at a person is counted here.

The answer for a person names days, organisations and numbers of people; no id or name of staff leaves the database.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ROLES
from privacy.rls.tables import definer, force, internal, watch

POLICE_YEARS = 4  # Wpg 25(1)(c): who received police data, in the four years before the request

_OFFICER = f"""('privacy_officer' = ANY({ROLES}) AND EXISTS (
        SELECT 1 FROM partners_user u WHERE u.id = {ACTOR} AND u.is_active AND 'privacy_officer' = ANY(u.roles)))"""

QUESTIONS = f"""
{force("privacy_logquestion")}
CREATE POLICY own ON privacy_logquestion
    USING (user_id = {ACTOR} AND 'privacy_officer' = ANY({ROLES}))
    WITH CHECK (user_id = {ACTOR} AND 'privacy_officer' = ANY({ROLES}));
{watch("privacy_logquestion")}
"""

# Where requests of persons live, this is replaced (privacy/rls/person.py).
ASKS = f"""
CREATE FUNCTION privacy_asks_for_person(wanted uuid[]) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN false;
END $$;
{internal("privacy_asks_for_person(uuid[])")}
"""

# plpgsql: organisations and users belong to an app above this one, which is migrated later. An attempt that was refused
# names no dossier, only what was tried.
LOOKED = f"""
CREATE FUNCTION privacy_looked_at(wanted uuid[], since timestamptz, until timestamptz)
RETURNS TABLE (day date, organisation text, roles text[], people bigint, acts text[], grounds text[], purposes text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF privacy_kept_away(wanted) OR NOT ({_OFFICER} OR privacy_asks_for_person(wanted)) THEN
        RAISE EXCEPTION 'not for this actor' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT (a.timestamp AT TIME ZONE 'Europe/Amsterdam')::date, a.organisation_name::text,
        array_agg(DISTINCT a.actor_roles::text), count(DISTINCT a.actor_id),
        array_agg(DISTINCT concat_ws(' ', a.event, a.channel, a.outcome, a.break_glass)),
        array_agg(DISTINCT a.ground::text), array_agg(DISTINCT a.purpose::text)
    FROM privacy_auditentry a LEFT JOIN partners_organisation o ON o.id = a.organisation_id
    WHERE (a.dossiers && wanted OR (a.event = 'refused' AND a.object_pk IN (
            SELECT x.object_pk FROM privacy_auditentry x WHERE x.dossiers && wanted AND x.object_pk <> '')))
      AND (since IS NULL OR a.timestamp >= since) AND a.timestamp < until
      AND (o.kind IS DISTINCT FROM 'politie' OR a.timestamp >= until - interval '{POLICE_YEARS} years')
    GROUP BY 1, 2 ORDER BY 1 DESC, 2;
END $$;
{definer("privacy_looked_at(uuid[], timestamptz, timestamptz)")}
"""
