"""The table: who reads that it meets, that an item is of a case of that table, and what ends with taking part.

A meeting is in no dossier: who sits at the table may know of it, and who directs the table plans it. What is on its
agenda stands in the dossiers of the cases, where grants decide as everywhere.
"""

from __future__ import annotations

from privacy.rls import household
from privacy.rls.spelling import ACTOR, ROLES, VALID
from privacy.rls.tables import as_maintenance, force, internal, watch

_SEATED = f"""EXISTS (SELECT 1 FROM partners_seat s WHERE s.table_id = {{table}} AND s.user_id = {ACTOR}
        AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
        AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()){{also}} OFFSET 0)"""
_DIRECTS = " AND s.role = 'procesregisseur'"


def _seated(table: str, also: str = "") -> str:
    return _SEATED.format(table=table, also=also)


def _of_table(name: str, table: str, reads: str) -> str:
    """Policies of what belongs to a table: its people read it, who directs it writes, nobody deletes."""
    directs = _seated(table, _DIRECTS)
    return f"""
{force(name)}
CREATE POLICY reads ON {name} FOR SELECT USING ({reads} OR 'beheerder' = ANY({ROLES}));
CREATE POLICY inserts ON {name} FOR INSERT WITH CHECK ({directs});
CREATE POLICY updates ON {name} FOR UPDATE USING ({directs}) WITH CHECK ({directs});
{watch(name)}
"""


_MEETING_OF_MINUTES = "(SELECT m.table_id FROM casework_meeting m WHERE m.id = casework_minutesversion.meeting_id)"

PLANNING = (
    _of_table("casework_meetingseries", "casework_meetingseries.table_id", _seated("casework_meetingseries.table_id"))
    + _of_table("casework_meeting", "casework_meeting.table_id", _seated("casework_meeting.table_id"))
    + _of_table("casework_minutesversion", _MEETING_OF_MINUTES, _seated(_MEETING_OF_MINUTES))
)

# An item is about the case in whose dossier it is, at a meeting of the table of that case. What hangs on an item is in
# the same dossier.
ONE_CASE = (
    """
ALTER TABLE casework_agendaitem ADD CONSTRAINT casework_agendaitem_dossier UNIQUE (id, dossier_id);
CREATE FUNCTION casework_item_at_table() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM casework_case k JOIN casework_meeting m ON m.table_id = k.table_id
            WHERE k.id = NEW.case_id AND k.dossier_id = NEW.dossier_id AND m.id = NEW.meeting_id) THEN
        RAISE EXCEPTION 'an item is of a case of the table that meets' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM privacy_compartment c WHERE c.id = NEW.record_id AND c.dossier_id = NEW.dossier_id
            AND c.kind = 'item' AND c.id <> NEW.compartment_id) THEN
        RAISE EXCEPTION 'the minutes of an item are a part of their own' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_agendaitem_place BEFORE INSERT OR UPDATE OF meeting_id, case_id, record_id, dossier_id
    ON casework_agendaitem FOR EACH ROW EXECUTE FUNCTION casework_item_at_table();
"""
    + "".join(
        f"ALTER TABLE casework_{table} ADD CONSTRAINT casework_{table}_item_pair FOREIGN KEY (item_id, dossier_id) "
        "REFERENCES casework_agendaitem (id, dossier_id) DEFERRABLE INITIALLY DEFERRED;"
        for table in (
            "agendaplace", "itemseat", "guest", "itemquestion", "attendance", "itemdecision", "tableaction",
            "itemreview", "minutespiece",
        )
    )
    + internal("casework_item_at_table()")
)  # fmt: skip

# One place says which access follows from taking part, and so ends with it. An action is kept until the seat ends.
ENDING = """
CREATE FUNCTION privacy_of_taking_part(given_for text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT given_for ~ '^(participation|disclosure|contribution|agendaitem|minutes|refusal):'
$$;
""" + as_maintenance(f"""
CREATE OR REPLACE FUNCTION privacy_end_grants(reason text, only_dossier uuid, person uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF reason IS NULL AND (only_dossier IS NULL OR person IS NULL) THEN
        RAISE EXCEPTION 'say what ends: a reason, or a person and a dossier' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    UPDATE privacy_grant g SET revoked_at = now()
    WHERE g.revoked_at IS NULL
      AND CASE WHEN reason IS NULL THEN privacy_of_taking_part(g.given_for) ELSE g.given_for = reason END
      AND (only_dossier IS NULL OR g.dossier_id = only_dossier)
      AND (person IS NULL OR g.user_id = person)
      AND ('beheerder' = ANY({ROLES}) OR g.user_id = {ACTOR} OR privacy_directs(g.dossier_id)
           OR (g.part = 'item' AND EXISTS (SELECT 1 FROM privacy_grant own WHERE own.compartment_id = g.compartment_id
               AND own.user_id = {ACTOR} AND own.may_write AND {VALID})));
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

CREATE OR REPLACE FUNCTION privacy_end_at_table(wanted_table uuid, person uuid) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE ended integer;
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder ends seats' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_grant g SET revoked_at = now()
    WHERE g.user_id = person AND g.table_id = wanted_table AND g.revoked_at IS NULL
      AND (privacy_of_taking_part(g.given_for) OR g.given_for LIKE 'tableaction:%');
    GET DIAGNOSTICS ended = ROW_COUNT;
    -- The participations end too: a seat that is given again later does not bring them back.
    UPDATE casework_participation p SET ended_at = now() FROM casework_case c
        WHERE c.id = p.case_id AND c.table_id = wanted_table AND p.user_id = person AND p.ended_at IS NULL;
    UPDATE casework_regieassignment r SET until = now() FROM casework_case c
        WHERE c.id = r.case_id AND c.table_id = wanted_table AND r.user_id = person AND r.kind = 'case'
          AND r.until IS NULL;
    RETURN ended;
END $$;
""")

# Why an organisation shares nothing is for the chair: a procesregisseur who is seated later does not get it.
REFUSALS = """
CREATE FUNCTION casework_is_refusal(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM casework_refusalreason r WHERE r.compartment_id = wanted)
$$;
""" + internal("casework_is_refusal(uuid)")
SEATING = household.SEATING.replace("c.kind <> 'own' AND", "c.kind <> 'own' AND NOT casework_is_refusal(c.id) AND")

EVERYTHING = PLANNING + ONE_CASE + ENDING + REFUSALS + SEATING
