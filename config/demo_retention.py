"""Keeping and destroying in Voorbeeldstad: what went, what waits for a second person, what is due, what stays."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from casework.models import Case, ItemKind, Signal, SubjectKind
from casework.services import cases, signals
from casework.values import CaseInput, CaseSubjectInput, CriterionAnswer, ItemInput, PlaceInput, SignalInput
from config.demo_town import Town
from partners.services.seats import save_table
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.models import DestructionList, KeepReason
from privacy.retention import holds, lists, term_changes
from privacy.retention.terms import years_after

OFFICER, SECOND, REGISSEUR, REPORTER = "privacy_officer", "privacy_officer_2", "regisseur_wonen_jeugd", "woonconsulent"
BEHEERDER, TABLE, SHORTER = "beheerder", "woonoverlast", "jonge_aanwas"
HELD, OBJECTED = "gezin-maquette", "kastanjeplein-40"
HOLD = "De rechter behandelt een beroep over deze casus. De stukken moeten tot de uitspraak beschikbaar blijven."
OBJECTION = "De buren meldden vorige maand weer overlast. Wij willen eerst weten of de casus opnieuw open moet."
NOISE = "Harde muziek tot diep in de nacht, meerdere keren per week. Praten hielp niet."
# Where it was, and how many days ago its time was over.
GONE = (("Kloosterpad", "2", 45), ("Kloosterpad", "9", 38))
LISTED = (("Vlierhof", "4", 20), ("Vlierhof", "7", 12), ("Elzenlaan", "31", 9))
DUE = (("Berkenrak", "18", 3),)
STILL_OPEN = ("Berkenrak", "40", 6)
CRITERIA = ("ernstig_herhaald", "meer_leefgebieden", "meer_partners", "gewone_weg")


def load_retention(town: Town) -> None:
    """One list that was carried out, one that waits for its second person, and more whose time has come or is near."""
    _carried_out(town)
    _waiting(town)
    for street, number, over in DUE:
        _signal(town, street, number, over)
    street, number, over = STILL_OPEN
    _case(town, _signal(town, street, number, over))
    _kept(town)
    _shorter(town)


def _then(town: Town, over: int) -> datetime:
    """The moment at which it came in, so that its five years were over so many days ago."""
    day = years_after(town.today, -5) - timedelta(days=over)
    return datetime.combine(day, time(11, 0), tzinfo=timezone.get_default_timezone())


def _signal(town: Town, street: str, number: str, over: int) -> Signal:
    reporter, now = town.people[REPORTER], _then(town, over)
    given = SignalInput(
        table_id=town.tables[TABLE].pk,
        source_id=reporter.organisation_id,
        reporter_name=reporter.name,
        items=(ItemInput(ItemKind.OBSERVATION, NOISE, "huisvesting", occurred_on=now.date()),),
        place=PlaceInput(street=street, number=number, city="Voorbeeldstad"),
        observed_on=now.date(),
    )
    with town.doing(REPORTER) as by:
        return signals.submit(given, now=now, by=by)


def _case(town: Town, signal: Signal) -> Case:
    criteria = tuple(CriterionAnswer(key, True, "Zo stond het in het signaal.") for key in CRITERIA)
    address = CaseSubjectInput(SubjectKind.ADDRESS, "De woning", "")
    given = CaseInput("Muziek in de nacht", NOISE, criteria, (address,))
    with town.doing(REGISSEUR, signal.dossier_id) as by:
        return cases.open_from_signals([signal], given, now=signal.submitted_at, by=by)


def _closed(town: Town, signal: Signal) -> None:
    case = _case(town, signal)
    with town.doing(REGISSEUR, case.dossier_id) as by:
        now = case.opened_at + timedelta(days=120)
        cases.close(case, "overlast_gestopt", "De bewoner is verhuisd en het is stil.", now=now, by=by)


def _made(town: Town) -> DestructionList:
    with town.doing(OFFICER) as by:
        return lists.make(by=by)


def _carried_out(town: Town) -> None:
    """A case with its signals went, after a second person looked; its certificate stands."""
    for street, number, over in GONE:
        _closed(town, _signal(town, street, number, over))
    made = _made(town)
    with town.doing(SECOND) as by:
        lists.check(made, by=by)
        lines = list(lists.lines_of(made).values_list("pk", flat=True))
    system = system_actor("demo laden")
    with acting(system):
        for line in lines:
            lists.carry_out(line, by=system)


def _waiting(town: Town) -> None:
    """One of its lines was taken off, to be asked about first."""
    for street, number, over in LISTED:
        _closed(town, _signal(town, street, number, over))
    made = _made(town)
    with town.doing(OFFICER) as by:
        line = lists.lines_of(made).order_by("-goes_on").first()
        assert line is not None
        lists.keep_off(made, line.pk, KeepReason.ASKED, by=by)


def _kept(town: Town) -> None:
    now = timezone.now()
    with town.doing(OFFICER) as by:
        number = town.cases[HELD].dossier.reference
        holds.set_hold(number, HOLD, town.today + timedelta(days=90), now=now, by=by)
    about = town.cases[OBJECTED].dossier
    with town.doing(REGISSEUR) as by:
        holds.object_to(about, OBJECTION, now=now - timedelta(days=2), by=by)


def _shorter(town: Town) -> None:
    """A table that keeps shorter asked this for what is there, and that waits for an officer."""
    with town.doing(BEHEERDER) as by:
        table = town.tables[SHORTER]
        table.retention_years = 4
        save_table(table, by=by)
        term_changes.ask(table.pk, 4, by=by)
