"""The form with which who directs a dossier weighs an objection."""

from __future__ import annotations

from typing import Any

from django import forms

from casework import rights_rules as rules
from casework.forms.asking import reason_field
from casework.models import Weighed
from casework.services.rights.objecting import WeighInput
from privacy.forms import PlainForm, Tiles, set_choices

HINTS = {
    Weighed.KEEP.value: "De beperking blijft. Niemand gebruikt de gegevens nog, tot zij worden vernietigd.",
    Weighed.ERASE.value: "De beperking blijft. Het contactpunt vraagt elke bron wat weg moet en wat moet blijven.",
    Weighed.DISMISSED.value: "U zegt welke zwaarwegende reden er is. De beperking vervalt met de brief.",
}


class WeighForm(PlainForm):
    """Whether it is upheld, and why."""

    outcome = forms.ChoiceField(
        label="Is het bezwaar gegrond?",
        choices=Weighed.choices,
        widget=Tiles(hints=HINTS),
        error_messages={"required": "Kies of het bezwaar gegrond is."},
    )
    reason = reason_field("Waarom?", "De persoon leest dit in de brief. Noem geen andere personen en geen melder.")
    hidden_on = forms.ChoiceField(label="Mag de persoon weten dat dit dossier er is?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        silent = [(code, f"Nee: {label}") for code, label in rules.ground_choices()]
        set_choices(self, "hidden_on", [("", "Ja"), *silent])

    def given(self) -> WeighInput:
        """As it is kept."""
        data = self.cleaned_data
        return WeighInput(data["outcome"], data["reason"], data["hidden_on"])
