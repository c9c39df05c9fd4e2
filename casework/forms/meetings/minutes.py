"""Forms of closing a meeting and of its minutes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from casework.services.meetings.minutes import Correction
from partners.forms.managing import DATE_FORMATS, WRONG_DATE
from privacy.forms import PlainForm, set_choices


def _date(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "ct-w-10", "autocomplete": "off"}),
        error_messages={"required": "Vul een datum in, bijvoorbeeld 1-3-2027.", "invalid": WRONG_DATE},
    )


class ClosingForm(PlainForm):
    """Which open items are finished all the same; the others go on to the next meeting."""

    discussed = forms.MultipleChoiceField(
        label="Welke open punten zijn toch besproken?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Wat u niet aankruist, komt terug op een volgend overleg.",
        error_messages={"invalid_choice": "Een punt is intussen gesloten. Open de pagina opnieuw."},
    )

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "discussed", items)
        if not self.fields["discussed"].choices:  # type: ignore[attr-defined]  # a choice field
            del self.fields["discussed"]

    def finished(self) -> set[UUID]:
        """The items that are finished."""
        return {UUID(pk) for pk in self.cleaned_data.get("discussed", ())}


class CorrectionForm(PlainForm):
    """What the minutes say of one item."""

    decisions = forms.CharField(
        label="Besluiten",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Elk besluit op een eigen regel.",
    )
    review_on = _date("Komt terug op", required=False)
    remark = forms.CharField(
        label="Opmerking bij het verslag",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bijvoorbeeld als iemand er toch niet was. Iedereen die dit punt leest, leest dit ook.",
    )
    seen = forms.UUIDField(widget=forms.HiddenInput)

    def correction(self) -> Correction:
        """What was typed."""
        data = self.cleaned_data
        lines = (line.strip() for line in data["decisions"].splitlines())
        return Correction(tuple(line for line in lines if line), data["review_on"], data["remark"].strip())


class HandOnForm(PlainForm):
    """Who does an action from now on, and by when."""

    user = forms.ChoiceField(
        label="Wie doet het?", error_messages={"required": "Kies wie dit doet.", "invalid_choice": "Kies wie dit doet."}
    )
    due_on = _date("Klaar op")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "user", people, empty="Kies iemand")


class DropForm(PlainForm):
    """Why an action is not done."""

    reason = forms.CharField(
        label="Waarom vervalt de actie?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wie de actie heeft, leest dit.",
        error_messages={"required": "Schrijf op waarom de actie vervalt."},
    )
