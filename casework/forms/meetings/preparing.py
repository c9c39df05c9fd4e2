"""Forms of preparing: what an item is for, and who sits at it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from casework.forms.cases import ground_choices, ground_field
from casework.forms.plans import SeenForm
from casework.models import Why
from casework.queries.meetings.preparing import Seatable
from casework.services.meetings.agenda import ItemInput, SeatInput
from partners.profile_files import Profile
from privacy.forms import PlainForm, set_choices

SHORTEST, LONGEST = 5, 120


class ItemForm(SeenForm):
    """What an item is for and how long it takes."""

    goal = forms.CharField(
        label="Doel: wat moet de tafel besluiten of weten?",
        max_length=500,
        required=False,
        help_text="Wie bij dit punt zit, leest dit vanaf het moment dat de agenda bekend is.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why = forms.ChoiceField(label="Waarom op de agenda", choices=Why.choices)
    minutes = forms.IntegerField(
        label="Minuten",
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages={
            "required": "Vul in hoeveel minuten dit punt duurt.",
            "invalid": "Vul een getal in, bijvoorbeeld 15.",
            "min_value": f"Vul minstens {SHORTEST} minuten in.",
            "max_value": f"Vul hoogstens {LONGEST} minuten in.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ct-w-5", "autocomplete": "off"}),
    )
    children = forms.BooleanField(label="Het gaat over kinderen: bespreek dit eerst", required=False)

    def given(self) -> ItemInput:
        """The item as it was typed."""
        return ItemInput(
            Why(self.cleaned_data["why"]),
            self.cleaned_data["goal"].strip(),
            self.cleaned_data["minutes"],
            self.cleaned_data["children"],
        )


class SeatForm(PlainForm):
    """Somebody who sits at an item, and on which ground."""

    user = forms.ChoiceField(label="Wie schuift aan?", error_messages={"required": "Kies wie aanschuift."})
    ground = ground_field("Op welke grondslag?")

    def __init__(self, *args: Any, people: Iterable[Seatable], profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(str(one.user), _label(one)) for one in people]
        set_choices(self, "user", lines, "Kies een persoon")
        set_choices(self, "ground", ground_choices(profile), "Kies een grondslag")

    def given(self) -> SeatInput:
        """The seat as it was chosen."""
        return SeatInput(UUID(self.cleaned_data["user"]), self.cleaned_data["ground"])


def _label(one: Seatable) -> str:
    also = "doet mee aan de casus" if one.takes_part else "ziet de casus alleen voor dit punt"
    return f"{one.name} ({one.organisation}), {also}"
