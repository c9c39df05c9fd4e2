"""Noting that somebody was told, or why that waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from casework.informing_terms import MOST_MONTHS, months_later
from casework.models import PostponeReason, ToldHow
from casework.services.informing import PAST, TOO_LATE, Telling, Waiting
from partners.models import Organisation
from privacy.forms import PlainForm, set_choices

DAYS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]


def _day(label: str, help_text: str, required: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=DAYS,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "ct-w-10", "autocomplete": "off"}),
        error_messages={"required": required, "invalid": "Vul een bestaande datum in, bijvoorbeeld 24-11-2026."},
    )


class TellForm(PlainForm):
    """When, how, by whom, in which words."""

    told_on = _day("Wanneer verteld?", "Bijvoorbeeld 24-11-2026.", "Vul in op welke dag het is verteld.")
    how = forms.ChoiceField(
        label="Hoe?",
        choices=ToldHow.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het is verteld."},
    )
    told_by = forms.CharField(
        label="Door wie?", max_length=120, error_messages={"required": "Vul in wie het vertelde."}
    )
    text = forms.CharField(
        label="Wat is er verteld?",
        max_length=4000,
        help_text="De tekst van de brief, of waar het gesprek over ging.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Schrijf op wat er is verteld."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_told_on(self) -> date:
        day: date = self.cleaned_data["told_on"]
        if day > self.today:
            raise forms.ValidationError("Dit is nog niet gebeurd. Vul in wanneer het was.")
        return day

    def as_telling(self) -> Telling:
        """What was told, as a value."""
        data = self.cleaned_data
        return Telling(data["told_on"], data["how"], data["told_by"], data["text"])


class PostponeForm(PlainForm):
    """Whose reason, which one, why, and when it is looked at again."""

    organisation = forms.ChoiceField(
        label="Voor welke deelnemer geldt de reden?",
        help_text="Elke deelnemer kan een eigen reden hebben.",
        error_messages={"required": "Kies een deelnemer.", "invalid_choice": "Kies een deelnemer uit de lijst."},
    )
    reason = forms.ChoiceField(
        label="Waarom wachten?",
        choices=PostponeReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden."},
    )
    explanation = forms.CharField(
        label="Toelichting",
        max_length=2000,
        help_text="Alleen de regie leest dit.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf op waarom deze reden hier geldt."},
    )
    recheck_on = _day(
        "Wanneer kijkt u opnieuw?",
        "Uiterlijk over drie maanden. U krijgt dan een herinnering.",
        "Vul in wanneer u opnieuw kijkt of de reden nog geldt.",
    )

    def __init__(self, *args: Any, today: date, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "organisation", [(str(one.pk), one.name) for one in organisations], "Kies een deelnemer")

    def clean_recheck_on(self) -> date:
        day: date = self.cleaned_data["recheck_on"]
        if day <= self.today:
            raise forms.ValidationError(PAST)
        if day > months_later(self.today, MOST_MONTHS):
            raise forms.ValidationError(TOO_LATE)
        return day

    def as_waiting(self) -> Waiting:
        """The reason as a value."""
        data = self.cleaned_data
        return Waiting(UUID(data["organisation"]), data["reason"], data["explanation"], data["recheck_on"])
