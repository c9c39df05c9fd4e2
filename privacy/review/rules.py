"""The sixteen rules (security.md C.4), each a pure function of one reader's day. What they find is no verdict: a person
judges it, and only on lawfulness, security or for a court; never on somebody's work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from privacy.free_days import FreeDays
from privacy.review.facts import Found, Look, ReaderDay, each_dossier, found

Numbers = Mapping[str, int]


def _dossiers(day: ReaderDay, test: Callable[[Look], bool], n: Numbers | None = None) -> list[Found]:
    """Per dossier; who has the regie is left out where `regie` says so, since to watch over it is the work."""
    with_regie = n is None or bool(n["regie"])
    return each_dossier(look for look in day.opened() if (with_regie or not look.directs) and test(look))


def r1(day: ReaderDay, n: Numbers) -> list[Found]:
    """Read without a role in the case at that moment."""
    return _dossiers(day, lambda look: not look.role and not look.emergency)


def r2(day: ReaderDay, n: Numbers) -> list[Found]:
    """Read more than so many days after the reader's last meeting, act or new access."""

    def idle(look: Look) -> bool:
        begun = look.since.date() if look.since else None
        last = max((on for on in (begun, day.past.last_act(look.dossier, day.day)) if on), default=None)  # type: ignore[arg-type]  # opened: there is a dossier
        return look.role and not look.emergency and last is not None and day.day - last > timedelta(days=n["days"])

    return _dossiers(day, idle, n)


def r3(day: ReaderDay, n: Numbers) -> list[Found]:
    """Read with emergency access; judged where each use is judged."""
    return _dossiers(day, lambda look: look.emergency)


def r4(day: ReaderDay, n: Numbers) -> list[Found]:
    """Read a dossier with a special flag."""
    return _dossiers(day, lambda look: bool(look.flag), n)


def r5(day: ReaderDay, n: Numbers) -> list[Found]:
    """Read a dossier in which somebody bears the reader's surname."""
    return _dossiers(day, lambda look: look.tie)


def r6(day: ReaderDay, n: Numbers) -> list[Found]:
    """Read a dossier that is about a colleague."""
    return _dossiers(day, lambda look: look.colleague)


def r7(day: ReaderDay, n: Numbers, free: FreeDays) -> list[Found]:
    """Opened something outside working hours, in the weekend or on a holiday."""
    off = bool(free.why_not_working(day.day))
    return found(look for look in day.opened() if off or not n["begin"] <= look.at.hour < n["end"])


def r8(day: ReaderDay, n: Numbers) -> list[Found]:
    """Opened many times more dossiers than on other days."""
    looks = day.opened()
    many = len({look.dossier for look in looks})
    usual = day.past.usual(day.day, n["days"])
    return found(looks) if many >= n["least"] and many > n["factor"] * usual else []


def r9(day: ReaderDay, n: Numbers) -> list[Found]:
    """Made many exports or prints, or one of several dossiers."""
    looks = [look for look in day.looks if look.ok and look.event == "export" and look.many]
    first: dict[str, Look] = {}
    for look in looks:  # of one request the first: the signals of a case come along with it
        first.setdefault(look.trace or look.at.isoformat(), look)
    wide = any(look.many > n["dossiers"] for look in first.values())
    return found(looks, times=len(first)) if len(first) > n["most"] or wide else []


def r10(day: ReaderDay, n: Numbers) -> list[Found]:
    """Asked again and again for a BSN that is known nowhere."""
    looks = [look for look in day.looks if look.event == "known.nothing" and look.bsn]
    if not looks:
        return []
    begin = looks[-1].at - timedelta(days=n["days"])
    times = len(looks) + sum(begin <= at < looks[0].at for at in day.past.bsn_asked)
    return found(looks, times=times) if times >= n["times"] else []


def r11(day: ReaderDay, n: Numbers) -> list[Found]:
    """Was refused more than so many times within so many minutes."""
    looks = [look for look in day.looks if not look.ok]
    span, most = timedelta(minutes=n["minutes"]), 0
    first = 0
    for last, look in enumerate(looks):
        while look.at - looks[first].at > span:
            first += 1
        most = max(most, last - first + 1)
    return found(looks, times=most) if most > n["most"] else []


def r12(day: ReaderDay, n: Numbers) -> list[Found]:
    """Read a dossier of a table at which the reader sits no more."""
    return found(look for look in day.opened() if look.left and not look.emergency)


def r13(day: ReaderDay, n: Numbers) -> list[Found]:
    """Opened the part of the regie in a new session from a place that was not seen before."""
    new = (
        look
        for look in day.opened()
        if look.regie_part and look.session and not day.past.knows(look.address, look.session, day.day, n["days"])
    )
    # Whoever was never here before has no other place: the first days of a person are no sign.
    return found(new) if day.past.places else []


def r14(day: ReaderDay, n: Numbers) -> list[Found]:
    """Looks of who checks or manages: for who watches them."""
    return found(look for look in day.looks if look.ok) if day.watches else []


def r15(day: ReaderDay, n: Numbers) -> list[Found]:
    """Read a dossier that was closed before."""
    grace = timedelta(days=n["days"])
    return _dossiers(day, lambda look: look.closed_at is not None and look.at > look.closed_at + grace)


def r16(day: ReaderDay, n: Numbers) -> list[Found]:
    """Opened dossiers one after another in the order in which a list showed them."""
    longest: list[Look] = []
    run: list[Look] = []
    order: dict[object, int] = {}
    for look in day.looks:
        if look.listed:
            order, run = {dossier: place for place, dossier in enumerate(look.listed)}, []
        elif look.opened and not (run and run[-1].dossier == look.dossier):
            place, before = order.get(look.dossier), order.get(run[-1].dossier) if run else None
            if place is None:
                continue  # what came along with a dossier, such as the signals of a case
            run = [*run, look] if before is not None and place == before + 1 else [look]
            while look.at - run[0].at > timedelta(minutes=n["minutes"]):
                run = run[1:]
            longest = max(longest, run, key=len)
    return found(longest) if len(longest) > n["most"] else []


RuleFunction = Callable[[ReaderDay, Numbers], list[Found]]


def all_rules(free: FreeDays) -> dict[str, RuleFunction]:
    """Each rule by its code, with the calendar that one of them asks."""
    plain: dict[str, RuleFunction] = {
        "R1": r1, "R2": r2, "R3": r3, "R4": r4, "R5": r5, "R6": r6, "R8": r8, "R9": r9, "R10": r10, "R11": r11,
        "R12": r12, "R13": r13, "R14": r14, "R15": r15, "R16": r16,
    }  # fmt: skip
    return plain | {"R7": lambda day, n: r7(day, n, free)}
