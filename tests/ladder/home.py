"""A case at a table for violence at home, where the burgemeester and a hulpofficier decide in the system."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from casework.models import Case
from escalation.dutch import AMSTERDAM
from escalation.facts import Born, Checked, Paper
from escalation.models import Mandate, Measure, Proposal, Standing, Term
from escalation.services import proposing, terms
from escalation.situations import ladder_of
from escalation.values import StepInput
from partners.models import CaseTable, Seat, SecrecyStatement, User
from privacy import jobs
from privacy.models.job import Job
from privacy.roles import Role
from tests.ladder.scene import at_the_ladder, granted, holds, noted, standing_of
from tests.world import Cast, a_case, a_signal, as_, invited


def at(text: str) -> datetime:
    """A moment as the clock on the wall says it."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def a_home(cast: Cast) -> Case:
    """A case on the ladder of violence at home, of Rosa; Bram is burgemeester and Petra hulpofficier there."""
    table = CaseTable.objects.create(
        name="Casustafel huiselijk geweld", code="hgkm", theme="hgkm", area="Proefstad", profile="gemeentelijk"
    )
    begun = timezone.now() - timedelta(days=30)
    seats = [("rosa", Role.PROCESREGISSEUR), ("bram", Role.DECIDER), ("wilma", Role.PROFESSIONAL),
             ("petra", Role.PROFESSIONAL), ("carla", Role.CASUSREGISSEUR)]  # fmt: skip
    for name, role in seats:
        Seat.objects.create(table=table, user=cast.people[name], role=role, valid_from=begun)
        SecrecyStatement.objects.create(table=table, user=cast.people[name], profile_version="proef")
    case = a_case(cast.rosa, a_signal(cast.wilma, table))
    invited(case, cast.rosa, cast.wilma, cast.carla)
    holds(cast, table, "burgemeester", cast.bram)
    holds(cast, table, "hulpofficier", cast.petra)
    return case


def mandated(cast: Cast, case: Case) -> None:
    """The burgemeester let hulpofficieren impose in his name (Wth 3)."""
    with as_(cast.beheer):
        given = {"giver": "burgemeester", "to": "hulpofficier", "document": "Mandaatbesluit"}
        Mandate(table=case.table, since=date.today() - timedelta(days=1), **given).save(force_insert=True)


def asked(case: Case, by: User, now: datetime) -> Proposal:
    """A huisverbod, put to who imposes it, with all that the law asks."""
    standing = standing_of(case, "hgkm", by)
    facts = {
        "volwassen": Born(date(1981, 3, 12)),
        "vt_gevraagd": Checked(True),
        "besluit": Paper(now.date()),
        "risicotaxatie": Paper(now.date()),
    }
    if now.date() > date.today():  # papers are of the day, and a finding is noted with the clock of that day
        facts |= {key: Paper(date.today()) for key in ("besluit", "risicotaxatie")}
    for key, fact in facts.items():
        noted(standing, key, fact, by)
    with at_the_ladder(by, standing) as actor:
        review = now.date() + timedelta(days=90)
        given = StepInput("huisverbod", "gevaar", "Er is direct gevaar.", "Piet Voorbeeld", review)
        return proposing.propose(standing, given, now=now, by=actor)


def imposed(cast: Cast, case: Case, moment: str) -> Standing:
    """The hulpofficier imposes it at this moment."""
    granted(asked(case, cast.rosa, at(moment)), cast.petra, now=at(moment))
    return standing_of(case, "hgkm", cast.rosa)


def begun(standing: Standing, by: User, key: str, since: datetime, *, rung: str = "huisverbod", **more: Any) -> Term:
    """A term that begins at another moment than the decision."""
    with at_the_ladder(by, standing) as actor:
        now = more.pop("now", since)
        return terms.start(standing, ladder_of(standing).get(rung), key, since, now=now, by=actor, **more)


def term(standing: Standing, by: User, key: str) -> Term:
    """A term as it is stored."""
    with as_(by):
        return Term.objects.select_related("standing__case__dossier", "standing__dossier", "dossier", "measure").get(
            standing=standing, key=key
        )


def measure(standing: Standing, by: User) -> Measure:
    with as_(by):
        rows = Measure.objects.select_related("standing__case__dossier", "standing__dossier", "dossier")
        return rows.get(standing=standing)


def extension(standing: Standing, by: User, until: datetime, now: datetime) -> Proposal:
    """An extension of the huisverbod, put to who extends it."""
    of = term(standing, by, "duur")
    with at_the_ladder(by, standing) as actor:
        why = {"about": "Piet Voorbeeld", "reason": "De hulp is nog niet op gang."}
        return proposing.propose_extension(of, until, now=now, by=actor, **why)


def swept(now: datetime) -> None:
    """The background does all that is due at this moment, also what that asks for; mails wait."""
    due = Job.objects.filter(done_at__isnull=True, not_before__lte=now, kind__startswith="ladder.")
    while waiting := [job.pk for job in due.filter(state="waiting")]:
        for pk in waiting:
            jobs.perform(pk, now=now)


def mails(*people: User) -> list[str]:
    """To whom of these a mail waits; they are taken out."""
    rows = Job.objects.filter(kind="notice.something_waits", state="waiting")
    names = {person.pk: person.name.split()[0] for person in people}
    found: list[UUID] = list(rows.values_list("subject_id", flat=True))
    rows.delete()
    return sorted(names[pk] for pk in found if pk in names)
