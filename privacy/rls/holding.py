"""Emergency access waits for what is being ended at this moment: a dossier that closes, a seat that is taken away."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR
from privacy.rls.tables import definer

# Answers nothing, whether there is such a dossier or not. The dossier first, then the tables: who invites takes that
# order too. The lock is the one of `dossiers.one_at_a_time`.
HOLD = f"""
CREATE FUNCTION privacy_hold_for_emergency(number text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(d.id::text, 0)) FROM privacy_dossier d WHERE d.reference = number;
    PERFORM 1 FROM partners_casetable t JOIN partners_seat s ON s.table_id = t.id
        WHERE s.user_id = {ACTOR} AND s.ended_at IS NULL ORDER BY t.id FOR SHARE OF t;
END $$;
{definer("privacy_hold_for_emergency(text)")}
"""
