"""Random worlds of partners at work, in which every sealed text holds a canary of its own.

The world acts through the services and remembers in plain Python what happened (`partner_oracle`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from stdnum.nl import bsn as eleven

from casework.attaching import CleanFile, take_in
from casework.importing import read_file
from casework.models import (
    Audience,
    Case,
    CaseSubject,
    Contribution,
    ImportBatch,
    Participation,
    Signal,
    SubjectKind,
)
from casework.queries.sameness import side_by_side
from casework.services import (
    asking,
    cases,
    contributions,
    disclosing,
    drafts,
    emergency,
    exclusions,
    participants,
    same,
    triage,
)
from casework.services.importing import import_sheet
from casework.theming import theme_version
from casework.values import CaseInput, CaseSubjectInput, CriterionAnswer, PlaceInput, SubjectInput, Terms
from partners.models import CaseTable, Covenant, Organisation, Seat, SecrecyStatement, User
from partners.services.seats import end_seat
from privacy import departures
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.errors import Refused
from privacy.models import EmergencyAccess, ExclusionReason
from privacy.roles import Role
from privacy.unlock import unlock
from tests.prove.behind import past_policies, rows
from tests.prove.partner_homes import an_evaluation, live_together
from tests.prove.partner_ladders import climb
from tests.prove.partner_oracle import Asked, Brought, Circle, Home, Incoming, Joint, Noted, Taking, World
from tests.prove.partner_tables import meet
from tests.world import (
    ALL_CATEGORIES,
    ALL_THEMES,
    GROUND,
    Cast,
    a_signal,
    as_,
    confidential,
    contributed,
    invited,
    item,
)

NUMBERS = [str(n) for n in range(999990000, 1000000000) if eleven.is_valid(str(n))]


class Builder:
    """Lets a world happen."""

    def __init__(self, cast: Cast, chance: random.Random) -> None:
        self.world = World(cast, chance)
        self.chance = chance
        self.numbers = chance.sample(NUMBERS, 60)

    def build(self) -> World:
        self._people()
        for table in self.world.tables:
            self._work_at(table)
        live_together(self)
        climb(self)
        meet(self)
        self._drafts_and_file()
        self._what_happened_since()
        self._ids_of_the_rest()
        return self.world

    # --- people ---

    def _people(self) -> None:
        world, cast = self.world, self.world.cast
        world.people = dict(cast.people)
        lapsed = Organisation.objects.create(name=f"Zorg Verloopt {uuid4().hex[:6]}", kind="verslavingszorg")
        town = Organisation.objects.create(name=f"Gemeente Elders {uuid4().hex[:6]}", kind="gemeente_veiligheid")
        housing = Organisation.objects.create(name=f"Wonen Elders {uuid4().hex[:6]}", kind="woningcorporatie")
        days = timezone.localdate() - timedelta(days=90)
        for name, bound in (("Verloopt", [lapsed, cast.gemeente]), ("Elders", [town, housing])):
            covenant = Covenant.objects.create(
                name=f"{name} {uuid4().hex[:6]}", themes=ALL_THEMES, categories=ALL_CATEGORIES, valid_from=days
            )
            covenant.organisations.set(bound)
        self.lapses = Covenant.objects.get(organisations=lapsed)
        elsewhere = CaseTable.objects.create(
            name=f"Woonoverlast Elders {uuid4().hex[:6]}", code=f"elders-{uuid4().hex[:6]}", theme="woonoverlast",
            area="Elders", profile="gemeentelijk",
        )  # fmt: skip
        world.tables = [cast.overlast, cast.jeugd, elsewhere]
        for name, home in (
            ("lars", lapsed), ("vera", town), ("wim", housing), ("olga", cast.gemeente), ("sander", cast.gemeente),
            ("tijn", cast.politie),
        ):  # fmt: skip
            user = User(
                email=f"{name}-{uuid4().hex[:8]}@proef.example", name=f"{name.title()} Proef", organisation=home
            )
            user.set_unusable_password()
            user.save()
            world.people[name] = user
        later = timezone.now() + timedelta(days=3)
        for name, table, role, since in (
            ("lars", cast.overlast, Role.PROFESSIONAL, None), ("tijn", cast.overlast, Role.PROFESSIONAL, None),
            ("vera", elsewhere, Role.PROCESREGISSEUR, None), ("wim", elsewhere, Role.PROFESSIONAL, None),
            ("olga", cast.overlast, Role.PROCESREGISSEUR, None), ("sander", cast.overlast, Role.PROCESREGISSEUR, later),
            ("greet", cast.jeugd, Role.PROFESSIONAL, None), ("petra", cast.jeugd, Role.PROFESSIONAL, None),
        ):  # fmt: skip
            person = world.people[name]
            begins = since or timezone.now() - timedelta(days=20)
            Seat.objects.create(table=table, user=person, role=role, valid_from=begins)
            SecrecyStatement.objects.get_or_create(table=table, user=person, defaults={"profile_version": "proef"})

    # --- work ---

    def _seated(self, table: CaseTable) -> list[User]:
        rows = Seat.objects.filter(table=table, role=Role.PROFESSIONAL, ended_at=None).select_related("user")
        return [self.world.people[n] for s in rows for n, u in self.world.people.items() if u.pk == s.user_id]

    def _regisseur(self, table: CaseTable) -> User:
        names = {"woonoverlast": ["rosa", "rachid"], "jeugd": ["victor"]}.get(table.code, ["vera"])
        return self.world.people[self.chance.choice(names)]

    def _work_at(self, table: CaseTable) -> None:
        seated = self._seated(table)
        waiting = [self._signal(self.chance.choice(seated), table) for _ in range(6 if len(seated) > 2 else 3)]
        made = []
        for _ in range(2 if len(seated) > 2 else 1):
            bundle = [waiting.pop() for _ in range(self.chance.randint(1, 2))]
            made.append(self._case(table, bundle, seated))
        for signal, fate in zip(waiting, ("asked", "forwarded", "rejected", "new"), strict=False):
            self._decide(signal, fate)
        if len(made) > 1 and self.chance.random() < 0.7:
            self._close(made[-1])

    def _signal(self, reporter: User, table: CaseTable) -> Incoming:
        world = self.world
        signal = Incoming(None, reporter, reporter.organisation_id, table)  # type: ignore[arg-type]
        shared = lambda what: world.secret(what, signal, lambda o, u: o.signal_table(u, signal))  # noqa: E731
        between = lambda what: world.secret(what, signal, lambda o, u: o.signal_liaison(u, signal))  # noqa: E731
        number = self.numbers.pop()
        kind = reporter.organisation.kind
        bsn = number if kind in ("politie", "gemeente_veiligheid") else ""
        if bsn:
            world.secret("bsn", signal, lambda o, u: o.signal_liaison(u, signal), bsn)
        signal.row = a_signal(
            reporter,
            table,
            item(shared("feit"), origin=shared("bron"), files=self._file(shared)),
            confidential(between("vertrouwelijk"), origin=between("bron"), files=self._file(between)),
            reporter_name=between("melder"),
            place=PlaceInput(shared("straat"), "3", "7899 AB", shared("plaats"), shared("plek")),
            subjects=(SubjectInput(SubjectKind.PERSON, shared("naam"), bsn=bsn),),
            answers={"gedaan": shared("antwoord")},
            told="no",
            not_told_reason=between("verzwegen"),
        )
        return self._known(signal)

    def _file(self, word: Callable[[str], str]) -> tuple[CleanFile, ...]:
        """Now and then a file, with a word in its name and one in it."""
        if self.chance.random() < 0.4:
            return ()
        return (take_in(f"{word('bestandsnaam')}.txt", word("bijlage").encode()),)

    def _known(self, signal: Incoming) -> Incoming:
        world, row = self.world, signal.row
        world.signals.append(signal)
        world.by_dossier[row.dossier_id] = signal
        for word in (str(world.keep("signal", row.pk)), str(row.dossier_id), row.dossier.reference.lower()):
            world.secret("bestaan", signal, lambda o, u: o.signal_known(u, signal), word)
        world.references.append(row.dossier.reference)
        return signal

    def _decide(self, signal: Incoming, fate: str) -> None:
        judge, now, row = self._regisseur(signal.table), timezone.now(), signal.row
        regie = self.world.secret("reden", signal, lambda o, u: o.signal_regie(u, signal))
        between = self.world.secret("vraag", signal, lambda o, u: o.signal_liaison(u, signal))
        to = self.world.cast.jeugd if signal.table.code == "woonoverlast" else self.world.cast.overlast
        with as_(judge) as (by, _):
            unlock([row.dossier_id], by=by)
            fresh = Signal.objects.get(pk=row.pk)
            if fate == "asked":
                triage.ask(fresh, between, now=now, by=by)
                signal.state = "asked"
            elif fate == "rejected":
                triage.reject(fresh, "te_weinig", now=now, by=by)
                signal.state = "rejected"
            elif fate == "forwarded" and signal.table in self.world.tables[:2]:
                try:
                    with transaction.atomic():
                        triage.forward(fresh, to, regie, now=now, by=by)
                        signal.table = to
                except Refused:
                    pass

    def _case(self, table: CaseTable, bundle: list[Incoming], seated: list[User]) -> Joint:
        world, regisseur = self.world, self._regisseur(table)
        case = Joint(None, table, bundle)  # type: ignore[arg-type]
        all_of = lambda what: world.secret(what, case, lambda o, u: o.case_table(u, case))  # noqa: E731
        regie = lambda what, word="": world.secret(what, case, lambda o, u: o.case_regie(u, case), word)  # noqa: E731
        bsn = regie("bsn", self.numbers.pop())
        subject = CaseSubjectInput(SubjectKind.PERSON, all_of("naam"), address=all_of("adres"), bsn=bsn)
        given = CaseInput(
            all_of("casus"),
            all_of("samenvatting"),
            (CriterionAnswer("several_areas", True, regie("criterium")),),
            (subject,),
            regie("reden"),
        )
        with as_(regisseur) as (by, _):
            unlock([signal.row.dossier_id for signal in bundle], by=by)
            case.row = cases.open_from_signals([s.row for s in bundle], given, now=timezone.now(), by=by)
            world.keep("subject", CaseSubject.objects.filter(case=case.row).first().pk, case.row)  # type: ignore[union-attr]
        for signal in bundle:
            signal.case, signal.state = case, "bundled"
            world.inside.setdefault(case.row.pk, {}).setdefault("signal", []).append(signal.row.pk)
        world.cases.append(case)
        world.by_dossier[case.row.dossier_id] = case
        words = (str(world.keep("case", case.row.pk)), str(case.row.dossier_id), case.row.dossier.reference.lower())
        for word in words:
            world.secret("bestaan", case, lambda o, u: o.case_known(u, case), word)
        world.references.append(case.row.dossier.reference)
        self._live(case, regisseur, seated)
        return case

    def _live(self, case: Joint, regisseur: User, seated: list[User]) -> None:
        people = self.chance.sample(seated, min(len(seated), self.chance.randint(2, 4)))
        for person in people:
            self._invite(case, regisseur, person)
            self._bring(case, self.chance.choice([regisseur, person]))
            self._bring(case, person)
        if case.signals and self.chance.random() < 0.7:
            self._share(case, regisseur)
        self._ask(case, seated)
        late = [person for person in seated if person not in people]
        if late:
            self._invite(case, regisseur, self.chance.choice(late))
        if self.chance.random() < 0.6:
            self._end(case, regisseur)
        self._withdraw(case)

    def _invite(self, case: Joint, regisseur: User, person: User) -> None:
        # Hidden and open people of one organisation are never mixed here: what each then gets is another story.
        same = [t for t in case.taking if t.user.organisation_id == person.organisation_id]
        hidden = same[0].hidden if same else self.chance.random() < 0.25
        invited(case.row, regisseur, person, hidden=hidden)
        case.taking.append(Taking(person, hidden))
        for brought in case.brought:
            if brought.audience == Audience.TABLE and brought.open_to(person.organisation_id):
                brought.circle.add(person.organisation_id)
        with as_(regisseur):
            row = Participation.objects.get(case=case.row, user=person, ended_at=None)
        self.world.keep("participation", row.pk, case.row)

    def _bring(self, case: Joint, author: User) -> None:
        mine = next((t for t in case.taking if t.user.pk == author.pk), None)
        audience = self.chance.choice(list(Audience))
        there = {t.user.organisation_id for t in case.taking if (mine is None or not t.hidden) and not t.over}
        others = sorted(there - {author.organisation_id}, key=str)
        if audience == Audience.CHOSEN and not others:
            audience = Audience.TABLE
        if mine is not None and mine.hidden:
            audience = self.chance.choice([Audience.OWN, Audience.REGIE])
        terms = self._terms(case, author) if audience == Audience.TABLE else Terms()
        circle = set(others) - terms.not_to
        chosen: tuple[UUID, ...] = ()
        if audience == Audience.CHOSEN:
            chosen = (self.chance.choice(others),)
            circle = set(chosen)
        brought = Brought(
            None, author.organisation_id, audience, circle, by_regie=mine is None,  # type: ignore[arg-type]
            not_to=terms.not_to, ask_first=terms.ask_first,
        )  # fmt: skip
        circle_of: Circle = lambda o, u: o.brought_in(u, case, brought)  # noqa: E731
        words = {name: self.world.secret(name, case, circle_of) for name in ("tekst", "bron", "voorwaarde")}
        more = {"audience": audience, "recipients": chosen, "origin": words["bron"], "conditions": words["voorwaarde"]}
        more |= {"terms": terms, "files": self._file(lambda what: self.world.secret(what, case, circle_of))}
        row = contributed(case.row, author, words["tekst"], **more)
        brought.pk = self.world.keep("contribution", row.pk, case.row)
        case.brought.append(brought)

    def _terms(self, case: Joint, author: User) -> Terms:
        """Now and then a condition of the owner: never to somebody, or ask me first."""
        with as_(author) as (by, _):
            able = contributions.could_be_kept_from(case.row, timezone.now(), by=by)
        not_to = self.chance.sample(able, 1) if able and self.chance.random() < 0.4 else []
        return Terms(frozenset(organisation.pk for organisation in not_to), self.chance.random() < 0.4)

    def _share(self, case: Joint, regisseur: User) -> None:
        signal = self.chance.choice(case.signals)
        others = [t.user for t in case.taking if t.user.organisation_id != signal.source and not t.over]
        if not others:
            return
        to = self.chance.choice(others).organisation
        with as_(regisseur) as (by, _):
            unlock([case.row.dossier_id, signal.row.dossier_id], by=by)
            disclosing.share_signal(case.row, signal.row, to, ground=GROUND, now=timezone.now(), by=by)
        case.shared.add((signal.row.pk, to.pk))

    def _end(self, case: Joint, regisseur: User) -> None:
        taking = self.chance.choice([t for t in case.taking if not t.over])
        with as_(regisseur) as (by, _):
            unlock([case.row.dossier_id], by=by)
            row = Participation.objects.get(case=case.row, user=taking.user, ended_at=None)
            participants.end_participation(row, now=timezone.now(), by=by)
        taking.over = True

    def _ask(self, case: Joint, seated: list[User]) -> None:
        """Somebody who takes no part asks for access; now and then the answer is no."""
        outside = [p for p in seated if p.pk not in {t.user.pk for t in case.taking}]
        if not outside:
            return
        asked = Asked(self.chance.choice(outside), case, self.chance.random() < 0.8)
        word = lambda what, of="": self.world.secret(what, None, lambda o, u: o.asked(u, asked), of)  # noqa: E731
        until = timezone.localdate() + timedelta(days=60)
        with as_(asked.asker) as (by, _):
            row = asking.ask(case.row.dossier.reference, word("verzoek"), until, now=timezone.now(), by=by)
        self.world.typed.add((case.row.dossier.reference.lower(), asked.asker.pk))
        self.world.by_dossier[row.dossier_id] = asked
        for one in (row.pk, row.dossier_id):
            word("verzoek bestaat", str(one))
        if not asked.arrived:
            return
        with acting(system_actor("proef")):
            asking.arrives(row.pk, by=system_actor("proef"))
        if self.chance.random() < 0.4:
            with as_(self._regisseur(case.table)) as (by, _):
                unlock([case.row.dossier_id, row.dossier_id], by=by)
                asking.refuse(row, case.row, word("antwoord"), now=timezone.now(), by=by)

    def _in_emergency(self, about: Incoming | Joint) -> None:
        """Somebody of the covenant opens what is not theirs; now and then it is over already."""
        person = self.world.people[self.chance.choice(("wilma", "wout", "pieter", "petra", "greet", "carla"))]
        noted = Noted(person, about)
        reason = self.world.secret("noodreden", None, lambda o, u: o.reason_of_use(u, noted))
        try:
            with as_(person) as (by, _):
                emergency.open_in_emergency(about.row.dossier.reference, reason, now=timezone.now(), by=by)
                use = EmergencyAccess.objects.get(about=about.row.dossier_id)
                over = self.chance.random() < 0.3
                if over:
                    emergency.end(use, by=by)
        except Refused:
            return  # this person reads it anyway
        self.world.typed.add((about.row.dossier.reference.lower(), person.pk))
        if not over:
            self.world.emergency.add((about.row.dossier_id, person.pk))
        for one in (use.pk, use.dossier_id):
            self.world.secret("noodtoegang bestaat", None, lambda o, u: o.noted(u, noted), str(one))

    def _withdraw(self, case: Joint) -> None:
        there = {t.user.organisation_id: t.user for t in case.taking if not t.over}
        mine = [b for b in case.brought if b.organisation in there and not b.by_regie]
        if not mine:
            return
        brought = self.chance.choice(mine)
        with as_(there[brought.organisation]) as (by, _):
            unlock([case.row.dossier_id], by=by)
            contributions.withdraw(Contribution.objects.get(pk=brought.pk), now=timezone.now(), by=by)
        brought.withdrawn = True

    def _close(self, case: Joint) -> None:
        regisseur = self._regisseur(case.table)
        reason = self.world.secret("sluiting", case, lambda o, u: o.case_regie(u, case))
        homes = [home for home in self.world.homes if case in home.cases]
        with as_(regisseur) as (by, _):
            unlock([case.row.dossier_id, *(home.row.dossier_id for home in homes)], by=by)
            outcome = theme_version(case.row.theme, case.row.theme_version).close_outcomes[0].code
            said = {home.row.pk: an_evaluation(self.world, home) for home in homes}
            cases.close(Case.objects.get(pk=case.row.pk), outcome, reason, evaluations=said, now=timezone.now(), by=by)
        case.closed = True
        for signal in case.signals:
            signal.state = "closed"

    # --- what is one's own ---

    def _drafts_and_file(self) -> None:
        world, now = self.world, timezone.now()
        for name in ("wilma", "pieter", "vera"):
            writer = world.people[name]
            body = {
                "table": [str(world.cast.overlast.pk)],
                "street": [world.secret("concept", writer.pk, lambda o, u, w=writer: u.pk == w.pk)],
            }  # type: ignore[misc]
            with as_(writer) as (by, _):
                draft = drafts.start("woonoverlast", now=now, by=by)
                drafts.keep(draft, body, now=now, by=by)
            world.keep("draft", draft.pk)
            world.by_dossier[draft.dossier_id] = writer.pk
        iris = world.people["iris"]
        signal = Incoming(None, None, world.cast.politie.pk, world.cast.overlast, read_in_by=iris.pk)  # type: ignore[arg-type]
        own = lambda what: world.secret(what, iris.pk, lambda o, u: u.pk == iris.pk)  # noqa: E731
        text = world.secret("ingelezen", signal, lambda o, u: o.signal_table(u, signal))
        rows = [
            "Datum;Organisatie;Melder;Thema;Straat;Huisnummer;Betrokkene;BSN;Omschrijving;Soort;Ernst",
            f"1-11-2026;Politie Proefstad;M;woonoverlast;{text};3;N;;{text};feit;hoog",
            f"1-11-2026;Onbekende Club;M;woonoverlast;{own('straat')};3;N;;{own('tekst')};feit;hoog",
        ]
        name = f"{own('bestand')}.csv"
        with as_(iris) as (by, _):
            sheet = read_file("\n".join(rows).encode(), name)
            batch = import_sheet(sheet, name, world.cast.overlast, now=now, by=by).batch
        assert isinstance(batch, ImportBatch)
        world.keep("batch", batch.pk)
        world.by_dossier[batch.dossier_id] = iris.pk
        with as_(world.people["rosa"]):
            known = [s.row.pk for s in world.signals]
            rows_left = Signal.objects.exclude(pk__in=known).select_related("dossier", "table")
            signal.row = rows_left.get(table=world.cast.overlast)
        self._known(signal)

    # --- time passes ---

    def _what_happened_since(self) -> None:
        world, cast = self.world, self.world.cast
        with as_(cast.beheer) as (by, _):
            end_seat(Seat.objects.get(user=world.people["olga"]), by=by)
        self._seat_is_over(world.people["tijn"])
        self.lapses.valid_until = timezone.localdate() - timedelta(days=1)
        self.lapses.save()
        with as_(cast.beheer) as (by, _):
            departures.leave(uuid4(), name="Weg Proef", organisation="Proef", now=timezone.now(), by=by)
        running = [case for case in world.cases if not case.closed]
        for about in (*running, *(signal for signal in world.signals if signal.state == "new")):
            if self.chance.random() < 0.4:
                self._in_emergency(about)
        for one, other in combinations(running, 2):
            if one.table.pk == other.table.pk:
                self._tie(one, other)
        for case in running:
            if self.chance.random() < 0.5:
                self._exclude(case)

    def _tie(self, one: Joint, other: Joint) -> None:
        """The regisseur of both says of somebody in each that they are the same, or not."""
        with as_(self._regisseur(one.table)) as (by, _):
            rows = [CaseSubject.objects.filter(case=case.row).values_list("pk", flat=True)[0] for case in (one, other)]
            pair = side_by_side(("casus", rows[0]), ("casus", rows[1]), by=by)
            self.chance.choice([same.say_same, same.say_different])(pair, now=timezone.now(), by=by)

    def _seat_is_over(self, person: User) -> None:
        """As if the last day of a seat, and of what was given until then, had passed."""
        over = timezone.now() - timedelta(minutes=5)
        with past_policies():
            rows("SELECT set_config('casustafel.actor', %s, true)", [str(person.pk)])
            rows("UPDATE partners_seat SET valid_until = %s WHERE user_id = %s", [over, person.pk])
            rows("UPDATE casework_participation SET until = %s WHERE user_id = %s", [over, person.pk])
            rows(
                "UPDATE privacy_grant SET valid_until = %s "
                "WHERE user_id = %s AND given_for ~ '^(part|disc|contr|regie|agenda|refus)'",
                [over, person.pk],
            )
            rows("SELECT set_config('casustafel.actor', '', true)")
        for case in self.world.cases:
            for taking in case.taking:
                taking.over = taking.over or taking.user.pk == person.pk

    def _exclude(self, case: Joint) -> None:
        regisseur = self._regisseur(case.table)
        whom = self.chance.choice(
            [*(t.user for t in case.taking), self.world.people["rachid"], self.world.people["greet"]]
        )
        if whom.pk == regisseur.pk:
            return
        with as_(regisseur) as (by, _):
            exclusions.exclude(case.row.dossier_id, whom, ExclusionReason.NEIGHBOUR, by=by)
        for about in self._hangs_together(case):
            self.world.excluded.add((about.row.dossier_id, whom.pk))

    def _hangs_together(self, case: Joint) -> list[Joint | Incoming | Home]:
        """A case with its signals, the households it is about, and the other cases about those."""
        found: list[Joint] = [case]
        homes: list[Home] = []
        for one in found:
            for home in self.world.homes:
                if one in home.cases and home not in homes:
                    homes.append(home)
                    found += [other for other in home.cases if other not in found]
        return [*homes, *found, *(signal for one in found for signal in one.signals)]

    def _ids_of_the_rest(self) -> None:
        """What else an address may be about."""
        inside = {case.row.dossier_id: case.row.pk for case in self.world.cases}
        with past_policies():
            for kind, table in (
                ("attachment", "casework_attachment"), ("consent", "casework_consent"),
                ("exclusion", "privacy_exclusion"), ("request", "casework_accessrequest"),
                ("tie", "casework_sameness"), ("suspect", "casework_signalsubject"),
            ):  # fmt: skip
                for pk, dossier in rows(f"SELECT id, dossier_id FROM {table}"):
                    self.world.keep(kind, pk)
                    if dossier in inside:
                        self.world.inside.setdefault(inside[dossier], {}).setdefault(kind, []).append(pk)
            for kind, table in (
                ("use", "privacy_emergencyaccess"), ("departure", "privacy_departure"),
                ("covenant", "partners_covenant"), ("check", "privacy_auditcheck"),
            ):  # fmt: skip
                self.world.ids.setdefault(kind, []).extend(row[0] for row in rows(f"SELECT id FROM {table}"))


def a_world(cast: Cast, chance: random.Random) -> World:
    """A fresh random world, in the transaction of the caller."""
    return Builder(cast, chance).build()
