"""What waits at a desk to be judged: what a rule found, what was drawn, and each use of emergency access."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from privacy import uses
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import UNJUDGED, AuditEntry, Desk, EmergencyAccess, HitVerdict, ReviewHit, ReviewText, Verdict
from privacy.queries import Line, lines_of
from privacy.review.ruling import SAMPLE, shipped

PAGE = 100
SHOWN = 200
AT_ONCE = 10
COUNTED = timedelta(days=90)
EMERGENCY = "R3"
NOTHING = "Er is nog niets gevonden om te beoordelen"
STATES = (("open", "Nog te beoordelen"), ("vraag", "Vraag gesteld"), ("klaar", "Beoordeeld"))
_OF_STATE: dict[str, Q] = {
    "open": Q(verdict__in=UNJUDGED),
    "vraag": Q(verdict=HitVerdict.ASKED),
    "klaar": ~Q(verdict__in=UNJUDGED),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """How the inbox is filtered; empty is all that is open."""

    rule: str = ""
    organisation: str = ""
    state: str = "open"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the inbox."""

    pk: UUID
    url_name: str
    rule: str
    reason: str
    person: str
    organisation: str
    at: datetime
    state: str
    term: str
    late: bool
    decided: bool
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Inbox:
    """What is shown of it, and whether there is more."""

    items: list[Item]
    more: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the judging is, over the last ninety days and whatever is open from before."""

    judged: int
    total: int
    oldest: int | None

    @property
    def sentence(self) -> str:
        """As it stands on top of the page."""
        if not self.total:
            return NOTHING
        said = f"{self.judged} van {self.total} beoordeeld"
        if self.oldest is None:
            return said
        days = {0: "van vandaag", 1: "1 dag"}.get(self.oldest, f"{self.oldest} dagen")
        return f"{said}, oudste {days}"


def reason_of(hit: ReviewHit) -> str:
    """Why it is here, in one sentence."""
    rule = shipped().get(hit.rule)
    return rule.says(times=hit.times, dossiers=len(hit.dossiers), values=hit.numbers) if rule else hit.rule


def name_of(code: str) -> str:
    """What a rule is called. Whether a name or a colleague was found is told to nobody."""
    return "Mogelijk een eigen band" if code == "R6" else shipped()[code].name if code in shipped() else code


def code_of(code: str) -> str:
    """The code as it is shown: two rules share theirs, since which of them it was would tell of a name."""
    return "R5/R6" if code in ("R5", "R6") else "" if code == SAMPLE else code


def at_desk(desk: Desk, *, by: Actor) -> QuerySet[ReviewHit]:
    """What the actor may judge at this desk: the database leaves out own looks and dossiers kept away from."""
    return ReviewHit.objects.filter(desk=desk).exclude(reader_id=by.user_id)


def _filtered(rows: QuerySet[ReviewHit], wish: Wish) -> QuerySet[ReviewHit]:
    rows = rows.filter(_OF_STATE.get(wish.state, _OF_STATE["open"]))
    if wish.rule:
        rows = rows.filter(rule__in=["R5", "R6"] if wish.rule == "R5/R6" else [wish.rule])
    return rows.filter(organisation_name=wish.organisation) if wish.organisation else rows


def _item(hit: ReviewHit, now: datetime) -> Item:
    due = hit.answer_by if hit.verdict == HitVerdict.ASKED else None
    late = due is not None and due <= now
    term = f"antwoord voor {timezone.localtime(due):%d-%m-%Y}" if due else ""
    return Item(
        pk=hit.pk,
        url_name="privacy-review-hit" if hit.desk == Desk.REVIEW else "officers-review-hit",
        rule=" ".join(filter(None, (code_of(hit.rule), name_of(hit.rule)))),
        reason=reason_of(hit),
        person=hit.reader_name,
        organisation=hit.organisation_name,
        at=hit.first_at,
        state=HitVerdict(hit.verdict).label,
        term="antwoord is te laat" if late else term,
        late=late,
        decided=hit.verdict not in UNJUDGED,
        drawn=hit.rule == SAMPLE,
    )


def _of_use(use: uses.Use) -> Item:
    return Item(
        pk=use.pk, url_name="privacy-emergency", rule=f"{EMERGENCY} {name_of(EMERGENCY)}",
        reason=f"Opende {use.reference} met noodtoegang", person=use.person, organisation=use.organisation,
        at=use.opened_at, state=use.label, term=use.term, late=use.late, decided=use.decided,
    )  # fmt: skip


def _uses(wish: Wish, now: datetime, by: Actor) -> Iterator[Item]:
    """Uses of emergency access, which have their own page to be judged on."""
    if wish.rule not in ("", EMERGENCY) or wish.state == "klaar":
        return
    for use in uses.to_review(now, by=by):
        asked = use.verdict == Verdict.ASKED
        if wish.organisation in ("", use.organisation) and (wish.state != "vraag" or asked):
            yield _of_use(use)


# Of the sample there are always many; what a rule found must not wait behind it.
_DRAWN_LAST = Case(When(rule=SAMPLE, then=Value(1)), default=Value(0))


def inbox(desk: Desk, wish: Wish, *, now: datetime, by: Actor) -> Inbox:
    """What is there for this desk: what a rule found and emergency access, then the sample, each the oldest first.

    Which dossiers it is about is in the log before it is shown.
    """
    rows = list(_filtered(at_desk(desk, by=by), wish).order_by(_DRAWN_LAST, "found_at", "first_at", "id")[: PAGE + 1])
    used = list(_uses(wish, now, by)) if desk == Desk.REVIEW else []
    items = sorted([*used, *(_item(row, now) for row in rows)], key=lambda item: (item.drawn, item.at))
    shown = {item.pk for item in items[:PAGE]}
    _noted([row for row in rows if row.pk in shown], by)
    return Inbox(items[:PAGE], more=len(items) > PAGE)


def _noted(rows: Iterable[ReviewHit], by: Actor) -> None:
    seen = {d: r for row in rows for d, r in zip(row.dossiers, row.references, strict=False)}
    record.look("review.read", seen=record.Seen(tuple(seen), tuple(seen.values())), by=by)


def coverage(desk: Desk, *, now: datetime, by: Actor) -> Coverage:
    """How many of what was found were judged, and how long the oldest waits."""
    rows = at_desk(desk, by=by).filter(Q(verdict__in=UNJUDGED) | Q(found_at__gte=now - COUNTED))
    waits = rows.filter(verdict__in=UNJUDGED)
    begun = [waits.order_by("found_at").values_list("found_at", flat=True).first()]
    total, open_ones = rows.count(), waits.count()
    if desk == Desk.REVIEW:
        used = EmergencyAccess.objects.exclude(person=by.user_id).filter(opened_at__gte=now - COUNTED)
        to_do = used.filter(verdict__in=UNJUDGED)
        begun.append(to_do.order_by("opened_at").values_list("opened_at", flat=True).first())
        total, open_ones = total + used.count(), open_ones + to_do.count()
    first = min((moment for moment in begun if moment), default=None)
    oldest = (timezone.localdate(now) - timezone.localdate(first)).days if first else None
    return Coverage(total - open_ones, total, oldest)


def organisations(desk: Desk, *, by: Actor) -> list[str]:
    """Whose people were found, for the filter."""
    names = at_desk(desk, by=by).exclude(organisation_name="").values_list("organisation_name", flat=True)
    return sorted(set(names.order_by()))


def opened(pk: UUID, desk: Desk, *, by: Actor) -> ReviewHit:
    """One finding; the look at it is in the log first. Raises NotKnown."""
    hit = at_desk(desk, by=by).select_related("file").filter(pk=pk).first()
    if hit is None:
        raise NotKnown
    _noted([hit], by)
    return hit


def lines(hit: ReviewHit) -> list[Line]:
    """What the log has of it: moments, events and purposes of that person in those dossiers, between first and last."""
    rows = AuditEntry.objects.filter(
        actor_id=hit.reader_id, timestamp__gte=hit.first_at, timestamp__lte=hit.last_at, action=AuditEntry.Action.ACCESS
    )
    if hit.rule == SAMPLE:
        rows = rows.filter(pk=hit.about_id)
    elif hit.dossiers:
        rows = rows.filter(dossiers__overlap=hit.dossiers)
    return lines_of(rows.order_by("timestamp")[:SHOWN])


def alike(hit: ReviewHit, *, by: Actor) -> list[ReviewHit]:
    """Other lines of the sample of the same reader and the same dossiers, which may be judged in one go."""
    if hit.rule != SAMPLE or hit.verdict not in UNJUDGED:
        return []
    same = at_desk(Desk(hit.desk), by=by).filter(
        rule=SAMPLE, reader_id=hit.reader_id, dossiers=hit.dossiers, verdict=HitVerdict.NONE
    )
    return list(same.exclude(pk=hit.pk)[: AT_ONCE - 1])


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about a finding."""

    label: str
    author: str
    at: datetime
    text: str


def notes(hit: ReviewHit) -> list[Note]:
    """What was written about it, as far as the reader holds the keys."""
    rows = ReviewText.objects.filter(hit=hit).select_related("author")
    return [Note(ReviewText.Kind(row.kind).label, row.author.name, row.at, row.text) for row in rows]
