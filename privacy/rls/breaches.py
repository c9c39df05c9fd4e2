"""Breaches: who notes what, and what never changes once it is noted."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, directed
from privacy.rls.tables import force, watch

# What was told and measured is noted by the desk alone, and in one's own name; a task is answered by who has it. An
# officer who is kept away from a dossier does not learn here that it was touched.
FILES = f"""
CREATE POLICY desk_notes ON privacy_breachnotice AS RESTRICTIVE FOR INSERT
    WITH CHECK (noted_by = {ACTOR} AND {directed("privacy_breachnotice")});
REVOKE UPDATE ON privacy_breachnotice FROM {APP};

CREATE POLICY desk_measures ON privacy_breachmeasure AS RESTRICTIVE FOR INSERT
    WITH CHECK (noted_by = {ACTOR} AND {directed("privacy_breachmeasure")});

CREATE POLICY known ON privacy_breachdossier AS RESTRICTIVE FOR SELECT
    USING (NOT privacy_kept_away(ARRAY[about_id]));
REVOKE UPDATE ON privacy_breachdossier FROM {APP};

CREATE POLICY desk_asks ON privacy_breachtask AS RESTRICTIVE FOR INSERT
    WITH CHECK (asked_by = {ACTOR} AND done_on IS NULL AND {directed("privacy_breachtask")});
CREATE POLICY who_has_it ON privacy_breachtask AS RESTRICTIVE FOR UPDATE USING (person_id = {ACTOR});
REVOKE UPDATE ON privacy_breachtask FROM {APP};
GRANT UPDATE (done_on, answered_at) ON privacy_breachtask TO {APP};
"""

RECEIPTS = f"""
{force("privacy_breachreceipt")}
CREATE POLICY reads ON privacy_breachreceipt FOR SELECT USING (reporter_id = {ACTOR});
CREATE POLICY notes ON privacy_breachreceipt FOR INSERT WITH CHECK (reporter_id = {ACTOR});
{watch("privacy_breachreceipt")}
REVOKE UPDATE, DELETE ON privacy_breachreceipt FROM {APP};
"""
