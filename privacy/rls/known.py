"""Known or not known: who may mark, what is answered, and how often somebody asked. Nobody reads the marks themselves.

The marks stand in no dossier: the application has no right on their table at all. They are written and asked by these
functions alone, and die with the compartment whose values they were made of.
"""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, APP, THEMES, VALID, founding
from privacy.rls.tables import definer, force, watch

TABLE = f"""
ALTER TABLE casework_knownmark ADD CONSTRAINT casework_knownmark_compartment FOREIGN KEY (compartment_id)
    REFERENCES privacy_compartment (id) ON DELETE CASCADE;
{force("casework_knownmark")}
{watch("casework_knownmark")}
REVOKE ALL ON casework_knownmark FROM {APP};
"""

# All marks of one row, in the place of those it had; none when nothing is given.
MARK = f"""
CREATE FUNCTION casework_mark(of_row uuid, place uuid, kinds text[], digests bytea[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT ({founding("place")} OR EXISTS (SELECT 1 FROM privacy_grant g
            WHERE g.compartment_id = place AND g.user_id = {ACTOR} AND g.may_write AND {VALID})) THEN
        RAISE EXCEPTION 'only who may write there' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM casework_knownmark WHERE row_id = of_row AND compartment_id = place;
    INSERT INTO casework_knownmark (id, dossier_id, compartment_id, row_id, kind, digest)
        SELECT gen_random_uuid(), c.dossier_id, c.id, of_row, given.kind, given.digest
        FROM privacy_compartment c, unnest(kinds, digests) AS given (kind, digest) WHERE c.id = place;
END $$;
"""

# Questions of one person wait for each other, so that many at once count as many.
LATELY = f"""
CREATE FUNCTION casework_known_lately() RETURNS TABLE (hour bigint, day bigint) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('known ' || {ACTOR}, 0));
    RETURN QUERY SELECT count(*) FILTER (WHERE e.timestamp > clock_timestamp() - interval '1 hour'), count(*)
        FROM privacy_auditentry e
        WHERE e.actor_id = {ACTOR} AND e.event = 'known.asked' AND e.timestamp > clock_timestamp() - interval '1 day';
END $$;
"""

# `profiles` holds the profile versions that answer (cases), and the profiles whose newest version does (signals).
# What the asker is kept away from is returned to be logged, and is never answered; a regisseur who is kept away is not
# named as somebody to talk to.
ASK = f"""
CREATE FUNCTION casework_known(asked bytea[], from_table uuid, profiles text[])
RETURNS TABLE (table_id uuid, dossier_id uuid, reference text, own boolean, kept_away uuid[]) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM partners_seat s JOIN partners_casetable t ON t.id = s.table_id
            WHERE s.user_id = {ACTOR} AND s.table_id = from_table AND t.theme = ANY({THEMES})
            AND s.role IN ('procesregisseur', 'casusregisseur', 'decider')
            AND s.ended_at IS NULL AND s.valid_from <= clock_timestamp()
            AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())) THEN
        RAISE EXCEPTION 'only from a table where one directs or decides' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM privacy_auditentry e WHERE e.actor_id = {ACTOR} AND e.event = 'known.asked'
            AND e.timestamp > clock_timestamp() - interval '1 minute') THEN
        RAISE EXCEPTION 'no answer to a question that is not in the log' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT d.table_id, d.id, d.reference::text,
        bool_or(EXISTS (SELECT 1 FROM privacy_grant g
            WHERE g.compartment_id = m.compartment_id AND g.user_id = {ACTOR} AND {VALID})),
        ARRAY(SELECT x.user_id FROM privacy_exclusion x WHERE x.dossier_id = d.id AND x.ended_at IS NULL)
    FROM casework_knownmark m JOIN privacy_dossier d ON d.id = m.dossier_id
    WHERE m.digest = ANY(asked) AND d.shielded_at IS NULL AND d.destroyed_at IS NULL
      AND (EXISTS (SELECT 1 FROM casework_signal s JOIN partners_casetable t ON t.id = s.table_id
               WHERE s.dossier_id = d.id AND s.status IN ('new', 'asked', 'bundled') AND t.profile = ANY(profiles))
           OR EXISTS (SELECT 1 FROM casework_case c
               WHERE c.dossier_id = d.id AND c.status = 'open'
               AND c.profile || ' ' || c.profile_version = ANY(profiles)))
    GROUP BY d.id;
END $$;
"""

# Who directs a dossier sees that it was asked about, from whatever organisation; nobody else who takes part does.
LOG = """
CREATE POLICY asked ON privacy_auditentry FOR SELECT USING (event = 'known.about' AND EXISTS (
    SELECT 1 FROM privacy_grant g WHERE g.dossier_id = ANY(privacy_auditentry.dossiers) AND g.directs OFFSET 0));
"""

RIGHTS = definer(
    "casework_mark(uuid, uuid, text[], bytea[])",
    "casework_known_lately()",
    "casework_known(bytea[], uuid, text[])",
)
