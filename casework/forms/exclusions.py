"""A personal tie: with whom, and of which kind. A code says it; what there is between two people is written nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from partners.models import User
from privacy.forms import PlainForm, set_choices
from privacy.models import ExclusionReason


class TieForm(PlainForm):
    """Which kind of tie one has oneself."""

    reason = forms.ChoiceField(
        label="Welke band hebt u?",
        choices=ExclusionReason.choices,
        widget=forms.RadioSelect,
        help_text="U hoeft niet te zeggen met wie. Wij bewaren alleen deze keuze.",
        error_messages={"required": "Kies welke band u hebt.", "invalid_choice": "Kies een band uit de lijst."},
    )


class ExcludeForm(PlainForm):
    """Who is kept away, and why."""

    user = forms.ChoiceField(
        label="Wie sluit u uit?",
        error_messages={"required": "Kies iemand.", "invalid_choice": "Kies iemand uit de lijst."},
    )
    reason = forms.ChoiceField(
        label="Welke band heeft deze persoon?",
        choices=ExclusionReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies welke band.", "invalid_choice": "Kies een band uit de lijst."},
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(str(user.pk), f"{user.organisation.name}: {user.name}") for user in people]
        set_choices(self, "user", options, "Kies iemand")


class NameForm(PlainForm):
    """Searching somebody by name."""

    hide_optional = True
    naam = forms.CharField(
        label="Zoek op naam",
        max_length=60,
        required=False,
        help_text="Zo vindt u ook wie nu geen toegang heeft.",
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off"}),
    )
