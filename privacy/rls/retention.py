"""What keeps a dossier from being destroyed: who may block, and who lifts that.

The contact point and the regisseur block dossiers that they do not read in full, so these are functions that check
the actor themselves. Each first holds the dossier: whoever is destroying it at that moment goes first, or finds this.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, ROLES, THEMES
from privacy.rls.tables import as_maintenance, definer, force

# As in VALID, of the grant `g` beside other tables.
GRANT_VALID = (
    "g.revoked_at IS NULL AND NOT g.excluded AND (g.valid_from IS NULL OR g.valid_from <= statement_timestamp()) "
    "AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp()) "
    f"AND (g.kind IN ('import', 'draft', 'request') OR g.theme = ANY({THEMES}))"
)


def holds(role: str) -> str:
    """Whether who acts holds this role, in the transaction and in truth."""
    return (
        f"('{role}' = ANY({ROLES}) AND EXISTS (SELECT 1 FROM partners_user u "
        f"WHERE u.id = {ACTOR} AND u.is_active AND '{role}' = ANY(u.roles)))"
    )


# Who directs it, and when it is closed (and shielded, so that nobody directs it) who reads its cover for the table.
REGISSEUR = f"""
CREATE FUNCTION privacy_regisseur_of(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    RETURN privacy_directs(wanted) OR EXISTS (SELECT 1 FROM privacy_dossier d
        JOIN privacy_grant g ON g.dossier_id = d.id AND g.part = 'cover' AND g.user_id = {ACTOR} AND {GRANT_VALID}
        JOIN partners_seat s ON s.user_id = {ACTOR} AND s.table_id = d.table_id AND s.role = 'procesregisseur'
            AND s.ended_at IS NULL AND s.valid_from <= statement_timestamp()
            AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())
        WHERE d.id = wanted AND d.shielded_at IS NOT NULL);
END $$;
{definer("privacy_regisseur_of(uuid)")}
"""

_BLOCKS = f"""
CREATE FUNCTION privacy_block(wanted uuid[], why text, source uuid) RETURNS SETOF uuid LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE one uuid;
BEGIN
    FOR one IN SELECT d.id FROM privacy_dossier d WHERE d.id = ANY(wanted) AND d.destroyed_at IS NULL
            ORDER BY d.id FOR SHARE LOOP
        IF NOT (CASE why WHEN 'request' THEN casework_rights_handles(source) AND EXISTS (
                    SELECT 1 FROM casework_rightsrequest r JOIN casework_rightscandidate k ON k.request_id = r.id
                    WHERE r.id = source AND r.ended_at IS NULL AND k.about_id = one AND k.confirmed)
                WHEN 'objection' THEN privacy_regisseur_of(one)
                ELSE false END) THEN
            RAISE EXCEPTION 'only the contact point for what a request is about, or who directs it'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        INSERT INTO privacy_block (id, dossier_id, because, source_id, set_by, set_at)
            VALUES (gen_random_uuid(), one, why, source, {ACTOR}, now()) ON CONFLICT DO NOTHING;
        IF FOUND THEN
            RETURN NEXT one;
        END IF;
    END LOOP;
END $$;

-- A hold of the officer, who knows a dossier by its number. Nothing for what is not there, gone, or kept from her.
CREATE FUNCTION privacy_block_numbered(number text, source uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE one uuid;
BEGIN
    IF NOT {holds("privacy_officer")} THEN
        RAISE EXCEPTION 'only the privacy officer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT d.id INTO one FROM privacy_dossier d WHERE d.reference = number AND d.destroyed_at IS NULL
        AND NOT privacy_kept_away(ARRAY[d.id]) FOR SHARE;
    IF FOUND THEN
        INSERT INTO privacy_block (id, dossier_id, because, source_id, set_by, set_at)
            VALUES (gen_random_uuid(), one, 'hold', source, {ACTOR}, now()) ON CONFLICT DO NOTHING;
    END IF;
    RETURN one;
END $$;

-- What a request keeps is let go when it ended, by who handled it; a hold and an objection by an officer; who objected
-- may take it back.
CREATE FUNCTION privacy_unblock(source uuid) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM privacy_block b WHERE b.source_id = source AND b.ended_at IS NULL
            AND NOT CASE b.because WHEN 'request' THEN casework_rights_handles(source) AND EXISTS (
                    SELECT 1 FROM casework_rightsrequest r WHERE r.id = source AND r.ended_at IS NOT NULL)
                ELSE ({holds("privacy_officer")} AND NOT privacy_kept_away(ARRAY[b.dossier_id]))
                     OR (b.because = 'objection' AND b.set_by = {ACTOR}) END) THEN
        RAISE EXCEPTION 'only who may set it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY UPDATE privacy_block SET ended_at = now(), ended_by = {ACTOR}
        WHERE source_id = source AND ended_at IS NULL RETURNING dossier_id;
END $$;
"""
BLOCKS = _BLOCKS + definer(
    "privacy_block(uuid[], text, uuid)", "privacy_block_numbered(text, uuid)", "privacy_unblock(uuid)"
)
# As it is spelled now, over what stood there before requests were asked after (privacy/rls/handling.py).
BLOCKS_OF_REQUESTS = as_maintenance(_BLOCKS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))

TABLES = f"""
{force("privacy_block")}
CREATE POLICY reads ON privacy_block FOR SELECT USING (
    set_by = {ACTOR} OR 'contact_point' = ANY({ROLES})
    OR ('privacy_officer' = ANY({ROLES}) AND NOT privacy_kept_away(ARRAY[dossier_id]))
    OR EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = privacy_block.dossier_id AND g.directs OFFSET 0));
REVOKE INSERT, UPDATE, DELETE ON privacy_block FROM {APP};
"""

# The officer who is kept away from a dossier reads nothing about it, also not at the desk.
FILES = f"""
CREATE POLICY about ON privacy_hold AS RESTRICTIVE FOR SELECT USING (
    set_by_id = {ACTOR} OR NOT privacy_kept_away(ARRAY[about_id]));
CREATE POLICY about ON privacy_holdtext AS RESTRICTIVE FOR SELECT USING (
    EXISTS (SELECT 1 FROM privacy_hold h WHERE h.id = privacy_holdtext.hold_id OFFSET 0));
CREATE POLICY author ON privacy_holdtext AS RESTRICTIVE FOR INSERT WITH CHECK (author_id = {ACTOR});
REVOKE UPDATE, DELETE ON privacy_holdtext FROM {APP};
REVOKE DELETE ON privacy_hold FROM {APP};
"""
