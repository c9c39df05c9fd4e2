"""Functions that look past policies: who may call them at all."""

from __future__ import annotations

from django.db import connection

# Called by other functions of maintenance alone.
INTERNAL = {
    "escalation_watching",
    "casework_forget_sameness",
    "casework_is_refusal",
    "casework_item_at_table",
    "casework_of_table",
    "casework_refusal_is_own",
    "casework_may_fix",
    "casework_minutes_fixed",
    "casework_unseen",
    "casework_keep_whole",
    "casework_plan_went",
    "escalation_answered",
    "escalation_carried_out",
    "escalation_case_closed",
    "escalation_deciding",
    "escalation_held",
    "escalation_let_go",
    "escalation_let_go_after",
    "escalation_may_answer",
    "escalation_may_decide",
    "escalation_seat_went",
    "escalation_until_seat_ends",
    "privacy_hold_linked",
    "privacy_inherit_exclusions",
    "privacy_linked",
    "privacy_mark_excluded",
    "privacy_spared",
}


def _callable_by(role: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace "
            "AND has_function_privilege(%s, oid, 'EXECUTE')",
            [role],
        )
        return {row[0] for row in cursor.fetchall()}


def test_only_the_application_calls_functions_that_look_past_policies(db: None) -> None:
    assert _callable_by("casustafel_audit") == set()
    assert "privacy_directs" in _callable_by("casustafel_app")


def test_the_parts_of_other_functions_are_called_by_nobody(db: None) -> None:
    assert _callable_by("casustafel_app") & INTERNAL == set()
