"""From TOML to households: `[household]` in a case file founds one, `[joins]` brings the case to one that is there."""

from __future__ import annotations

from config.demo_data import effect
from config.demo_data.fields import Fields
from config.demo_data.households import Contact, HandOver, Household, Joins, Left, Member, Split


def household(file: Fields) -> Household | None:
    """The household that this case founds, if any."""
    if not file.has("household"):
        return None
    row = Fields(file.mapping("household"), f"{file.where} household")
    made = Household(
        key=row.text("key"),
        name=row.text("name"),
        address=row.text("address", ""),
        regisseur=row.text("regisseur"),
        founded=row.moment("founded"),
        reason=row.text("reason"),
        members=tuple(_member(one) for one in row.tables("members")),
        splits=tuple(_split(one) for one in row.tables("splits")),
        assessments=effect.assessments(row),
        evaluations=effect.evaluations(row),
        contacts=tuple(_contact(one) for one in row.tables("contacts")),
        handovers=tuple(_handover(one) for one in row.tables("handovers")),
    )
    row.done()
    return made


def _member(row: Fields) -> Member:
    made = Member(
        name=row.text("name"),
        relation=row.text("relation"),
        since=row.moment("since"),
        birth=row.birth("born"),
        left=_left(row),
    )
    row.done()
    return made


def _left(row: Fields) -> Left | None:
    if not row.has("left"):
        return None
    return Left(row.moment("left"), row.text("left_because"), row.text("left_reason"))


def _split(row: Fields) -> Split:
    made = Split(
        key=row.text("key"),
        name=row.text("name"),
        address=row.text("address", ""),
        members=row.texts("members", None),
        moment=row.moment("on"),
        because=row.text("because"),
        reason=row.text("reason"),
    )
    row.done()
    return made


def _contact(row: Fields) -> Contact:
    made = Contact(row.text("by"), row.moment("on"), row.text("kind"), row.text("whom", ""), row.text("note", ""))
    row.done()
    return made


def _handover(row: Fields) -> HandOver:
    made = HandOver(row.text("by"), row.text("to"), row.moment("on"), row.text("reason"), row.flag("accepted", False))
    row.done()
    return made


def joins(file: Fields) -> Joins | None:
    """The household whose plan this case joined, if any."""
    if not file.has("joins"):
        return None
    row = Fields(file.mapping("joins"), f"{file.where} joins")
    made = Joins(
        household=row.text("household"),
        asked=row.moment("asked"),
        reason=row.text("reason"),
        answered=row.moment("answered"),
        answered_by=row.text("answered_by"),
        answer=row.text("answer"),
    )
    row.done()
    return made
