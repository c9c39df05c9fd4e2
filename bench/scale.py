"""Do pages grow with what the database holds, or with what they show?"""

from __future__ import annotations

from django.test import Client

from bench import dossiers, house
from bench.measure import Deed, line, peak, queries, seconds, usual
from partners.models import User
from tests.world import Cast, a_case, a_signal, invited, make_cast

OWN, FEW, MANY = 40, 200, 2000
ROUNDS = 24


def _browser(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def build(there: house.House) -> Cast:
    """Both databases: the same readers with 40 cases each; the cases of others differ tenfold.

    Wilma takes part in 40 cases that Rosa directs. Victor directs everything that is foreign to them.
    """
    cast = make_cast()
    for number in range(OWN):
        signal = a_signal(cast.wilma, cast.overlast)
        case = a_case(cast.rosa, signal, short_name=f"Eigen {number}")
        invited(case, cast.rosa, cast.wilma)
    dossiers.cases(range(FEW), cast.jeugd, regisseur=cast.victor, partner=cast.pieter)
    return cast


def grow(there: house.House, cast: Cast) -> None:
    """The large database: a copy of the small one, with ten times as many foreign dossiers."""
    house.refresh_statistics()
    house.leave()
    there.copy(house.SMALL, house.LARGE)
    house.move_to(house.LARGE)
    dossiers.cases(range(FEW, MANY), cast.jeugd, regisseur=cast.victor, partner=cast.pieter)
    house.refresh_statistics()


def _page(client: Client, path: str) -> Deed:
    def deed() -> None:
        response = client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"

    return deed


def pages(cast: Cast) -> dict[str, Deed]:
    """What is measured: foreign dossiers grow for Wilma and Rosa, their own for Victor."""
    from casework.models import Case
    from privacy.acting import acting
    from tests.world import actor

    with acting(actor(cast.wilma)):
        one = Case.objects.order_by("opened_at").values_list("pk", flat=True)[0]
    wilma, rosa, victor = _browser(cast.wilma), _browser(cast.rosa), _browser(cast.victor)
    return {
        "partner, work list": _page(wilma, "/"),
        "partner, case list": _page(wilma, "/casussen/"),
        "partner, own signals": _page(wilma, "/signalen/"),
        "partner, one case": _page(wilma, f"/casussen/{one}/"),
        "regisseur, work list": _page(rosa, "/"),
        "regisseur, case list": _page(rosa, "/casussen/"),
        "regisseur, triage": _page(rosa, "/triage/"),
        "own cases x10: work list": _page(victor, "/"),
        "own cases x10: case list": _page(victor, "/casussen/"),
    }


def _times(deeds: dict[str, Deed]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, list[float]]] = {name: {house.SMALL: [], house.LARGE: []} for name in deeds}
    for _ in range(ROUNDS):
        for database in (house.SMALL, house.LARGE):
            house.move_to(database)
            next(iter(deeds.values()))()  # connects
            for name, deed in deeds.items():
                found[name][database].append(seconds(deed))
    return {name: {where: usual(times) for where, times in both.items()} for name, both in found.items()}


def _counts(deeds: dict[str, Deed]) -> dict[str, dict[str, tuple[int, int]]]:
    found: dict[str, dict[str, tuple[int, int]]] = {name: {} for name in deeds}
    for database in (house.SMALL, house.LARGE):
        house.move_to(database)
        for name, deed in deeds.items():
            deed()
            found[name][database] = queries(deed), peak(deed)
    return found


def report(deeds: dict[str, Deed]) -> None:
    """Prints the ratios: time and memory of the large database over the small, and queries in both."""
    counts, times = _counts(deeds), _times(deeds)
    print(f"\nPages, {MANY} dossiers of others over {FEW}; the reader's own {OWN} stay the same")
    line("page", "time", "memory", "queries", "queries x10")
    for name in deeds:
        small, large = counts[name][house.SMALL], counts[name][house.LARGE]
        ratio = times[name][house.LARGE] / times[name][house.SMALL]
        line(name, ratio, large[1] / small[1], small[0], large[0])
