"""From TOML to signals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from config.demo_data.fields import Fields
from config.demo_data.relative import Moment
from config.demo_data.signals import Answer, Outcome, Place, Question, Signal, SignalItem, SubjectLine
from config.demo_data.tables import Neighbourhood
from config.demo_data.words import own_category

_NUMBER = re.compile(r"(?P<number>\d+)\s*(?P<addition>.*)")


@dataclass(frozen=True)
class Setting:
    """What a signal's file says about all signals in it."""

    theme: str
    table: str
    neighbourhoods: tuple[Neighbourhood, ...]
    reporter_kinds: Mapping[str, str]
    case: str = ""
    opened: Moment | None = None
    opened_by: str = ""


def signal(row: Fields, setting: Setting) -> Signal:
    """One signal; inside a case's file it is bundled in that case."""
    state = row.text("state", "bundled" if setting.case else None)
    sent, reporter = row.moment("sent"), row.text("by")
    category = own_category(setting.reporter_kinds.get(reporter, ""), setting.theme)
    told, told_reason = _told(row)
    made = Signal(
        key=row.text("key"),
        theme=setting.theme,
        table=setting.table,
        reporter=reporter,
        state=state,
        sent=sent,
        observed=row.moment("seen", Moment(sent.days_ago)),
        place=place(row, setting.neighbourhoods),
        subjects=tuple(subject_line(one) for one in row.tables("subjects")),
        items=tuple(_item(one, category) for one in row.tables("items")),
        severity=row.text("severity", ""),
        told=told,
        told_reason=told_reason,
        answers=_answers(row),
        questions=tuple(_question(one) for one in row.tables("questions")),
        outcome=_outcome(row, setting, state),
        draft_step=row.number("draft_step", 0),
    )
    row.done()
    return made


def place(row: Fields, neighbourhoods: Iterable[Neighbourhood]) -> Place:
    """`at` is a known street, with a number or not; `area` a neighbourhood when the street is unknown."""
    typed, area, note = row.text("at", ""), row.text("area", ""), row.text("at_note", "")
    for one in neighbourhoods:
        for street in one.streets:
            if typed == street.name or typed.startswith(f"{street.name} "):
                found = _NUMBER.fullmatch(typed.removeprefix(street.name).strip())
                return Place(
                    street=street.name,
                    number=int(found["number"]) if found else None,
                    addition=found["addition"] if found else "",
                    postcode=row.text("postcode", street.postcode),
                    town=one.town,
                    neighbourhood=one.key,
                    note=note,
                )
        if not typed and area == one.key:
            return Place(town=one.town, neighbourhood=one.key, note=note)
    return Place(street=typed, neighbourhood=area, note=note)


def subject_line(row: Fields) -> SubjectLine:
    """Whom it is about."""
    made = SubjectLine(
        kind=row.text("kind"),
        name=row.text("name", ""),
        birth=row.birth("born"),
        bsn=row.text("bsn", ""),
    )
    row.done()
    return made


def _told(row: Fields) -> tuple[bool | None, str]:
    if not row.has("told"):
        return None, ""
    value = row.anything("told")
    return (value, "") if isinstance(value, bool) else (False, " ".join(str(value).split()))


def _answers(row: Fields) -> dict[str, Answer]:
    return {key: _answer(value) for key, value in row.mapping("answers").items()}


def _answer(value: object) -> Answer:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return value if isinstance(value, bool | int) else str(value)


def _item(row: Fields, usual_category: str) -> SignalItem:
    made = SignalItem(
        kind=row.text("kind"),
        text=row.text("text"),
        category=row.text("category", usual_category),
        source=row.text("source", ""),
        audience=row.text("audience", "table"),
    )
    row.done()
    return made


def _question(row: Fields) -> Question:
    made = Question(
        asked=row.moment("asked"),
        by=row.text("by"),
        text=row.text("text"),
        answer=row.text("answer", ""),
        answered=row.moment("answered") if row.has("answered") else None,
    )
    row.done()
    return made


def _outcome(row: Fields, setting: Setting, state: str) -> Outcome | None:
    if state == "bundled":
        return Outcome(
            moment=row.moment("bundled", setting.opened or Moment(1)),
            by=row.text("bundled_by", setting.opened_by),
            case=setting.case,
        )
    if state not in ("rejected", "forwarded"):
        return None
    return Outcome(
        moment=row.moment("decided"),
        by=row.text("decided_by"),
        reason=row.text("reason", ""),
        feedback=row.text("feedback", ""),
        to_table=row.text("to_table", ""),
    )
