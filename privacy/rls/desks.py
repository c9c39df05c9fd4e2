"""Files at a desk are read by who holds the desk's role, never by whom the file is about; with the role it ends."""

from __future__ import annotations

from privacy.models.desk import DESK_ROLES
from privacy.rls.spelling import ACTOR, APP, ROLES
from privacy.rls.tables import as_maintenance, definer, internal, protect

_ROLE = "CASE " + " ".join(f"WHEN {{0}} = '{desk}' THEN '{role}'" for desk, role in DESK_ROLES.items()) + " END"
_COLUMNS = (
    "id, user_id, permission_id, dossier_id, compartment_id, kind, part, table_id, theme, may_write, directs, "
    "ground, given_by, given_for, given_at, valid_until, sort_at, excluded"
)
# The part of the regie directs: who works at the desk says what becomes of the file, and destroys it in time.
_GIVEN = f"""
    INSERT INTO privacy_grant ({_COLUMNS})
    SELECT gen_random_uuid(), u.id, p.id, d.id, c.id, d.kind, c.kind, d.table_id, d.theme, true, c.kind = 'regie',
        'balie', {ACTOR}, 'desk:' || f.desk, now(), NULL, d.sort_at, false
    FROM privacy_deskfile f JOIN privacy_dossier d ON d.id = f.dossier_id AND d.destroyed_at IS NULL
    JOIN privacy_compartment c ON c.dossier_id = d.id AND c.kind IN ('cover', 'table', 'regie', 'item')
    JOIN partners_user u ON u.is_active AND {_ROLE.format("f.desk")} = ANY(u.roles)
        AND u.id IS DISTINCT FROM f.not_to
    JOIN auth_permission p ON p.codename =
        CASE WHEN c.kind = 'regie' THEN 'direct_dossier' ELSE 'contribute_dossier' END
    JOIN django_content_type t ON t.id = p.content_type_id AND t.app_label = 'privacy' AND t.model = 'dossier'
    WHERE {{}} ON CONFLICT DO NOTHING
"""

_FUNCTIONS = f"""
CREATE FUNCTION privacy_lay_at_desk(wanted uuid, at_desk text, about uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO privacy_deskfile (id, dossier_id, compartment_id, desk, not_to)
    SELECT gen_random_uuid(), d.id, c.id, at_desk, about FROM privacy_dossier d
    JOIN privacy_compartment c ON c.dossier_id = d.id AND c.kind = 'cover'
    WHERE d.id = wanted AND d.kind = 'request' AND d.created_by = {ACTOR}
      AND d.founded_in = pg_current_xact_id_if_assigned() AND {_ROLE.format("at_desk")} IS NOT NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only who founds a file lays it at a desk' USING ERRCODE = 'insufficient_privilege';
    END IF;
    {_GIVEN.format("f.dossier_id = wanted")};
END $$;

CREATE FUNCTION privacy_take_up_desk(at_desk text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE given integer;
BEGIN
    {_GIVEN.format(f"f.desk = at_desk AND u.id = {ACTOR} AND {_ROLE.format('at_desk')} = ANY({ROLES})")};
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN given;
END $$;

CREATE FUNCTION privacy_lay_part_at_desk(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    {_GIVEN.format(f"c.id = wanted AND c.created_by = {ACTOR} AND c.founded_in = pg_current_xact_id_if_assigned()")};
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only who founds a part lays it at a desk' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;
"""
FUNCTIONS = _FUNCTIONS + definer(
    "privacy_lay_part_at_desk(uuid)", "privacy_lay_at_desk(uuid, text, uuid)", "privacy_take_up_desk(text)"
)

# Whatever changes a role: access at its desk is over with it, in the same transaction.
FOLLOWS = f"""
CREATE FUNCTION privacy_desk_follows_role() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE privacy_grant g SET revoked_at = now()
    WHERE g.user_id = NEW.id AND g.given_for LIKE 'desk:%' AND g.revoked_at IS NULL
      AND NOT (NEW.is_active AND {_ROLE.format("substr(g.given_for, 6)")} = ANY(NEW.roles));
    RETURN NULL;
END $$;
CREATE TRIGGER partners_user_desk AFTER UPDATE OF roles, is_active ON partners_user
    FOR EACH ROW EXECUTE FUNCTION privacy_desk_follows_role();
{internal("privacy_desk_follows_role()")}
"""


def _again(functions: str) -> str:
    """The same functions with the desks of today, over those of before."""
    return as_maintenance(
        functions.partition("CREATE TRIGGER")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    )


# A desk that came later: for databases that have the functions already.
ANOTHER_DESK = _again(_FUNCTIONS) + _again(FOLLOWS)

FILES = f"""
{protect("privacy_deskfile")}
REVOKE INSERT, UPDATE, DELETE ON privacy_deskfile FROM {APP};
"""

# What a dossier is, who founded it and in which act never changes: a case would become a file that a desk reads. Only
# these follow when a signal goes to another table or a case is founded earlier than was known.
IDENTITY = f"""
REVOKE UPDATE ON privacy_dossier FROM {APP};
GRANT UPDATE (table_id, theme, first_processed_on, retain_until) ON privacy_dossier TO {APP};
"""
