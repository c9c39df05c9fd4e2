"""What the regisseur does in a case: name, subjects, participants, regie, sharing signals, closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.cases import CloseForm, FaceForm, InviteForm, RegieForm, ShareSignalForm, SubjectForm
from casework.forms.effect import EvaluationForm
from casework.forms.sameness import LOOK, typed_person
from casework.models import CaseSubject, Participation, RegieKind, Signal
from casework.queries.asking import asked_for
from casework.queries.case_content import bundled, questions
from casework.queries.cases import CaseHead, open_case, people, subjects
from casework.queries.households import ending_with
from casework.queries.known import asking_seats
from casework.queries.persons import MOST
from casework.queries.preview import as_seen_by
from casework.queries.sameness import guesses, in_dossier, ties_in
from casework.queries.succession import follow_ups
from casework.services import cases, disclosing, evaluating, participants
from casework.views.case_pages import directed, page
from partners.models import Organisation, User
from partners.queries import seated_people
from privacy.access import ActorRequest, guarded, open_one, visible
from privacy.errors import Refused
from privacy.roles import Verb
from privacy.taking import take, tries, try_out, typed
from privacy.uses import uses_of


def _partners(head: CaseHead, request: ActorRequest) -> list[Organisation]:
    there = visible(Participation, by=request.actor).filter(case=head.case, ended_at__isnull=True)
    return list(Organisation.objects.filter(pk__in=there.values("organisation")))


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def rename(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Short name and summary."""
    head = directed(pk, request)
    form = FaceForm(typed(request), initial={"short_name": head.name, "summary": head.summary})

    def act() -> str:
        cases.rename(head.case, **form.cleaned_data, by=request.actor)
        return "De naam en samenvatting zijn bewaard."

    answer, status = take(request, form, act, lambda: ("case-detail", pk))
    return answer or page(request, head, "case-rename", {"form": form}, status=status)


@guarded(Verb.CASE_READ)
@require_http_methods(["GET", "POST"])
def people_of_case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who the case is about; the regie adds and removes, and sees who may be the same as somebody elsewhere."""
    head = open_case(pk, by=request.actor)
    rows, form, status = subjects(head, by=request.actor), None, 200
    if head.directs and head.open:
        sent: dict[str, Any] = {"initial": request.POST.dict()} if _looks(request) else {"data": typed(request)}
        may_bsn = head.profile.may_see_bsn(request.actor.organisation_kind)
        form = SubjectForm(theme=head.theme, today=timezone.localdate(), may_bsn=may_bsn, **sent)
        given = form

        def act() -> str:
            cases.add_subject(cases.lock_open(head.case, by=request.actor), given.as_subject(), by=request.actor)
            return "De betrokkene is toegevoegd."

        answer, status = take(request, form, act, lambda: ("case-subjects", pk))
        if answer:
            return answer
    elif request.method == "POST":
        raise Refused(head.why_not or "Alleen wie de regie heeft, kan dit doen.")
    alike = _alike(head, request) if form else {}
    known_as = {person.pk: said for person, said in alike.get("ties", [])}
    people = [(row, known_as.get(row.pk, [])) for row in rows]
    context = {"subjects": rows, "people": people, "form": form, **alike}
    return page(request, head, "case-subjects", context, status=status)


def _looks(request: ActorRequest) -> bool:
    return request.POST.get("go") == LOOK


def _alike(head: CaseHead, request: ActorRequest) -> dict[str, Any]:
    """Who these people may be elsewhere: what was said of them, and, when asked, who looks like them."""
    context: dict[str, Any] = {
        "ties": ties_in(head.dossier_id, by=request.actor),
        "may_ask_known": bool(asking_seats(by=request.actor)),
        "most": MOST,
    }
    if "zoek" in request.GET:
        context["looked"] = in_dossier(head.dossier_id, by=request.actor)
    if _looks(request):
        person = typed_person(request.POST, today=timezone.localdate())
        context["guesses"] = guesses([person] if person else [], by=request.actor)
    return context


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def remove_subject(request: ActorRequest, pk: UUID, subject_id: UUID) -> HttpResponse:
    """Takes somebody out of the case, after asking: what was recorded of that person is gone then."""
    head = directed(pk, request)
    subject = get_object_or_404(visible(CaseSubject, by=request.actor), pk=subject_id, case=head.case)
    if request.method == "GET":
        return page(request, head, "case-subject-remove", {"subject": subject})
    cases.remove_subject(head.case, subject, by=request.actor)
    messages.success(request, "De betrokkene is uit de casus gehaald.")
    return redirect("case-subjects", pk)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def sharing(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Participants with their people, grounds and periods; inviting."""
    head = directed(pk, request)
    there = people(head, by=request.actor)
    choices = seated_people(head.case.table, timezone.now())
    today = timezone.localdate()
    form = InviteForm(typed(request), people=choices, profile=head.profile, today=today)

    def act() -> str:
        return " ".join(["De uitnodiging is verstuurd.", *_not_along(_invite(head, form, request))])

    def look() -> HttpResponse:
        user = _invite(head, form, request).participation.user
        context = {"preview": as_seen_by(head, user, by=request.actor), "form": form}
        return page(request, head, "case-invite-preview", context)

    if tries(request):
        shown, status = try_out(form, look)
        answer: HttpResponse | None = shown
    else:
        answer, status = take(request, form, act, lambda: ("case-sharing", pk))
    regie = RegieForm(people=regie_choices(head, request)) if head.open else None
    context = {
        "form": form if head.open else None,
        "regie_form": regie,
        "people": there,
        "requests": asked_for(head.dossier_id, timezone.now(), by=request.actor) if head.open else [],
        "uses": uses_of(head.dossier_id, timezone.now(), by=request.actor),
        "suggested": _suggested(head, request),
        "questions": questions(head, by=request.actor),
        "follow_ups": follow_ups(head.case, now=timezone.now(), by=request.actor),
    }
    return answer or page(request, head, "case-sharing", context, status=status)


def _invite(head: CaseHead, form: InviteForm, request: ActorRequest) -> participants.Invited:
    data = form.cleaned_data
    given = {"ground": data["ground"], "until": data["until"], "hidden": data["hidden"]}
    user = User.objects.select_related("organisation").get(pk=data["user"])
    return participants.invite(head.case, user, **given, now=timezone.now(), by=request.actor)


def _not_along(done: participants.Invited) -> list[str]:
    """What of earlier contributions did not go along, and why."""
    counted = (
        (done.withheld, "mag volgens het profiel niet mee"),
        (done.kept_back, "gaat niet mee door een voorwaarde van de eigenaar"),
        (done.waiting, "wacht op toestemming van de eigenaar"),
    )
    return [f"{number} eerdere inbreng {why}." for number, why in counted if number]


def _suggested(head: CaseHead, request: ActorRequest) -> list[str]:
    """Kinds of partners that this theme often needs and that do not take part yet."""
    there = {partner.kind for partner in _partners(head, request)}
    kinds = head.profile.kinds
    return [kinds[kind].label for kind in head.theme.suggested_partners if kind in kinds and kind not in there]


def regie_choices(head: CaseHead, request: ActorRequest) -> list[tuple[str, str]]:
    there = visible(Participation, by=request.actor).filter(case=head.case, ended_at__isnull=True)
    return [
        (str(p.user_id), f"{p.user.name}, {p.organisation.name}") for p in there.select_related("user", "organisation")
    ]


@guarded(Verb.CASE_DIRECT)
@require_POST
def assign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Names the casusregisseur."""
    head = directed(pk, request)
    form = RegieForm(request.POST, people=regie_choices(head, request))

    def act() -> str:
        chosen = UUID(form.cleaned_data["user"])
        case = cases.lock_open(head.case, by=request.actor)
        cases.assign_regie(case, RegieKind.CASE, chosen, now=timezone.now(), by=request.actor)
        return "De casusregisseur is aangewezen."

    answer, status = take(request, form, act, lambda: ("case-sharing", pk))
    context = {"form": None, "regie_form": form, "people": people(head, by=request.actor)}
    return answer or page(request, head, "case-sharing", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def end_participation(request: ActorRequest, pk: UUID, participation_id: UUID) -> HttpResponse:
    """Ends a participation, after saying what that takes away."""
    head = directed(pk, request)
    there = visible(Participation, by=request.actor).select_related("user", "organisation", "case")
    participation = get_object_or_404(there, pk=participation_id, case=head.case)
    if request.method == "GET":
        return page(request, head, "case-end", {"participation": participation})
    if participation.ended_at is None:
        with transaction.atomic():
            participants.end_participation(participation, now=timezone.now(), by=request.actor)
    messages.success(request, "De deelname is beëindigd. De toegang is meteen weg.")
    return redirect("case-sharing", pk)


@guarded(Verb.CASE_READ)
@require_http_methods(["GET"])
def signals(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The signals in this case that this reader may open."""
    head = open_case(pk, by=request.actor)
    return page(request, head, "case-signals", {"signals": bundled(head, by=request.actor)})


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def share_signal(request: ActorRequest, pk: UUID, signal_id: UUID) -> HttpResponse:
    """Shares one signal with one participant, on a ground of its own."""
    head = directed(pk, request)
    signal = open_one(Signal, signal_id, by=request.actor)
    partners = [partner for partner in _partners(head, request) if partner.pk != signal.source_id]
    form = ShareSignalForm(typed(request), partners=partners, profile=head.profile)

    def act() -> str:
        data, to = form.cleaned_data, Organisation.objects.get(pk=form.cleaned_data["organisation"])
        given = {"ground": data["ground"], "decision_ref": data["decision_ref"]}
        disclosing.share_signal(head.case, signal, to, **given, now=timezone.now(), by=request.actor)
        return f"Het signaal is gedeeld met {to.name}."

    answer, status = take(request, form, act, lambda: ("case-signals", pk))
    shown = next((s for s in bundled(head, by=request.actor) if s.view.pk == signal.pk), None)
    return answer or page(request, head, "case-share", {"form": form, "signal": shown}, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Closes and shields the case, with the evaluation of every household that closes with it."""
    head = directed(pk, request)
    ending = ending_with(head.dossier_id, by=request.actor)
    parts = {one.pk: EvaluationForm(typed(request), prefix=one.reference) for one in ending}
    form = CloseForm(typed(request), theme=head.theme, parts=list(parts.values()))

    def act() -> str:
        data = form.cleaned_data
        given = {household: part.as_input() for household, part in parts.items()}
        cases.close(head.case, data["outcome"], data["reason"], evaluations=given, now=timezone.now(), by=request.actor)
        return f"Casus {head.reference} is gesloten en afgeschermd."

    answer, status = take(request, form, act, lambda: ("case-list",))
    households = [
        {
            "head": one,
            "form": parts[one.pk],
            "goals": evaluating.goal_counts(one.household),
            "signals": evaluating.signal_counts(one.household, by=request.actor),
        }
        for one in ending
        if not answer
    ]
    return answer or page(request, head, "case-close", {"form": form, "households": households}, status=status)
