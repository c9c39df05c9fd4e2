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
REVOKE DELETE ON privacy_breach, privacy_breachdossier, privacy_breachnotice, privacy_breachmeasure, privacy_breachtask
    FROM {APP};
"""

# The clocks count from the earliest moment that was noted, and what was told stays told; a closed file is closed.
STANDS = """
CREATE FUNCTION privacy_breach_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL OR NEW.discovered_at > OLD.discovered_at
       OR coalesce(NEW.ap_at, 'infinity') > coalesce(OLD.ap_at, 'infinity')
       OR coalesce(NEW.internal_at, 'infinity') > coalesce(OLD.internal_at, 'infinity')
       OR (NEW.reader_id, NEW.source, NEW.source_id, NEW.opened_by, NEW.opened_at)
          IS DISTINCT FROM (OLD.reader_id, OLD.source, OLD.source_id, OLD.opened_by, OLD.opened_at) THEN
        RAISE EXCEPTION 'this stands as it was noted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER privacy_breach_stands BEFORE UPDATE ON privacy_breach
    FOR EACH ROW EXECUTE FUNCTION privacy_breach_stands();
"""

RECEIPTS = f"""
{force("privacy_breachreceipt")}
CREATE POLICY reads ON privacy_breachreceipt FOR SELECT USING (reporter_id = {ACTOR});
CREATE POLICY notes ON privacy_breachreceipt FOR INSERT WITH CHECK (reporter_id = {ACTOR});
{watch("privacy_breachreceipt")}
REVOKE UPDATE, DELETE ON privacy_breachreceipt FROM {APP};
"""
