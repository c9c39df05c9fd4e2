"""Who handles a request of a person, as the database has it: one contact point, and never who is kept away.

Whoever is kept away from a dossier in which the person stands sees no candidate of it and can't finish the request:
the answer would silently lack it. A colleague takes it over.
"""

from __future__ import annotations

from privacy.rls.rights import FIND, OPEN
from privacy.rls.spelling import ACTOR, VALID
from privacy.rls.tables import as_maintenance, definer

# Whether the one who acts is kept away from a dossier that may be about this person; and whether this one handles the
# request. Nobody named: whoever holds the desk.
FUNCTIONS = f"""
CREATE FUNCTION casework_rights_kept_away(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM casework_rightscandidate k JOIN privacy_exclusion x ON x.dossier_id = k.about_id
        WHERE k.request_id = wanted AND k.confirmed IS NOT FALSE AND x.user_id = {ACTOR} AND x.ended_at IS NULL);
END $$;

CREATE FUNCTION casework_rights_handles(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM casework_rightsrequest r WHERE r.id = wanted
          AND (r.handled_by_id IS NULL OR r.handled_by_id = {ACTOR})
          AND EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = r.dossier_id AND g.user_id = {ACTOR}
              AND g.directs AND {VALID}))
      AND EXISTS (SELECT 1 FROM partners_user u WHERE u.id = {ACTOR} AND u.is_active
          AND 'contact_point' = ANY(u.roles))
      AND NOT casework_rights_kept_away(wanted);
END $$;

-- Somebody of the desk takes it over, or who handles it hands it over. Of somebody who is not of the desk: nothing.
CREATE FUNCTION casework_rights_hand_over(wanted uuid, person uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    UPDATE casework_rightsrequest r SET handled_by_id = person
    WHERE r.id = wanted AND r.handled_by_id IS DISTINCT FROM person
      AND (person = {ACTOR} OR r.handled_by_id IS NULL OR r.handled_by_id = {ACTOR})
      AND EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = r.dossier_id AND g.user_id = {ACTOR}
          AND g.directs AND {VALID})
      AND (SELECT count(*) FROM partners_user u WHERE u.id IN ({ACTOR}, person) AND u.is_active
          AND 'contact_point' = ANY(u.roles)) = CASE WHEN person = {ACTOR} THEN 1 ELSE 2 END;
    RETURN FOUND;
END $$;
{
    definer(
        "casework_rights_kept_away(uuid)",
        "casework_rights_handles(uuid)",
        "casework_rights_hand_over(uuid, uuid)",
    )
}
"""


def again(functions: str) -> str:
    """The same functions as they are spelled now, over those of before."""
    return as_maintenance(
        functions.partition("CREATE CONSTRAINT TRIGGER")[0]
        .partition("CREATE TRIGGER")[0]
        .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    )


AGAIN = again(FIND) + again(OPEN)


def _not_kept_away(table: str, request: str = "request_id") -> str:
    return (
        f"CREATE POLICY kept_away ON {table} AS RESTRICTIVE FOR SELECT "
        f"USING (NOT casework_rights_kept_away({table}.{request}));"
    )


def of_passage(table: str) -> str:
    """Read by who reads the passage it belongs to."""
    return (
        f"CREATE POLICY kept_away ON {table} AS RESTRICTIVE FOR SELECT USING (EXISTS ("
        f"SELECT 1 FROM casework_rightspassage p WHERE p.id = {table}.passage_id OFFSET 0));"
    )


def by_handler(table: str, request: str = "request_id") -> str:
    """Added by who handles the request alone."""
    return (
        f"CREATE POLICY handler_adds ON {table} AS RESTRICTIVE FOR INSERT "
        f"WITH CHECK (casework_rights_handles({table}.{request}));"
    )


WALLS = f"""
CREATE POLICY kept_away ON casework_rightscandidate AS RESTRICTIVE FOR SELECT
    USING (NOT privacy_kept_away(ARRAY[about_id]));
CREATE POLICY collecting ON casework_rightscandidate AS RESTRICTIVE FOR UPDATE USING (
    EXISTS (SELECT 1 FROM casework_rightsrequest r WHERE r.id = casework_rightscandidate.request_id
        AND r.state = 'collecting' OFFSET 0) AND casework_rights_handles(request_id));
CREATE POLICY handled ON casework_rightsrequest AS RESTRICTIVE FOR UPDATE USING (casework_rights_handles(id))
    WITH CHECK (true);
{_not_kept_away("casework_rightspassage")} {_not_kept_away("casework_rightsquestion")}
{_not_kept_away("casework_rightsoverview")} {_not_kept_away("casework_rightsrelease")}
{of_passage("casework_rightsanswer")} {of_passage("casework_rightssaying")}
{by_handler("casework_rightspassage")} {by_handler("casework_rightsquestion")}
{by_handler("casework_rightsoverview")} {by_handler("casework_rightsrelease")}
"""
