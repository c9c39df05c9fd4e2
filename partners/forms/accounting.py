"""Forms of accountability: proofs of people, a DPIA with its advice, a pentest or audit."""

from __future__ import annotations

from typing import Any

from django import forms

from partners.forms.managing import date_field
from partners.models import Consultation, DpiaOutcome, ProofKind, RacAdvice, Risk
from privacy.forms import PlainForm

NO_PERSONS = "Schrijf over de verwerking, nooit over personen."


class ProofForm(PlainForm):
    """Which proof, and the day."""

    kind = forms.ChoiceField(
        label="Wat is gedaan?",
        choices=ProofKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat is gedaan."},
    )
    held_on = date_field(
        "Op welke dag?",
        "De datum op de VOG of het bewijs van deelname. Bewaar het bewijs zelf in het personeelsdossier, niet hier.",
        required="Vul de datum in, bijvoorbeeld 1-3-2026.",
    )


class AssessmentForm(PlainForm):
    """A DPIA on a version of a profile, and what the RAC said of it."""

    held_on = date_field("Datum van de DPIA", "Bijvoorbeeld 1-3-2026.", required="Vul de datum van de DPIA in.")
    outcome = forms.ChoiceField(
        label="Uitkomst",
        choices=DpiaOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies de uitkomst."},
    )
    risk = forms.ChoiceField(
        label="Risico dat overblijft",
        choices=Risk.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe hoog het risico is dat overblijft."},
    )
    consultation = forms.ChoiceField(
        label="Voorafgaande raadpleging van de AP",
        choices=Consultation.choices,
        widget=forms.RadioSelect,
        help_text="Verplicht als het risico hoog blijft (AVG 36).",
        error_messages={"required": "Kies of de AP is geraadpleegd."},
    )
    rac_on = date_field("Datum van het advies van de RAC", "Laat leeg als geen advies is gevraagd.")
    rac_advice = forms.ChoiceField(label="Advies van de RAC", choices=RacAdvice.choices, required=False)
    rac_summary = forms.CharField(
        label="Het advies in het kort",
        required=False,
        max_length=2000,
        help_text=NO_PERSONS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    deviation = forms.CharField(
        label="Wijkt u af van het advies? Waarom?",
        required=False,
        max_length=2000,
        help_text=f"Laat leeg als u het advies volgt (BGS 1.13(6)). {NO_PERSONS}",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    decided_by = forms.CharField(
        label="Wie besloot?",
        max_length=120,
        help_text="Een functie of orgaan, geen naam. Bijvoorbeeld: college van burgemeester en wethouders.",
        error_messages={"required": "Vul in welke functie of welk orgaan besloot."},
    )
    review_on = date_field(
        "Volgende beoordeling", "Uiterlijk op deze dag kijkt u opnieuw.", required="Vul in wanneer u opnieuw kijkt."
    )


def _count(label: str, help_text: str, required: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=999,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
        error_messages={
            "required": required,
            "invalid": "Vul een getal in, bijvoorbeeld 3.",
            "min_value": "Vul 0 of meer in.",
            "max_value": "Vul hoogstens 999 in.",
        },
    )


class PentestForm(PlainForm):
    """When, of what, and what is still open."""

    held_on = date_field("Datum", "Bijvoorbeeld 1-3-2026.", required="Vul de datum in.")
    scope = forms.CharField(
        label="Wat is onderzocht?",
        max_length=200,
        help_text="Bijvoorbeeld: webapplicatie en inloggen. Schrijf geen namen en geen bevindingen op.",
        error_messages={"required": "Vul in wat is onderzocht."},
    )
    found = _count("Aantal bevindingen", "Alle bevindingen samen.", "Vul in hoeveel bevindingen er waren.")
    unsolved = _count("Nog open", "Hoeveel daarvan zijn nog niet opgelost?", "Vul in hoeveel er nog open staan.")
    again_on = date_field("Hertoets", "Nodig als er nog iets open staat.")


class AuditForm(PentestForm):
    """The same, and when the authority got its copy."""

    sent_on = date_field("Afschrift naar de AP", "De dag waarop de AP een afschrift kreeg (WGS 1.10).")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again_on"].help_text = "Nodig als er nog iets open staat; binnen een jaar (BGS 1.18)."
