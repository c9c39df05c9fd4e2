"""A dossier that goes to another table takes its grants along: each repeats the table and the theme of its dossier."""

from __future__ import annotations

from privacy.rls.tables import definer

FOLLOW = f"""
CREATE FUNCTION privacy_follow_dossier(wanted uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE moved integer;
BEGIN
    IF NOT privacy_directs(wanted) THEN
        RAISE EXCEPTION 'only who directs a dossier sends it on' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_grant g SET table_id = d.table_id, theme = d.theme FROM privacy_dossier d
        WHERE d.id = wanted AND g.dossier_id = d.id AND g.revoked_at IS NULL
          AND (g.table_id IS DISTINCT FROM d.table_id OR g.theme <> d.theme);
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END $$;
{definer("privacy_follow_dossier(uuid)")}
"""
