"""Two people that are said to be the same: who may know of it, and that it goes with them.

A tie tells that somebody stands in a second dossier. So reading, making and undoing it takes a grant on the people of
both sides, besides the regie of the dossier it stands in. It has no foreign keys to them, since people stand in several
tables.
"""

from __future__ import annotations

from privacy.rls.tables import internal

TABLE = "casework_sameness"


def _held(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM privacy_grant g WHERE g.compartment_id = {TABLE}.{column} OFFSET 0)"


_BOTH = f"{_held('left_compartment')} AND {_held('right_compartment')}"
BOTH_SIDES = f"""
CREATE POLICY both_read ON {TABLE} AS RESTRICTIVE FOR SELECT USING ({_BOTH});
CREATE POLICY both_added ON {TABLE} AS RESTRICTIVE FOR INSERT WITH CHECK ({_BOTH});
CREATE POLICY both_changed ON {TABLE} AS RESTRICTIVE FOR UPDATE USING ({_BOTH}) WITH CHECK ({_BOTH});
CREATE POLICY both_gone ON {TABLE} AS RESTRICTIVE FOR DELETE USING ({_BOTH});
"""

# Whoever destroys a compartment or takes somebody out need not know of the tie, nor be allowed to read it.
FORGET = f"""
CREATE FUNCTION casework_forget_sameness() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    DELETE FROM {TABLE} WHERE left_row = OLD.id OR right_row = OLD.id OR compartment_id = OLD.id
        OR left_compartment = OLD.id OR right_compartment = OLD.id;
    RETURN OLD;
END $$;
{internal("casework_forget_sameness()")}
"""


def forgets(table: str) -> str:
    """What is said of a row of this table goes with the row."""
    return (
        f"CREATE TRIGGER {table}_sameness BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION casework_forget_sameness();"
    )
