"""The cast and short ways to let them do things. Everybody here is fictional."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from casework.models import (
    Assessment,
    Audience,
    Case,
    Household,
    ItemAudience,
    ItemKind,
    Member,
    Relation,
    Severity,
    Signal,
    SubjectKind,
    Told,
)
from casework.services import assessing, cases, contributions, households, participants, signals
from casework.services.households import HouseholdInput, MemberInput
from casework.values import (
    AssessmentInput,
    CaseInput,
    ContributionInput,
    CriterionAnswer,
    ItemInput,
    PlaceInput,
    SignalInput,
    SubjectInput,
)
from partners.models import CaseTable, Covenant, Organisation, Seat, SecrecyStatement, User
from partners.profiling import profile_of
from privacy.acting import acting
from privacy.actor import Actor
from privacy.encryption.keyring import Keyring
from privacy.roles import Role
from privacy.unlock import unlock

PASSWORD = "een lang en fictief wachtwoord"
ALL_THEMES = ["woonoverlast", "jonge_aanwas", "hgkm", "ondermijning"]
ALL_CATEGORIES = [
    "zorg", "jeugdhulp", "politie", "justitie", "huisvesting", "financien", "onderwijs", "fiscaal", "gemeente",
    "algemeen",
]  # fmt: skip
CRITERIA = (CriterionAnswer("several_areas", True, "wonen en zorg"),)


@dataclass
class Cast:
    """Who is who. Names start with the letter of what they are: Pieter of the police, Wilma of the corporation."""

    gemeente: Organisation
    politie: Organisation
    corporatie: Organisation
    ggz: Organisation
    outside: Organisation
    overlast: CaseTable
    jeugd: CaseTable
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def make_cast() -> Cast:
    """The standing cast: written once per test database."""
    organisation = Organisation.objects.create
    cast = Cast(
        gemeente=organisation(name="Gemeente Proefstad, Veiligheid", kind="gemeente_veiligheid"),
        politie=organisation(name="Politie Proefstad", kind="politie"),
        corporatie=organisation(name="Woningstichting Proef", kind="woningcorporatie"),
        ggz=organisation(name="GGZ Proef", kind="ggz"),
        outside=organisation(name="Stichting Buiten Convenant", kind="welzijn"),
        overlast=CaseTable.objects.create(
            name="Casustafel woonoverlast",
            code="woonoverlast",
            theme="woonoverlast",
            area="Proefstad",
            profile="gemeentelijk",
        ),
        jeugd=CaseTable.objects.create(
            name="Casustafel jeugd", code="jeugd", theme="jonge_aanwas", area="Proefstad", profile="gemeentelijk"
        ),
    )
    covenant = Covenant.objects.create(
        name="Convenant Proefstad",
        themes=ALL_THEMES,
        categories=ALL_CATEGORIES,
        valid_from=date.today() - timedelta(days=400),
    )
    covenant.organisations.set([cast.gemeente, cast.politie, cast.corporatie, cast.ggz])
    _people(cast)
    _seats(cast)
    return cast


def standing_cast() -> Cast:
    """The cast that somebody made in this database."""
    named = {one.name: one for one in Organisation.objects.all()}
    tables = {one.code: one for one in CaseTable.objects.all()}
    return Cast(
        gemeente=named["Gemeente Proefstad, Veiligheid"],
        politie=named["Politie Proefstad"],
        corporatie=named["Woningstichting Proef"],
        ggz=named["GGZ Proef"],
        outside=named["Stichting Buiten Convenant"],
        overlast=tables["woonoverlast"],
        jeugd=tables["jeugd"],
        people={user.email.partition("@")[0]: user for user in User.objects.select_related("organisation")},
    )


def _people(cast: Cast) -> None:
    roles = {
        "beheer": ["beheerder"],
        "fatima": ["privacy_officer"],
        "iris": ["importer"],
        "faisal": ["privacy_officer"],
        "conny": ["contact_point"],
        "cor": ["controller"],
    }
    homes = {
        "rosa": cast.gemeente, "rachid": cast.gemeente, "victor": cast.gemeente, "carla": cast.gemeente,
        "bram": cast.gemeente, "beheer": cast.gemeente, "fatima": cast.gemeente, "iris": cast.gemeente,
        "faisal": cast.gemeente, "conny": cast.gemeente, "cor": cast.gemeente,
        "pieter": cast.politie, "petra": cast.politie, "wilma": cast.corporatie, "wout": cast.corporatie,
        "greet": cast.ggz, "otto": cast.outside,
    }  # fmt: skip
    hashed = make_password(PASSWORD)  # once: it is meant to be slow
    for name, home in homes.items():
        user = User(
            email=f"{name}@proefstad.example",
            name=f"{name.title()} Proef",
            organisation=home,
            roles=roles.get(name, []),
            password=hashed,
        )
        user.save()
        cast.people[name] = user


def _seats(cast: Cast) -> None:
    """Rosa and Rachid direct woonoverlast, Victor directs jeugd; partners sit at woonoverlast."""
    seats = [
        ("rosa", cast.overlast, Role.PROCESREGISSEUR),
        ("rachid", cast.overlast, Role.PROCESREGISSEUR),
        ("victor", cast.jeugd, Role.PROCESREGISSEUR),
        ("carla", cast.overlast, Role.CASUSREGISSEUR),
        ("bram", cast.overlast, Role.DECIDER),
        ("pieter", cast.overlast, Role.PROFESSIONAL),
        ("petra", cast.overlast, Role.PROFESSIONAL),
        ("wilma", cast.overlast, Role.PROFESSIONAL),
        ("wout", cast.overlast, Role.PROFESSIONAL),
        ("greet", cast.overlast, Role.PROFESSIONAL),
    ]
    begun = timezone.now() - timedelta(days=30)
    for name, table, role in seats:
        Seat.objects.create(table=table, user=cast.people[name], role=role, valid_from=begun)
        SecrecyStatement.objects.create(table=table, user=cast.people[name], profile_version="proef")


def actor(user: User, purpose: str = "proef") -> Actor:
    """The actor a request of this person would get."""
    return replace(user.as_actor(), purpose=purpose)


@contextmanager
def as_(user: User) -> Iterator[tuple[Actor, Keyring]]:
    """Acting as this person, in one transaction."""
    who = actor(user)
    with acting(who) as ring:
        yield who, ring


def item(text: str = "Harde muziek na middernacht.", **more: Any) -> ItemInput:
    values: dict[str, Any] = {"kind": ItemKind.OBSERVATION, "text": text, "category": "algemeen"} | more
    return ItemInput(**values)


def confidential(text: str, **more: Any) -> ItemInput:
    """An item that only the regisseur may read."""
    return item(text, audience=ItemAudience.REGIE, **more)


def a_signal(reporter: User, table: CaseTable, *items: ItemInput, **more: Any) -> Signal:
    """A signal handed in by this person, with a BSN when the organisation has a basis for one."""
    bsn = "999990019" if profile_of(table).may_see_bsn(reporter.organisation.kind) else ""
    values: dict[str, Any] = {
        "table_id": table.pk,
        "source_id": reporter.organisation_id,
        "reporter_name": reporter.name,
        "items": items or (item(),),
        "place": PlaceInput(street="Lindelaan", number="14", postcode="7899 AB", city="Proefstad"),
        "subjects": (SubjectInput(SubjectKind.PERSON, "Piet Voorbeeld", date(1981, 3, 12), bsn),),
        "severity": Severity.HIGH,
        "neighbourhood": "Oosterpark",
        "observed_on": date.today(),
        "told": Told.YES,
    } | more
    with as_(reporter) as (by, _):
        return signals.submit(SignalInput(**values), now=timezone.now(), by=by)


def a_case(regisseur: User, *bundled: Signal, short_name: str = "Fam. V. (Lindelaan 14)") -> Case:
    """A case opened on these signals."""
    given = CaseInput(short_name=short_name, summary="Overlast en zorgen.", criteria=CRITERIA)
    with as_(regisseur) as (by, _):
        unlock([signal.dossier_id for signal in bundled], by=by)
        return cases.open_from_signals(bundled, given, now=timezone.now(), by=by)


def invited(case: Case, regisseur: User, *people: User, hidden: bool = False) -> None:
    """These people take part in the case from now on."""
    for person in people:
        with as_(regisseur) as (by, _):
            unlock([case.dossier_id], by=by)
            participants.invite(case, person, ground=GROUND, hidden=hidden, now=timezone.now(), by=by)


GROUND = "avg_6_1_e"


def contributed(case: Case, person: User, text: str, **more: Any) -> Any:
    """A contribution of this person."""
    values: dict[str, Any] = {
        "kind": ItemKind.OBSERVATION,
        "category": "algemeen",
        "ground": GROUND,
        "text": text,
        "audience": Audience.TABLE,
    } | more
    with as_(person) as (by, _):
        unlock([case.dossier_id], by=by)
        return contributions.contribute(case, ContributionInput(**values), now=timezone.now(), by=by)


LETTERS = str.maketrans("0123456789", "ghijklmnop")


def canary(label: str) -> str:
    """A text that can be found back anywhere it should not be. Letters only: digits might look like a telephone."""
    return f"kanarie-{label}-{uuid4().hex[:12].translate(LETTERS)}"


def a_member(name: str, relation: Relation = Relation.PARENT, born: date | None = None) -> MemberInput:
    """Somebody of a household since a year."""
    return MemberInput(name, relation, date.today() - timedelta(days=365), born)


def assessed(
    household: Household, person: User, level: int, *, on: date | None = None, note: str = "", **other: int
) -> Assessment:
    """An assessment of a parent by this participant: one level wherever the covenant lets it, but for `other`.

    The levels of `other` are by domain; 0 is not scored.
    """
    now = timezone.now()
    with as_(person) as (by, _):
        unlock([household.dossier_id], by=by)
        member = Member.objects.filter(household=household).order_by("since", "relation").last()
        assert member is not None
        instrument = assessing.instrument_for(member, "zrm", by=by)
        scores = {domain.code: level for domain in assessing.may_score(instrument, household, now, by=by)} | other
        given = {code: score for code, score in scores.items() if score}
        sent = AssessmentInput(on or timezone.localdate(now), given, note)
        return assessing.assess(household, member, instrument, sent, now=now, by=by)


def a_household(
    case: Case, regisseur: User, casusregisseur: User, *members: MemberInput, days_ago: int = 0
) -> Household:
    """A household on this case, directed by a participant of it, since so many days."""
    given = HouseholdInput(
        name="Gezin Voorbeeld",
        regisseur=casusregisseur.pk,
        address="Lindelaan 14, 7899 AB Proefstad",
        members=members
        or (a_member("Piet Voorbeeld", born=date(1981, 3, 12)), a_member("Kim Voorbeeld", Relation.CHILD)),
        reason="Er wonen kinderen en er spelen twee dingen tegelijk.",
    )
    with as_(regisseur) as (by, _):
        unlock([case.dossier_id], by=by)
        return households.found(
            cases.lock_open(case, by=by), given, now=timezone.now() - timedelta(days=days_ago), by=by
        )
