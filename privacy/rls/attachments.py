"""Files: they stay with the thing they hang on, and only who brought them in takes them away or adds to it."""

from __future__ import annotations

from privacy.rls.spelling import ORGANISATION, directed, granted

FILE, CHUNK = "casework_attachment", "casework_attachmentchunk"


def _beside(parent: str, child: str, column: str, *also: str) -> str:
    """The parent lies in the same compartment (and is of the same organisation): foreign keys walk past policies."""
    here = ", ".join((f"{column}_id", "compartment_id", *also))
    there = ", ".join(("id", "compartment_id", *also))
    return f"""
    ALTER TABLE {parent} ADD CONSTRAINT {parent}_beside UNIQUE ({there});
    ALTER TABLE {child} ADD CONSTRAINT {child}_{column}_pair FOREIGN KEY ({here})
        REFERENCES {parent} ({there}) DEFERRABLE INITIALLY DEFERRED;
    """


_MINE = f"organisation_id = {ORGANISATION}"

ATTACHMENTS = f"""
{_beside("casework_contribution", FILE, "contribution", "organisation_id")}
{_beside("casework_signalitem", FILE, "item")}
{_beside("casework_signaldraft", FILE, "draft")}
{_beside(FILE, CHUNK, "attachment", "organisation_id")}

CREATE POLICY owner_adds ON {FILE} AS RESTRICTIVE FOR INSERT WITH CHECK ({_MINE});
CREATE POLICY owner_adds ON {CHUNK} AS RESTRICTIVE FOR INSERT WITH CHECK ({_MINE});
DROP POLICY updates ON {CHUNK};
CREATE POLICY updates ON {CHUNK} FOR UPDATE USING (false);
DROP POLICY deletes ON {FILE};
DROP POLICY deletes ON {CHUNK};
CREATE POLICY deletes ON {FILE} FOR DELETE
    USING ({granted(FILE, "g.may_write")} AND ({_MINE} OR {directed(FILE)}));
CREATE POLICY deletes ON {CHUNK} FOR DELETE
    USING ({granted(CHUNK, "g.may_write")} AND ({_MINE} OR {directed(CHUNK)}));
"""
