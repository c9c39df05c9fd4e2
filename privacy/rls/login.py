"""Tables of logging in: before anybody acts they are there for the log-in pages; whoever acts reaches its own alone."""

from __future__ import annotations

from privacy.actor import SYSTEM_ID
from privacy.rls.accounting import BEHEERDER
from privacy.rls.spelling import ACTOR, APP
from privacy.rls.tables import definer, force, watch


def own(table: str) -> str:
    """Rows of a person: nobody reads or changes those of another while acting. Log-in pages act as nobody yet."""
    mine = f"({ACTOR} IS NULL OR user_id = {ACTOR})"
    return f"""
    {force(table)}
    CREATE POLICY reads ON {table} FOR SELECT USING {mine};
    CREATE POLICY inserts ON {table} FOR INSERT WITH CHECK {mine};
    CREATE POLICY updates ON {table} FOR UPDATE USING {mine} WITH CHECK {mine};
    CREATE POLICY deletes ON {table} FOR DELETE USING {mine};
    """


# A beheerder sees that somebody has a second factor, and wipes it when phone and codes are lost: never one's own.
FACTORS = f"""
{own("mfa_authenticator")}
CREATE FUNCTION partners_has_factor(person uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT {BEHEERDER} THEN
        RAISE EXCEPTION 'only a beheerder asks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN EXISTS (SELECT 1 FROM mfa_authenticator m WHERE m.user_id = person);
END $$;
CREATE FUNCTION partners_reset_factor(person uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE gone integer;
BEGIN
    IF NOT {BEHEERDER} OR person = {ACTOR} THEN
        RAISE EXCEPTION 'only a beheerder, and not of itself' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM mfa_authenticator m WHERE m.user_id = person;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
{definer("partners_has_factor(uuid)", "partners_reset_factor(uuid)")}
"""

# Tries are counted before anybody has logged in. What was typed or sent along is never kept, whoever writes it.
TRIES = f"""
{force("axes_accessattempt")}
{force("axes_accessattemptexpiration")}
CREATE POLICY counting ON axes_accessattempt USING ({ACTOR} IS NULL) WITH CHECK ({ACTOR} IS NULL);
CREATE POLICY counting ON axes_accessattemptexpiration USING ({ACTOR} IS NULL) WITH CHECK ({ACTOR} IS NULL);
CREATE FUNCTION axes_keep_nothing_typed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.get_data := ''; NEW.post_data := ''; NEW.http_accept := ''; NEW.path_info := '';
    RETURN NEW;
END $$;
CREATE TRIGGER axes_accessattempt_typed BEFORE INSERT OR UPDATE ON axes_accessattempt
    FOR EACH ROW EXECUTE FUNCTION axes_keep_nothing_typed();
{force("axes_accesslog")}
{force("axes_accessfailurelog")}
REVOKE ALL ON axes_accesslog, axes_accessfailurelog FROM {APP};
"""

# A row goes with its session, whoever ends that. One's own while acting; log-in pages write it as nobody yet.
SESSIONS = f"""
{own("partners_loginsession")}
ALTER TABLE partners_loginsession ADD CONSTRAINT partners_loginsession_goes FOREIGN KEY (session_id)
    REFERENCES django_session (session_key) ON DELETE CASCADE;
"""

# A beheerder invites, and unties; whoever comes back from a provider ties, acting as nobody yet, for an invitation of
# the last days that was not used. Nobody ties for oneself while acting, and nobody changes what was tied.
IDENTITIES = f"""
{force("partners_identityinvitation")} {force("partners_identity")}
CREATE POLICY reads ON partners_identityinvitation FOR SELECT
    USING ({ACTOR} IS NULL OR {ACTOR} = '{SYSTEM_ID}'::uuid OR {BEHEERDER});
CREATE POLICY inserts ON partners_identityinvitation FOR INSERT
    WITH CHECK (invited_by = {ACTOR} AND user_id <> {ACTOR} AND {BEHEERDER});
CREATE POLICY deletes ON partners_identityinvitation FOR DELETE USING (user_id <> {ACTOR} AND {BEHEERDER});
CREATE POLICY reads ON partners_identity FOR SELECT
    USING ({ACTOR} IS NULL OR {ACTOR} = '{SYSTEM_ID}'::uuid OR user_id = {ACTOR} OR {BEHEERDER});
CREATE POLICY inserts ON partners_identity FOR INSERT WITH CHECK ({ACTOR} IS NULL AND EXISTS (
    SELECT 1 FROM partners_identityinvitation i WHERE i.id = invitation_id AND i.user_id = partners_identity.user_id
        AND i.provider = partners_identity.provider AND i.made_at > statement_timestamp() - interval '3 days 1 hour'));
CREATE POLICY deletes ON partners_identity FOR DELETE USING (user_id <> {ACTOR} AND {BEHEERDER});
{watch("partners_identityinvitation")}
REVOKE UPDATE ON partners_identityinvitation, partners_identity FROM {APP};
"""

# Allauth's own tables of providers, accounts and tokens stay empty: ours say who somebody is.
UNUSED = "".join(
    f"{force(table)} REVOKE INSERT, UPDATE, DELETE ON {table} FROM {APP};"
    for table in ("socialaccount_socialapp", "socialaccount_socialaccount", "socialaccount_socialtoken")
)
