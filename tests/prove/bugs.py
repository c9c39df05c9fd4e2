"""Bugs, each as exact texts to replace and the tests that must fail when it is there.

One a wall could really get: a filter that was dropped, a check that was forgotten, a place that a seal does not name.
When the text is gone, the bug is mended here too: a bug that can't be planted is an error, never a pass.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bug:
    """A name, what to replace in which file (old, new), and the tests that see it."""

    name: str
    file: str
    changes: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]


WALLS = "tests/walls/test_row_level_security.py"
GATE = "tests/walls/test_gate_and_locks.py"
SEALS = "tests/walls/test_sealing.py"
LADDER = "tests/walls/test_ladder.py"
EXCLUDED = "tests/walls/test_exclusion.py"
GATE_ALONE = EXCLUDED + "::test_the_gate_alone_keeps_the_excluded_out"
AGREE = "tests/prove/test_decision_agreement.py"
CUT = "tests/access/test_audit_cut.py"
MAIL = "tests/partners/test_mail_and_passwords.py"
CASES = "tests/casework/test_cases.py"
SIGNALS = "tests/casework/test_signals.py"
TRIAGE = "tests/casework/test_triage.py"
TABLE = "tests/walls/test_meetings.py"
ATTENDING = "tests/meetings/test_attending.py"
GUESTS = "tests/meetings/test_guests.py"

BUGS = (
    Bug(
        "the gate's filter is dropped",
        "privacy/access.py",
        (
            (
                'model._default_manager.filter(compartment_id__in=grants.valid(by).values("compartment_id"))',
                "model._default_manager.all()",
            ),
        ),
        (GATE,),
    ),
    Bug(
        "a revoked grant counts for the gate",
        "privacy/grants.py",
        (("        revoked_at__isnull=True,\n", ""),),
        (AGREE,),
    ),
    Bug(
        "a grant that ran out counts for the gate",
        "privacy/grants.py",
        (("        Q(valid_until__isnull=True) | Q(valid_until__gt=now),\n", ""),),
        (AGREE,),
    ),
    Bug("who is excluded passes the gate", "privacy/grants.py", (("        excluded=False,\n", ""),), (GATE_ALONE,)),
    Bug(
        "the gate forgets the covenant",
        "privacy/grants.py",
        (("        Q(kind__in=OWN_KINDS) | Q(theme__in=by.themes),\n", ""),),
        (AGREE,),
    ),
    Bug(
        "a grant that ran out counts for the database",
        "privacy/rls/spelling.py",
        (('    "AND (valid_until IS NULL OR valid_until > statement_timestamp()) "\n', ""),),
        (AGREE,),
    ),
    Bug(
        "a policy that lets everybody read",
        "privacy/rls/tables.py",
        (("FOR SELECT USING ({granted(table)})", "FOR SELECT USING (true)"),),
        (WALLS,),
    ),
    Bug(
        "policies that do not bind the owner",
        "privacy/rls/tables.py",
        ((" ALTER TABLE {table} FORCE ROW LEVEL SECURITY;", ""),),
        (WALLS,),
    ),
    Bug(
        "a function past the policies that asks nobody's right",
        "privacy/rls/exclusion.py",
        (
            (
                "privacy_directs(wanted) THEN\n        RAISE EXCEPTION 'only who directs a dossier may shield it'",
                "true THEN\n        RAISE EXCEPTION 'only who directs a dossier may shield it'",
            ),
        ),
        (EXCLUDED,),
    ),
    Bug(
        "the actor stays set after the transaction",
        "privacy/acting.py",
        (
            ("'casustafel.actor', %s, true", "'casustafel.actor', %s, false"),
            ("_tell_database(using, before)", "pass"),
        ),
        (WALLS, GATE),
    ),
    Bug(
        "a page opens for a role that may not",
        "privacy/access.py",
        (('            require(actor.may(verb), "Uw rol geeft geen toegang tot deze pagina.")\n', ""),),
        ("tests/access/test_matrix.py::test_each_person_gets_what_the_table_says_at_every_address[iris]",),
    ),
    Bug(
        "keys are opened without an entry",
        "privacy/unlock.py",
        (("    record.look(\n        event,", "    (lambda *_, **__: None)(\n        event,"),),
        (GATE,),
    ),
    Bug(
        "what can't be logged is shown all the same",
        "privacy/audit/record.py",
        (("        raise AuditUnavailable from error\n", "        return\n"),),
        (f"{CUT}::test_a_refusal_that_cannot_be_logged_says_no_more_than_503",),
    ),
    Bug(
        "a seal that does not name its row",
        "privacy/encryption/fields.py",
        (("self.column, instance.pk, instance.version", "self.column, instance.version"),),
        (SEALS,),
    ),
    Bug(
        "a seal that does not name its version",
        "privacy/encryption/fields.py",
        (("self.column, instance.pk, instance.version", "self.column, instance.pk"),),
        (SEALS,),
    ),
    Bug(
        "the keyring is not emptied",
        "privacy/encryption/keyring.py",
        (("        ring.forget()\n        _current.reset(token)\n", "        token.var\n"),),
        (GATE,),
    ),
    Bug(
        "what is confidential is put where participants read",
        "casework/services/signals.py",
        (("        liaison = item.audience == ItemAudience.REGIE\n", "        liaison = False\n"),),
        (CASES + "::test_a_shared_signal_goes_without_what_was_confidential", GATE),
    ),
    Bug(
        "a BSN is put where participants read",
        "casework/services/signals.py",
        (("compartment=parts.liaison, signal=signal, subject", "compartment=parts.table, signal=signal, subject"),),
        (CASES + "::test_a_shared_signal_goes_without_what_was_confidential",),
    ),
    Bug(
        "destroying leaves the key",
        "privacy/rls/upkeep.py",
        (
            (
                "DELETE FROM privacy_compartment c WHERE c.dossier_id = wanted AND NOT",
                "DELETE FROM privacy_compartment c WHERE false AND NOT",
            ),
        ),
        (TRIAGE + "::test_of_a_rejected_signal_only_the_outcome_and_a_count_remain",),
    ),
    Bug(
        "a tie that shows to who reads one side",
        "privacy/rls/sameness.py",
        (("_BOTH = f\"{_held('left_compartment')} AND {_held('right_compartment')}\"", '_BOTH = "true"'),),
        ("tests/sameness/test_verdicts.py::test_the_regisseur_of_another_table_learns_nothing_of_the_tie",),
    ),
    Bug(
        "a mail with somebody's name",
        "partners/mail.py",
        (
            (
                'context: dict[str, object] = {"url": f"{settings',
                'context: dict[str, object] = {"url": f"{user.name} {settings',
            ),
        ),
        (MAIL + "::test_no_mail_holds_a_name_a_theme_a_partner_or_anything_of_a_dossier",),
    ),
    Bug(
        "a download that is logged as a list",
        "casework/views/signals.py",
        (('size=500, event="export", by=', "size=500, by="),),
        (SIGNALS + "::test_a_download_holds_only_own_signals_and_is_logged_as_a_download",),
    ),
    Bug(
        "a signal of a partner shows to every participant",
        "casework/services/participants.py",
        (
            (
                'dossier__in=bundled.values("signal_dossier"), source=participation.organisation_id\n',
                'dossier__in=bundled.values("signal_dossier")\n',
            ),
        ),
        (WALLS,),
    ),
    Bug(
        "an answer on the ladder of who does not hold the authority",
        "privacy/rls/ladder.py",
        (
            ("OR NEW.outcome IN ('granted', 'refused') AND NOT escalation_may_answer(NEW) THEN", "THEN"),
            ("IF NOT escalation_may_answer(p) THEN", "IF false THEN"),
        ),
        (LADDER,),
    ),
    Bug(
        "the application moves a case on its ladder",
        "privacy/rls/ladder.py",
        (
            (
                "CREATE POLICY stands ON escalation_standing AS RESTRICTIVE FOR UPDATE USING (false);",
                "CREATE POLICY stands ON escalation_standing AS RESTRICTIVE FOR UPDATE USING (true);",
            ),
        ),
        (LADDER,),
    ),
    Bug(
        "a proposal on the ladder of another case is carried out here",
        "privacy/rls/ladder.py",
        (('for about, tables in (("standing", _OF_STANDING), ', 'for about, tables in (("standing", ()), '),),
        (LADDER,),
    ),
    Bug(
        "who decides may hand a proposal on",
        "escalation/services/proposing.py",
        (('level="view", because=Because(GROUND', 'level="contribute", because=Because(GROUND'),),
        (LADDER,),
    ),
    Bug(
        "the table: whoever writes in a part of it hands it on",
        "privacy/rls/at_table.py",
        (("WITH CHECK (part <> 'item' OR casework_may_give(compartment_id, user_id));", "WITH CHECK (true);"),),
        (TABLE + "::test_a_part_that_one_may_write_in_is_handed_on_by_the_regie_alone",),
    ),
    Bug(
        "the table: another regisseur gives itself why nothing is shared",
        "privacy/rls/at_table.py",
        (("c.created_by = {ACTOR} AND receiver IN (r.chair_id, c.created_by))", "true)"),),
        (TABLE + "::test_the_reason_of_a_refusal_is_given_to_nobody_else",),
    ),
    Bug(
        "the table: who directs answers for a partner",
        "privacy/rls/at_table.py",
        (
            (
                "IF NOT FOUND OR q.organisation_id IS DISTINCT FROM {ORGANISATION}\n"
                '       OR NOT {_HOLDS.format(part="q.compartment_id", item="q.item_id")} THEN',
                "IF NOT FOUND THEN",
            ),
        ),
        (TABLE + "::test_nobody_answers_for_another",),
    ),
    Bug(
        "the table: the order tells of items of others",
        "privacy/rls/at_table.py",
        (('      AND {_HOLDS.format(part="i.compartment_id", item="i.id")}\n$$;', "$$;"),),
        (ATTENDING + "::test_the_order_tells_relative_places_and_only_of_own_items",),
    ),
    Bug(
        "the table: access through an item outlives it",
        "casework/services/meetings/agenda.py",
        (
            ("        grants.end(item.key, dossier_id=item.dossier_id, person=one.user_id, by=by)\n", ""),
            ("    grants.end(item.key, dossier_id=item.dossier_id, by=by)\n", ""),
        ),
        (TABLE + "::test_when_an_item_is_closed_only_the_regie_is_left",),
    ),
    Bug(
        "the table: a sheet for a guest who signed nothing",
        "casework/services/meetings/guests.py",
        (('else "" if guest.signed_on else UNSIGNED', 'else ""'),),
        (GUESTS + "::test_without_a_signed_statement_there_is_no_sheet",),
    ),
    Bug(
        "the table: who asks to discuss a case grants it",
        "privacy/rls/at_table.py",
        (('USING ({directed("casework_agendawish")});', "USING (true);"),),
        (TABLE + "::test_nobody_grants_the_own_wish_or_asks_for_another",),
    ),
)
