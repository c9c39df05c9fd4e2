"""Random requests of random people at every address there is, with ids that fit, are swapped, stale or guessed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from casework.queries.known import PURPOSES
from casework.queries.persons import SOURCES
from casework.theming import active_theme
from casework.worklists import code_of
from partners.models import User
from tests.access.world_of_urls import ABOUT, BY_PREFIX, every_pattern
from tests.prove.partner_oracle import Oracle, World
from tests.world import GROUND

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORD = re.compile(
    r"kq[0-9a-f]{6,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b9999[0-9]{5}\b|\b[sg]?[0-9]{2,4}-[0-9a-z]{5}\b"
)


ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
# What an address of a ladder names besides its case.
LADDER = {
    "code": ("woonoverlast", "ave"),
    "key": ("zelf", "afspraken", "waarschuwing", "voornemen"),
    "requirement": ("afsprakenblad", "gesprek_veilig", "voornemen_brief"),
}


@dataclass
class Sent:
    """One request, and all that was typed in it."""

    who: str
    method: str
    path: str
    data: dict[str, Any] = field(default_factory=dict)
    htmx: bool = False

    @property
    def typed(self) -> str:
        return f"{self.path} {self.data}".lower()

    def __str__(self) -> str:
        return f"{self.who} {'hx-' if self.htmx else ''}{self.method} {self.path} {self.data or ''}"


# Where people's words stand. Every fifth request goes there, however many other addresses there are.
WHERE_WORDS_STAND = (
    "case-detail", "case-contributions", "case-export", "case-signals", "case-subjects", "signal-detail",
    "household-detail", "household-plan",
)  # fmt: skip


class Sender:
    """Makes requests in one world and sends them with sessions that were there before."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self.client = Client(raise_request_exception=False)  # one: each loads the middleware anew
        self.names = sorted(every_pattern())
        self.sessions = {name: self._log_in(user) for name, user in world.people.items()}
        ids = world.ids
        ids["organisation"] = [user.organisation_id for user in world.people.values()]
        ids["person"] = [user.pk for user in world.people.values()]
        ids["table"] = [table.pk for table in world.tables]
        ids["seat"] = [seat.pk for user in world.people.values() for seat in user.seats.all()]
        ids["home"] = [case.row.dossier_id for case in world.cases]
        self.every_id = [pk for known in ids.values() for pk in known]
        self.words = list(world.secrets)
        themes = [active_theme(table.theme) for table in world.tables]
        self.options: dict[str, list[str]] = {
            "audience": ["table", "regie", "chosen", "own"],
            "kind": ["waarneming", "feit", "person", "address"],
            "category": ["algemeen"],
            "ground": [GROUND],
            "outcome": [theme.close_outcomes[0].code for theme in themes],
            "reason": [theme.reject_reasons[0].code for theme in themes],
            "until": ["", "1-3-2031", f"{timezone.localdate() + timedelta(days=90):%d-%m-%Y}"],
            "birth_date": [""],
            "bsn": ["", *(word for word in world.secrets if word.isdigit())],
            "purpose": list(PURPOSES),
            "number": ["3", *world.references],
            "ask_first": ["", "on"],
            "assessed_on": ["", "1-3-2026", f"{timezone.localdate():%d-%m-%Y}"],
            "score_financien": ["", "2", "9"],
            "family": ["ja", "x"],
            "next_on": ["1-3-2031"],
            "hidden": ["", "on"],
            "lijst": ["gezinnen", "acties", "regie", "vast"],
            "status": ["doing", "done"],
            "go": ["", "meer", "bewaar", "lees", "lijkt", "invullen"],
            "verdict": ["", "same", "different"],
            "says": ["ja", "nee"],
            "signed_on": ["", "2-11-2026"],
            "day": [f"{timezone.localdate() + timedelta(days=5):%d-%m-%Y}"],
            "time": ["12:00"],
            **{name: ["on"] for name in ("sure", "correct")},
        }
        self.oracle = Oracle(world)
        self.known = {name: self._known(user) for name, user in world.people.items()}
        self.actors = {name: user.as_actor() for name, user in world.people.items()}
        self.criteria = {c.key for theme in themes for c in theme.criteria}

    @staticmethod
    def _log_in(user: User) -> str:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client.cookies["sessionid"].value

    def _known(self, user: User) -> dict[str, list[UUID]]:
        """What this person knows to be there."""
        oracle, world = self.oracle, self.world
        signals = [s.row.pk for s in world.signals if oracle.reaches(user, s) and oracle.signal_known(user, s)]
        cases = [c.row.pk for c in world.cases if oracle.reaches(user, c) and oracle.case_known(user, c)]
        homes = [h.row.pk for h in world.homes if oracle.reaches(user, h) and oracle.home_table(user, h)]
        points = [
            p.row.pk for c in world.cases for p in c.points if oracle.reaches(user, c) and oracle.point_read(user, p)
        ]
        meetings = [pk for pk, table in world.meetings.items() if oracle.at_table(user, table)]
        return {"signal": signals, "case": cases, "household": homes, "agendaitem": points, "meeting": meetings}

    def _id(self, kind: str, who: str, case: UUID | None = None) -> UUID:
        """Mostly one that fits, often one that is this person's; else one of another kind, or a guess."""
        luck = self.chance.random()
        inside = self.world.inside.get(case, {}).get(kind) if case else None
        if inside and luck < 0.6:
            return self.chance.choice(inside)
        if luck < 0.4 and self.known.get(who, {}).get(kind):
            return self.chance.choice(self.known[who][kind])
        if luck < 0.8 and self.world.ids.get(kind):
            return self.chance.choice(self.world.ids[kind])
        return self.chance.choice(self.every_id) if luck < 0.94 else uuid4()

    def _path(self, name: str, who: str) -> str:
        route, _ = every_pattern()[name]
        given: dict[str, Any] = {}
        for argument in ARGUMENT.findall(route):
            by_prefix = next((what for prefix, what in BY_PREFIX.items() if name.startswith(prefix)), "case")
            fallback = by_prefix if argument == "pk" else argument.removesuffix("_id")
            what = ABOUT.get(name, {}).get(argument, fallback)
            what = {"asked": "signal", "bundled": "signal"}.get(what, what)  # type: ignore[call-overload]
            fixed = not isinstance(what, str) or argument in ("uidb36", "key", "alarm") or what in SOURCES
            if name.startswith("ladder-") and argument in LADDER:
                given[argument] = self.chance.choice(LADDER[argument])
            elif f"<int:{argument}>" in route:
                given[argument] = self.chance.randint(1, 20)
            elif what == "reference":
                given[argument] = self.chance.choice(self.world.references)
            else:
                given[argument] = what if fixed else self._id(what, who, given.get("pk"))
        try:
            path = reverse(name, kwargs=given)
        except NoReverseMatch:
            path = reverse(name, kwargs={key: str(uuid4()) for key in given})
        return path

    def _query(self, who: str) -> str:
        """Words, filters and paging keys, as somebody may put behind any address."""
        if self.chance.random() < 0.5:
            return ""
        some = {
            "q": self._word(),
            "ref": self.chance.choice(self.world.references),
            "stand": self.chance.choice(["open", "closed", "new", "asked", "wacht", "afgesloten", "x"]),
            "soort": self.chance.choice(["inbreng", "signaal", "deelnemer", "casus"]),
            "wijk": self.chance.choice([code_of("Oosterpark"), "x"]),
            "tafel": str(self._id("table", who)),
            "tot": self.chance.choice(["2031-01-01T00:00:00+00:00", "2020-01-01", "x"]),
            "organisatie": str(self._id("organisation", who)),
            "casus": str(self._id("case", who)),
            "persoon": str(self._id("member", who)),
            "zoek": "1",
        }
        chosen = self.chance.sample(sorted(some), self.chance.randint(1, 3))
        return "?" + urlencode({key: some[key] for key in chosen})

    def _word(self) -> str:
        """Something that is written in a dossier, or a part of it, or what many texts hold."""
        word = self.chance.choice(self.words)
        return self.chance.choice([word, word[: self.chance.randint(2, 5)], "kq", "7899 AB", "Proef"])

    def _data(self, who: str) -> dict[str, Any]:
        """Fields of every form in the house at once: each form takes its own."""
        if self.chance.random() < 0.15:
            return {}
        text = f"Getypt {self.chance.randrange(10**6)} in een hele zin"
        names = (
            "text", "question", "short_name", "summary", "name", "role", "address", "origin", "conditions", "note",
            "worked", "why", "agreements", "goal", "answer",
        )  # fmt: skip
        data: dict[str, Any] = dict.fromkeys(names, text) | {"role": "", "decision_ref": "", "q": self._word()}
        data |= {name: self.chance.choice(options) for name, options in self.options.items()}
        if self.chance.random() < 0.4:
            data["reason"] = text
        data |= {f"met_{key}": "ja" for key in self.criteria}
        for name, kind in (
            ("user", "person"), ("organisation", "organisation"), ("organisations", "organisation"),
            ("recipients", "organisation"), ("table", "table"), ("case", "case"), ("signals", "signal"),
            ("not_to", "organisation"), ("successor", "person"), ("meeting", "meeting"),
        ):  # fmt: skip
            data[name] = str(self._id(kind, who))
        data["ref"] = self.chance.choice(self.world.references)
        seats = self.actors[who].seats if who in self.actors else ()
        data["from_table"] = str(self.chance.choice(seats).table_id) if seats else data["table"]
        return data

    def next(self) -> Sent:
        """A request that somebody might try."""
        who = self.chance.choice([*self.sessions, "nobody"])
        reads = self.chance.random() < 0.2
        name = self.chance.choice(WHERE_WORDS_STAND if reads else self.names)
        while self.chance.random() < 0.85 and not self._role_may(who, name):
            name = self.chance.choice(self.names)
        method = "GET" if reads or self.chance.random() < 0.6 else "POST"
        sent = Sent(who, method, self._path(name, who) + self._query(who), htmx=self.chance.random() < 0.3)
        if method == "POST":
            sent.data = self._data(who)
        return sent

    def _role_may(self, who: str, name: str) -> bool:
        """Most requests get past the role, where the other walls begin."""
        verb = every_pattern()[name][1].callback.access.verb  # type: ignore[attr-defined]
        return verb is None or (who in self.actors and self.actors[who].may(verb))

    def send(self, sent: Sent) -> list[HttpResponse]:
        """Sends it; when it leads on, that page is opened too."""
        client = self.client
        client.cookies.clear()
        if sent.who in self.sessions:
            client.cookies["sessionid"] = self.sessions[sent.who]
        extra = {"HTTP_HX_REQUEST": "true"} if sent.htmx else {}
        answer = client.get(sent.path, **extra) if sent.method == "GET" else client.post(sent.path, sent.data, **extra)
        answers = [answer]
        if 300 <= answer.status_code < 400 and answer["Location"].startswith("/"):
            answers.append(client.get(answer["Location"]))
        return answers


def written_in(answer: HttpResponse) -> str:
    """Everything a browser gets: headers, cookies and body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return f"{headers} {answer.cookies} {body.decode(errors='replace')}".lower()
