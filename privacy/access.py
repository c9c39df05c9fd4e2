"""The gate: the one place that decides what an actor reaches (DESIGN section 2, wall 1).

`guarded` declares a view's verb, `visible` narrows every list, `open_one` gives one object with content, `require`
refuses a step that the state does not allow. *Who may* is asked here; *what is possible now* in `states.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from privacy import grants
from privacy.acting import acting
from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import keyring
from privacy.errors import AuditUnavailable, NotKnown, Refused
from privacy.models import CompartmentKind, DossierKind, DossierRow, Grant
from privacy.roles import PURPOSES, Verb
from privacy.unlock import unlock

Row = TypeVar("Row", bound=DossierRow)
P = ParamSpec("P")


class ActorRequest(HttpRequest):
    """A request that has passed the gate."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares. `verb` is None for the few pages that are there before logging in."""

    verb: Verb | None


View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Declares a page without content that anyone may open."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    inner.access = Access(None)  # type: ignore[attr-defined]  # read by DeclaredAccess
    return inner


def guarded(verb: Verb, *, unsigned: bool = False) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Declares the verb of a view and runs it as the actor, in one transaction, with an empty keyring.

    Answers 403 when the role lacks the verb, 404 for what the actor may not know, 503 when the log can't be written.
    Nothing is shown before a look was recorded. `unsigned` lets in who has not signed the secrecy statement yet.
    """

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            actor = replace(request.user.as_actor(), purpose=PURPOSES[verb])
            request.actor = actor  # type: ignore[attr-defined]  # makes it an ActorRequest
            if actor.unsigned_tables and not unsigned and actor.may(verb):
                return redirect("secrecy", actor.unsigned_tables[0])
            attempted = str(next(iter(kwargs.values()), ""))[:36]
            return _answer(request, actor, verb, attempted, lambda: view(request, *args, **kwargs))  # type: ignore[arg-type]

        inner.access = Access(verb)  # type: ignore[attr-defined]  # read by DeclaredAccess
        return inner

    return decorate


def _answer(
    request: HttpRequest, actor: Actor, verb: Verb, attempted: str, run: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    before = record.looks_so_far()
    try:
        try:
            require(actor.may(verb), "Uw rol geeft geen toegang tot deze pagina.")
            with acting(actor, changing=request.method == "POST"):
                response = run()
                # A redirect shows nothing; a form that comes back with its mistakes is a page like any other.
                if not 300 <= response.status_code < 400 and record.looks_so_far() == before:
                    record.look("page", object_pk=attempted, by=actor)
                return response
        except (NotKnown, Http404):
            record.look("refused", outcome="refused", granted=False, object_pk=attempted, by=actor)
            return render(request, "404.html", {"typed": typed_in(request)}, status=404)
        except (Refused, PermissionDenied) as refusal:
            record.look("refused", outcome="refused", object_pk=attempted, by=actor)
            return render(request, "403.html", {"reason": str(refusal), "typed": typed_in(request)}, status=403)
    except AuditUnavailable:
        return HttpResponse(render_to_string("503.html"), status=503)


def typed_in(request: HttpRequest) -> list[str]:
    """Sentences that somebody sent to what is not there or takes nothing (any more): they come back."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken" and "password" not in name]
    return [text for name in names for text in request.POST.getlist(name) if " " in text.strip()]


def require(allowed: bool, why: str) -> None:
    """Raises Refused with a sentence fit for the screen unless `allowed`."""
    if not allowed:
        raise Refused(why)


def require_regie(row: DossierRow, *, by: Actor) -> None:
    """Raises Refused unless the actor directs the dossier of this row."""
    require(grants.directs(row.dossier_id, by=by), "Alleen wie de regie heeft, kan dit doen.")


def visible(model: type[Row], *, by: Actor) -> QuerySet[Row]:
    """The rows of `model` in compartments on which the actor holds a valid grant: every list, count and search."""
    return model._default_manager.filter(compartment_id__in=grants.valid(by).values("compartment_id"))


COUNTED = 1000  # who has more reads "1000+": a list never counts to the end


def _covers(kind: DossierKind, table_id: UUID | None, theme: str, shielded: bool | None, by: Actor) -> QuerySet[Grant]:
    """The reader's own grants that a list is driven from, off the index `privacy_grant_list`."""
    rows = grants.valid(by).filter(kind=kind, part=CompartmentKind.COVER)
    if table_id is not None:
        rows = rows.filter(table_id=table_id)
    if theme:
        rows = rows.filter(theme=theme)
    return rows if shielded is None else rows.filter(shielded=shielded)


def newest(
    kind: DossierKind,
    *,
    size: int,
    before: datetime | None = None,
    table_id: UUID | None = None,
    theme: str = "",
    shielded: bool | None = None,
    oldest: bool = False,
    of: str = "compartment_id",
    by: Actor,
) -> QuerySet[Grant, UUID]:
    """The covers of the reader's newest dossiers, to narrow a list with in the same statement (docs/benchmarks.md).

    Distinct, since one person may hold a cover twice (a seat and a participation); in the order of the index, so that
    nothing is read beyond `size`. `of` asks another column. With `oldest` it walks the index the other way, and
    `before` is where the page before ended.
    """
    rows = _covers(kind, table_id, theme, shielded, by)
    if before is not None:
        rows = rows.filter(sort_at__gt=before) if oldest else rows.filter(sort_at__lt=before)
    return rows.order_by("sort_at" if oldest else "-sort_at").values_list(of, flat=True).distinct()[:size]


def how_many(
    kind: DossierKind,
    *,
    table_id: UUID | None = None,
    theme: str = "",
    shielded: bool | None = None,
    by: Actor,
) -> int:
    """How many dossiers the reader has, up to one more than COUNTED, off the reader's own grants."""
    return newest(kind, size=COUNTED + 1, table_id=table_id, theme=theme, shielded=shielded, by=by).count()


def opened(model: type[Row]) -> QuerySet[Row]:
    """The rows of `model` in compartments that this actor opened in this transaction: `unlock` has asked the gate."""
    return model._default_manager.filter(compartment_id__in=keyring.current().compartments())


class InCompartment(Protocol):
    """Whatever was read of a row, as long as its compartment is among it."""

    @property
    def compartment_id(self) -> UUID: ...


def beside(model: type[Row], rows: Iterable[InCompartment]) -> QuerySet[Row]:
    """The rows of `model` in the very compartments of rows that came through the gate."""
    return model._default_manager.filter(compartment_id__in=[row.compartment_id for row in rows])


def open_one(
    model: type[Row],
    pk: UUID,
    *,
    event: str = "read",
    parts: Iterable[CompartmentKind] | None = None,
    also: Iterable[str] = (),
    by: Actor,
) -> Row:
    """One object with the keys that `by` holds in its dossier, after the read was logged; raises NotKnown.

    `also` names relations to read along with it.
    """
    row = visible(model, by=by).select_related("dossier", *also).filter(pk=pk).first()
    if row is None:
        raise NotKnown
    seen = [(row.dossier_id, row.dossier.reference)]
    unlock([row.dossier_id], event=event, parts=parts, also_seen=seen, object_pk=str(pk), by=by)
    return row
