"""What a table inside a dossier needs, as SQL and as operations of a migration."""

from __future__ import annotations

from django.db import migrations

from privacy.rls.spelling import APP, MAINTENANCE, ORGANISATION, OWNER, directed, founding, granted


def force(table: str) -> str:
    """Row level security on, for the owner too."""
    return f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"


def watch(table: str) -> str:
    """The content-free trigger: no write without an actor, and a trace of which row, never of what."""
    return (
        f"CREATE TRIGGER {table}_watch AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION privacy_note_change();"
    )


def protect(table: str) -> str:
    """Everything a table inside a dossier needs: policies, the pairing of dossier and compartment, the trigger."""
    return f"""
    {force(table)}
    CREATE POLICY reads ON {table} FOR SELECT USING ({granted(table)});
    CREATE POLICY inserts ON {table} FOR INSERT
        WITH CHECK ({granted(table, "g.may_write")} OR {founding(table + ".compartment_id")});
    CREATE POLICY updates ON {table} FOR UPDATE
        USING ({granted(table, "g.may_write")}) WITH CHECK ({granted(table, "g.may_write")});
    CREATE POLICY deletes ON {table} FOR DELETE USING ({granted(table, "g.may_write")} AND {directed(table)});
    ALTER TABLE {table} ADD CONSTRAINT {table}_pair FOREIGN KEY (compartment_id, dossier_id)
        REFERENCES privacy_compartment (id, dossier_id) DEFERRABLE INITIALLY DEFERRED;
    {watch(table)}
    """


def protection(*tables: str) -> migrations.RunSQL:
    """The migration operation that protects these tables."""
    return migrations.RunSQL([protect(table) for table in tables], migrations.RunSQL.noop)


def only_owner_changes(table: str) -> migrations.RunSQL:
    """What an organisation brought in is changed by that organisation alone, whoever directs the dossier."""
    return migrations.RunSQL(
        f"CREATE POLICY owner ON {table} AS RESTRICTIVE FOR UPDATE USING (organisation_id = {ORGANISATION})",
        migrations.RunSQL.noop,
    )


def only_regie_writes(table: str) -> migrations.RunSQL:
    """Rows that only who directs the dossier adds and changes, whatever else the compartment allows."""
    return migrations.RunSQL(
        [
            f"CREATE POLICY regie_adds ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({directed(table)})",
            f"CREATE POLICY regie_changes ON {table} AS RESTRICTIVE FOR UPDATE USING ({directed(table)})",
        ],
        migrations.RunSQL.noop,
    )


def only_regie_writes_once_founded(table: str) -> migrations.RunSQL:
    """The same for rows that a new dossier begins with: its founder adds them before anybody directs it."""
    added = f"{directed(table)} OR {founding(table + '.compartment_id')}"
    return migrations.RunSQL(
        [
            f"CREATE POLICY regie_adds ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({added})",
            f"CREATE POLICY regie_changes ON {table} AS RESTRICTIVE FOR UPDATE USING ({directed(table)})",
        ],
        migrations.RunSQL.noop,
    )


def only_regie_adds(table: str) -> migrations.RunSQL:
    """Rows that only who directs the dossier adds, whatever else the compartment allows."""
    return migrations.RunSQL(
        f"CREATE POLICY regie_adds ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({directed(table)})",
        migrations.RunSQL.noop,
    )


def internal(*functions: str) -> str:
    """Functions that may look past policies belong to maintenance; these are called by other functions alone."""
    return "".join(f"ALTER FUNCTION {function} OWNER TO {MAINTENANCE};" for function in functions) + as_maintenance(
        _closed(*functions)
    )


def definer(*functions: str) -> str:
    """Functions that may look past policies and that the application calls; they check the actor themselves."""
    return internal(*functions) + as_maintenance(_opened(*functions))


def _closed(*functions: str) -> str:
    """To be said as their owner: who does not own a function revokes nothing, and PostgreSQL only warns.

    Who migrates may still hang them on a table.
    """
    return "".join(
        f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, {APP}; GRANT EXECUTE ON FUNCTION {function} TO {OWNER};"
        for function in functions
    )


def _opened(*functions: str) -> str:
    return "".join(f"GRANT EXECUTE ON FUNCTION {function} TO {APP};" for function in functions)


def as_maintenance(statements: str) -> str:
    """Statements that replace functions of maintenance: only their owner may."""
    return f"SET LOCAL ROLE {MAINTENANCE}; {statements} RESET ROLE;"
