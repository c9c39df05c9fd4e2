"""The walls as the first migrations build them. History: a later change is a module of its own, with its migration."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, AUDIT, MAINTENANCE, ORGANISATION, ROLES, THEMES, founding
from privacy.rls.tables import definer, force, watch

# As validity was spelled then.
VALID = (
    "revoked_at IS NULL AND (valid_from IS NULL OR valid_from <= statement_timestamp()) "
    "AND (valid_until IS NULL OR valid_until > statement_timestamp()) "
    f"AND (kind IN ('import', 'draft') OR theme = ANY({THEMES}))"
)

FUNCTIONS = f"""
CREATE FUNCTION privacy_check_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
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
    RETURN NEW;
END $$;

CREATE FUNCTION privacy_note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE row_id uuid; actor uuid := {ACTOR};
BEGIN
    IF actor IS NULL THEN
        RAISE EXCEPTION 'no actor: % on % needs one', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN row_id := OLD.id; ELSE row_id := NEW.id; END IF;
    INSERT INTO privacy_rowchange (at, table_name, row_id, operation, xact, actor_id, database_role)
    VALUES (clock_timestamp(), TG_TABLE_NAME, row_id, TG_OP, pg_current_xact_id()::text::bigint, actor, session_user);
    RETURN NULL;
END $$;

CREATE FUNCTION privacy_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION privacy_directs(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM privacy_grant g
        WHERE g.dossier_id = wanted AND g.user_id = {ACTOR} AND g.directs AND {VALID})
$$;

CREATE FUNCTION privacy_end_grants(reason text, only_dossier uuid, person uuid) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF reason IS NULL AND (only_dossier IS NULL OR person IS NULL) THEN
        RAISE EXCEPTION 'say what ends: a reason, or a person and a dossier' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    UPDATE privacy_grant g SET revoked_at = now()
    WHERE g.revoked_at IS NULL
      AND CASE WHEN reason IS NULL THEN g.given_for ~ '^(participation|disclosure|contribution):'
          ELSE g.given_for = reason END
      AND (only_dossier IS NULL OR g.dossier_id = only_dossier)
      AND (person IS NULL OR g.user_id = person)
      AND ('beheerder' = ANY({ROLES}) OR g.user_id = {ACTOR} OR privacy_directs(g.dossier_id)
           OR (g.part = 'item' AND EXISTS (SELECT 1 FROM privacy_grant own WHERE own.compartment_id = g.compartment_id
               AND own.user_id = {ACTOR} AND own.may_write AND own.revoked_at IS NULL)));
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

CREATE FUNCTION privacy_seat_regisseur(wanted_table uuid, person uuid, reason text, basis text, until timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE given integer;
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder seats' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM partners_seat s WHERE reason = 'seat:' || s.id AND s.user_id = person
        AND s.table_id = wanted_table AND s.role = 'procesregisseur' AND s.ended_at IS NULL
        AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())) THEN
        RAISE EXCEPTION 'there is no such seat' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO privacy_grant (id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme,
        may_write, directs, ground, given_by, given_for, given_at, valid_until, sort_at)
    SELECT gen_random_uuid(), person, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme,
        c.kind <> 'cover' OR d.shielded_at IS NULL, c.kind = 'regie', basis, {ACTOR}, reason, now(), until,
        d.sort_at
    FROM privacy_dossier d JOIN privacy_compartment c ON c.dossier_id = d.id
    JOIN auth_permission p ON p.codename =
        CASE WHEN c.kind = 'regie' THEN 'direct_dossier' WHEN d.shielded_at IS NULL THEN 'contribute_dossier'
             ELSE 'view_dossier' END
    JOIN django_content_type t ON t.id = p.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'
    WHERE d.table_id = wanted_table AND d.kind IN ('signal', 'case') AND d.destroyed_at IS NULL
      AND c.kind <> 'own' AND (d.shielded_at IS NULL OR c.kind = 'cover')
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN given;
END $$;

CREATE FUNCTION privacy_forget(wanted uuid, keep_cover boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT privacy_directs(wanted) THEN
        RAISE EXCEPTION 'only who directs a dossier may destroy it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM privacy_grant g USING privacy_compartment c
        WHERE c.id = g.compartment_id AND g.dossier_id = wanted AND NOT (keep_cover AND c.kind = 'cover');
    DELETE FROM privacy_compartment c WHERE c.dossier_id = wanted AND NOT (keep_cover AND c.kind = 'cover');
    UPDATE privacy_dossier SET destroyed_at = now() WHERE id = wanted;
END $$;

CREATE FUNCTION privacy_shield(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT privacy_directs(wanted) THEN
        RAISE EXCEPTION 'only who directs a dossier may shield it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_dossier SET shielded_at = now() WHERE id = wanted;
    UPDATE privacy_grant g SET revoked_at = now()
        WHERE g.dossier_id = wanted AND g.revoked_at IS NULL
          AND (g.part <> 'cover' OR NOT (g.given_for LIKE 'report:%' OR g.user_id IN
               (SELECT r.user_id FROM privacy_grant r WHERE r.dossier_id = wanted AND r.directs AND {VALID})));
    UPDATE privacy_grant g SET may_write = false WHERE g.dossier_id = wanted AND g.revoked_at IS NULL;
END $$;
"""

OWNED_BY_MAINTENANCE = (
    "privacy_note_change()",
    "privacy_check_grant()",
    "privacy_directs(uuid)",
    "privacy_end_grants(text, uuid, uuid)",
    "privacy_seat_regisseur(uuid, uuid, text, text, timestamptz)",
    "privacy_forget(uuid, boolean)",
    "privacy_shield(uuid)",
)

OWNERS = definer(*OWNED_BY_MAINTENANCE)

WALLS = f"""
ALTER TABLE privacy_dossier ADD COLUMN founded_in xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE privacy_compartment ADD COLUMN founded_in xid8 NOT NULL DEFAULT pg_current_xact_id();

{force("privacy_grant")}
CREATE POLICY reads ON privacy_grant FOR SELECT USING (user_id = {ACTOR} AND {VALID});
CREATE POLICY gives ON privacy_grant FOR INSERT WITH CHECK (
    given_by = {ACTOR} AND (
        EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = privacy_grant.dossier_id AND g.directs OFFSET 0)
        OR (part = 'item' AND EXISTS (SELECT 1 FROM privacy_grant g
            WHERE g.compartment_id = privacy_grant.compartment_id AND g.part = 'item' AND g.may_write OFFSET 0))
        OR {founding("privacy_grant.compartment_id")}));
ALTER TABLE privacy_grant ADD CONSTRAINT privacy_grant_pair FOREIGN KEY (compartment_id, dossier_id)
    REFERENCES privacy_compartment (id, dossier_id) DEFERRABLE INITIALLY DEFERRED;

{force("privacy_compartment")}
CREATE POLICY reads ON privacy_compartment FOR SELECT USING (
    EXISTS (SELECT 1 FROM privacy_grant g WHERE g.compartment_id = privacy_compartment.id OFFSET 0)
    OR (created_by = {ACTOR} AND founded_in = pg_current_xact_id_if_assigned()));
CREATE POLICY founds ON privacy_compartment FOR INSERT WITH CHECK (
    created_by = {ACTOR} AND founded_in = pg_current_xact_id() AND (
        EXISTS (SELECT 1 FROM privacy_dossier d WHERE d.id = dossier_id AND d.created_by = {ACTOR}
                AND d.founded_in = pg_current_xact_id() OFFSET 0)
        OR EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = privacy_compartment.dossier_id
                   AND (g.directs OR (g.may_write AND privacy_compartment.kind = 'item')) OFFSET 0)));

{force("privacy_dossier")}
CREATE POLICY reads ON privacy_dossier FOR SELECT USING (
    EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = privacy_dossier.id OFFSET 0)
    OR (created_by = {ACTOR} AND founded_in = pg_current_xact_id_if_assigned()));
CREATE POLICY founds ON privacy_dossier FOR INSERT WITH CHECK (
    created_by = {ACTOR} AND founded_in = pg_current_xact_id());
CREATE POLICY directs ON privacy_dossier FOR UPDATE USING (
    EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = privacy_dossier.id AND g.directs OFFSET 0));

CREATE TRIGGER privacy_grant_check BEFORE INSERT ON privacy_grant
    FOR EACH ROW EXECUTE FUNCTION privacy_check_grant();
{watch("privacy_dossier")} {watch("privacy_compartment")} {watch("privacy_grant")}

{force("privacy_auditentry")}
CREATE POLICY writes ON privacy_auditentry FOR INSERT WITH CHECK (true);
CREATE POLICY reads ON privacy_auditentry FOR SELECT USING (
    'privacy_officer' = ANY({ROLES})
    OR (organisation_id = {ORGANISATION} AND EXISTS (
        SELECT 1 FROM privacy_grant g WHERE g.dossier_id = ANY(privacy_auditentry.dossiers) OFFSET 0)));
CREATE TRIGGER privacy_auditentry_append_only BEFORE UPDATE OR DELETE ON privacy_auditentry
    FOR EACH ROW EXECUTE FUNCTION privacy_refuse_change();
CREATE TRIGGER privacy_auditentry_keep BEFORE TRUNCATE ON privacy_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION privacy_refuse_change();
CREATE INDEX privacy_audit_dossiers ON privacy_auditentry USING gin (dossiers);
CREATE INDEX privacy_audit_references ON privacy_auditentry USING gin ("references");

REVOKE ALL ON privacy_auditentry, privacy_rowchange FROM {APP};
GRANT INSERT, SELECT ON privacy_auditentry TO {APP};
GRANT INSERT ON privacy_auditentry TO {AUDIT};
GRANT USAGE ON SCHEMA public TO {AUDIT};
REVOKE UPDATE, DELETE ON privacy_grant, privacy_compartment FROM {APP};
REVOKE DELETE ON privacy_dossier FROM {APP};
REVOKE UPDATE, DELETE ON privacy_keyencryptionkey FROM {APP};
REVOKE UPDATE, DELETE ON privacy_auditentry FROM {MAINTENANCE};
"""

CACHE_TABLE = """
CREATE TABLE privacy_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX privacy_cache_expires ON privacy_cache (expires);
"""

END_AT_TABLE = f"""
CREATE FUNCTION privacy_end_at_table(wanted_table uuid, person uuid) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder ends seats' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_grant g SET revoked_at = now()
    WHERE g.user_id = person AND g.table_id = wanted_table AND g.revoked_at IS NULL
      AND g.given_for ~ '^(participation|disclosure|contribution):';
    GET DIAGNOSTICS ended = ROW_COUNT;
    -- The participations end too: a seat that is given again later does not bring them back.
    UPDATE casework_participation p SET ended_at = now() FROM casework_case c
        WHERE c.id = p.case_id AND c.table_id = wanted_table AND p.user_id = person AND p.ended_at IS NULL;
    UPDATE casework_regieassignment r SET until = now() FROM casework_case c
        WHERE c.id = r.case_id AND c.table_id = wanted_table AND r.user_id = person AND r.kind = 'case'
          AND r.until IS NULL;
    RETURN ended;
END $$;
{definer("privacy_end_at_table(uuid, uuid)")}
"""
