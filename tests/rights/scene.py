"""A household of four about which a mother asks: what each of them is known for, planted so that it is found back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from casework.models import (
    Case,
    Household,
    ItemKind,
    Member,
    Relation,
    RightsPassage,
    RightsRequest,
    SubjectKind,
)
from casework.redacting import Span, sentences, words_in
from casework.services import cases
from casework.services.plans import goals
from casework.services.plans.goals import GoalInput
from casework.services.rights import admitting, collecting, judging, objecting, registering
from casework.services.rights.answering import AnswerInput, answer
from casework.services.rights.judging import Judgement
from casework.services.rights.registering import RegisterInput
from casework.services.rights.releasing import pairs_of, refuse
from casework.values import CaseSubjectInput
from partners.models import Organisation, User
from privacy.unlock import unlock
from tests.world import Cast, a_case, a_household, a_member, a_signal, as_, canary, contributed, invited, item

MOTHER, BSN = "Sara van der Proef", "999990032"
BORN = date(1985, 4, 2)
FAMILY = ("Kim van der Proef", "Jay van der Proef", "Henk Bedacht")
MEMBERS = (
    a_member(MOTHER, born=BORN),
    a_member(FAMILY[0], Relation.CHILD, date(2012, 6, 1)),
    a_member(FAMILY[1], Relation.CHILD, date(2014, 9, 30)),
    a_member(FAMILY[2], Relation.PARTNER, date(1980, 1, 5)),
)


@dataclass
class Home:
    """The case and the household, and what was planted about whom."""

    case: Case
    household: Household
    hers: list[str] = field(default_factory=list)
    of_others: list[str] = field(default_factory=list)
    secret: list[str] = field(default_factory=list)  # own notes and who reported: the desk never reads these
    goals_of_others: list[str] = field(default_factory=list)
    reported: str = ""


def a_home(cast: Cast) -> Home:
    """A signal, a case with contributions of two partners, a household of four with goals for each."""
    reported, note = canary("melding"), canary("vertrouwelijk")
    signal = a_signal(
        cast.wilma, cast.overlast, item(f"Moeder {MOTHER} belt vaak. {reported}"),
        subjects=(_subject(),),
    )  # fmt: skip
    case = a_case(cast.rosa, signal, short_name="Gezin Proef")
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    home = Home(case, a_household(case, cast.rosa, cast.carla, *MEMBERS), [reported])
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        given = CaseSubjectInput(
            SubjectKind.PERSON, MOTHER, birth_date=BORN, bsn=BSN, address="Lindelaan 14, Proefstad"
        )
        cases.add_subject(case, given, by=by)
        for name, born in zip(FAMILY, (date(2012, 6, 1), date(2014, 9, 30), date(1980, 1, 5)), strict=True):
            cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, name, birth_date=born), by=by)
    _contributions(cast, home)
    _goals(cast, home)
    home.secret.append(note)
    contributed(case, cast.wilma, f"Alleen voor ons: {note}", audience="own")
    return home


def _subject() -> Any:
    from casework.values import SubjectInput

    return SubjectInput(SubjectKind.PERSON, MOTHER, BORN)


def _contributions(cast: Cast, home: Home) -> None:
    """Of each member something in one text; the sentences about others are to be blacked out."""
    hers, *others = canary("moeder"), *(canary(name.split()[0].lower()) for name in FAMILY)
    home.hers.append(hers)
    home.of_others += others
    text = (
        f"Sara komt haar afspraken na, {hers}. Zoon Jay slaapt slecht, {others[1]}. "
        f"K. van der Proef mist school, {others[0]}. Haar partner H. Bedacht drinkt, {others[2]}."
    )
    contributed(home.case, cast.wilma, text)
    police = canary("politie")
    home.hers.append(police)
    contributed(home.case, cast.pieter, f"Wij spraken mevrouw op straat, {police}.", kind=ItemKind.FACT)


def _goals(cast: Cast, home: Home) -> None:
    """A goal for each member, in words that name nobody: only whose goal it is keeps it out."""
    with as_(cast.rosa) as (by, _):
        unlock([home.household.dossier_id], by=by)
        for member in Member.objects.filter(household=home.household):
            goal = canary("doel")
            (home.hers if member.name == MOTHER else home.goals_of_others).append(goal)
            given = GoalInput(title=f"Eigen woonruimte, {goal}.", domain="huisvesting", member=member.pk)
            goals.add_goal(home.household, given, now=timezone.now(), by=by)


def registered(cast: Cast, person: User | None = None, **more: Any) -> RightsRequest:
    """A request of the mother about herself, received today."""
    values: dict[str, Any] = {
        "kind": "inzage", "about": "self", "channel": "brief", "received_on": timezone.localdate(),
        "name": MOTHER, "birth_date": BORN, "bsn": BSN, "address": "Lindelaan 14, 7899 AB Proefstad",
    } | more  # fmt: skip
    with as_(person or cast.conny) as (by, _):
        return registering.register(RegisterInput(**values), now=timezone.now(), by=by)


def identified(cast: Cast, request: RightsRequest, doubt: str = "") -> RightsRequest:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        admitting.identify(request, "balie", "Rijbewijs gezien.", doubt, now=timezone.now(), by=by)
    return request


def searched(cast: Cast, request: RightsRequest) -> None:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        collecting.search(request, by=by)
        really = {candidate.pk: True for candidate in request.candidates.all()}
        collecting.confirm(request, really, now=timezone.now(), by=by)


def kept_for(cast: Cast, case: Case) -> RightsRequest:
    """A request about somebody in this case, so far that nothing of it is destroyed."""
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, MOTHER, birth_date=BORN, bsn=BSN), by=by)
    request = identified(cast, registered(cast))
    searched(cast, request)
    return request


def refused(cast: Cast, request: RightsRequest) -> None:
    """Conny ends it."""
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        refuse(request, "avg_12_5", "", now=timezone.now(), today=timezone.localdate(), by=by)


def objected(cast: Cast) -> RightsRequest:
    """The mother objects; Conny confirms which dossiers are about her."""
    request = identified(cast, registered(cast, kind="bezwaar", wish="Ik wil dit niet meer."))
    searched(cast, request)
    return request


def put(cast: Cast) -> RightsRequest:
    request = objected(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        objecting.put(request, now=timezone.now(), today=timezone.localdate(), by=by)
    return request


def collected(cast: Cast, request: RightsRequest | None = None) -> RightsRequest:
    """Identified, searched, confirmed and collected by Conny."""
    request = identified(cast, request or registered(cast))
    searched(cast, request)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        collecting.collect(request, now=timezone.now(), today=timezone.localdate(), by=by)
    return request


def judged(cast: Cast, request: RightsRequest, home: Home, but: Organisation | None = None) -> None:
    """Conny reads each passage, keeps what the helper marked, and blacks out the sentences about others."""
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        for passage, reply in pairs_of(request):
            text = judging.text_of(passage, reply)
            if text and passage.organisation != but:
                spans = [Span(*span) for span in passage.spans or []]
                spans += [
                    Span(start, end, "avg_15_4")
                    for start, end in sentences(text)
                    if any(words_in(text[start:end], mark) for mark in home.of_others)
                ]
                alien = passage.source == "Uw gegevens in het dossier" and MOTHER not in text
                judging.judge(passage, Judgement(tuple(spans), alien), now=timezone.now(), by=by)


def answered(cast: Cast, request: RightsRequest, person: User, **how: str) -> int:
    """This person answers for every passage of the own organisation; returns how many there were."""
    with as_(person) as (by, _):
        unlock([request.dossier_id], by=by)
        rows = list(RightsPassage.objects.filter(organisation=by.home))
        for row in rows:
            given = {"verdict": "refused", "ground": "uavg_41_i", "reason": "Van een melder."} if row.own else how
            answer(row, AnswerInput(**(given or {"verdict": "may"})), now=timezone.now(), by=by)
        return len(rows)
