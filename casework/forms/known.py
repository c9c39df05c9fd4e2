"""The question whether a person or address is known already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from casework import normalise
from casework.forms.cleaning import cleaned
from casework.models import SubjectKind
from casework.queries.known import PURPOSES, Question
from casework.values import PlaceInput, SubjectInput
from privacy.actor import ActorSeat
from privacy.forms import PlainForm, set_choices

NOTHING = "Vul een BSN in, of een naam met geboortedatum, of een huisnummer met postcode of met straat en plaats."


def _text(label: str, most: int, width: str, help_text: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": f"ct-w-{width}", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, help_text=help_text)


class KnownForm(PlainForm):
    """Who or where, from which table, and why."""

    hide_optional = True
    bsn = _text("Burgerservicenummer (BSN)", 20, "10")
    name = _text("Naam", 150, "30", "Met achternaam. Het maakt niet uit of u het tussenvoegsel erbij zet.")
    birth_date = _text("Geboortedatum", 30, "10", "Bijvoorbeeld 12-3-1981.")
    street = _text("Straat", 100, "30")
    number = _text("Huisnummer en toevoeging", 12, "10")
    postcode = _text("Postcode", 10, "10")
    city = _text("Plaats", 60, "30")
    from_table = forms.ChoiceField(
        label="Vanuit welke tafel vraagt u dit?", error_messages={"required": "Kies vanuit welke tafel u dit vraagt."}
    )
    purpose = forms.ChoiceField(
        label="Waarvoor hebt u dit nodig?",
        choices=[(code, label.capitalize()) for code, label in PURPOSES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarvoor u dit nodig hebt."},
    )

    def __init__(self, *args: Any, seats: Iterable[ActorSeat], may_bsn: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        tables = list(dict.fromkeys((str(seat.table_id), seat.table_name) for seat in seats))
        set_choices(self, "from_table", tables)
        if len(tables) == 1:
            self.fields["from_table"].widget = forms.HiddenInput()
            self.fields["from_table"].initial = tables[0][0]
        if not may_bsn:
            del self.fields["bsn"]  # no basis for a BSN, so no question (WGS 2.29, UAVG 46)

    def clean_bsn(self) -> str:
        return cleaned(normalise.bsn, self.cleaned_data["bsn"])

    def clean_birth_date(self) -> date | None:
        typed = self.cleaned_data["birth_date"]
        return cleaned(lambda text: normalise.dutch_date(text, today=self.today), typed, empty=None)

    def clean_postcode(self) -> str:
        return cleaned(normalise.postcode, self.cleaned_data["postcode"])

    def clean_number(self) -> str:
        house = cleaned(normalise.house_number, self.cleaned_data["number"], empty=None)
        return f"{house.number}{house.addition}" if house else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        person = data.get("name") and data.get("birth_date")
        address = data.get("number") and (data.get("postcode") or (data.get("street") and data.get("city")))
        if not self.errors and not (data.get("bsn") or person or address):
            self.add_error(None, NOTHING)
        return data

    def question(self) -> Question:
        """What was asked, as values."""
        data = self.cleaned_data
        return Question(
            UUID(data["from_table"]),
            data["purpose"],
            SubjectInput(SubjectKind.PERSON, data["name"], data["birth_date"], data.get("bsn", "")),
            PlaceInput(data["street"], data["number"], data["postcode"], data["city"]),
        )
