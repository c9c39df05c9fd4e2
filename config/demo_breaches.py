"""Breaches of Voorbeeldstad: one that a partner just reported, one that is dealt with; and who was told of a case."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from casework.models import CaseSubject, SubjectKind
from casework.queries.informing import may_claim
from casework.services import informing
from casework.services.informing import Telling, Waiting
from config.demo_town import Town
from privacy.breaches import assessing, files, measures, notices, opening, reporting
from privacy.breaches.assessing import Facts, Judgement
from privacy.breaches.measures import Measure
from privacy.breaches.notices import Notice
from privacy.breaches.opening import BreachStart
from privacy.breaches.reporting import Report
from privacy.models import Breach, BreachDossier, NoticeKind
from privacy.roles import Role

OFFICER, REPORTER, REGISSEUR, CONTACT = "privacy_officer", "de_brink", "regisseur_wonen_jeugd", "contactpunt"
JUST_NOW = "Ik stuurde een lijst met adressen naar de verkeerde collega bij een andere organisatie."
WENT_WRONG = "Een uitdraai van een casus bleef liggen in een vergaderzaal en is door een bezoeker gevonden."
FOR_AP = "Een papieren uitdraai met gegevens van een huishouden is gevonden door een onbevoegde."
TOLD = "Er zijn gegevens over u ontvangen, omdat meer organisaties samen naar een oplossing zoeken."


def load_breaches(town: Town) -> None:
    """An open file whose clock runs, and one in which most is done; a case in which somebody was told."""
    now = timezone.now()
    reporter = REPORTER if REPORTER in town.people else REGISSEUR
    with town.doing(reporter) as by:
        reporting.report(Report(uuid4(), JUST_NOW, now - timedelta(hours=3)), now=now - timedelta(hours=2), by=by)
    _dealt_with(town)
    _informing(town)


def _dealt_with(town: Town) -> None:
    now = timezone.now()
    found_at = now - timedelta(days=9)
    case = town.cases["lindelaan-14"]
    with town.doing(OFFICER) as by:
        start = BreachStart(WENT_WRONG, found_at, "own", None, (case.dossier_id,))
        breach = opening.open_file(start, now=found_at, by=by)
    with town.doing(OFFICER) as by:
        file = files.opened(breach.pk, by=by)
        facts = Facts(
            WENT_WRONG, FOR_AP, found_at, found_at - timedelta(hours=5), found_at, True, False, False,
            ("contact", "gezin"), 4,
        )  # fmt: skip
        assessing.describe(file, facts, seen=file.version, by=by)
        weighing = {"nature": "Eén middag, op één plek.", "receiver": "De vinder gaf de uitdraai meteen terug."}
        reasons = {
            "ap": "Een risico is niet uit te sluiten.",
            "persons": "Zij mogen het weten.",
            "partners": "Niet geraakt.",
        }
        judgement = Judgement("risk", weighing, "yes", "yes", "no", reasons)
        assessing.assess(file, judgement, seen=Breach.objects.get(pk=file.pk).version, now=now, by=by)
        at = found_at + timedelta(hours=4)
        notices.note(file, Notice(uuid4(), NoticeKind.INTERNAL, at, "De CISO en de gemeentesecretaris"), now=now, by=by)
        ap = Notice(uuid4(), NoticeKind.AP, found_at + timedelta(hours=50), "Autoriteit Persoonsgegevens", "AP-0000001")
        notices.note(file, ap, now=now, by=by)
        measure = Measure(uuid4(), "Uitdraaien na het overleg in de papiervernietiger.", "Secretaris", town.today)
        measures.add(file, measure, now=now, by=by)
        touched = BreachDossier.objects.select_related("breach").get(breach=file)
        teller = next(one for one in notices.tellers(touched, by=by) if one.pk == town.people[CONTACT].pk)
        notices.ask(touched, teller, "Vertel het gezin dat een uitdraai bleef liggen en terug is.", now=now, by=by)


def _informing(town: Town) -> None:
    """In each case of this regisseur the first person was told; in one, telling the second waits."""
    now, today, postponed = timezone.now(), town.today, False
    for case in town.cases.values():
        for person in _persons(town, case.dossier_id):
            with town.doing(REGISSEUR, case.dossier_id) as by:
                if not postponed:
                    claiming = may_claim(case, by=by)
                    why = Waiting(
                        claiming[0].pk, "protection", "Eerst is er een veilige plek nodig.", today + timedelta(days=20)
                    )
                    allowed = {one.pk for one in claiming}
                    informing.postpone(case, person, why, allowed=allowed, now=now, today=today, by=by)
                    postponed = True
                    continue
                told = Telling(today - timedelta(days=2), "letter", by.name, TOLD)
                informing.tell(case, person, told, now=now, today=today, by=by)


def _persons(town: Town, dossier_id: UUID) -> list[CaseSubject]:
    """Persons of a case that this regisseur directs."""
    from_case = CaseSubject.objects.filter(dossier_id=dossier_id, kind=SubjectKind.PERSON, case__status="open")
    with town.doing(REGISSEUR) as by:
        directed = from_case.filter(case__table__in=by.tables_as(Role.PROCESREGISSEUR))
        return list(directed)
