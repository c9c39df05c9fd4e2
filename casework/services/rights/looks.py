"""The annex "wie keek": who looked at the dossiers of a person, per day and organisation, for the person's own file.

It ends at the moment of collecting. From then on the desk does not know who takes part in the dark, and who did before
is not named, nor who reported a signal, nor (police data) who refused because that must stay secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from casework.models import RightsCandidate, RightsOverview, RightsRequest
from casework.services.rights.composing import PROTECTED, Pair
from partners.models import Organisation
from privacy.actor import Actor
from privacy.logbook.looked import LookedDay, looked_at
from privacy.logbook.plain import SYSTEM
from privacy.models import DossierKind

KEPT_BACK = "wpg_27"
IN_DOSSIER, IN_SIGNAL = "In uw dossier", "In meldingen over u of uw omgeving"


def annex(request: RightsRequest, pairs: Sequence[Pair], *, by: Actor) -> dict[str, Any] | None:
    """What the annex says, as data for a template; asking is in the log. None before anything was collected."""
    overview = RightsOverview.objects.filter(request=request).first()
    if overview is None or "until" not in overview.body:
        return None
    until = datetime.fromisoformat(overview.body["until"])
    about = RightsCandidate.objects.filter(request=request, confirmed=True).exclude(outcome="absent")
    signals = set(about.filter(dossier_kind=DossierKind.SIGNAL).values_list("about_id", flat=True))
    others = set(about.exclude(dossier_kind=DossierKind.SIGNAL).values_list("about_id", flat=True))
    hidden = {p.organisation.name for p, _ in pairs if p.shielded} | set(overview.body.get("unseen", ()))
    withheld = _withheld(pairs)
    parts = []
    for title, wanted, protected in (
        (IN_DOSSIER, others, hidden - _open(pairs, overview.body)),
        (IN_SIGNAL, signals, {p.organisation.name for p, _ in pairs if p.shielded and p.about_id in signals}),
    ):
        days = looked_at(wanted, since=None, until=until, by=by) if wanted else []
        told = _masked((one for one in days if one.organisation not in withheld), protected)
        if told:
            parts.append({"title": title, "days": _days(told)})
    return {"until": date_format(until, "j F Y"), "parts": parts, "withheld": bool(withheld)}


def _open(pairs: Iterable[Pair], overview: dict[str, Any]) -> set[str]:
    """The organisations that the file names anyhow."""
    named = {p.organisation.name for p, _ in pairs if not p.shielded and not p.left_out}
    return named | set(overview.get("recipients", ())) | {one["name"] for one in overview.get("earlier", ())}


def _withheld(pairs: Iterable[Pair]) -> set[str]:
    """Who refused something on the ground that police data stay secret: then its looking does too (Wpg 27)."""
    return {p.organisation.name for p, answer in pairs if KEPT_BACK in (p.refused_on, answer.ground if answer else "")}


def _masked(days: Iterable[LookedDay], protected: set[str]) -> list[LookedDay]:
    """The same with one name for all who are not named, a line a day.

    A name that no organisation bears any more is not named either: nobody can say whose it was.
    """
    known = set(Organisation.objects.values_list("name", flat=True)) | {SYSTEM}
    found: dict[tuple[object, str], LookedDay] = {}
    for one in days:
        name = PROTECTED if one.organisation in protected or one.organisation not in known else one.organisation
        there = found.get((one.day, name))
        named = replace(one, organisation=name)
        found[one.day, name] = _together(there, named) if there else named
    return list(found.values())


def _together(one: LookedDay, other: LookedDay) -> LookedDay:
    return replace(
        one,
        roles=tuple(sorted({*one.roles, *other.roles})),
        people=one.people + other.people,
        did=tuple(sorted({*one.did, *other.did})),
        basis=tuple(sorted({*one.basis, *other.basis})),
    )


def _days(days: Iterable[LookedDay]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, str]]] = {}
    for one in days:
        found.setdefault(date_format(one.day, "l j F Y"), []).append(_line(one))
    return [{"day": day, "lines": lines} for day, lines in found.items()]


def _line(one: LookedDay) -> dict[str, str]:
    many = f", {one.people} {'persoon' if one.people == 1 else 'personen'}" if one.people else ""
    roles = f" ({', '.join(one.roles)})" if one.roles else ""
    who = one.organisation[0].upper() + one.organisation[1:]
    return {"who": f"{who}{roles}{many}", "did": f"Zij {'; zij '.join(one.did)}.", "why": "; ".join(one.basis)}
