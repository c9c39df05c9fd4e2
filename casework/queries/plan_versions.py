"""Versions of a plan as a reader sees them: which there are, what changed, and who agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from casework.models import ActionStatus, GoalStatus, Phase, PieceKind, PlanConsent, PlanPiece, PlanVersion
from casework.plan_files import DomainList
from casework.queries.households import HouseholdHead
from casework.queries.plans import EVERYBODY, domain_list
from casework.services.plans.pieces import pieces_of
from casework.services.plans.versions import carriers, changed_since
from partners.models import Organisation
from privacy.access import opened
from privacy.actor import Actor
from privacy.errors import NotKnown

LABELS = {
    "title": "Doel", "text": "Tekst", "domain": "Leefgebied", "who": "Voor wie", "phase": "Fase", "status": "Stand",
    "baseline": "Hoe het nu is", "wished": "Hoe het moet worden", "due_on": "Klaar op", "result": "Resultaat",
    "family_text": "In de brief", "owner": "Wie doet het", "organisation": "Organisatie", "watches": "Wie let erop",
    "check_on": "Nakijken op", "for_family": "In de brief", "ended_because": "Beëindigd, want",
}  # fmt: skip
ORDER = (PieceKind.AGREEMENT, PieceKind.GOAL, PieceKind.ACTION)


@dataclass(frozen=True, slots=True)
class Consent:
    """What an organisation that carries the plan says of it; `agreed` None: nothing yet."""

    organisation: str
    agreed: bool | None
    who: str
    remark: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The version that counts. `changed` and `consents`: for who works on the whole; `asks`: one must answer."""

    number: int
    made_at: datetime | None
    made_by: str
    changed: bool
    consents: tuple[Consent, ...]
    asks: bool
    mine: Consent | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list."""

    number: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one field said, and says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PieceChange:
    """What became of one goal, action or agreement. `how`: nieuw, gewijzigd or weg."""

    kind: str
    name: str
    how: str
    fields: tuple[FieldChange, ...]


def version_rows(head: HouseholdHead) -> list[VersionRow]:
    """All versions, newest first."""
    rows = opened(PlanVersion).filter(household=head.household).select_related("made_by")
    return [VersionRow(row.number, row.made_at, row.made_by.name) for row in rows]


def _consents(version: PlanVersion, carrying: set[UUID]) -> dict[UUID, Consent]:
    said = {
        row.organisation_id: row
        for row in opened(PlanConsent).filter(plan_version=version).select_related("organisation", "user")
    }
    names = dict(Organisation.objects.filter(pk__in=carrying | set(said)).values_list("pk", "name"))
    found = {}
    for pk, name in sorted(names.items(), key=lambda one: one[1]):
        row = said.get(pk)
        found[pk] = (
            Consent(name, row.agreed, row.user.name, row.remark or "", row.at)
            if row
            else Consent(name, None, "", "", None)
        )
    return found


def standing(head: HouseholdHead, *, by: Actor) -> Standing:
    """Which version counts, and who agreed with it, as far as this reader may know."""
    version = opened(PlanVersion).filter(household=head.household).select_related("made_by").first()
    changed = head.whole and changed_since(version, list(pieces_of(head.household)))
    if version is None:
        return Standing(0, None, "", changed, (), False, None)
    carrying = carriers(version)
    said = _consents(version, carrying)
    mine = said.get(by.home)
    return Standing(
        number=version.number,
        made_at=version.made_at,
        made_by=version.made_by.name,
        changed=changed,
        consents=tuple(said.values()) if head.whole else (),
        asks=head.open and by.home in carrying and (mine is None or mine.agreed is None),
        mine=mine if by.home in carrying else None,
    )


def _said(key: str, value: Any, domains: DomainList) -> str:
    """A value of a piece in words."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    text = str(value)
    if key == "who":
        return text or EVERYBODY
    if not text:
        return "leeg"
    if key == "domain":
        return next((one.label for one in domains.domains if one.code == text), text)
    if key in ("due_on", "check_on"):
        day = date.fromisoformat(text)
        return f"{day.day}-{day.month}-{day.year}"
    words: dict[str, str] = {"phase": dict(Phase.choices), "status": STATUS}.get(key, {})
    return words.get(text, text)


STATUS = dict(GoalStatus.choices) | dict(ActionStatus.choices)


def _bodies(head: HouseholdHead, number: int) -> dict[UUID, PlanPiece]:
    """The pieces of a version that this reader holds; nothing for version 0, before the first."""
    if not number:
        return {}
    version = opened(PlanVersion).filter(household=head.household, number=number).first()
    if version is None:
        raise NotKnown
    return {piece.original: piece for piece in opened(PlanPiece).filter(plan_version=version)}


def _name(piece: PlanPiece) -> str:
    return str(piece.body.get("title") or piece.body.get("text"))


def _fields(old: PlanPiece | None, new: PlanPiece, domains: DomainList) -> tuple[FieldChange, ...]:
    """What differs; of a new piece all that is filled in, besides what it is called by."""
    before = old.body if old else {}
    skipped = set() if old else {"title", "text", *(key for key, value in new.body.items() if value == "")}
    return tuple(
        FieldChange(label, _said(key, before.get(key, ""), domains), _said(key, new.body[key], domains))
        for key, label in LABELS.items()
        if key in new.body and key not in skipped and new.body[key] != before.get(key, "")
    )


def differences(head: HouseholdHead, before: int, after: int) -> list[PieceChange]:
    """What changed between two versions, in words, of what this reader holds; raises NotKnown."""
    domains = domain_list(head)
    old, new = _bodies(head, before), _bodies(head, after)
    found = []
    for original, piece in new.items():
        fields = _fields(old.get(original), piece, domains)
        if original not in old or fields:
            found.append((piece, "gewijzigd" if original in old else "nieuw", fields))
    found += [(piece, "weg", ()) for original, piece in old.items() if original not in new]
    found.sort(key=lambda one: (ORDER.index(PieceKind(one[0].kind)), _name(one[0])))
    return [PieceChange(piece.get_kind_display(), _name(piece), how, fields) for piece, how, fields in found]
