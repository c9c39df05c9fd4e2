"""Where a case stands on a ladder moves by a decision alone, and only who may decide carries one out.

Who decides reads the proposal and nothing else of the case; what follows from the decision is written here, after the
database itself asked whether this person holds the authority (or a mandate of it) at the table of the case.
"""

from __future__ import annotations

from privacy.rls.regie import TODAY
from privacy.rls.spelling import ACTOR, APP, ROLES, VALID, directed, founding, granted
from privacy.rls.tables import definer, force, internal

# What somebody who decided may still look back on.
LOOKING_BACK = "interval '30 days'"
_SEATED = """EXISTS (SELECT 1 FROM partners_seat t JOIN partners_user u ON u.id = t.user_id AND u.is_active
        WHERE t.table_id = {table} AND t.user_id = {person} AND t.ended_at IS NULL
          AND t.valid_from <= statement_timestamp()
          AND (t.valid_until IS NULL OR t.valid_until > statement_timestamp()))"""

# These follow from the case itself: nobody outside the system decides as one of them.
FROM_THE_CASE = "('procesregisseur', 'casusregisseur', 'professional')"
# A grant that counts, whoever asks: `casework_is_bound` says the same of the covenant for another person.
_COUNTS = """g.revoked_at IS NULL AND NOT g.excluded AND (g.valid_from IS NULL OR g.valid_from <= statement_timestamp())
        AND (g.valid_until IS NULL OR g.valid_until > statement_timestamp())"""
_CASUSREGIE = """r.kind = 'case' AND r.until IS NULL AND r.vacant_since IS NULL AND (r.case_id = {case}.id
        OR r.household_id IN (SELECT l.household_id FROM casework_householdcase l
            WHERE l.case_dossier_id = {case}.dossier_id AND l.until IS NULL))"""
_PROCESS = """r.kind = 'process' AND r.until IS NULL AND r.vacant_since IS NULL AND r.case_id = {case}.id"""

# plpgsql throughout: the tables belong to an app above this one, which is migrated later.
HOLDING = f"""
-- Which authorities somebody holds in a case: from the regie, from taking part, and from what the beheerder noted.
-- None for who is excluded, left, or is bound by no covenant: asked of that person, whoever asks.
CREATE FUNCTION escalation_held(of_standing uuid, person uuid) RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
DECLARE c record; found text[];
BEGIN
    SELECT k.id, k.dossier_id, k.table_id, k.theme INTO c FROM escalation_standing s
        JOIN casework_case k ON k.id = s.case_id WHERE s.id = of_standing;
    IF c.id IS NULL OR NOT casework_is_bound(person, c.theme) OR EXISTS (SELECT 1 FROM privacy_exclusion e
            WHERE e.dossier_id = c.dossier_id AND e.user_id = person AND e.ended_at IS NULL) THEN
        RETURN ARRAY[]::text[];
    END IF;
    SELECT array_agg(DISTINCT h.authority) INTO found FROM escalation_holder h
        WHERE h.table_id = c.table_id AND h.user_id = person AND h.ended_at IS NULL
          AND h.authority NOT IN {FROM_THE_CASE}
          AND {_SEATED.format(table="c.table_id", person="person")};
    IF EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = c.dossier_id AND g.user_id = person AND g.directs
            AND {_COUNTS}) THEN
        found := found || 'procesregisseur'::text;
    END IF;
    IF EXISTS (SELECT 1 FROM casework_regieassignment r WHERE r.user_id = person AND {_CASUSREGIE.format(case="c")})
    THEN
        found := found || 'casusregisseur'::text;
    END IF;
    IF EXISTS (SELECT 1 FROM casework_participation p WHERE p.case_id = c.id AND p.user_id = person
            AND p.ended_at IS NULL AND (p.until IS NULL OR p.until > statement_timestamp())) THEN
        found := found || 'professional'::text;
    END IF;
    RETURN COALESCE(found, ARRAY[]::text[]);
END $$;

-- The same for who asks, as far as anything of this case is theirs.
CREATE FUNCTION escalation_holds(of_standing uuid) RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM escalation_standing s JOIN privacy_grant g ON g.dossier_id = s.dossier_id
            WHERE s.id = of_standing AND g.user_id = {ACTOR} AND {VALID}) THEN
        RETURN ARRAY[]::text[];
    END IF;
    RETURN escalation_held(of_standing, {ACTOR});
END $$;

-- Which mandates count at the table of the case today, as (giver, to).
CREATE FUNCTION escalation_mandated(of_standing uuid) RETURNS TABLE (giver text, receiver text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    RETURN QUERY SELECT m.giver::text, m."to"::text FROM escalation_standing s
        JOIN casework_case k ON k.id = s.case_id JOIN escalation_mandate m ON m.table_id = k.table_id
        WHERE s.id = of_standing AND m.ended_at IS NULL AND m.since <= {TODAY}
          AND (m.until IS NULL OR m.until >= {TODAY})
          AND EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = s.dossier_id AND g.user_id = {ACTOR}
              AND {VALID});
END $$;

-- Who is named in the case now: whoever decides reads nothing else of it.
CREATE FUNCTION escalation_regisseurs(of_standing uuid) RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
DECLARE k casework_case;
BEGIN
    SELECT c.* INTO k FROM escalation_standing s JOIN casework_case c ON c.id = s.case_id
        WHERE s.id = of_standing AND EXISTS (SELECT 1 FROM privacy_grant g WHERE g.dossier_id = s.dossier_id
            AND g.user_id = {ACTOR} AND {VALID});
    RETURN array_remove(ARRAY[
        CASE WHEN EXISTS (SELECT 1 FROM casework_regieassignment r WHERE {_PROCESS.format(case="k")})
            THEN 'procesregisseur' END,
        CASE WHEN EXISTS (SELECT 1 FROM casework_regieassignment r WHERE {_CASUSREGIE.format(case="k")})
            THEN 'casusregisseur' END], NULL);
END $$;

-- Who holds one of these authorities in the case, whoever asks.
CREATE FUNCTION escalation_deciding(of_standing uuid, wanted text[]) RETURNS TABLE (person uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    RETURN QUERY SELECT DISTINCT x.person FROM escalation_standing s JOIN casework_case k ON k.id = s.case_id,
        LATERAL (
            SELECT h.user_id AS person FROM escalation_holder h WHERE h.table_id = k.table_id AND h.ended_at IS NULL
            UNION SELECT r.user_id FROM casework_regieassignment r WHERE {_CASUSREGIE.format(case="k")}
            UNION SELECT p.user_id FROM casework_participation p WHERE p.case_id = k.id AND p.ended_at IS NULL
            UNION SELECT g.user_id FROM privacy_grant g WHERE g.dossier_id = k.dossier_id AND g.directs AND {_COUNTS}
        ) x
        WHERE s.id = of_standing AND escalation_held(s.id, x.person) && wanted;
END $$;

-- Whom a proposal goes to: for who directs the case.
CREATE FUNCTION escalation_deciders(of_standing uuid, wanted text[]) RETURNS TABLE (person uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    RETURN QUERY SELECT d.person FROM escalation_deciding(of_standing, wanted) d
        WHERE EXISTS (SELECT 1 FROM escalation_standing s JOIN privacy_grant g ON g.dossier_id = s.dossier_id
            WHERE s.id = of_standing AND g.user_id = {ACTOR} AND g.directs AND {VALID});
END $$;

-- Whether the actor may give this answer: as an authority they hold, by a mandate that counts, or by recording what
-- somebody decided who does not decide in the system.
CREATE FUNCTION escalation_may_answer(p escalation_proposal) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public AS $$
DECLARE held text[] := escalation_held(p.standing_id, {ACTOR});
BEGIN
    IF p.recorded THEN
        RETURN 'procesregisseur' = ANY(held) AND p.document IS NOT NULL AND p.authority = ANY(p.authorities)
            AND p.mandate_of = '' AND p.authority NOT IN {FROM_THE_CASE}
            AND NOT EXISTS (SELECT 1 FROM escalation_deciding(p.standing_id, ARRAY[p.authority]::text[]));
    ELSIF p.mandate_of = '' THEN
        RETURN p.authority = ANY(p.authorities) AND p.authority = ANY(held);
    END IF;
    -- Who may impose by mandate may not therefore lengthen, end or withdraw (Wth 3).
    RETURN p.move NOT IN ('verlengen', 'intrekken', 'beëindigen', 'nieuwe versie', 'blijven')
        AND p.mandate_of = ANY(p.authorities) AND p.authority = ANY(held)
        AND EXISTS (SELECT 1 FROM escalation_mandated(p.standing_id) m
            WHERE m.giver = p.mandate_of AND m.receiver = p.authority);
END $$;
"""

CARRYING = f"""
-- Carries out the proposal that the actor granted in this transaction. Returns '' or 'overtaken'.
CREATE FUNCTION escalation_carry_out(wanted uuid, new_terms jsonb, imposes boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    p escalation_proposal; s escalation_standing; k casework_case; decision uuid := gen_random_uuid();
    made uuid; gone text; one jsonb; moves boolean;
BEGIN
    -- Whoever closes the case, or notes something for it, goes first or waits.
    PERFORM pg_advisory_xact_lock(hashtextextended(x.dossier_id::text, 0)) FROM escalation_proposal x
        WHERE x.id = wanted;
    SELECT * INTO p FROM escalation_proposal x WHERE x.id = wanted FOR UPDATE;
    SELECT * INTO s FROM escalation_standing x WHERE x.id = p.standing_id FOR UPDATE;
    SELECT * INTO k FROM casework_case x WHERE x.id = s.case_id;
    IF p.id IS NULL OR p.outcome <> 'granted' OR p.answered_by_id IS DISTINCT FROM {ACTOR}
       OR p.dossier_id <> s.dossier_id
       OR EXISTS (SELECT 1 FROM escalation_decision d WHERE d.proposal_id = wanted) THEN
        RAISE EXCEPTION 'nothing to carry out' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF k.status <> 'open'
       OR NOT EXISTS (SELECT 1 FROM casework_regieassignment r WHERE {_PROCESS.format(case="k")}) THEN
        RAISE EXCEPTION 'no step without a regisseur' USING ERRCODE = 'exclusion_violation';
    END IF;
    IF NOT escalation_may_answer(p) THEN
        RAISE EXCEPTION 'nobody decides for an authority they do not have' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF p.move IN ('verlengen', 'intrekken', 'beëindigen', 'nieuwe versie', 'blijven')
       AND (imposes OR new_terms <> '[]') THEN
        RAISE EXCEPTION 'nothing begins with this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    moves := p.move IN ('opschalen', 'trede overslaan', 'afschalen', 'terugstappen');
    IF p.ladder_version <> s.ladder_version OR (p.move NOT IN ('verlengen', 'intrekken', 'beëindigen') AND p.at <> s.at)
       OR p.move = 'beëindigen' AND NOT p."to" = ANY(s.beside)
       OR p.move = 'inzetten naast de ladder' AND p."to" = ANY(s.beside)
       OR p.move IN ('verlengen', 'intrekken') AND NOT EXISTS (SELECT 1 FROM escalation_measure m
           WHERE m.id = p.measure_id AND m.standing_id = s.id AND m.ended_at IS NULL)
       OR p.move = 'verlengen' AND NOT EXISTS (SELECT 1 FROM escalation_term t WHERE t.id = p.term_id
           AND t.measure_id = p.measure_id AND t.ended_at IS NULL AND t.ends = (p.running->>'ends')::timestamptz) THEN
        RETURN 'overtaken';
    END IF;
    UPDATE escalation_standing SET steps = steps + 1,
        at = CASE WHEN moves THEN p."to" ELSE at END,
        since = CASE WHEN moves THEN p.decided_at ELSE since END,
        review_on = COALESCE(p.review_on, review_on),
        beside = CASE p.move WHEN 'inzetten naast de ladder' THEN beside || p."to"
            WHEN 'beëindigen' THEN array_remove(beside, p."to")
            WHEN 'intrekken' THEN array_remove(beside, p."to") ELSE beside END,
        ladder_version = CASE WHEN p.move = 'nieuwe versie' THEN p."to" ELSE ladder_version END
        WHERE id = s.id;
    INSERT INTO escalation_decision (id, dossier_id, compartment_id, standing_id, proposal_id, number, move, at, "to",
            criterion, authority, mandate_of, decided_by_id, decided_at, noted_at, recorded, members, review_on,
            ladder_version)
        VALUES (decision, s.dossier_id, s.compartment_id, s.id, p.id, s.steps + 1, p.move, s.at, p."to", p.criterion,
            p.authority, p.mandate_of, {ACTOR}, p.decided_at, p.answered_at, p.recorded, p.members, p.review_on,
            s.ladder_version);
    gone := CASE WHEN moves THEN s.at WHEN p.move = 'beëindigen' THEN p."to" END;
    UPDATE escalation_term SET ended_at = p.decided_at, ended_because = 'left'
        WHERE standing_id = s.id AND rung = gone AND measure_id IS NULL AND ended_at IS NULL;
    IF p.move IN ('afschalen', 'terugstappen', 'beëindigen', 'intrekken') THEN
        UPDATE escalation_measure SET ended_at = p.decided_at WHERE standing_id = s.id AND ended_at IS NULL
            AND (rung = gone OR p.move = 'intrekken' AND id = p.measure_id);
        UPDATE escalation_term t SET ended_at = p.decided_at,
                ended_because = CASE p.move WHEN 'intrekken' THEN 'withdrawn' ELSE 'left' END
            FROM escalation_measure m WHERE m.id = t.measure_id AND m.standing_id = s.id AND t.ended_at IS NULL
              AND m.ended_at IS NOT NULL;
    END IF;
    IF p.move = 'verlengen' THEN
        UPDATE escalation_term SET ends = p.until, extended = extended + 1, reminded_at = NULL, alarmed_at = NULL
            WHERE id = p.term_id AND measure_id = p.measure_id AND ended_at IS NULL;
    END IF;
    IF imposes THEN
        made := gen_random_uuid();
        INSERT INTO escalation_measure (id, dossier_id, compartment_id, standing_id, decision_id, ladder_version, rung,
                since)
            VALUES (made, s.dossier_id, s.compartment_id, s.id, decision, s.ladder_version, p."to", p.decided_at);
    END IF;
    FOR one IN SELECT * FROM jsonb_array_elements(new_terms) LOOP
        INSERT INTO escalation_term (id, dossier_id, compartment_id, standing_id, measure_id, ladder, ladder_version,
                rung, key, number, since, ends, extended, ended_because)
            VALUES ((one->>'id')::uuid, s.dossier_id, s.compartment_id, s.id,
                CASE WHEN (one->>'measure')::boolean THEN made END, s.ladder, s.ladder_version,
                p."to", one->>'key', (one->>'number')::integer, (one->>'since')::timestamptz,
                (one->>'ends')::timestamptz, 0, '');
    END LOOP;
    UPDATE escalation_proposal x SET outcome = 'overtaken', answered_at = p.answered_at FROM escalation_standing now
        WHERE now.id = s.id AND x.standing_id = s.id AND x.outcome = ''
          AND (x.ladder_version <> now.ladder_version
               OR x.move NOT IN ('verlengen', 'intrekken', 'beëindigen') AND x.at <> now.at
               OR x.move = 'beëindigen' AND NOT x."to" = ANY(now.beside)
               OR x.move IN ('verlengen', 'intrekken') AND EXISTS (SELECT 1 FROM escalation_measure m
                   WHERE m.id = x.measure_id AND m.ended_at IS NOT NULL));
    RETURN '';
END $$;
"""

ANSWERING = f"""
-- An answer is of who gives it. With it ends what others were given to decide on; who answered looks back for a while.
CREATE FUNCTION escalation_answered() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW.outcome <> 'overtaken' AND NEW.answered_by_id IS DISTINCT FROM {ACTOR}
       OR NEW.outcome = 'withdrawn' AND NOT privacy_directs(NEW.dossier_id)
       OR NEW.outcome IN ('granted', 'refused') AND NOT escalation_may_answer(NEW) THEN
        RAISE EXCEPTION 'nobody answers for an authority they do not have' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE privacy_grant g SET
            valid_until = CASE WHEN decided.mine THEN LEAST(g.valid_until, statement_timestamp() + {LOOKING_BACK})
                ELSE g.valid_until END,
            revoked_at = CASE WHEN decided.mine THEN NULL ELSE statement_timestamp() END
        FROM (SELECT o.id, o.user_id = {ACTOR} AND NEW.outcome IN ('granted', 'refused') AS mine FROM privacy_grant o
            WHERE o.compartment_id = NEW.compartment_id AND o.given_for = 'proposal:' || NEW.id
              AND o.revoked_at IS NULL) decided
        WHERE g.id = decided.id;
    RETURN NULL;
END $$;
CREATE TRIGGER escalation_answered AFTER UPDATE ON escalation_proposal FOR EACH ROW
    WHEN (OLD.outcome IS DISTINCT FROM NEW.outcome) EXECUTE FUNCTION escalation_answered();

-- What was granted has taken effect when the act is over, or nothing was granted.
CREATE FUNCTION escalation_carried_out() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM escalation_decision d WHERE d.proposal_id = NEW.id) AND EXISTS (
            SELECT 1 FROM escalation_proposal p WHERE p.id = NEW.id AND p.outcome = 'granted') THEN
        RAISE EXCEPTION 'granted, and not carried out' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER escalation_carried_out AFTER UPDATE ON escalation_proposal DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.outcome = 'granted') EXECUTE FUNCTION escalation_carried_out();

-- Whether this part is a proposal's: who may decide reads it, and hands it to nobody.
CREATE FUNCTION escalation_is_proposal(part uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM escalation_proposal p WHERE p.compartment_id = part)
$$;
"""

STANDING = f"""
-- What was proposed stands; what may change is the answer, and the facts while there is none.
CREATE FUNCTION escalation_proposal_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.standing_id, NEW.ladder, NEW.ladder_version, NEW.at, NEW.beside, NEW.move, NEW."to", NEW.criterion,
        NEW.authorities, NEW.lengths, NEW.proposed_by_id, NEW.proposed_at, NEW.dossier_id, NEW.compartment_id)
        IS DISTINCT FROM (OLD.standing_id, OLD.ladder, OLD.ladder_version, OLD.at, OLD.beside, OLD.move, OLD."to",
        OLD.criterion, OLD.authorities, OLD.lengths, OLD.proposed_by_id, OLD.proposed_at, OLD.dossier_id,
        OLD.compartment_id)
        OR NEW.measure_id IS DISTINCT FROM OLD.measure_id OR NEW.term_id IS DISTINCT FROM OLD.term_id
        OR NEW.until IS DISTINCT FROM OLD.until OR NEW.running IS DISTINCT FROM OLD.running
        OR NEW.review_on IS DISTINCT FROM OLD.review_on OR NEW.regisseurs IS DISTINCT FROM OLD.regisseurs
        OR current_user = '{APP}' AND (OLD.outcome <> '' OR NEW.outcome = 'overtaken')
        OR OLD.outcome <> '' AND (NEW.outcome, NEW.answered_by_id, NEW.decided_at, NEW.authority, NEW.mandate_of,
            NEW.recorded, NEW.members) IS DISTINCT FROM (OLD.outcome, OLD.answered_by_id, OLD.decided_at,
            OLD.authority, OLD.mandate_of, OLD.recorded, OLD.members) THEN
        RAISE EXCEPTION 'what was proposed stands' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER escalation_proposal_stands BEFORE UPDATE ON escalation_proposal
    FOR EACH ROW EXECUTE FUNCTION escalation_proposal_stands();

-- When a term ends is computed when it begins; after that only a decision changes it.
CREATE FUNCTION escalation_term_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = '{APP}' AND ((NEW.since, NEW.ends, NEW.extended, NEW.number, NEW.rung, NEW.key, NEW.standing_id,
            NEW.ladder, NEW.ladder_version, NEW.dossier_id, NEW.compartment_id)
            IS DISTINCT FROM (OLD.since, OLD.ends, OLD.extended, OLD.number, OLD.rung, OLD.key, OLD.standing_id,
            OLD.ladder, OLD.ladder_version, OLD.dossier_id, OLD.compartment_id)
            OR NEW.measure_id IS DISTINCT FROM OLD.measure_id)
       OR OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.ended_because) IS DISTINCT FROM (OLD.ended_at,
            OLD.ended_because) THEN
        RAISE EXCEPTION 'a term stands' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER escalation_term_stands BEFORE UPDATE ON escalation_term
    FOR EACH ROW EXECUTE FUNCTION escalation_term_stands();

-- What was found stands; it may end, once.
CREATE FUNCTION escalation_finding_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = '{APP}' AND (OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
            OR (NEW.id, NEW.version, NEW.dossier_id, NEW.compartment_id, NEW.standing_id, NEW.requirement, NEW.fact,
                NEW.found_by_id, NEW.found_at) IS DISTINCT FROM (OLD.id, OLD.version, OLD.dossier_id,
                OLD.compartment_id, OLD.standing_id, OLD.requirement, OLD.fact, OLD.found_by_id, OLD.found_at)
            OR NEW.note IS DISTINCT FROM OLD.note) THEN
        RAISE EXCEPTION 'what was found stands' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER escalation_finding_stands BEFORE UPDATE ON escalation_finding
    FOR EACH ROW EXECUTE FUNCTION escalation_finding_stands();

-- A case begins on a ladder when it opens, or later by who directs it; always in the dossier of that very case.
CREATE POLICY begins ON escalation_standing AS RESTRICTIVE FOR INSERT WITH CHECK (
    steps = 0 AND beside = '{{}}'
    AND ({founding("escalation_standing.compartment_id")} OR {directed("escalation_standing")})
    AND EXISTS (SELECT 1 FROM casework_case c WHERE c.id = case_id AND c.dossier_id = escalation_standing.dossier_id));
CREATE POLICY stands ON escalation_standing AS RESTRICTIVE FOR UPDATE USING (false);
CREATE POLICY decided ON escalation_decision AS RESTRICTIVE FOR INSERT WITH CHECK (false);
CREATE POLICY stands ON escalation_decision AS RESTRICTIVE FOR UPDATE USING (false);
CREATE POLICY decided ON escalation_measure AS RESTRICTIVE FOR INSERT WITH CHECK (false);
CREATE POLICY stands ON escalation_measure AS RESTRICTIVE FOR UPDATE USING (false);

-- Each says who did it; a proposal begins without an answer.
CREATE POLICY own_name ON escalation_finding AS RESTRICTIVE FOR INSERT WITH CHECK (found_by_id = {ACTOR});
CREATE POLICY own_name ON escalation_breach AS RESTRICTIVE FOR INSERT WITH CHECK (noted_by_id = {ACTOR});
CREATE POLICY own_name ON escalation_proposal AS RESTRICTIVE FOR INSERT WITH CHECK (
    proposed_by_id = {ACTOR} AND outcome = '' AND answered_by_id IS NULL AND authority = '' AND NOT recorded);
-- Who may decide only reads the part, and answers: the triggers see to it that it is an answer, and theirs to give.
CREATE POLICY answers ON escalation_proposal FOR UPDATE USING ({granted("escalation_proposal")})
    WITH CHECK ({granted("escalation_proposal")} AND (outcome <> '' OR {directed("escalation_proposal")}));
CREATE POLICY proposals ON privacy_grant AS RESTRICTIVE FOR INSERT WITH CHECK (
    part <> 'item' OR NOT escalation_is_proposal(compartment_id) OR privacy_directs(dossier_id));
"""
# What happened on a ladder goes with its dossier, and not before. A row is about the case of its own dossier.
KEPT = "".join(
    f"CREATE POLICY kept ON escalation_{table} AS RESTRICTIVE FOR DELETE USING (false);"
    for table in ("standing", "finding", "proposal", "decision", "measure", "breach", "term")
)
_OF_STANDING = ("finding", "proposal", "decision", "measure", "term")
ONE_DOSSIER = "".join(
    f"ALTER TABLE escalation_{one} ADD CONSTRAINT escalation_{one}_dossier UNIQUE (id, dossier_id);"
    for one in ("standing", "measure")
) + "".join(
    f"ALTER TABLE escalation_{table} ADD CONSTRAINT escalation_{table}_{about}_pair "
    f"FOREIGN KEY ({about}_id, dossier_id) REFERENCES escalation_{about} (id, dossier_id) "
    "DEFERRABLE INITIALLY DEFERRED;"
    for about, tables in (("standing", _OF_STANDING), ("measure", ("breach", "term", "proposal")))
    for table in tables
)

RIGHTS = internal(
    "escalation_held(uuid, uuid)",
    "escalation_deciding(uuid, text[])",
    "escalation_may_answer(escalation_proposal)",
    "escalation_answered()",
    "escalation_carried_out()",
) + definer(
    "escalation_regisseurs(uuid)",
    "escalation_is_proposal(uuid)",
    "escalation_holds(uuid)",
    "escalation_mandated(uuid)",
    "escalation_deciders(uuid, text[])",
    "escalation_carry_out(uuid, jsonb, boolean)",
)
# Who may decide for whom is no secret; only a beheerder says so.
AUTHORITIES = "".join(
    f"""
{force(table)}
CREATE POLICY reads ON {table} FOR SELECT USING ({ACTOR} IS NOT NULL);
CREATE POLICY manages ON {table} USING ('beheerder' = ANY({ROLES})) WITH CHECK ('beheerder' = ANY({ROLES}));
"""
    for table in ("escalation_holder", "escalation_mandate")
)
EVERYTHING = HOLDING + CARRYING + ANSWERING + RIGHTS + STANDING + KEPT + ONE_DOSSIER + AUTHORITIES
