"""From TOML to cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from config.demo_data import read_households, read_plans
from config.demo_data.cases import (
    Audience,
    Case,
    CaseSubject,
    Closing,
    Contribution,
    Correction,
    Criterion,
    GroupMember,
    Participant,
    SignalShare,
)
from config.demo_data.errors import DemoDataError
from config.demo_data.fields import Fields
from config.demo_data.read_signals import Setting, place
from config.demo_data.relative import Moment
from config.demo_data.signals import Signal
from config.demo_data.tables import Neighbourhood


def with_case(file: Fields, loose: Setting, chair: str) -> tuple[Setting, Fields]:
    """What the signals in a case's file must know of that case, and what is left of its `[case]` table."""
    head = Fields(file.mapping("case"), f"{file.where} case")
    known = replace(loose, case=head.text("key"), opened=head.moment("opened"), opened_by=head.text("opened_by", chair))
    return known, head


def case(
    head: Fields,
    file: Fields,
    *,
    setting: Setting,
    signals: Iterable[Signal],
    employers: Mapping[str, str],
) -> Case:
    """One case: what is left of its `[case]` table as `head`, what hangs under it in the rest of the `file`."""
    assert setting.opened is not None
    casusregisseur = head.text("casusregisseur", "")
    contributions = (_contribution(one, employers) for one in file.tables("contributions"))
    made = Case(
        key=setting.case,
        theme=setting.theme,
        table=setting.table,
        name=head.text("name"),
        summary=head.text("summary"),
        opened=setting.opened,
        opened_by=setting.opened_by,
        casusregisseur=casusregisseur,
        casusregisseur_since=head.moment("casusregisseur_since", setting.opened) if casusregisseur else None,
        criteria=tuple(_criterion(one) for one in head.tables("criteria")),
        subjects=tuple(_subject(one, setting.neighbourhoods) for one in file.tables("subjects")),
        signals=tuple(one.key for one in sorted(signals, key=lambda one: (one.sent.age, one.key))),
        participants=tuple(_participant(one, setting.opened) for one in file.tables("participants")),
        contributions=tuple(sorted(contributions, key=lambda one: one.moment.age)),
        signal_shares=tuple(_share(one, setting.opened_by) for one in file.tables("signal_shares")),
        state=head.text("state", "open"),
        attention=head.text("attention", ""),
        closing=_closing(file, setting.opened_by),
        plan=read_plans.plan(file),
        household=read_households.household(file),
        joins=read_households.joins(file),
    )
    head.done()
    return made


def _criterion(row: Fields) -> Criterion:
    made = Criterion(key=row.text("key"), met=row.flag("met", True), reason=row.text("reason"))
    row.done()
    return made


def _subject(row: Fields, neighbourhoods: tuple[Neighbourhood, ...]) -> CaseSubject:
    made = CaseSubject(
        kind=row.text("kind"),
        name=row.text("name"),
        role=row.text("role"),
        birth=row.birth("born"),
        bsn=row.text("bsn", ""),
        place=place(row, neighbourhoods) if row.has("at") else None,
        members=tuple(_group_member(one) for one in row.tables("members")),
    )
    row.done()
    return made


def _group_member(row: Fields) -> GroupMember:
    made = GroupMember(
        name=row.text("name"),
        role=row.text("role"),
        since=row.moment("since"),
        until=row.moment("until") if row.has("until") else None,
        birth=row.birth("born"),
    )
    row.done()
    return made


def _participant(row: Fields, opened: Moment) -> Participant:
    made = Participant(
        organisation=row.text("organisation"),
        people=row.texts("people", None),
        ground=row.text("ground"),
        joined=row.moment("joined", opened),
        until_days=row.number("until_days") if row.has("until_days") else None,
        hidden=row.flag("hidden", False),
    )
    row.done()
    return made


def _contribution(row: Fields, employers: Mapping[str, str]) -> Contribution:
    person = row.text("by")
    made = Contribution(
        organisation=employers.get(person, ""),
        person=person,
        moment=row.moment("on"),
        category=row.text("category"),
        kind=row.text("kind"),
        ground=row.text("ground"),
        text=row.text("text"),
        audience=_audience(row),
        source=row.text("source", ""),
        conditions=row.text("conditions", ""),
        decision_ref=row.text("decision_ref", ""),
        withdrawn=row.moment("withdrawn") if row.has("withdrawn") else None,
        correction=_correction(row),
    )
    row.done()
    return made


def _correction(row: Fields) -> Correction | None:
    if not row.has("corrected"):
        return None
    return Correction(row.moment("corrected"), row.text("corrected_text"))


def _audience(row: Fields) -> Audience:
    """`table`, `regie`, `own`, or a list of organisations."""
    value = row.anything("audience")
    if isinstance(value, list):
        return Audience("organisations", tuple(str(one) for one in value))
    if value not in ("table", "regie", "own"):
        raise DemoDataError(f"{row.where}: audience is table, regie, own or a list of organisations")
    return Audience(str(value))


def _share(row: Fields, opened_by: str) -> SignalShare:
    made = SignalShare(
        signal=row.text("signal"),
        organisation=row.text("organisation"),
        ground=row.text("ground"),
        moment=row.moment("on"),
        by=row.text("by", opened_by),
        decision_ref=row.text("decision_ref", ""),
    )
    row.done()
    return made


def _closing(file: Fields, opened_by: str) -> Closing | None:
    if not file.has("closing"):
        return None
    row = Fields(file.mapping("closing"), f"{file.where} closing")
    made = Closing(
        moment=row.moment("on"),
        by=row.text("by", opened_by),
        outcome=row.text("outcome"),
        reason=row.text("reason"),
    )
    row.done()
    return made
