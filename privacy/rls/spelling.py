"""How the policies spell who acts and what counts: the words that every piece of SQL here is made of."""

from __future__ import annotations

ACTOR = "NULLIF(current_setting('casustafel.actor', true), '')::uuid"
ORGANISATION = "NULLIF(current_setting('casustafel.organisation', true), '')::uuid"
ROLES = "string_to_array(current_setting('casustafel.roles', true), ',')"
APP = "casustafel_app"
AUDIT = "casustafel_audit"
MAINTENANCE = "casustafel_maintenance"
OWNER = "casustafel_owner"
BACKUP = "casustafel_backup"

THEMES = "string_to_array(current_setting('casustafel.themes', true), ',')"

# statement_timestamp(): a grant given in this very transaction counts for its next statement. Whose organisation no
# covenant binds for the theme has nothing of its signals and cases; a draft, an offered file or a request is one's own.
# Who is excluded has nothing, whatever else was given (privacy/rls/exclusion.py keeps the mark).
VALID = (
    "revoked_at IS NULL AND NOT excluded AND (valid_from IS NULL OR valid_from <= statement_timestamp()) "
    "AND (valid_until IS NULL OR valid_until > statement_timestamp()) "
    f"AND (kind IN ('import', 'draft', 'request') OR theme = ANY({THEMES}))"
)


def granted(table: str, also: str = "") -> str:
    condition = f"g.compartment_id = {table}.compartment_id" + (f" AND {also}" if also else "")
    return f"EXISTS (SELECT 1 FROM privacy_grant g WHERE {condition} OFFSET 0)"


def directed(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = {table}.dossier_id AND g.directs OFFSET 0)"


def founding(compartment: str) -> str:
    """True while the actor is still in the transaction that made the compartment: its founder fills it."""
    return (
        f"EXISTS (SELECT 1 FROM privacy_compartment c WHERE c.id = {compartment} AND c.created_by = {ACTOR} "
        "AND c.founded_in = pg_current_xact_id_if_assigned() OFFSET 0)"
    )
