"""Forms of terms and measures: when a term began, until when it is extended, why a measure ends, and what broke it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from casework.forms.cleaning import ClockField
from escalation.dutch import AMSTERDAM
from escalation.forms.fields import DatedForm, DayField, about_field, text_field
from escalation.rungs import RungTerm
from escalation.terms import Counts
from privacy.forms import PlainForm


def moment_of(day: date, clock: time) -> datetime:
    """This clock time on this day, in Dutch time."""
    return datetime.combine(day, clock, AMSTERDAM)


class BeginForm(DatedForm):
    """When something happened from which a term counts, and how long the term is where one may choose."""

    day = DayField(label="Op welke dag?", error_messages={"required": "Vul de dag in."})
    clock = ClockField(label="Hoe laat?", error_messages={"required": "Vul in hoe laat dit was."})
    number = forms.IntegerField(
        label="Hoe lang duurt de termijn?", widget=forms.TextInput(attrs={"class": "ct-w-10", "inputmode": "numeric"})
    )

    def __init__(self, *args: Any, term: RungTerm, decided: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decided is not None or term.least == term.most:
            del self.fields["number"]
            return
        number, unit = self.fields["number"], term.rule.length.unit
        number.initial = term.rule.length.number
        number.help_text = f"In {unit}, van {term.least} tot en met {term.most} ({term.rule.article})."
        wrong = f"Vul een getal in van {term.least} tot en met {term.most} {unit}."
        number.error_messages |= {"required": wrong, "invalid": wrong}
        number.validators += [MinValueValidator(term.least, wrong), MaxValueValidator(term.most, wrong)]

    def since(self) -> datetime:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["clock"])

    def number_given(self) -> int | None:
        return self.cleaned_data.get("number")


class ExtendForm(DatedForm):
    """Until when, about whom, and why. A term of whole days is asked for its last day, and needs no clock time."""

    day = DayField(label="Tot wanneer?", ahead=True, error_messages={"required": "Vul de dag in."})
    clock = ClockField(label="Tot hoe laat?", error_messages={"required": "Vul in tot hoe laat."})
    about = about_field()
    reason = text_field("Waarom is verlengen nodig?", "Schrijf op waarom verlengen nodig is.")

    def __init__(self, *args: Any, term: RungTerm, latest: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole_days = term.rule.counts is Counts.DAY
        limit = f"Het kan {latest}, niet langer." if latest else ""
        self.fields["day"].help_text = f"{limit} Bijvoorbeeld 3-9-2026.".strip()
        if self.whole_days:
            self.fields["day"].label = "Tot en met welke dag?"
            del self.fields["clock"]

    def until(self) -> datetime:
        """The first moment at which it is over."""
        day: date = self.cleaned_data["day"]
        if self.whole_days:
            from_next = date.fromordinal(day.toordinal() + 1)
            return moment_of(from_next, time())
        return moment_of(day, self.cleaned_data["clock"])


class WithdrawForm(PlainForm):
    """About whom, and why the measure ends before its time."""

    about = about_field()
    reason = text_field("Waarom eindigt de maatregel?", "Schrijf op waarom de maatregel eindigt.")


class BreachForm(DatedForm):
    """When a measure was broken, and what happened."""

    day = DayField(label="Op welke dag?", error_messages={"required": "Vul de dag in."})
    clock = ClockField(label="Hoe laat?", error_messages={"required": "Vul in hoe laat dit was."})
    note = text_field(
        "Wat gebeurde er?",
        "Schrijf op wat er gebeurde.",
        help_text="Schrijf alleen op wat u weet en van wie. Alleen wie de regie heeft, leest dit.",
    )

    def at(self) -> datetime:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["clock"])
