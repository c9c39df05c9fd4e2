"""A dossier that is kept and not used gets no new readers, whatever the act: also not through an agenda or minutes."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, VALID
from privacy.rls.tables import as_maintenance, definer

# For who reads anything of it, also without its cover: whoever sat at one item reads the minutes of that.
KEPT_BACK = f"""
CREATE FUNCTION casework_kept_back(wanted uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN QUERY SELECT DISTINCT r.dossier_id FROM casework_restriction r
    WHERE r.dossier_id = ANY(wanted) AND r.lifted_at IS NULL AND EXISTS (SELECT 1 FROM privacy_grant g
        WHERE g.dossier_id = r.dossier_id AND g.user_id = {ACTOR} AND {VALID});
END $$;
{definer("casework_kept_back(uuid[])")}
"""

# Emergency access, seats of the regie and a handover go on: somebody answers for the dossier, and danger goes first.
# An act about many dossiers at once (handing out minutes) is not refused for one of them: that one is left out of it.
NO_NEW_READERS = (
    as_maintenance("""
CREATE OR REPLACE FUNCTION casework_restricted_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM casework_restriction r WHERE r.dossier_id = NEW.dossier_id AND r.lifted_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = NEW.dossier_id AND g.user_id = NEW.user_id
           AND g.revoked_at IS NULL) THEN
        IF NEW.given_for ~ '^(agendaitem|minutes|refusal):' THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'this dossier is kept and not used' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
""")
    + """
DROP TRIGGER privacy_grant_restricted ON privacy_grant;
CREATE TRIGGER privacy_grant_restricted BEFORE INSERT ON privacy_grant FOR EACH ROW
    WHEN (NEW.given_for ~ '^(disclosure|participation|agendaitem|minutes|refusal):')
    EXECUTE FUNCTION casework_restricted_stays();
"""
)
