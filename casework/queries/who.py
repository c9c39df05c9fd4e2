"""Wie kan dit zien, en waarom? Parts of a case or signal with their readers, as far as the one who asks may know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils import timezone

from casework.models import Contribution, Disclosure, Participation, Signal
from casework.queries.case_content import ContributionRow
from casework.queries.cases import CaseHead
from partners.models import Organisation, User
from partners.queries import bound_organisations
from privacy import words
from privacy.access import visible
from privacy.actor import Actor
from privacy.models import CompartmentKind
from privacy.who import Part, Reader, Reading, who_reads

OF_A_CASE: dict[CompartmentKind, str] = {
    CompartmentKind.COVER: "Dat deze casus er is, met stand en data",
    CompartmentKind.TABLE: "Naam, samenvatting, betrokkenen en deelnemers",
    CompartmentKind.REGIE: "Besluiten van de regie, de bundel signalen en het BSN",
    CompartmentKind.LIAISON: "De lijn tussen {organisation} en de regie",
    CompartmentKind.OWN: "Eigen aantekeningen van {organisation}",
    CompartmentKind.ITEM: "Een inbreng van {organisation}",
}
OF_A_SIGNAL: dict[CompartmentKind, str] = {
    CompartmentKind.COVER: "Dat dit signaal er is, met stand en data",
    CompartmentKind.TABLE: "Plek, betrokkenen en wat voor deelnemers bedoeld is",
    CompartmentKind.REGIE: "Hoe de regie het beoordeelt",
    CompartmentKind.LIAISON: "De melder, het BSN, wat alleen voor de regie is, en de berichten",
}
ORDER = list(OF_A_CASE)


class _People:
    """Names of people, and whether they can read anything at all now."""

    def __init__(self, ids: Iterable[UUID], theme: str) -> None:
        self.users = User.objects.select_related("organisation").in_bulk(list(set(ids)))
        self.bound = set(bound_organisations(theme, timezone.localdate()).values_list("pk", flat=True))

    def name(self, user_id: UUID) -> str:
        user = self.users.get(user_id)
        return user.name if user else "Casustafel"

    def hindrance(self, user: User) -> str:
        if not user.is_active:
            return "kan niet inloggen"
        return "" if user.organisation_id in self.bound else "geen geldig convenant: leest nu niets"

    def reader(self, reading: Reading) -> Reader:
        user = self.users[reading.user_id]
        return Reader(
            name=user.name,
            organisation=user.organisation.name,
            why=reading.because,
            ground=reading.ground,
            given_by=self.name(reading.given_by),
            since=reading.since,
            until=reading.until,
            hindrance=self.hindrance(user),
        )

    def known(self, row: Participation, why: str) -> Reader:
        ground = words.ground(row.ground)
        user = row.user
        return Reader(user.name, user.organisation.name, why, ground, "", row.since, row.until, self.hindrance(user))


def _once(readings: Iterable[Reading], people: _People) -> tuple[Reader, ...]:
    """One line per person, since the first grant, until the last: a person may hold a part for more than one reason."""
    lines: dict[tuple[UUID, str], Reader] = {}
    for reading in sorted(readings, key=lambda r: r.since):
        lines.setdefault((reading.user_id, reading.because), people.reader(reading))
    return tuple(sorted(lines.values(), key=lambda r: (r.organisation, r.name)))


def _title(titles: Mapping[CompartmentKind, str], reading: Reading, organisations: Mapping[UUID, str]) -> str:
    about = organisations.get(reading.about, "") if reading.about else ""
    return titles[reading.part].format(organisation=about)


def _parts(
    readings: list[Reading], titles: Mapping[CompartmentKind, str], named: Mapping[UUID, str], people: _People
) -> list[Part]:
    """The parts in a fixed order; `named` has better titles for single compartments."""
    names = {o.pk: o.name for o in Organisation.objects.filter(pk__in={r.about for r in readings if r.about})}
    grouped: dict[UUID, list[Reading]] = {}
    for reading in sorted(readings, key=lambda r: (ORDER.index(r.part), names.get(r.about, "") if r.about else "")):
        grouped.setdefault(reading.compartment_id, []).append(reading)
    return [
        Part(named.get(compartment) or _title(titles, of_part[0], names), _once(of_part, people))
        for compartment, of_part in grouped.items()
    ]


def _everyone(readings: Iterable[Reading], theme: str, more: Iterable[UUID] = ()) -> _People:
    return _People([*(r.user_id for r in readings), *(r.given_by for r in readings), *more], theme)


def readers_of_case(head: CaseHead, contributions: Iterable[ContributionRow], *, by: Actor) -> list[Part]:
    """Who can read which part of a case. A partner also reads of the participants that it may know of."""
    readings = who_reads([(head.dossier_id, head.reference)], by=by)
    there = _known(head, by)
    people = _everyone(readings, head.theme.code, (row.user_id for row in there))
    named = _titles_of_items(head, contributions, by)
    parts = _parts(readings, OF_A_CASE, named, people)
    if head.directs:
        return parts
    titles = {OF_A_CASE[CompartmentKind.COVER], OF_A_CASE[CompartmentKind.TABLE]}
    return [_with(part, there, people) if part.title in titles else part for part in parts]


def _known(head: CaseHead, by: Actor) -> list[Participation]:
    rows = visible(Participation, by=by).filter(case=head.case, ended_at__isnull=True)
    return list(rows.select_related("user__organisation"))


def _with(part: Part, there: Iterable[Participation], people: _People, why: str = "doet mee") -> Part:
    """A part with the participants whom the reader knows of beside those that the database named."""
    names = {reader.name for reader in part.readers}
    added = [people.known(row, why) for row in there if row.user.name not in names]
    return Part(part.title, tuple(sorted([*part.readers, *added], key=lambda r: (r.organisation, r.name))))


def _titles_of_items(head: CaseHead, contributions: Iterable[ContributionRow], by: Actor) -> dict[UUID, str]:
    rows = {row.pk: row for row in contributions}
    items = visible(Contribution, by=by).filter(case=head.case, compartment__kind=CompartmentKind.ITEM)
    return {
        compartment: f"Inbreng van {rows[pk].organisation}, {timezone.localtime(rows[pk].at):%d-%m-%Y}"
        for pk, compartment in items.values_list("pk", "compartment_id")
        if pk in rows
    }


def readers_of_contribution(head: CaseHead, row: ContributionRow, *, by: Actor) -> Part:
    """Who can read one contribution. Its owner reads of the organisations that got it, and which people that are."""
    item = visible(Contribution, by=by).get(pk=row.pk)
    readings = [
        r for r in who_reads([(head.dossier_id, head.reference)], by=by) if r.compartment_id == item.compartment_id
    ]
    there = _known(head, by)
    people = _everyone(readings, head.theme.code, (known.user_id for known in there))
    part = Part("Deze inbreng", _once(readings, people))
    if head.directs:
        return part
    given = visible(Disclosure, by=by).filter(contribution=item, ended_at__isnull=True).values("organisation")
    organisations = set(given.values_list("organisation", flat=True)) if row.mine else {item.organisation_id}
    why = "kreeg dit van de eigenaar" if row.mine else "werkt bij de eigenaar"
    return _with(part, [known for known in there if known.organisation_id in organisations], people, why)


def readers_of_signal(signal: Signal, *, by: Actor) -> list[Part]:
    """Who can read which part of a signal; its reporter reads of the regie and the own organisation."""
    readings = who_reads([(signal.dossier_id, signal.dossier.reference)], by=by)
    return _parts(readings, OF_A_SIGNAL, {}, _everyone(readings, signal.theme))
