"""Forms of the work lists: what to show, how an action stands, contact with the family, and waiting with an alarm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from casework.models import ActionStatus, ContactKind
from casework.worklists import LABELS, SHAPES, UNFILTERED, Choices, Listing, Wish
from partners.forms.managing import DATE_FORMATS, WRONG_DATE
from privacy.forms import PlainForm

EVERYTHING = {"thema": "Alle thema's", "tafel": "Alle tafels", "wijk": "Alle wijken", "soort": "Gezinnen en casussen"}


def _date(label: str, help_text: str, wrong: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "ct-w-10", "autocomplete": "off"}),
        error_messages={"required": wrong, "invalid": WRONG_DATE},
    )


class WishForm(PlainForm):
    """The filters of one list. What was not offered to this reader is no wish."""

    hide_optional = True

    def __init__(self, *args: Any, listing: Listing, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.listing, shape = listing, SHAPES[listing]
        self.offered = {name: dict(choices.get(name, ())) for name in shape.filters} | {"volgorde": dict(shape.orders)}
        for name in shape.filters:
            empty = UNFILTERED.get((listing, name)) or EVERYTHING.get(name, "Alles")
            offered = [("", empty), *self.offered[name].items()]
            self.fields[name] = forms.ChoiceField(label=LABELS[name], choices=offered, required=False)
        orders = forms.ChoiceField(choices=shape.orders, required=False, widget=forms.HiddenInput)
        self.fields["volgorde"] = orders

    @property
    def refused(self) -> bool:
        """Whether something was sent that was not offered, or that is no filter at all."""
        known = {*self.fields, "lijst", "csrfmiddlewaretoken"}
        return not self.is_valid() or bool(set(self.data) - known)

    def wish(self) -> Wish:
        """What the reader wants, as far as it was offered."""
        self.is_valid()
        return Wish(self.listing, {name: code for name, code in self.cleaned_data.items() if code})

    def words(self, codes: Mapping[str, str]) -> str:
        """What a kept filter does, in words; a code that is not offered any more is left out."""
        offered = [self.offered.get(name, {}).get(code, "") for name, code in codes.items()]
        return ", ".join(label for label in offered if label)


class ReportForm(PlainForm):
    """How an action stands."""

    status = forms.ChoiceField(
        label="Hoe staat het ermee?",
        choices=[(ActionStatus.DOING.value, "Ik ben bezig"), (ActionStatus.DONE.value, "Het is gedaan")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of u bezig bent of klaar.", "invalid_choice": "Kies bezig of klaar."},
    )
    result = forms.CharField(
        label="Wat is het resultaat?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kort en feitelijk: wat is er nu anders?",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("status") == ActionStatus.DONE and not data.get("result"):
            self.add_error("result", "Schrijf kort op wat het resultaat is.")
        return data


class ContactForm(PlainForm):
    """Contact with the family: a day and how; the rest is for who wants to write more."""

    held_on = _date("Wanneer", "Vandaag staat er al.", "Vul in wanneer er contact was.")
    kind = forms.ChoiceField(
        label="Hoe",
        choices=ContactKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het contact was.", "invalid_choice": "Kies hoe het contact was."},
    )
    whom = forms.CharField(label="Met wie", max_length=120, required=False)
    note = forms.CharField(
        label="Korte notitie", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"held_on": today, "kind": ContactKind.CALL}, **kwargs)


class PauseForm(PlainForm):
    """Waiting with an alarm until a day, with why."""

    until = _date("Wacht tot", "Op deze dag staat het alarm er weer. Hoogstens drie maanden.", "Kies een dag.")
    reason = forms.CharField(
        label="Omdat",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alleen wie de regie heeft, leest dit.",
        error_messages={"required": "Schrijf kort op waarom u wacht."},
    )
