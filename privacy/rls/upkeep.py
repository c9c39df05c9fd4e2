"""Who reaches the tables of upkeep; destroying writes the shred list; the chain of index keys; the back-up role."""

from __future__ import annotations

from privacy.locks import Lock
from privacy.rls.spelling import APP, BACKUP, MAINTENANCE, OWNER, ROLES
from privacy.rls.tables import as_maintenance, definer, force

# Destroys as before, and writes what was destroyed in the same transaction: whoever calls it can't forget the list.
FORGET = as_maintenance("""
CREATE OR REPLACE FUNCTION privacy_forget(wanted uuid, keep_cover boolean) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT privacy_directs(wanted) THEN
        RAISE EXCEPTION 'only who directs a dossier may destroy it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM privacy_grant g USING privacy_compartment c
        WHERE c.id = g.compartment_id AND g.dossier_id = wanted AND NOT (keep_cover AND c.kind = 'cover');
    DELETE FROM privacy_exclusion x WHERE x.dossier_id = wanted AND NOT keep_cover;
    DELETE FROM privacy_compartment c WHERE c.dossier_id = wanted AND NOT (keep_cover AND c.kind = 'cover');
    UPDATE privacy_dossier SET destroyed_at = now() WHERE id = wanted;
    INSERT INTO privacy_shredded (id, dossier_id, at) VALUES (gen_random_uuid(), wanted, now());
END $$;
""")

# Who computes a digest holds the chain as it is until the transaction ends: rotating waits for that, and the other way
# round. The lock comes first, in a statement of its own, so that the rows are read as they are after waiting.
INDEX_CHAIN = f"""
CREATE FUNCTION privacy_index_chain() RETURNS SETOF privacy_indexkey LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({Lock.INDEX_CHAIN:d});
    RETURN QUERY SELECT * FROM privacy_indexkey ORDER BY epoch;
END $$;
"""

KEY_COUNTS = f"""
CREATE FUNCTION privacy_key_counts() RETURNS TABLE (epoch integer, made_at timestamptz, retired_at timestamptz,
    keys bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT 'beheerder' = ANY({ROLES}) THEN
        RAISE EXCEPTION 'only a beheerder counts keys' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT k.epoch, k.made_at, k.retired_at, count(c.id)
        FROM privacy_keyencryptionkey k LEFT JOIN privacy_compartment c ON c.epoch_id = k.epoch
        GROUP BY k.epoch ORDER BY k.epoch DESC;
END $$;
{definer("privacy_key_counts()")}
"""

# On PostgreSQL 16 and newer the earlier migrations could not take this right away: they had given the functions away.
CLOSE_DEFINERS = as_maintenance(f"""
DO $$ DECLARE one regprocedure; BEGIN
    FOR one IN SELECT oid FROM pg_proc WHERE prosecdef AND pg_get_userbyid(proowner) = '{MAINTENANCE}' LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {APP}, {OWNER}', one);
    END LOOP;
END $$;
""")

RIGHTS = f"""
REVOKE ALL ON privacy_operation, privacy_shredded, privacy_indexkey FROM {APP};
GRANT SELECT ON privacy_operation, privacy_shredded, privacy_indexkey TO {APP};
GRANT UPDATE (noted_at) ON privacy_shredded TO {APP};
{force("privacy_operation")}
CREATE POLICY reads ON privacy_operation FOR SELECT USING ('beheerder' = ANY({ROLES}));
GRANT USAGE ON SCHEMA public TO {BACKUP};
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP};
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {BACKUP};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO {BACKUP};
"""
