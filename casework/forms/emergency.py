"""Forms of emergency access."""

from __future__ import annotations

import re

from django import forms

from casework.forms.asking import real_sentence, reason_field
from privacy.forms import PlainForm

NUMBER = re.compile(r"(\d{4}|S\d{2})-[0-9A-Z]{5}")


class EmergencyForm(PlainForm):
    """Which dossier, why, and that one knows what follows."""

    number = forms.CharField(
        label="Nummer van de casus of het signaal",
        max_length=30,
        help_text="Bijvoorbeeld 2026-7K3QF voor een casus of S26-7K3QF voor een signaal.",
        error_messages={"required": "Vul het nummer in, bijvoorbeeld 2026-7K3QF."},
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = reason_field(
        "Wat is er aan de hand, en waarom kunt u niet wachten?",
        "De regisseur en de privacy officer lezen dit.",
    )
    sure = forms.BooleanField(
        label="Ik heb geprobeerd een regisseur te bereiken, en kan niet wachten.",
        error_messages={"required": "Probeer eerst een regisseur te bereiken. Zet dan een vinkje."},
    )

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip().upper()
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError("Dit is geen nummer van een casus of signaal.")
        return number

    def clean_reason(self) -> str:
        return real_sentence(self.cleaned_data["reason"])


class EmergencyAnswerForm(PlainForm):
    """The person's answer to the privacy officer."""

    text = forms.CharField(
        label="Uw antwoord",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf uw antwoord op."},
    )
