"""Who decides in Voorbeeldstad, and two steps that wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from config.demo_town import Town
from escalation.facts import Born, Checked, Fact, Paper
from escalation.models import Proposal, Standing, Term
from escalation.services import authorities, deciding
from escalation.services.authorities import MandateInput
from escalation.services.findings import note
from escalation.services.proposing import propose, propose_extension
from escalation.values import RecordedInput, StepInput
from privacy.actor import Actor

# Table, authority, who decides for it.
HOLDERS = (
    ("woonoverlast", "burgemeester", "burgemeester"),
    ("jonge_aanwas", "burgemeester", "burgemeester"),
    ("hgkm", "burgemeester", "burgemeester"),
    ("ondermijning", "burgemeester", "burgemeester"),
    ("woonoverlast", "wijkagent", "wijkagent_oost"),
    ("hgkm", "hulpofficier", "noodhulp"),
)
MOTHER_AND_SONS = "De bewoners van Zuringstraat 60: moeder M. en twee volwassen zonen"
WARNED = "De zonen schelden en blokkeren het trapportaal. Afspraken zijn getekend en niet nagekomen."
INTENDED = (
    "Twee waarschuwingen hielpen een paar weken. Sinds drie weken is de hinder terug, bij vijf huishoudens. "
    "Een aanwijzing die per overtreding geld kost, is het lichtste dat nog kan werken."
)
FATHER = "Kees Proef, geboren op 24 april, Eikstraat 120"
BANNED = "Er is ernstig geweld gebruikt, de dochter was erbij. De politie vreest herhaling zodra hij thuiskomt."
LONGER = (
    "De hulp voor vader begint pas volgende week. Moeder en dochter zijn nog niet veilig als hij eerder thuiskomt. "
    "Moeder wil dat het verbod langer duurt."
)


def load_deciders(town: Town, by: Actor) -> None:
    """The beheerder notes who decides, and the mandate that the burgemeester gave."""
    now = timezone.now()
    for table, code, person in HOLDERS:
        authorities.give(town.tables[table], code, town.people[person], now=now, by=by)
    given = MandateInput("burgemeester", "hulpofficier", "Mandaatbesluit tijdelijk huisverbod, artikel 2", town.today)
    authorities.give_mandate(town.tables["hgkm"], given, now=now, by=by)


def load_ladder(town: Town) -> None:
    """The intention of an order, after a warning; and a longer house ban. Both wait for the burgemeester."""
    today, review = town.today, town.today + timedelta(days=42)
    facts: dict[str, Fact] = {key: Paper(today - timedelta(days=60)) for key in ("dossier", "waarschuwingsbrief")}
    step = StepInput("waarschuwing", "niet_nagekomen", WARNED, MOTHER_AND_SONS, review)
    _record(town, _put(town, "zuringstraat-60", "woonoverlast", facts, step, timezone.now()))
    facts = {"ernstig_herhaald": Checked(True), "voornemen_brief": Paper(today)}
    step = StepInput("voornemen", "waarschuwing_vergeefs", INTENDED, MOTHER_AND_SONS, review)
    _put(town, "zuringstraat-60", "woonoverlast", facts, step, timezone.now())
    _house_ban(town)


def _house_ban(town: Town) -> None:
    """Imposed five days ago; who directs asks the burgemeester for two weeks more."""
    then = timezone.now() - timedelta(days=5)
    day = then.date()
    facts: dict[str, Fact] = {
        "volwassen": Born(date(day.year - 36, 4, 24)),
        "vt_gevraagd": Checked(True),
        "besluit": Paper(day),
        "risicotaxatie": Paper(day),
    }
    step = StepInput("huisverbod", "gevaar", BANNED, FATHER, town.today + timedelta(days=9))
    proposal = _put(town, "gezin-proef", "hgkm", facts, step, then)
    with town.doing("burgemeester", proposal.dossier_id) as by:
        deciding.grant(Proposal.objects.select_related("dossier").get(pk=proposal.pk), now=then, by=by)
    with town.doing(_regisseur(town, "gezin-proef"), proposal.dossier_id) as by:
        related = ("standing__case__dossier", "standing__dossier", "measure")
        term = Term.objects.select_related(*related).get(standing=proposal.standing_id, key="duur")
        until, now = term.ends + timedelta(days=14), timezone.now()
        propose_extension(term, until, about=FATHER, reason=LONGER, now=now, by=by)


def _regisseur(town: Town, key: str) -> str:
    return next(one.opened_by for one in town.data.cases if one.key == key)


def _put(town: Town, key: str, ladder: str, facts: Mapping[str, Fact], step: StepInput, now: datetime) -> Proposal:
    """What is known is noted and the step is proposed, by who opened the case."""
    case = town.cases[key]
    with town.doing(_regisseur(town, key), case.dossier_id) as by:
        standing = Standing.objects.select_related("case__dossier", "dossier").get(case=case, ladder=ladder)
        for requirement, fact in facts.items():
            note(standing, requirement, fact, "", now=now, by=by)
        return propose(standing, step, now=now, by=by)


def _record(town: Town, proposal: Proposal) -> None:
    """The regisseur records what the corporation decided."""
    with town.doing(_regisseur(town, "zuringstraat-60"), proposal.dossier_id) as by:
        now = timezone.now()
        given = RecordedInput("corporatie", now, "Brief van de corporatie")
        deciding.record_decision(proposal, given, now=now, by=by)
