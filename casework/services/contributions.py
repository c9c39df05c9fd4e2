"""What partners bring in: contributing, sharing further, correcting and withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from casework import states
from casework.circles import give_regie
from casework.models import Attachment, Audience, Case, Consent, Contribution, Disclosure
from casework.services import statements
from casework.services.attachments import attach, drop
from casework.services.disclosing import check_in_use, check_share, disclose, people_of, taking_part
from casework.services.locking import GONE
from casework.values import ContributionInput
from partners.models import Organisation
from partners.notices import tell
from partners.queries import bound_organisations, covered_categories, hold_seats, regisseur_seats
from privacy import dossiers, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.audit.readers import readers
from privacy.errors import Refused
from privacy.models import AuditEntry, Compartment, CompartmentKind

NOT_COVERED = "Het convenant van uw organisatie noemt deze soort gegevens niet. Kies een andere soort."


def _partners(case: Case, own: UUID) -> list[Organisation]:
    """The other organisations in the case, as far as the actor may know of them."""
    others = taking_part(case).exclude(organisation_id=own)
    return list(Organisation.objects.filter(pk__in=others.values("organisation_id")))


def _recipients(case: Case, given: ContributionInput, corrects: Contribution | None, by: Actor) -> list[Organisation]:
    if given.audience == Audience.TABLE:
        kept = given.terms.not_to | _not_agreed(corrects, given)
        return [partner for partner in _partners(case, by.home) if partner.pk not in kept]
    if given.audience != Audience.CHOSEN:
        return []
    require(
        not given.terms.not_to & set(given.recipients), "U koos een organisatie om mee te delen, en ook bij 'Niet aan'."
    )
    chosen = [partner for partner in _partners(case, by.home) if partner.pk in given.recipients]
    require(len(chosen) == len(set(given.recipients)), "Een gekozen organisatie doet niet (meer) mee aan deze casus.")
    require(bool(chosen), "Kies met welke organisaties u dit deelt.")
    return chosen


def _not_agreed(corrects: Contribution | None, given: ContributionInput) -> frozenset[UUID]:
    """Organisations for which the owner was asked about the version before, and did not say yes."""
    if corrects is None or not given.terms.ask_first:
        return frozenset()
    asked = Consent.objects.filter(contribution=corrects).exclude(agreed=True)
    return frozenset(asked.values_list("receiver", flat=True))


def _compartment(case: Case, audience: Audience, now: datetime, by: Actor) -> Compartment:
    if audience in (Audience.OWN, Audience.REGIE) and by.user_id not in people_of(case, by.home):
        return dossiers.part(case.dossier, CompartmentKind.REGIE)  # the regisseur's own notes
    if audience == Audience.OWN:
        return dossiers.part(case.dossier, CompartmentKind.OWN, by.home)
    if audience == Audience.REGIE:
        return dossiers.part(case.dossier, CompartmentKind.LIAISON, by.home)
    item = dossiers.add_compartment(case.dossier, CompartmentKind.ITEM, organisation_id=by.home, by=by)
    give_regie([item], case.table_id, now=now, by=by)
    return item


def _check_member(case: Case, by: Actor) -> None:
    why = states.why_not_work(case)
    require(not why, why)
    require(
        by.user_id in people_of(case, by.home) or grants.directs(case.dossier_id, by=by),
        "Alleen een deelnemer aan deze casus kan iets inbrengen.",
    )


def _check_covenant(case: Case, category: str, audience: str, now: datetime, by: Actor) -> None:
    if audience != Audience.OWN:
        covered = covered_categories(by.home, case.theme, timezone.localdate(now))
        require(category in covered, NOT_COVERED)


def _check_hidden(case: Case, audience: str, by: Actor) -> None:
    """Who takes part in the dark would step into the light by sharing."""
    mine = taking_part(case).filter(user_id=by.user_id).first()
    hidden = mine is not None and mine.compartment.kind == CompartmentKind.LIAISON
    require(
        not hidden or audience in (Audience.OWN, Audience.REGIE),
        "De andere deelnemers weten niet dat u meedoet. Kies 'Alleen de regisseur', of overleg met de regisseur.",
    )


def _regie(case: Case, given: ContributionInput, now: datetime, by: Actor) -> list[Organisation]:
    """The organisations of the regisseurs, who read all but what is kept inside one's own organisation."""
    if given.audience == Audience.OWN:
        return []
    people = [seat.user_id for seat in regisseur_seats(case.table_id, now)]
    return list(Organisation.objects.filter(people__in=people).exclude(pk=by.home).distinct())


def _check_terms(case: Case, given: ContributionInput, now: datetime, by: Actor) -> None:
    """'Not to X' is said of organisations of the covenant, never of the regie, which reads what is shared."""
    able = {organisation.pk for organisation in could_be_kept_from(case, now, by=by)}
    require(given.terms.not_to <= able, "Kies bij 'Niet aan' een organisatie uit de lijst.")


def could_be_kept_from(case: Case, now: datetime, *, by: Actor) -> list[Organisation]:
    """Organisations of the covenant for this theme, whether they take part or not: choosing tells nothing."""
    regie = [seat.user_id for seat in regisseur_seats(case.table_id, now)]
    bound = bound_organisations(case.theme, timezone.localdate(now))
    return list(bound.exclude(pk=by.home).exclude(people__in=regie).order_by("name"))


def hold(case: Case) -> Case:
    """The case as it is now that nobody else acts on it; raises Refused when it was closed a moment ago."""
    dossiers.one_at_a_time(case.dossier_id)
    hold_seats(case.table_id)
    fresh = Case.objects.select_related("dossier", "table").filter(pk=case.pk).first()
    if fresh is None:
        raise Refused(GONE)
    return fresh


def contribute(
    case: Case, given: ContributionInput, *, corrects: Contribution | None = None, now: datetime, by: Actor
) -> Contribution:
    """Adds a contribution for its circle; raises Refused with the article when the profile forbids a recipient."""
    case = hold(case)
    _check_member(case, by)
    if corrects is None:
        check_in_use(case.dossier_id)
    _check_covenant(case, given.category, given.audience, now, by)
    _check_hidden(case, given.audience, by)
    _check_terms(case, given, now, by)
    recipients = _recipients(case, given, corrects, by)
    for organisation in (*recipients, *_regie(case, given, now, by)):
        check_share(case, given.category, organisation, ground=given.ground, decision_ref=given.decision_ref)
    contribution = Contribution(
        dossier=case.dossier,
        compartment=_compartment(case, given.audience, now, by),
        case=case,
        organisation_id=by.home,
        author_id=by.user_id,
        audience=given.audience,
        category=given.category,
        kind=given.kind,
        ground=given.ground,
        decision_ref=given.decision_ref,
        occurred_on=given.occurred_on,
        text=given.text,
        origin=given.origin,
        conditions=given.conditions,
        terms=given.terms.as_dict(),
        at=now,
        corrects=corrects,
    )
    contribution.save(force_insert=True)
    attach(contribution, given.files, now=now, by=by)
    if contribution.compartment.kind == CompartmentKind.ITEM:
        own = Organisation.objects.get(pk=by.home)
        disclose(case, contribution, own, people_of(case, own.pk), now=now, by=by)
    for organisation in recipients:
        people = people_of(case, organisation.pk)
        disclose(case, contribution, organisation, people, now=now, by=by)
        tell(people, about=case.dossier_id)
    record.change(
        "case.contribution_corrected" if corrects else "case.contributed",
        dossier=case.dossier,
        obj=contribution,
        fields=["contributions"],
        ground=given.ground,
        action=AuditEntry.Action.CREATE,
        by=by,
    )
    return contribution


def _lock_own(contribution: Contribution, by: Actor) -> Contribution:
    hold(contribution.case)
    locked = (
        Contribution.objects.select_for_update(of=("self",))
        .select_related("case__dossier", "compartment", "dossier", "organisation")
        .get(pk=contribution.pk)
    )
    require(locked.organisation_id == by.home, "Alleen de eigenaar kan dit doen.")
    _check_member(locked.case, by)
    why = states.why_not_correct(locked)
    require(not why, why)
    return locked


def share_further(
    contribution: Contribution, to: Iterable[Organisation], *, now: datetime, by: Actor
) -> list[Disclosure]:
    """The owner gives a contribution to more organisations in the case, on its own ground."""
    contribution = _lock_own(contribution, by)
    check_in_use(contribution.dossier_id)
    require(
        contribution.compartment.kind == CompartmentKind.ITEM,
        "Deze inbreng is alleen voor uzelf of de regisseur. Maak een nieuwe inbreng om te delen.",
    )
    case = contribution.case
    _check_covenant(case, contribution.category, contribution.audience, now, by)
    _check_hidden(case, contribution.audience, by)
    given = []
    for organisation in to:
        people = people_of(case, organisation.pk)
        require(bool(people), f"{organisation.name} doet niet mee aan deze casus.")
        ground, reference = contribution.ground, contribution.decision_ref or ""
        check_share(case, contribution.category, organisation, ground=ground, decision_ref=reference)
        disclosure = disclose(case, contribution, organisation, people, now=now, by=by)
        _settle(contribution, True, now, by, receiver=organisation)
        if disclosure is not None:
            given.append(disclosure)
        tell(people, about=case.dossier_id)
    record.change("case.contribution_shared", dossier=case.dossier, obj=contribution, fields=["disclosures"], by=by)
    return given


def _end_disclosures(contribution: Contribution, now: datetime, by: Actor) -> None:
    for disclosure in Disclosure.objects.filter(contribution=contribution, ended_at__isnull=True):
        grants.end(disclosure.key, by=by)
        disclosure.ended_at = now
        disclosure.save(update_fields=["ended_at"])


def _settle(contribution: Contribution, agreed: bool, now: datetime, by: Actor, **which: Organisation) -> None:
    """What waits for the owner is answered by what the owner does."""
    waiting = Consent.objects.filter(contribution=contribution, agreed__isnull=True, **which)
    waiting.update(agreed=agreed, answered_at=now, answered_by=by.user_id)


def _wipe(contribution: Contribution, now: datetime, by: Actor) -> None:
    contribution.withdrawn_at = now
    contribution.text, contribution.origin, contribution.conditions = "", None, None
    contribution.decision_ref, contribution.terms = None, None
    contribution.save()
    drop(Attachment.objects.filter(contribution=contribution).select_related("dossier"), by=by)
    statements.empty(contribution)
    _settle(contribution, False, now, by)
    _end_disclosures(contribution, now, by)


def _tell_readers(contribution: Contribution) -> None:
    """Who read it hears that something changed (AVG 19). Who that are is shown to nobody."""
    tell(readers(contribution.compartment_id, contribution.at), about=contribution.dossier_id)


def withdraw(contribution: Contribution, *, now: datetime, by: Actor) -> None:
    """The owner takes a contribution back: its text and files are wiped and nobody else can open it any more.

    The versions that it replaced go with it: a correction must not keep alive what was taken back.
    """
    contribution = _lock_own(contribution, by)
    version: Contribution | None = contribution
    while version is not None:
        _tell_readers(version)
        _wipe(version, now, by)
        version = version.corrects
    record.change(
        "case.contribution_withdrawn",
        dossier=contribution.dossier,
        obj=contribution,
        fields=["text", "withdrawn_at"],
        by=by,
    )


def correct(contribution: Contribution, given: ContributionInput, *, now: datetime, by: Actor) -> Contribution:
    """The owner replaces a contribution by a better one for a circle of its choice; the old one is marked (BGS 1.7)."""
    old = _lock_own(contribution, by)
    old.corrected_at = now
    old.save(update_fields=["corrected_at"])
    new = contribute(old.case, given, corrects=old, now=now, by=by)
    statements.carry(old, new)
    # Questions go along to the new version; who has it now needs no answer any more.
    Consent.objects.filter(contribution=old).update(contribution=new)
    for disclosure in Disclosure.objects.filter(contribution=new).select_related("organisation"):
        _settle(new, True, now, by, receiver=disclosure.organisation)
    _tell_readers(old)
    return new


def answer(consent: Consent, agreed: bool, *, now: datetime, by: Actor) -> None:
    """The owner says whether one more organisation may get a contribution; with a yes it gets it at once."""
    require(consent.organisation_id == by.home, "Alleen de eigenaar kan dit doen.")
    case = hold(consent.case)
    consent = Consent.objects.select_for_update(of=("self",)).select_related("receiver").get(pk=consent.pk)
    require(consent.agreed is None, "Hierop is al geantwoord, misschien door een collega.")
    consent.agreed, consent.answered_at, consent.answered_by = agreed, now, by.user_id
    consent.save(update_fields=["agreed", "answered_at", "answered_by"])
    record.change("case.consent_answered", dossier=case.dossier, obj=consent, fields=["agreed"], by=by)
    people = people_of(case, consent.receiver_id)
    if agreed and people:
        share_further(consent.contribution, [consent.receiver], now=now, by=by)


def remove_file(contribution: Contribution, file_id: UUID, *, by: Actor) -> None:
    """The owner takes one file off a contribution; what was removed already is left at that."""
    contribution = _lock_own(contribution, by)
    drop(Attachment.objects.filter(contribution=contribution, pk=file_id).select_related("dossier"), by=by)
