"""One person in several dossiers: who it is, two people side by side, and taking back what was said."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms.sameness import VerdictForm
from casework.models import SamenessVerdict
from casework.queries.persons import one
from casework.queries.sameness import also_known_as, ends_of, side_by_side, ties
from casework.services import same
from privacy.access import ActorRequest, guarded, require
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed

SAID = {
    SamenessVerdict.SAME: "U hebt gezegd dat dit dezelfde persoon is. Er is niets samengevoegd.",
    SamenessVerdict.DIFFERENT: "U hebt gezegd dat dit niet dezelfde is. Dit wordt niet meer voorgesteld.",
}


@guarded(Verb.CASE_READ)
@require_GET
def person(request: ActorRequest, kind: str, pk: UUID) -> HttpResponse:
    """Somebody, in every dossier that this reader may read and that was tied to this one."""
    found = one(kind, pk, by=request.actor)
    rows = also_known_as(found, by=request.actor)
    said = ties([found], by=request.actor).get(pk, [])
    return render(request, "casework/person/person.html", {"person": found, "rows": rows, "ties": said})


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def compare(request: ActorRequest, kind: str, pk: UUID, other_kind: str, other: UUID) -> HttpResponse:
    """Two people side by side, with what speaks for and against; asks what they are."""
    pair = side_by_side((kind, pk), (other_kind, other), by=request.actor)
    require(same.may_say(pair, by=request.actor), same.NOT_DIRECTED)
    form = VerdictForm(typed(request))

    def act() -> str:
        verdict = SamenessVerdict(form.cleaned_data["verdict"])
        say = same.say_same if verdict == SamenessVerdict.SAME else same.say_different
        say(pair, now=timezone.now(), by=request.actor)
        return SAID[verdict]

    answer, status = take(request, form, act, lambda: ("person", kind, pk))
    context = {"pair": pair, "form": form}
    return answer or render(request, "casework/person/compare.html", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def undo(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Takes back what was said of two people, after asking."""
    tie, left, right = ends_of(pk, by=request.actor)
    form = PlainForm(typed(request))

    def act() -> str:
        same.undo(tie, now=timezone.now(), by=request.actor)
        return "Het oordeel is teruggenomen. Alles staat weer zoals het was."

    answer, status = take(request, form, act, lambda: ("person", left.kind, left.pk))
    context = {"tie": tie, "left": left, "right": right, "form": form, "same": tie.verdict == SamenessVerdict.SAME}
    return answer or render(request, "casework/person/undo.html", context, status=status)
