"""From TOML to the plan of a household: the table `[plan]` in the file of its case."""

from __future__ import annotations

from config.demo_data.fields import Fields
from config.demo_data.plans import Agreement, Plan, PlannedAction, PlannedGoal


def plan(file: Fields) -> Plan | None:
    """The plan in a case's file, if it has one."""
    if not file.has("plan"):
        return None
    row = Fields(file.mapping("plan"), f"{file.where} plan")
    made = Plan(
        by=row.text("by"),
        made=row.moment("made"),
        evaluate=row.number("evaluate_in_days", 60),
        agreements=tuple(_agreement(one) for one in row.tables("agreements")),
        goals=tuple(_goal(one) for one in row.tables("goals")),
        agreed=row.texts("agreed"),
    )
    row.done()
    return made


def _agreement(row: Fields) -> Agreement:
    made = Agreement(row.text("text"), row.text("watches", ""), row.number("check_in_days", 30), row.flag("told", True))
    row.done()
    return made


def _goal(row: Fields) -> PlannedGoal:
    made = PlannedGoal(
        title=row.text("title"),
        domain=row.text("domain"),
        member=row.text("member", ""),
        phase=row.text("phase", ""),
        baseline=row.text("baseline", ""),
        wished=row.text("wished", ""),
        told=row.text("told", ""),
        due=row.number("due_in_days", 90),
        organisations=row.texts("organisations"),
        ground=row.text("ground", ""),
        decision_ref=row.text("decision_ref", ""),
        actions=tuple(_action(one) for one in row.tables("actions")),
        ended=row.text("ended", ""),
        result=row.text("result", ""),
    )
    row.done()
    return made


def _action(row: Fields) -> PlannedAction:
    made = PlannedAction(
        person=row.text("by"),
        text=row.text("text"),
        due=row.number("due_in_days", 14),
        told=row.text("told", ""),
        status=row.text("status", "todo"),
        result=row.text("result", ""),
    )
    row.done()
    return made
