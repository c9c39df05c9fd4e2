"""Forms of asking for access and of answering."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from casework.forms.cases import end_of, ground_choices, ground_field, later_day
from partners.profile_files import Profile
from privacy.forms import PlainForm, set_choices

CASE_NUMBER = re.compile(r"\d{4}-[0-9A-Z]{5}")
LONGEST = timedelta(days=365)


def _day_field(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=30,
        help_text=hint,
        error_messages={"required": "Vul een datum in, bijvoorbeeld 1-3-2027."},
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )


def reason_field(label: str, hint: str = "") -> forms.CharField:
    """A reason of at least a real sentence."""
    return forms.CharField(
        label=label,
        max_length=2000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf op waarom."},
    )


def real_sentence(text: str) -> str:
    """The text, when it says something: four words at least; otherwise a form error."""
    if len(text) < 20 or len(text.split()) < 4:
        raise forms.ValidationError("Leg het uit in ten minste één hele zin.")
    return text


class _Until(PlainForm):
    """A form with a last day."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        day = later_day(self.cleaned_data["until"], self.today)
        if day is None or day > self.today + LONGEST:
            raise forms.ValidationError("Kies een datum binnen een jaar.")
        return day


class AskForm(_Until):
    """Which case, why, and until when."""

    number = forms.CharField(
        label="Nummer van de casus",
        max_length=30,
        help_text="Bijvoorbeeld 2026-7K3QF. U hoort het van de regisseur of van een deelnemer.",
        error_messages={"required": "Vul het nummer van de casus in, bijvoorbeeld 2026-7K3QF."},
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = reason_field(
        "Waarom hebt u toegang nodig?",
        "Schrijf op wat u in deze casus doet of gaat doen. Alleen de regisseur leest dit.",
    )
    until = _day_field("Tot wanneer hebt u toegang nodig?", "Bijvoorbeeld 1-3-2027. De regisseur kan korter kiezen.")

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip().upper()
        if not CASE_NUMBER.fullmatch(number):
            raise forms.ValidationError("Dit is geen nummer van een casus. Dat ziet eruit als 2026-7K3QF.")
        return number

    def clean_reason(self) -> str:
        return real_sentence(self.cleaned_data["reason"])


class GiveForm(_Until):
    """Yes: on a ground, until a day, openly or not."""

    ground = ground_field("Op welke grondslag doet deze persoon mee?")
    until = _day_field("Tot en met welke dag?", "Een einddatum is verplicht. U kunt later opnieuw uitnodigen.")
    hidden = forms.BooleanField(label="Andere partners mogen niet weten dat deze partner meedoet.", required=False)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "ground", ground_choices(profile), "Kies een grondslag")

    def until_moment(self) -> datetime:
        """The end of the last day."""
        return end_of(self.cleaned_data["until"])


class NoForm(PlainForm):
    """No, with a reason."""

    reason = forms.CharField(
        label="Waarom geeft u geen toegang?",
        max_length=2000,
        help_text="De aanvrager leest dit. Noem geen namen en niets uit de casus.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom niet. De aanvrager leest dit."},
    )
