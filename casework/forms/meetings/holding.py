"""What is typed at the table: a line each, or the same in fields where a line was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from casework.forms.plans import day_field, typed_day
from casework.models import ItemOutcome, Stance
from casework.services.meetings.lines import ActionInput, DecisionInput
from casework.spoken import Said, Sitting, understand
from casework.spoken_days import a_day
from partners.profile_files import ConsentRule
from privacy.forms import PlainForm, set_choices

ONE_LINE = 500


def _line(label: str, error: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=ONE_LINE,
        error_messages={"required": error},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class _KeyedForm(PlainForm):
    """A line with the key that it got where it was typed; `seen` when it changes what stands there."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    weg = forms.BooleanField(widget=forms.HiddenInput, required=False)


class DecisionForm(_KeyedForm):
    """A decision in one line."""

    text = _line("Besluit", "Schrijf op wat er is besloten.")
    asks = forms.ChoiceField(label="Instemming nodig?", required=False)

    def __init__(self, *args: Any, rules: Sequence[ConsentRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rules:
            set_choices(self, "asks", [("", "Nee"), *((rule.code, rule.label) for rule in rules)])
        else:
            del self.fields["asks"]

    def as_decision(self) -> DecisionInput:
        return DecisionInput(self.cleaned_data["text"], self.cleaned_data.get("asks", ""))


class ActionLineForm(_KeyedForm):
    """An action in one line of natural Dutch. `said` is what was understood of it."""

    text = _line("Actie", "Schrijf op wie wat doet, en voor wanneer.")

    def __init__(
        self, *args: Any, people: Sequence[Sitting], on: date, next_meeting: date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.on, self.next_meeting = people, on, next_meeting
        self.said: Said | None = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("text"):
            self.said = understand(data["text"], self.people, on=self.on, otherwise=self.next_meeting)
            for question in self.said.asks:
                self.add_error(None, question)
        return data

    def as_action(self) -> ActionInput:
        assert self.said is not None
        assert self.said.owner is not None
        assert self.said.due_on is not None
        return ActionInput(self.said.task, self.said.owner, self.said.due_on)

    def as_fields(self, version: int | None) -> ActionForm:
        """The same line in fields, with whatever was understood filled in and the question above it."""
        said = self.said
        initial = {
            "id": self.data.get("id"),
            "seen": version,
            "text": said.task if said and said.owner and said.task else self.data.get("text", ""),
            "owner": str(said.owner) if said and said.owner else "",
            "due_on": _as_typed(said.due_on) if said and said.due_on else "",
        }
        there = [one for one in self.people if said and one.key in said.candidates] or self.people
        form = ActionForm(people=there, on=self.on, next_meeting=self.next_meeting, initial=initial)
        form.asked = list(said.asks) if said else []
        return form


class ActionForm(_KeyedForm):
    """An action in fields: without JavaScript, when a line was not understood, and to change one."""

    text = _line("Wat gaat er gebeuren?", "Schrijf op wat er moet gebeuren.")
    owner = forms.ChoiceField(
        label="Wie doet dit?", error_messages={"required": "Kies wie dit doet.", "invalid_choice": "Kies wie dit doet."}
    )
    due_on = day_field("Voor wanneer?", error="Vul een dag in, bijvoorbeeld 3-12 of eind volgende week.")

    asked: Sequence[str] = ()

    def __init__(
        self, *args: Any, people: Sequence[Sitting], on: date, next_meeting: date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.next_meeting = on, next_meeting
        choices = [(str(one.key), f"{one.name}, {one.organisation}") for one in people]
        set_choices(self, "owner", [("", "Kies een naam"), *choices])
        self.fields["due_on"].required = next_meeting is None

    def clean_due_on(self) -> date | None:
        typed: str = self.cleaned_data["due_on"].strip()
        if not typed:
            return self.next_meeting
        return a_day(typed, on=self.on, next_meeting=self.next_meeting) or typed_day(typed, self.on)

    def as_action(self) -> ActionInput:
        data = self.cleaned_data
        return ActionInput(data["text"], UUID(data["owner"]), data["due_on"])


class PresenceForm(PlainForm):
    """Whether somebody is there; or that a guest signed."""

    who = forms.UUIDField(widget=forms.HiddenInput)
    present = forms.TypedChoiceField(
        choices=[("1", "Ja"), ("0", "Nee")], coerce=lambda said: said == "1", required=False
    )
    signed = forms.BooleanField(required=False)


class StanceForm(PlainForm):
    """What an organisation finds of a decision."""

    decision = forms.UUIDField(widget=forms.HiddenInput)
    organisation = forms.UUIDField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(choices=Stance.choices)


class ReviewForm(PlainForm):
    """When the table comes back to a case, in natural Dutch."""

    day = day_field("Terug op tafel")

    def __init__(self, *args: Any, on: date, next_meeting: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.next_meeting = on, next_meeting

    def clean_day(self) -> date | None:
        typed: str = self.cleaned_data["day"].strip()
        return a_day(typed, on=self.on, next_meeting=self.next_meeting) or typed_day(typed, self.on)


class CloseForm(PlainForm):
    """How an item ends."""

    outcome = forms.ChoiceField(
        choices=[(ItemOutcome.DISCUSSED.value, "Besproken"), (ItemOutcome.CARRIED.value, "Volgende keer")],
        error_messages={"required": "Kies hoe dit punt eindigt."},
    )


def _as_typed(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
