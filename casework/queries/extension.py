"""What the pages of keeping longer show: to who directs all answers, to who is asked the own one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, F, Func

from casework.models import Case
from casework.queries.urgent import MOST, Urgent
from casework.services.extending import rule_of
from partners.models import Organisation, User
from partners.profile_files import ExtensionGround
from partners.profiling import profiles
from privacy.access import visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import value_of
from privacy.errors import NotKnown
from privacy.models import Extension, ExtensionConsent, ExtensionText
from privacy.retention import extension

MINE = Func(F("dossier_id"), function="privacy_regisseur_of", output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Said:
    """What one organisation says, and who said it for it."""

    organisation: str
    consent: ExtensionConsent
    person: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as who directs the case sees it."""

    extension: Extension
    text: ExtensionText | None
    said: tuple[Said, ...]
    waits: bool
    own: bool

    @property
    def complete(self) -> bool:
        """Whether everybody consented, so that the term can be extended."""
        return self.waits and all(one.consent.agreed for one in self.said)


@dataclass(frozen=True, slots=True)
class Line:
    """A request that waits for the answer of the reader's organisation."""

    pk: UUID
    reference: str
    last_day: date


def directed_case(dossier_id: UUID, *, by: Actor) -> Case:
    """A case that the reader directs, also a closed one; raises NotKnown. Seen by its number alone."""
    rows = visible(Case, by=by).filter(dossier_id=dossier_id).select_related("dossier", "table")
    found = rows.alias(mine=MINE).filter(mine=True).first()
    if found is None:
        raise NotKnown
    record.look("list", seen=record.Seen((found.dossier_id,), (found.dossier.reference,)), by=by)
    return found


def may_ask(case: Case) -> bool:
    """Whether the reader directs it, running or closed."""
    return bool(value_of("privacy_regisseur_of", case.dossier_id))


def requests_about(case: Case, today: date, *, by: Actor) -> list[Asked]:
    """Every request about this case, the newest first, with all answers."""
    rows = list(Extension.objects.filter(dossier_id=case.dossier_id).prefetch_related("consents"))
    homes = dict(Organisation.objects.values_list("pk", "name")) if rows else {}
    people = {k.answered_by for row in rows for k in row.consents.all() if k.answered_by}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    return [_asked(row, homes, names, today, by) for row in rows]


def _asked(row: Extension, homes: dict[UUID, str], names: dict[UUID, str], today: date, by: Actor) -> Asked:
    said = [Said(homes[k.organisation_id], k, names.get(k.answered_by, "") if k.answered_by else "") for k in
            row.consents.all()]  # fmt: skip
    own = any(k.organisation_id == by.own_organisation and k.agreed is None for k in row.consents.all())
    text = extension.text_of(row, by=by)
    return Asked(row, text, tuple(sorted(said, key=lambda one: one.organisation)), row.waits(today), own)


def sources_of(case: Case) -> list[tuple[str, bool]]:
    """The organisations whose data are in it, and whether there is somebody of each who can answer."""
    found = extension.whom(case.dossier_id)
    homes = Organisation.objects.filter(pk__in=found).order_by("name").values_list("pk", "name")
    return [(name, bool(found[pk])) for pk, name in homes]


def ground_said(row: Extension) -> str:
    """The words of a ground, from whichever profile has it; its letter when none has."""
    rules = (profile.extension for profile in profiles().active())
    grounds: list[ExtensionGround] = [one for rule in rules if rule for one in rule.grounds]
    return next((one.label for one in grounds if one.code == row.ground), f"grond {row.ground}")


def years_of(case: Case) -> int:
    """By how many years the profile extends."""
    rule = rule_of(case.table)
    return rule.years if rule else 0


def _mine(today: date, by: Actor) -> list[Extension]:
    own = ExtensionConsent.objects.filter(organisation_id=by.own_organisation or by.home, agreed__isnull=True)
    running = Extension.objects.waiting(today).filter(consents__in=own)
    return list(running.order_by("last_day")[:MOST])


def waiting(today: date, *, by: Actor) -> list[Line]:
    """What waits for an answer of the reader's organisation, the first to be over on top."""
    rows = _mine(today, by)
    names = dict(visible(ExtensionText, by=by).filter(dossier__in=[row.file_id for row in rows]).values_list(
        "dossier_id", "reference"))  # fmt: skip
    lines = [(row, names[row.file_id]) for row in rows if row.file_id in names]
    seen = record.Seen(tuple(row.dossier_id for row, _ in lines), tuple(name for _, name in lines))
    record.look("list", seen=seen, by=by)
    return [Line(row.pk, name, row.last_day) for row, name in lines]


def to_consent(today: date, *, by: Actor) -> list[Urgent]:
    """The same as one line of the work list. The page that shows it is in the log."""
    rows = _mine(today, by)
    return [Urgent("Mag een casus langer bewaard blijven?", "", "extension-asked", None, "Antwoord")] if rows else []


def to_answer(pk: UUID, *, by: Actor) -> tuple[Extension, ExtensionText, ExtensionConsent]:
    """One request with its reason and the answer of the reader's own organisation; raises NotKnown."""
    row = extension.one(pk)
    text = extension.text_of(row, by=by)
    own = ExtensionConsent.objects.filter(extension=row, organisation_id=by.own_organisation or by.home).first()
    if text is None or own is None:
        raise NotKnown
    return row, text, own
