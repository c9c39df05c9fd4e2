"""The seals over the log as SQL: what waits, who may add seals, and that nobody takes anything away."""

from __future__ import annotations

from privacy.rls.spelling import APP, AUDIT, MAINTENANCE, ROLES
from privacy.rls.tables import definer, force

OFFICER = f"'privacy_officer' = ANY({ROLES})"

APPEND_ONLY = ("privacy_auditblock", "privacy_auditleaf", "privacy_auditcheck", "privacy_rowchange")


def append_only(table: str) -> str:
    """Rows are added and stay, whoever asks."""
    return f"""
    CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION privacy_refuse_change();
    CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION privacy_refuse_change();
    REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP}, {MAINTENANCE};
    """


# A table of our own instead of a mark on the entry: entries are never updated, and what waits is found at the cost of
# what waits, not of what is there. It needs no clock and no order of commits: a row appears when its entry does.
QUEUE = f"""
CREATE FUNCTION privacy_await_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO privacy_auditunsealed (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION privacy_got_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    DELETE FROM privacy_auditunsealed u USING sealed s WHERE u.entry_id = s.entry_id;
    RETURN NULL;
END $$;
CREATE TRIGGER privacy_auditentry_await AFTER INSERT ON privacy_auditentry
    FOR EACH ROW EXECUTE FUNCTION privacy_await_seal();
CREATE TRIGGER privacy_auditleaf_got AFTER INSERT ON privacy_auditleaf
    REFERENCING NEW TABLE AS sealed FOR EACH STATEMENT EXECUTE FUNCTION privacy_got_seal();
{definer("privacy_await_seal()", "privacy_got_seal()")}
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON privacy_auditunsealed FROM {APP};
REVOKE UPDATE, TRUNCATE ON privacy_auditunsealed FROM {MAINTENANCE};

SELECT set_config('casustafel.roles', 'privacy_officer', true);
INSERT INTO privacy_auditunsealed (entry_id, before) SELECT id, true FROM privacy_auditentry;
SELECT set_config('casustafel.roles', '', true);
"""

RIGHTS = f"""
{"".join(map(append_only, APPEND_ONLY))}
{"".join(map(force, (*APPEND_ONLY, "privacy_auditunsealed")))}
CREATE POLICY reads ON privacy_auditblock FOR SELECT USING ({OFFICER});
CREATE POLICY seals ON privacy_auditblock FOR INSERT WITH CHECK ({OFFICER});
CREATE POLICY reads ON privacy_auditleaf FOR SELECT USING ({OFFICER});
CREATE POLICY seals ON privacy_auditleaf FOR INSERT WITH CHECK ({OFFICER});
CREATE POLICY reads ON privacy_auditcheck FOR SELECT USING ({OFFICER});
CREATE POLICY checks ON privacy_auditcheck FOR INSERT WITH CHECK ({OFFICER});
CREATE POLICY reads ON privacy_auditunsealed FOR SELECT USING ({OFFICER});
CREATE POLICY reads ON privacy_rowchange FOR SELECT USING ({OFFICER});
GRANT SELECT ON privacy_rowchange TO {APP};
REVOKE ALL ON privacy_auditblock, privacy_auditleaf, privacy_auditunsealed, privacy_auditcheck FROM {AUDIT};

-- NOT VALID: entries from before keep an empty MAC and are sealed as such; no new one comes in without.
ALTER TABLE privacy_auditentry ADD CONSTRAINT privacy_auditentry_mac CHECK (mac IS NOT NULL) NOT VALID;
"""
