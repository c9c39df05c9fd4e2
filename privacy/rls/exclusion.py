"""Exclusion beats every grant: the mark on the grants, who may set and lift it, and validity that asks for it.

The mark stands on the grant itself, so that no list, count or policy needs a second probe. Only these functions write
it: on all grants of a person when an exclusion begins or ends, and on each grant that is given in between.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, ORGANISATION, ROLES, VALID, directed
from privacy.rls.tables import as_maintenance, definer, force, watch

CHECK_GRANT = as_maintenance("""
CREATE OR REPLACE FUNCTION privacy_check_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE part record;
BEGIN
    SELECT c.kind AS part, c.organisation_id, d.kind, d.table_id, d.theme INTO part
    FROM privacy_compartment c JOIN privacy_dossier d ON d.id = c.dossier_id
    WHERE c.id = NEW.compartment_id AND d.id = NEW.dossier_id;
    IF NOT FOUND OR NEW.part <> part.part OR NEW.kind <> part.kind OR NEW.theme <> part.theme
       OR NEW.table_id IS DISTINCT FROM part.table_id THEN
        RAISE EXCEPTION 'a grant says what its compartment is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.directs AND part.part <> 'regie' THEN
        RAISE EXCEPTION 'only the part of the regie directs' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF part.part = 'own' AND NOT EXISTS (SELECT 1 FROM partners_user u
        WHERE u.id = NEW.user_id AND u.organisation_id = part.organisation_id) THEN
        RAISE EXCEPTION 'an own part is for people of that organisation' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Whatever the giver says of it: the giver may not know that this person is excluded. The lock lets an exclusion
    -- that is being set at this moment go first, or find this grant.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('exclusion ' || NEW.dossier_id, 0));
    NEW.excluded := EXISTS (SELECT 1 FROM privacy_exclusion x
        WHERE x.dossier_id = NEW.dossier_id AND x.user_id = NEW.user_id AND x.ended_at IS NULL);
    RETURN NEW;
END $$;
""")

# The same as before, with the validity of today.
POLICY = f"""
DROP POLICY reads ON privacy_grant;
CREATE POLICY reads ON privacy_grant FOR SELECT USING (user_id = {ACTOR} AND {VALID});
"""

VALIDITY = as_maintenance(f"""
CREATE OR REPLACE FUNCTION privacy_directs(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM privacy_grant g
        WHERE g.dossier_id = wanted AND g.user_id = {ACTOR} AND g.directs AND {VALID})
$$;

CREATE OR REPLACE FUNCTION privacy_shield(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT privacy_directs(wanted) THEN
        RAISE EXCEPTION 'only who directs a dossier may shield it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_dossier SET shielded_at = now() WHERE id = wanted;
    -- Who directs keeps the cover, also who is excluded now: lifting an exclusion gives back what was there.
    UPDATE privacy_grant g SET revoked_at = now()
        WHERE g.dossier_id = wanted AND g.revoked_at IS NULL
          AND (g.part <> 'cover' OR NOT (g.given_for LIKE 'report:%' OR g.user_id IN
               (SELECT r.user_id FROM privacy_grant r WHERE r.dossier_id = wanted AND r.directs
                AND r.revoked_at IS NULL AND (r.valid_until IS NULL OR r.valid_until > statement_timestamp()))));
    UPDATE privacy_grant g SET may_write = false WHERE g.dossier_id = wanted AND g.revoked_at IS NULL;
END $$;
""")

FUNCTIONS = f"""
CREATE FUNCTION privacy_exclude(wanted uuid, person uuid, why text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE made uuid := gen_random_uuid();
BEGIN
    IF NOT (privacy_directs(wanted) OR 'privacy_officer' = ANY({ROLES}) OR (person = {ACTOR} AND EXISTS (
            SELECT 1 FROM privacy_grant g WHERE g.dossier_id = wanted AND g.user_id = {ACTOR} AND {VALID}))) THEN
        RAISE EXCEPTION 'only who directs, the privacy officer or the person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('exclusion ' || wanted, 0));
    INSERT INTO privacy_exclusion (id, dossier_id, user_id, reason, set_by, set_at)
        VALUES (made, wanted, person, why, {ACTOR}, now()) ON CONFLICT DO NOTHING;
    UPDATE privacy_grant SET excluded = true WHERE dossier_id = wanted AND user_id = person AND NOT excluded;
    RETURN made;
END $$;

CREATE FUNCTION privacy_lift_exclusion(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE lifted record;
BEGIN
    SELECT x.dossier_id, x.user_id INTO lifted FROM privacy_exclusion x WHERE x.id = wanted AND x.ended_at IS NULL;
    IF NOT FOUND OR lifted.user_id = {ACTOR}
       OR NOT (privacy_directs(lifted.dossier_id) OR 'privacy_officer' = ANY({ROLES})) THEN
        RAISE EXCEPTION 'only another who directs, or the privacy officer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('exclusion ' || lifted.dossier_id, 0));
    UPDATE privacy_exclusion SET ended_at = now(), ended_by = {ACTOR} WHERE id = wanted;
    UPDATE privacy_grant SET excluded = false WHERE dossier_id = lifted.dossier_id AND user_id = lifted.user_id;
END $$;

-- Word goes out to people of whom the sender may not know that they are excluded.
CREATE FUNCTION privacy_reachable(wanted uuid, people uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT p FROM unnest(people) p WHERE NOT EXISTS (SELECT 1 FROM privacy_exclusion x
        WHERE x.dossier_id = wanted AND x.user_id = p AND x.ended_at IS NULL)
$$;

-- Whether the one who asks is kept away from one of these dossiers. The answer decides what is shown, and is not shown.
CREATE FUNCTION privacy_kept_away(wanted uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM privacy_exclusion x
        WHERE x.dossier_id = ANY(wanted) AND x.user_id = {ACTOR} AND x.ended_at IS NULL)
$$;
{
    definer(
        "privacy_exclude(uuid, uuid, text)",
        "privacy_lift_exclusion(uuid)",
        "privacy_reachable(uuid, uuid[])",
        "privacy_kept_away(uuid[])",
    )
}
"""

TABLE = f"""
{force("privacy_exclusion")}
CREATE POLICY reads ON privacy_exclusion FOR SELECT USING (
    user_id <> {ACTOR} AND ('privacy_officer' = ANY({ROLES}) OR {directed("privacy_exclusion")}));
{watch("privacy_exclusion")}
REVOKE INSERT, UPDATE, DELETE ON privacy_exclusion FROM {APP};

DROP POLICY reads ON privacy_auditentry;
CREATE POLICY reads ON privacy_auditentry FOR SELECT USING (
    ('privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(dossiers))
    OR (organisation_id = {ORGANISATION} AND EXISTS (
        SELECT 1 FROM privacy_grant g WHERE g.dossier_id = ANY(privacy_auditentry.dossiers) OFFSET 0)));
"""
