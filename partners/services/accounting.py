"""What accountability is shown with is noted: proofs of people, DPIAs, pentests and audits. Nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from partners.accounting.people import years_later
from partners.accounting.records import current_examinations, newest_assessment
from partners.models import Examination, ExaminationKind, ImpactAssessment, PersonProof, ProofKind, User
from partners.profiling import profiles
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import AuditEntry

AGAIN = "Dit staat er al zo. Er is niets veranderd."
FIRST = "Een collega werkte dit intussen bij. Open de pagina opnieuw."


def note_proof(user: User, kind: ProofKind, held_on: date, *, today: date, now: datetime, by: Actor) -> PersonProof:
    """Notes when somebody was screened or trained; a correction is noted the same way."""
    require(user.pk != by.user_id, "Uw eigen datums noteert een andere beheerder.")
    require(held_on <= today, "Deze dag moet nog komen. Noteer de datum als het is gebeurd.")
    newest = PersonProof.objects.filter(user=user, kind=kind).order_by("-noted_at").first()
    require(newest is None or newest.held_on != held_on, AGAIN)
    proof = PersonProof(user=user, kind=kind, held_on=held_on, noted_by=by.user_id, noted_at=now)
    proof.save(force_insert=True)
    record.change("person.proof_noted", obj=proof, fields=[kind], action=AuditEntry.Action.CREATE, by=by)
    return proof


def note_assessment(
    profile: str, version: str, given: Mapping[str, Any], *, today: date, now: datetime, by: Actor
) -> ImpactAssessment:
    """Notes a DPIA with its advice on one version of a profile; raises NotKnown for a version that is not there."""
    try:
        profiles().get(profile, version)
    except KeyError as absent:
        raise NotKnown from absent
    row = ImpactAssessment(profile=profile, version=version, noted_by=by.user_id, noted_at=now, **given)
    _check_assessment(row, today)
    newest = newest_assessment(profile, version)
    require(newest is None or _differs(row, newest), AGAIN)
    row.save(force_insert=True)
    record.change("dpia.noted", obj=row, fields=row.GIVEN, action=AuditEntry.Action.CREATE, by=by)
    return row


def _check_assessment(row: ImpactAssessment, today: date) -> None:
    require(row.held_on <= today, "De DPIA moet al gedaan zijn. Vul een dag in die voorbij is.")
    require(row.review_on > row.held_on, "De volgende beoordeling moet na de DPIA liggen.")
    require(
        row.risk != "high" or row.consultation != "none",
        "Blijft het risico hoog, dan is voorafgaande raadpleging van de AP verplicht (AVG 36).",
    )
    advised = row.rac_on is not None
    require(advised == bool(row.rac_advice), "Vul bij het advies van de RAC zowel de datum als het advies in.")
    require(
        advised or not (row.deviation or row.rac_summary), "Zonder advies van de RAC is er niets om van af te wijken."
    )
    require(
        row.rac_advice != "negative" or row.outcome == "stop" or bool(row.deviation),
        "Het advies is negatief en de verwerking gaat door. Schrijf op waarom u afwijkt (BGS 1.13(6)).",
    )


def note_examination(
    kind: ExaminationKind,
    given: Mapping[str, Any],
    *,
    replaces: Examination | None = None,
    today: date,
    now: datetime,
    by: Actor,
) -> Examination:
    """Notes a pentest or audit, or how an earlier one stands now; of two who do so at once the second is refused."""
    row = Examination(kind=kind, replaces=replaces, noted_by=by.user_id, noted_at=now, **given)
    _check_examination(row, today)
    same = replaces or current_examinations(kind).filter(held_on=row.held_on, scope=row.scope).first()
    require(same is None or _differs(row, same), AGAIN)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        require(False, FIRST)
    record.change(f"{kind.value}.noted", obj=row, fields=row.GIVEN, action=AuditEntry.Action.CREATE, by=by)
    return row


def _check_examination(row: Examination, today: date) -> None:
    require(row.held_on <= today, "Deze dag moet nog komen. Noteer het als het is gedaan.")
    require(row.unsolved <= row.found, "Er kunnen niet meer bevindingen open staan dan er zijn.")
    require(not row.unsolved or row.again_on is not None, "Vul in wanneer u opnieuw toetst wat nog open staat.")
    require(row.again_on is None or row.again_on > row.held_on, "De hertoets moet na deze dag liggen.")
    late = row.again_on is not None and row.again_on > years_later(row.held_on, 1)
    require(
        not (late and row.kind == ExaminationKind.AUDIT),
        "Wat bij een audit niet in orde is, wordt binnen een jaar opnieuw getoetst (BGS 1.18).",
    )
    require(row.sent_on is None or row.sent_on >= row.held_on, "Het afschrift kan niet voor de audit zijn verstuurd.")


def _differs(row: ImpactAssessment | Examination, other: ImpactAssessment | Examination) -> bool:
    return any(getattr(row, name) != getattr(other, name) for name in row.GIVEN)
