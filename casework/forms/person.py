"""Forms of what a person may do besides reading: a statement, the answer of the source, and word of lifting."""

from __future__ import annotations

from django import forms

from casework.forms.asking import reason_field
from casework.models import Corrected
from privacy.forms import PlainForm


class SayForm(PlainForm):
    """What the person says is not right."""

    text = reason_field("Wat zegt de betrokkene hierover?", "Iedereen die de passage leest, leest dit ernaast.")


class ReplyForm(PlainForm):
    """What the source did with it."""

    outcome = forms.ChoiceField(
        label="Wat hebt u gedaan?",
        choices=Corrected.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat u hebt gedaan."},
    )
    reason = forms.CharField(
        label="Waarom laat u uw tekst staan?",
        required=False,
        max_length=4000,
        help_text="Alleen als u de tekst laat staan. De betrokkene en iedereen die de tekst leest, zien dit.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LiftForm(PlainForm):
    """What the person is told when the restriction goes."""

    said = reason_field("Wat meldt u de persoon?", "Zeg dat de beperking eraf gaat, en waarom. Verstuur dit eerst.")
