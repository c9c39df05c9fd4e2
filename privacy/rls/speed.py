"""A grant repeats whether its dossier is shielded, so that a list filters on the reader's own grants alone.

Two triggers hold the copy to the dossier, whoever writes: nobody sets it by hand.
"""

from __future__ import annotations

from privacy.rls.tables import definer

SHIELDED = f"""
CREATE FUNCTION privacy_copy_shield() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    NEW.shielded := EXISTS (SELECT 1 FROM privacy_dossier d
        WHERE d.id = NEW.dossier_id AND d.shielded_at IS NOT NULL);
    RETURN NEW;
END $$;

CREATE FUNCTION privacy_spread_shield() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE privacy_grant g SET shielded = NEW.shielded_at IS NOT NULL WHERE g.dossier_id = NEW.id;
    RETURN NULL;
END $$;

{definer("privacy_copy_shield()", "privacy_spread_shield()")}

CREATE TRIGGER privacy_grant_shield BEFORE INSERT ON privacy_grant
    FOR EACH ROW EXECUTE FUNCTION privacy_copy_shield();
CREATE TRIGGER privacy_dossier_shield AFTER UPDATE OF shielded_at ON privacy_dossier
    FOR EACH ROW WHEN (OLD.shielded_at IS DISTINCT FROM NEW.shielded_at) EXECUTE FUNCTION privacy_spread_shield();

-- What was shielded before: the owner looks past its own policies for this one statement, and nobody acts in it.
ALTER TABLE privacy_grant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_dossier NO FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_grant DISABLE TRIGGER privacy_grant_watch;
UPDATE privacy_grant g SET shielded = true FROM privacy_dossier d
    WHERE d.id = g.dossier_id AND d.shielded_at IS NOT NULL;
ALTER TABLE privacy_grant ENABLE TRIGGER privacy_grant_watch;
ALTER TABLE privacy_grant FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_dossier FORCE ROW LEVEL SECURITY;
"""
