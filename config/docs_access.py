"""`docs/access.md`: every address with its verb, every role with its verbs, every circle of readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from config.docs_tables import GENERATED, page, table
from privacy.access import Access
from privacy.models import CompartmentKind
from privacy.roles import KEPT_APART, PERSONAL_ROLES, PURPOSES, ROLE_VERBS, SEAT_ROLES, Role, Verb

# Who gets which part. A kind without words here stops the writing of the page.
CIRCLES: dict[CompartmentKind, tuple[str, str]] = {
    CompartmentKind.COVER: (
        "Reporter, the table's procesregisseurs, and organisations of a case that the signal came from or was shared "
        "with",
        "The table's procesregisseurs and every participant, hidden ones too; for four hours who opened it in an "
        "emergency",
    ),
    CompartmentKind.TABLE: (
        "The same circle as the cover: what the source meant for participants",
        "The table's procesregisseurs (may write), every participant and, in an emergency, who opened it (may read)",
    ),
    CompartmentKind.REGIE: (
        "The table's procesregisseurs: decisions, criteria, likenesses. Of a draft or an import: only its maker",
        "The table's procesregisseurs: admission, bundle, BSN, their own notes. Holding it is having the regie",
    ),
    CompartmentKind.LIAISON: (
        "Reporter, regisseurs and the source's participants of a case: name of the reporter, BSN, confidential items, "
        "messages",
        "One organisation's participants and the regisseurs: contributions for the regie only, what was disclosed of "
        "that organisation's, a hidden participation",
    ),
    CompartmentKind.OWN: (
        "Not used",
        "One organisation's participants. No regisseur keeps a key, a new one gets none",
    ),
    CompartmentKind.ITEM: (
        "Not used",
        "One per shared contribution: the participants of the owner and the regisseurs (may write), and the "
        "participants of each organisation to which it was disclosed (may read)",
    ),
}


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the site with what its view declares."""

    path: str
    name: str
    methods: str
    verb: Verb | None


NAMED_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")


def _spelled(pattern: URLPattern | URLResolver) -> str:
    """The pattern as a person reads it; a regular expression without its signs."""
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RegexPattern):
        text = NAMED_GROUP.sub(r"<\1>", text.removeprefix("^").removesuffix("$"))
    return text


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = before + _spelled(pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield path, pattern


def _methods(view: Callable[..., Any] | None) -> str:
    """What `require_http_methods` and its like hold, wherever they stand under the other decorators."""
    while view is not None:
        code = getattr(view, "__code__", None)
        if code is not None and "request_method_list" in code.co_freevars:
            closure = getattr(view, "__closure__", ())
            return ", ".join(closure[code.co_freevars.index("request_method_list")].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return "any"


def addresses() -> list[Address]:
    """Every address, in the order of the resolver; raises TypeError for a view that declares no access."""
    found = []
    for path, pattern in _walk(get_resolver().url_patterns):
        access = getattr(pattern.callback, "access", None)
        if not isinstance(access, Access):
            raise TypeError(f"/{path} declares no access")
        found.append(Address(f"/{path}", pattern.name or "", _methods(pattern.callback), access.verb))
    return found


def _who(verb: Verb | None) -> str:
    if verb is None:
        return "everybody, logged in or not"
    return ", ".join(role.value for role in Role if verb in ROLE_VERBS[role]) or "nobody"


def _addresses() -> str:
    rows = [
        (f"`{a.path}`", f"`{a.name}`", a.methods, f"`{a.verb}`" if a.verb else "public", _who(a.verb))
        for a in addresses()
    ]
    return table(["Address", "Name", "Methods", "Verb", "Roles"], rows)


def _verbs() -> str:
    rows = [[f"`{verb}`", PURPOSES[verb], *("●" if verb in ROLE_VERBS[role] else "" for role in Role)] for verb in Verb]
    return table(["Verb", "Purpose in the log", *(role.value for role in Role)], rows)


def _circles() -> str:
    rows = [(f"`{kind}`", kind.label, *CIRCLES[kind]) for kind in CompartmentKind]
    return table(["Compartment", "For", "In a signal", "In a case"], rows)


def render() -> str:
    """The page."""
    return page(
        "# Who reaches what",
        GENERATED,
        "Three questions stand apart. *May this role attempt it?* is the first two tables (`privacy/roles.py`). "
        "*May this person reach this dossier?* is the third: grants, one row per person and compartment "
        "(`privacy/grants.py`), which the database repeats (`privacy/rls/`). *Is it possible now?* is state "
        "(`casework/states.py`).",
        "## Addresses",
        "A view that declares nothing is an error, not a page (`privacy.middleware.DeclaredAccess`). *Public* pages "
        "show no data. A role that lacks the verb gets 403; a dossier one may not know gets 404.",
        _addresses(),
        "## Roles and verbs",
        _verbs(),
        f"Roles that come with a seat at one table: {', '.join(SEAT_ROLES)}. Roles of the person: "
        f"{', '.join(PERSONAL_ROLES)}. Never at a table: {' and '.join(KEPT_APART)}. Whoever has no role of the "
        f"person is a {Role.PROFESSIONAL} too, with or without a seat.",
        "## Compartments",
        "Each compartment of a dossier has one circle of readers and one data key. A grant names a person, a "
        "compartment, a level (view, contribute, direct), a ground and what it follows from; it ends with that.",
        _circles(),
    )
