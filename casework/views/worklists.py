"""The four work lists, and the filters that somebody keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.worklists import ReportForm, WishForm
from casework.models import Action, ActionStatus, KeptFilter
from casework.queries import actions as mine
from casework.queries import worklists
from casework.queries.stagnation import Judged, judged
from casework.queries.worklists import Listed
from casework.services import kept
from casework.services.meetings import actions as of_tables
from casework.services.plans import actions as of_plans
from casework.worklists import SHAPES, Listing, Wish
from privacy.access import COUNTED, ActorRequest, guarded, require
from privacy.paging import older_than
from privacy.roles import Verb
from privacy.taking import take, typed

Rows = Callable[[Wish, list[Judged]], Listed]
HOME = "werkvoorraad"  # where somebody came from, and goes back to
CANNOT_KEEP = "Dit filter kan niet worden bewaard. Bewaar alleen wat u in de lijst kunt kiezen."


def address(listing: Listing, codes: Mapping[str, str]) -> str:
    """Where a list stands with these filters."""
    query = urlencode(codes)
    return reverse(SHAPES[listing].url_name) + (f"?{query}" if query else "")


def _form(request: ActorRequest, listing: Listing, found: list[Judged], data: Mapping[str, str]) -> WishForm:
    choices = worklists.choices(listing, found, by=request.actor)
    return WishForm(data, listing=listing, choices=choices)


def _with_order(request: ActorRequest, listing: Listing) -> dict[str, str]:
    """What the address asks; without an order, the one that this reader chose last in this list."""
    data, key = request.GET.dict(), f"volgorde.{listing}"
    if data.get("volgorde") in dict(SHAPES[listing].orders):
        request.session[key] = data["volgorde"]
    elif key in request.session:
        data["volgorde"] = request.session[key]
    return data


def _tabs(request: ActorRequest, listing: Listing, found: list[Judged]) -> list[dict[str, Any]]:
    many, directs = worklists.counts(found, by=request.actor), request.actor.may(Verb.CASE_DIRECT)
    return [
        {
            "url": reverse(shape.url_name),
            "label": shape.title,
            "active": one is listing,
            "count": f"{COUNTED}+" if many[one] > COUNTED else many[one],
        }
        for one, shape in SHAPES.items()
        if directs or not shape.directing
    ]


def _columns(wish: Wish, labels: tuple[tuple[str, str, str], ...]) -> list[dict[str, Any]]:
    """The headings; one that sorts names the order up and the order down."""
    columns: list[dict[str, Any]] = []
    for label, up, down in labels:
        turned = down if wish.order == up and down else up or down
        link = address(wish.listing, {**wish.codes, "volgorde": turned}) if turned else ""
        state = "ascending" if up and wish.order == up else "descending" if down and wish.order == down else ""
        columns.append({"label": label, "url": link, "sorted": state})
    return columns


HEADINGS: dict[Listing, tuple[tuple[str, str, str], ...]] = {
    Listing.HOUSEHOLDS: (
        ("Gezin", "", ""), ("Thema", "", ""), ("Casusregisseur", "", ""), ("Mijn acties", "", ""),
        ("Sinds", "oud", "nieuw"), ("Stand", "", ""),
    ),
    Listing.ACTIONS: (
        ("Waarover", "", ""), ("Actie", "", ""), ("Klaar op", "eerst", "laatst"), ("Stand", "", ""), ("", "", ""),
    ),
    Listing.UNMANNED: (
        ("Gezin of casus", "", ""), ("Thema", "", ""), ("Wat is er", "", ""), ("Sinds", "langst", "kortst"),
        ("", "", ""),
    ),
    Listing.STUCK: (
        ("Gezin of casus", "", ""), ("Thema", "", ""), ("Wat is er", "", "meeste"), ("Sinds", "langst", "kortst"),
        ("Casusregisseur", "", ""), ("", "", ""),
    ),
}  # fmt: skip


def _page(request: ActorRequest, listing: Listing, rows: Rows) -> HttpResponse:
    """One list with its filters, its tabs and the filters that were kept."""
    found = judged(timezone.localdate(), by=request.actor)
    form = _form(request, listing, found, _with_order(request, listing))
    wish = form.wish()
    listed = rows(wish, found)
    mine_kept = KeptFilter.objects.filter(user=request.actor.user_id, worklist=listing)
    context = {
        "listing": listing.value,
        "shape": SHAPES[listing],
        "tabs": _tabs(request, listing, found),
        "form": form,
        "wish": wish,
        "filtered": set(wish.codes) - {"volgorde"},
        "columns": _columns(wish, HEADINGS[listing]),
        "rows": listed.rows,
        "many": f"meer dan {COUNTED}" if listed.many > COUNTED else listed.many,
        "older": address(listing, {**wish.codes, "tot": listed.older}) if listed.older else "",
        "kept": [
            {"pk": one.pk, "url": address(listing, one.wish), "label": form.words(one.wish) or "Filter"}
            for one in mine_kept
        ],
    }
    return render(request, f"casework/work/{listing}.html", context)


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def households(request: ActorRequest) -> HttpResponse:
    """My households."""
    before = older_than(request)
    return _page(
        request,
        Listing.HOUSEHOLDS,
        lambda wish, found: worklists.households(wish, found, before=before, by=request.actor),
    )


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def actions(request: ActorRequest) -> HttpResponse:
    """My actions."""
    after, today = request.GET.get("tot", ""), timezone.localdate()
    return _page(request, Listing.ACTIONS, lambda wish, found: mine.actions(wish, today, after=after, by=request.actor))


@guarded(Verb.CASE_DIRECT)
@require_GET
def unmanned(request: ActorRequest) -> HttpResponse:
    """Households and cases of my tables that nobody directs."""
    after = request.GET.get("tot", "")
    return _page(
        request,
        Listing.UNMANNED,
        lambda wish, found: worklists.unmanned(wish, found, after=after, by=request.actor),
    )


@guarded(Verb.CASE_DIRECT)
@require_GET
def stuck(request: ActorRequest) -> HttpResponse:
    """Households and cases of my tables that are stuck."""
    after = request.GET.get("tot", "")
    return _page(
        request, Listing.STUCK, lambda wish, found: worklists.stuck(wish, found, after=after, by=request.actor)
    )


@guarded(Verb.ACTION_REPORT)
@require_http_methods(["GET", "POST"])
def action(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How one of my actions stands; in its place in the list, or as a page of its own."""
    row, line = mine.open_action(pk, timezone.localdate(), by=request.actor)
    require(row.user_id == request.actor.user_id, "Deze actie is van een collega.")
    form = ReportForm(typed(request), initial={"status": ActionStatus.DONE})
    in_place = request.headers.get("HX-Request") == "true"
    home = HOME in request.GET or HOME in request.POST

    def act() -> str:
        state, result = ActionStatus(form.cleaned_data["status"]), form.cleaned_data["result"]
        now, by = timezone.now(), request.actor
        if isinstance(row, Action):
            of_plans.report(row, state, result, now=now, by=by)
        else:
            of_tables.report(row, state, result, now=now, by=by)
        return f"De actie staat op {state.label.lower()}."

    answer, status = take(request, form, act, lambda: ("home",) if home else ("work-actions",))
    if answer is not None and in_place:
        list(messages.get_messages(request))  # the row itself says it
        _, line = mine.open_action(pk, timezone.localdate(), by=request.actor)
        return render(request, "casework/work/_action.html", {"row": line, "reported": True})
    if in_place:
        # 409 would not be put in its place; the form itself says what is wrong.
        status = 422 if status == 409 else status
        return render(request, "casework/work/_report.html", {"row": line, "form": form}, status=status)
    return answer or render(
        request, "casework/work/action.html", {"row": line, "form": form, "home": home}, status=status
    )


@guarded(Verb.HOUSEHOLD_READ)
@require_POST
def keep(request: ActorRequest) -> HttpResponse:
    """Keeps the filters of a list as they stand."""
    listing = next((one for one in Listing if one.value == request.POST.get("lijst")), None)
    require(listing is not None, CANNOT_KEEP)
    assert listing is not None
    require(request.actor.may(Verb.CASE_DIRECT) or not SHAPES[listing].directing, CANNOT_KEEP)
    form = _form(request, listing, judged(timezone.localdate(), by=request.actor), request.POST.dict())
    require(not form.refused, CANNOT_KEEP)
    row = kept.keep(form.wish(), now=timezone.now(), by=request.actor)
    messages.success(request, "Het filter is bewaard. Alleen u ziet het.")
    return redirect(address(listing, row.wish))


@guarded(Verb.HOUSEHOLD_READ)
@require_POST
def drop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Drops a filter of one's own."""
    row = kept.drop(pk, by=request.actor)
    messages.success(request, "Het filter is weg.")
    return redirect(SHAPES[Listing(row.worklist)].url_name)
