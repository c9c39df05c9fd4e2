"""Wie kan dit zien, en waarom? Readers of a case, an item or a signal, as far as the one who asks may know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from casework.models import Contribution, Disclosure, Goal, HouseholdCase, Participation, Signal
from casework.queries.case_content import ContributionRow
from casework.queries.cases import CaseHead
from casework.queries.households import HouseholdHead
from casework.queries.meetings.titles import titles_of_table
from partners.models import Organisation, User
from partners.queries import bound_organisations
from privacy import grants, words
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind
from privacy.who import Reader, Reading, grouped, who_reads

OF_A_CASE: dict[CompartmentKind, str] = {
    CompartmentKind.COVER: "dat deze casus er is, stand en data",
    CompartmentKind.TABLE: "naam, samenvatting, betrokkenen en deelnemers",
    CompartmentKind.REGIE: "besluiten van de regie, de gebundelde signalen en het BSN",
    CompartmentKind.LIAISON: "wat alleen {organisation} en de regie lezen",
    CompartmentKind.OWN: "aantekeningen van {organisation} zelf",
    CompartmentKind.ITEM: "een inbreng van {organisation}",
}
OF_A_SIGNAL: dict[CompartmentKind, str] = {
    CompartmentKind.COVER: "dat dit signaal er is, stand en data",
    CompartmentKind.TABLE: "plek, betrokkenen en wat voor deelnemers bedoeld is",
    CompartmentKind.REGIE: "hoe de regie het beoordeelt",
    CompartmentKind.LIAISON: "de melder, het BSN, wat alleen voor de regie is, en de berichten",
}
OF_A_HOUSEHOLD: dict[CompartmentKind, str] = {
    CompartmentKind.COVER: "dat dit gezin er is, en wie casusregisseur is",
    CompartmentKind.TABLE: "naam, adres, personen en veiligheidsafspraken",
    CompartmentKind.REGIE: "besluiten en waarom",
    CompartmentKind.LIAISON: "acties van {organisation} en wat {organisation} met de regie deelt",
    CompartmentKind.ITEM: "een doel in het plan",
}
REFUSAL = "waarom een organisatie niets deelt"
OPEN_IN_A_HOUSEHOLD = (OF_A_HOUSEHOLD[CompartmentKind.COVER], OF_A_HOUSEHOLD[CompartmentKind.TABLE])
OPEN_TO_ALL = (OF_A_CASE[CompartmentKind.COVER], OF_A_CASE[CompartmentKind.TABLE])


class _Naming:
    """People with what keeps them from reading now, and titles of parts."""

    def __init__(
        self, readings: Iterable[Reading], themes: Iterable[str], titles: Mapping[CompartmentKind, str]
    ) -> None:
        rows = list(readings)
        ids = {r.user_id for r in rows} | {r.given_by for r in rows}
        self.people = User.objects.select_related("organisation").in_bulk(list(ids))
        today = timezone.localdate()
        self.bound = {pk for one in themes for pk in bound_organisations(one, today).values_list("pk", flat=True)}
        about = {r.about for r in rows if r.about}
        self.organisations = dict(Organisation.objects.filter(pk__in=about).values_list("pk", "name"))
        self.titles = titles

    def hindrance(self, user: User) -> str:
        if not user.is_active:
            return "kan niet inloggen"
        return "" if user.organisation_id in self.bound else "geen geldig convenant: leest nu niets"

    def title(self, reading: Reading) -> str:
        # Who may not read the reason of a refusal still hears who may: by what the access is for.
        if reading.given_for.startswith("refusal:"):
            return REFUSAL
        about = self.organisations.get(reading.about, "") if reading.about else ""
        return self.titles[reading.part].format(organisation=about)

    def lines(self, readings: Iterable[Reading], items: Mapping[UUID, str]) -> list[Reader]:
        return grouped(readings, self.people, self.hindrance, lambda r: items.get(r.compartment_id) or self.title(r))

    def known(self, row: Participation, why: str, parts: tuple[str, ...]) -> Reader:
        """A participant of whom the reader knows, though the database does not name the grant."""
        user, ground = row.user, words.ground(row.ground)
        hindrance = self.hindrance(user)
        return Reader(user.name, user.organisation.name, why, ground, "", row.since, row.until, hindrance, parts)


def _known(head: CaseHead, by: Actor) -> list[Participation]:
    rows = visible(Participation, by=by).filter(case=head.case, ended_at__isnull=True)
    return list(rows.select_related("user__organisation"))


def _with(lines: list[Reader], more: Iterable[Reader]) -> list[Reader]:
    names = {line.name for line in lines}
    return sorted([*lines, *(m for m in more if m.name not in names)], key=lambda r: (r.organisation, r.name, r.why))


def _titles_of_items(head: CaseHead, contributions: Iterable[ContributionRow], by: Actor) -> dict[UUID, str]:
    rows = {row.pk: row for row in contributions}
    items = visible(Contribution, by=by).filter(case=head.case, compartment__kind=CompartmentKind.ITEM)
    titles = {
        compartment: f"inbreng van {rows[pk].organisation}, {timezone.localtime(rows[pk].at):%d-%m-%Y}"
        for pk, compartment in items.values_list("pk", "compartment_id")
        if pk in rows
    }
    return titles | titles_of_table(head.dossier_id, by=by)


def readers_of_case(head: CaseHead, contributions: Iterable[ContributionRow], *, by: Actor) -> list[Reader]:
    """Who can read which parts of a case. A partner also reads of the participants that it may know of."""
    readings = who_reads([(head.dossier_id, head.reference)], by=by)
    naming = _Naming(readings, [head.theme.code], OF_A_CASE)
    lines = naming.lines(readings, _titles_of_items(head, contributions, by))
    if head.directs:
        return lines
    return _with(lines, [naming.known(row, "doet mee", OPEN_TO_ALL) for row in _known(head, by)])


def readers_of_contribution(head: CaseHead, row: ContributionRow, *, by: Actor) -> list[Reader]:
    """Who can read one contribution. Its owner reads of the organisations that got it, and which people that are."""
    item = visible(Contribution, by=by).get(pk=row.pk)
    everything = who_reads([(head.dossier_id, head.reference)], by=by)
    readings = [reading for reading in everything if reading.compartment_id == item.compartment_id]
    naming = _Naming(readings, [head.theme.code], OF_A_CASE)
    lines = naming.lines(readings, {})
    if head.directs:
        return lines
    given = visible(Disclosure, by=by).filter(contribution=item, ended_at__isnull=True)
    organisations = set(given.values_list("organisation", flat=True)) if row.mine else {item.organisation_id}
    why = "kreeg dit van de eigenaar" if row.mine else "werkt bij de eigenaar"
    there = [known for known in _known(head, by) if known.organisation_id in organisations]
    return _with(lines, [naming.known(known, why, ()) for known in there])


def readers_of_household(head: HouseholdHead, *, by: Actor) -> list[Reader]:
    """Who can read which parts of a household. A partner also reads of the participants of its own cases."""
    readings = who_reads([(head.dossier_id, head.reference)], by=by)
    links = list(opened(HouseholdCase).filter(household=head.household, until__isnull=True))
    naming = _Naming(readings, sorted({link.theme for link in links}), OF_A_HOUSEHOLD)
    goals = {row.compartment_id: f"doel: {row.title}" for row in opened(Goal).filter(household=head.household)}
    lines = naming.lines(readings, goals)
    if head.directs:
        return lines
    rows = visible(Participation, by=by).filter(
        dossier__in=[link.case_dossier_id for link in links], ended_at__isnull=True
    )
    there = rows.select_related("user__organisation")
    return _with(lines, [naming.known(row, "doet mee", OPEN_IN_A_HOUSEHOLD) for row in there])


def _takes_part(reading: Reading) -> bool:
    return reading.given_for.startswith("participation:")


def _as_colleague(reading: Reading) -> Reading:
    return replace(reading, given_for="colleague:", given_by=reading.user_id)


def readers_of_signal(signal: Signal, *, by: Actor) -> list[Reader]:
    """Who can read which parts of a signal; its reporter reads of the regie and the own organisation.

    Who takes part in no case does not learn here that there is one: a colleague who does is a colleague.
    """
    readings = who_reads([(signal.dossier_id, signal.dossier.reference)], by=by)
    mine = any(reading.user_id == by.user_id and _takes_part(reading) for reading in readings)
    if not mine and not grants.directs(signal.dossier_id, by=by):
        readings = [_as_colleague(r) if _takes_part(r) else r for r in readings]
    return _Naming(readings, [signal.theme], OF_A_SIGNAL).lines(readings, {})
