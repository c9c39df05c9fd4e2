"""Whom a file at a desk is about reads nothing of it in the log; why a dossier stays is not for who manages.

Entries of the log are many: what somebody is kept away from is one array, made once a statement and not once a row.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ORGANISATION, ROLES
from privacy.rls.tables import as_maintenance, definer

# What an exclusion keeps away, and files at a desk that are about who asks.
FUNCTIONS = f"""
CREATE FUNCTION privacy_kept_from() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT ARRAY(SELECT x.dossier_id FROM privacy_exclusion x WHERE x.user_id = {ACTOR} AND x.ended_at IS NULL
        UNION SELECT f.dossier_id FROM privacy_deskfile f WHERE f.not_to = {ACTOR})
$$;
{definer("privacy_kept_from()")}
""" + as_maintenance("""
CREATE OR REPLACE FUNCTION privacy_kept_away(wanted uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT wanted && privacy_kept_from()
$$;
""")

# Restrictive: for everybody, also for the controller who watches the officers, and for colleagues in an organisation.
LOG = f"""
DROP POLICY reads ON privacy_auditentry;
CREATE POLICY reads ON privacy_auditentry FOR SELECT USING (
    'privacy_officer' = ANY({ROLES}) OR (organisation_id = {ORGANISATION} AND EXISTS (
        SELECT 1 FROM privacy_grant g WHERE g.dossier_id = ANY(privacy_auditentry.dossiers) OFFSET 0)));
CREATE POLICY kept_away ON privacy_auditentry AS RESTRICTIVE FOR SELECT
    USING (NOT dossiers && (SELECT privacy_kept_from()));
"""

# A list of destruction says that something stays; no screen of the beheerder needs the row.
BLOCKS = "DROP POLICY IF EXISTS manages ON privacy_block;"
