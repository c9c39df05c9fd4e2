"""Minutes: a fixed version never changes, and who fixes is who chairs and who writes. And overdue actions of a table.

A piece lies in the part of what it is about, where keys and grants decide who reads it. This adds when: before both
fixed a version, nobody but who directs the case reads its pieces, also not who read an older version.
"""

from __future__ import annotations

from privacy.rls import stagnation
from privacy.rls.spelling import ACTOR, directed
from privacy.rls.tables import as_maintenance, internal

_PIECE = "casework_minutespiece"
_FIXED = f"""EXISTS (SELECT 1 FROM casework_minutesversion v
    WHERE v.id = {_PIECE}.minutes_id AND v.fixed_at IS NOT NULL OFFSET 0)"""

PIECES = f"""
CREATE POLICY when_fixed ON {_PIECE} AS RESTRICTIVE FOR SELECT USING ({_FIXED} OR {directed(_PIECE)});
CREATE POLICY until_fixed_added ON {_PIECE} AS RESTRICTIVE FOR INSERT WITH CHECK (NOT {_FIXED});
CREATE POLICY until_fixed_changed ON {_PIECE} AS RESTRICTIVE FOR UPDATE USING (NOT {_FIXED});
CREATE POLICY until_fixed_gone ON {_PIECE} AS RESTRICTIVE FOR DELETE USING (NOT {_FIXED});
CREATE POLICY until_fixed ON casework_minutesversion AS RESTRICTIVE FOR UPDATE
    USING (fixed_at IS NULL) WITH CHECK (true);
"""

# Whoever chairs and whoever writes each fix it in person; in the place of one who left, anybody who directs the table.
FIXING = f"""
CREATE FUNCTION casework_may_fix(wanted_table uuid, named uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT named = {ACTOR} OR NOT EXISTS (SELECT 1 FROM partners_seat s JOIN partners_user u ON u.id = s.user_id
        WHERE s.table_id = wanted_table AND s.user_id = named AND s.role = 'procesregisseur' AND u.is_active
          AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
          AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()))
$$;
CREATE FUNCTION casework_minutes_fixed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE m record;
BEGIN
    SELECT table_id, chair_id, secretary_id INTO m FROM casework_meeting WHERE id = NEW.meeting_id;
    IF (NEW.chair_at IS NOT NULL AND NEW.chair_at IS DISTINCT FROM OLD.chair_at
            AND NOT casework_may_fix(m.table_id, m.chair_id))
       OR (NEW.secretary_at IS NOT NULL AND NEW.secretary_at IS DISTINCT FROM OLD.secretary_at
            AND NOT casework_may_fix(m.table_id, m.secretary_id)) THEN
        RAISE EXCEPTION 'minutes are fixed by who chaired and who wrote' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_minutesversion_fixed BEFORE UPDATE OF chair_at, secretary_at, fixed_at
    ON casework_minutesversion FOR EACH ROW EXECUTE FUNCTION casework_minutes_fixed();
""" + internal("casework_may_fix(uuid, uuid)", "casework_minutes_fixed()")

_OF_A_CASE = (
    "ARRAY(SELECT t.due_on FROM casework_tableaction t WHERE t.case_id = c.id AND t.status IN ('todo', 'doing'))"
)
OVERDUE = as_maintenance(
    stagnation.OF.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
        "(c.opened_at AT TIME ZONE zone)::date, ARRAY[]::date[]", f"(c.opened_at AT TIME ZONE zone)::date, {_OF_A_CASE}"
    )
)

EVERYTHING = PIECES + FIXING + OVERDUE
