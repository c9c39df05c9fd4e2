"""How Voorbeeldstad accounts for itself: most people in order, one late, a DPIA with advice, a pentest half solved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from config.demo_town import Town
from partners.models import ExaminationKind, ProofKind
from partners.profiling import profiles
from partners.services.accounting import note_assessment, note_examination, note_proof

BEHEERDER, OFFICER = "beheerder", "privacy_officer"
WITHOUT = 5  # every fifth person lacks the training in ethics
AGES = {ProofKind.SCREENING: 400, ProofKind.PRIVACY: 120, ProofKind.ETHICS: 200, ProofKind.WORK: 320}


def load_accounting(town: Town) -> None:
    """Dates of everybody, one DPIA per profile, one pentest."""
    _proofs(town)
    _assessments(town)
    given: dict[str, Any] = {
        "held_on": town.today - timedelta(days=150), "scope": "Webapplicatie, inloggen en bijlagen", "found": 6,
        "unsolved": 2, "again_on": town.today + timedelta(days=30), "sent_on": None,
    }  # fmt: skip
    with town.doing(BEHEERDER) as by:
        note_examination(ExaminationKind.PENTEST, given, today=town.today, now=timezone.now(), by=by)


def _proofs(town: Town) -> None:
    people = [user for key, user in town.people.items() if key != BEHEERDER]
    with town.doing(BEHEERDER) as by:
        for number, user in enumerate(people):
            for kind, age in AGES.items():
                if kind == ProofKind.ETHICS and number % WITHOUT == 0:
                    continue
                held_on = town.today - timedelta(days=age - number)
                note_proof(user, kind, held_on, today=town.today, now=timezone.now(), by=by)


def _assessments(town: Town) -> None:
    for profile in profiles().active():
        given: dict[str, Any] = {
            "held_on": town.today - timedelta(days=200),
            "outcome": "measures",
            "risk": "middle",
            "consultation": "none",
            "rac_on": town.today - timedelta(days=180),
            "rac_advice": "conditions",
            "rac_summary": "De verwerking kan, als ook een tafel zonder nieuwe signalen elk jaar wordt beoordeeld.",
            "deviation": "Wij beoordelen elke twee jaar: het aantal casussen per tafel is klein.",
            "decided_by": "college van burgemeester en wethouders",
            "review_on": town.today + timedelta(days=165),
        }
        with town.doing(OFFICER) as by:
            note_assessment(profile.code, profile.version, given, today=town.today, now=timezone.now(), by=by)
