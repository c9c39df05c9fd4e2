"""Assessing how somebody in a household fares, and correcting that. It measures; it decides nothing (AVG 22)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from casework.circles import household_line
from casework.instrument_files import Instrument, ScoredDomain, instrument_of, newest_instruments
from casework.models import Assessment, Household, HouseholdCase, HouseholdStatus, Member, Participation
from casework.services.locking import GONE, lock
from casework.states import why_not_replace
from casework.values import AssessmentInput
from partners.queries import covered_categories
from privacy import dossiers, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.models import AuditEntry, CompartmentKind

CLOSED = "Dit plan is afgesloten en afgeschermd."
READS_ALONG = "De procesregisseur leest mee en vult zelf geen meting in."
NOT_THERE = "Alleen wie meedoet aan een casus over dit gezin kan een meting invullen."
HIDDEN = (
    "De andere deelnemers weten niet dat u meedoet. De casusregisseur zou uw meting lezen. "
    "Overleg met de procesregisseur."
)
NOT_YOURS = "Alleen de organisatie die de meting deed, kan die meting verbeteren."
NOT_COVERED = "Het convenant van uw organisatie noemt geen gegevens waarover u hier iets mag invullen."


def why_not_assess(household: Household, *, by: Actor) -> str:
    """Why this actor can't assess anybody in this household now; empty when the actor can."""
    if household.status != HouseholdStatus.ACTIVE:
        return CLOSED
    if grants.directs(household.dossier_id, by=by):
        return READS_ALONG
    links = HouseholdCase.objects.filter(household=household, until__isnull=True)
    there = Participation.objects.filter(
        dossier__in=links.values("case_dossier"), user=by.user_id, ended_at__isnull=True
    ).values_list("compartment__kind", flat=True)
    places = set(there)
    if not places:
        return NOT_THERE
    return "" if CompartmentKind.TABLE in places else HIDDEN


def may_score(instrument: Instrument, household: Household, now: datetime, *, by: Actor) -> tuple[ScoredDomain, ...]:
    """The domains that the covenant of this actor's organisation lets it say something about."""
    held = grants.valid(by).filter(content_object=household.dossier_id)
    themes, today = set(held.values_list("theme", flat=True)), timezone.localdate(now)
    covered = {category for theme in themes for category in covered_categories(by.home, theme, today)}
    return tuple(domain for domain in instrument.domains if domain.category in covered)


def instrument_for(member: Member, code: str, *, by: Actor) -> Instrument:
    """The version with which this organisation began to assess this member, or the newest; raises KeyError."""
    begun = Assessment.objects.filter(member=member, organisation=by.home, instrument=code).first()
    if begun is not None:
        return instrument_of(code, begun.instrument_version)
    return {one.code: one for one in newest_instruments()}[code]


def _check(
    household: Household, member: Member, instrument: Instrument, given: AssessmentInput, now: datetime, by: Actor
) -> None:
    why = why_not_assess(household, by=by)
    require(not why, why)
    today = timezone.localdate(now)
    require(given.assessed_on <= today, "Deze datum is nog niet geweest.")
    require(
        member.until is None or given.assessed_on <= member.until,
        "Op deze datum hoorde deze persoon niet meer bij het gezin.",
    )
    allowed = {domain.code for domain in may_score(instrument, household, now, by=by)}
    require(bool(allowed), NOT_COVERED)
    require(set(given.scores) <= allowed, "Een van de domeinen mag uw organisatie niet invullen.")
    require(all(instrument.level(score) for score in given.scores.values()), "Kies per domein een niveau uit de lijst.")
    require(bool(given.scores), "Vul ten minste één domein in.")


def _hold(household: Household) -> Household:
    dossiers.one_at_a_time(household.dossier_id)
    fresh = Household.objects.select_related("dossier").filter(pk=household.pk).first()
    if fresh is None:
        raise Refused(GONE)
    return fresh


def assess(
    household: Household, member: Member, instrument: Instrument, given: AssessmentInput, *, now: datetime, by: Actor
) -> Assessment:
    """Keeps an assessment in the line of the actor's organisation with the regie; one a day of the same person."""
    household = _hold(household)
    _check(household, member, instrument, given, now, by)
    return _keep(household, member, instrument, given, None, "", now, by)


def _keep(
    household: Household,
    member: Member,
    instrument: Instrument,
    given: AssessmentInput,
    corrects: Assessment | None,
    reason: str,
    now: datetime,
    by: Actor,
) -> Assessment:
    same_day = Assessment.objects.filter(
        member=member,
        organisation=by.home,
        instrument=instrument.code,
        assessed_on=given.assessed_on,
        corrected_at__isnull=True,
    )
    require(not same_day.exists(), "Van deze dag is er al een meting van uw organisatie. Verbeter die meting.")
    made = Assessment(
        dossier=household.dossier,
        compartment=household_line(household, by.home, now=now, by=by),
        household=household,
        member=member,
        organisation_id=by.home,
        made_by_id=by.user_id,
        instrument=instrument.code,
        instrument_version=instrument.version,
        assessed_on=given.assessed_on,
        scores=dict(given.scores),
        note=given.note or None,
        at=now,
        corrects=corrects,
        reason=reason or None,
    )
    made.save(force_insert=True)
    event = "household.assessment_corrected" if corrects else "household.assessed"
    record.change(event, dossier=household.dossier, obj=made, action=AuditEntry.Action.CREATE, by=by)
    return made


def correct(assessment: Assessment, given: AssessmentInput, reason: str, *, now: datetime, by: Actor) -> Assessment:
    """Replaces an assessment of the own organisation; the old one stays readable as replaced, with the reason."""
    require(assessment.organisation_id == by.home, NOT_YOURS)
    require(bool(reason.strip()), "Schrijf op waarom u de meting verbetert.")
    rows = Assessment.objects.select_related("dossier", "household__dossier", "member")
    old = lock(rows, assessment.pk, why_not_replace)
    why = why_not_replace(old)
    require(not why, why)
    instrument = instrument_of(old.instrument, old.instrument_version)
    _check(old.household, old.member, instrument, given, now, by)
    old.corrected_at = now
    old.save(update_fields=["corrected_at"])
    return _keep(old.household, old.member, instrument, given, old, reason, now, by)
