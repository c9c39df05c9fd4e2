"""Forms of the regie: handing it over, saying no to it, being away, and whom the family calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from casework.forms.cases import later_day
from partners.models import User
from privacy.forms import PlainForm, set_choices


def _named(people: Iterable[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), f"{user.name}, {user.organisation.name}") for user in people]


class HandOverForm(PlainForm):
    """To whom, and why."""

    to = forms.ChoiceField(
        label="Aan wie draagt u de regie over?",
        error_messages={"required": "Kies iemand.", "invalid_choice": "Kies iemand uit de lijst."},
    )
    reason = forms.CharField(
        label="Waarom?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf kort op waarom u de regie overdraagt."},
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "to", _named(people), "Kies iemand")


class DeclineForm(PlainForm):
    """Why somebody does not take the regie."""

    answer = forms.CharField(
        label="Waarom neemt u de regie niet aan?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De regisseurs lezen dit, en uw collega's die meedoen.",
        error_messages={"required": "Schrijf kort op waarom niet."},
    )


class AbsentForm(PlainForm):
    """When who is away expects to be back."""

    hide_optional = True
    back_on = forms.CharField(
        label="Verwacht terug op (als u dat weet)",
        max_length=30,
        required=False,
        help_text="Bijvoorbeeld 1-3-2027. Schrijf niet op waarom iemand afwezig is.",
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_back_on(self) -> date | None:
        """A day after today, or nothing."""
        return later_day(self.cleaned_data["back_on"], self._today)


class ContactForm(PlainForm):
    """Whom the family calls."""

    contact = forms.ChoiceField(label="Wie belt het gezin?", required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "contact", _named(people), "De casusregisseur")
