"""Forms with a period: of a subject of a case, and of somebody in a group."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework import normalise
from casework.forms.cleaning import cleaned
from casework.models import GroupRole
from casework.services.groups import GroupMemberInput
from casework.theme_files import Theme
from privacy.forms import PlainForm, set_choices


def _day(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=30,
        required=False,
        help_text=hint,
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )


class PeriodForm(PlainForm):
    """From when until when; either may be open."""

    since = _day("Sinds", "Laat leeg als u het niet weet. Bijvoorbeeld 1-3-2026.")
    until = _day("Tot en met", "Laat leeg zolang het loopt.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def _read(self, name: str) -> date | None:
        day: date | None = cleaned(
            lambda text: normalise.dutch_date(text, today=self.today), self.cleaned_data[name], empty=None
        )
        return day

    def clean_since(self) -> date | None:
        day = self._read("since")
        if day and day > self.today:
            raise forms.ValidationError("Kies vandaag of een dag die al is geweest.")
        return day

    def clean_until(self) -> date | None:
        return self._read("until")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "De laatste dag ligt vóór de eerste. Controleer de datums.")
        return data


class RolePeriodForm(PeriodForm):
    """What a subject is in the case, and in which period."""

    role = forms.ChoiceField(label="Rol in de casus", required=False)

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "role", [(role.code, role.label) for role in theme.subject_roles], "Nog niet bekend")
        self.order_fields(["role", "since", "until"])


class GroupMemberForm(PeriodForm):
    """Somebody of a group."""

    name = forms.CharField(
        label="Naam of bijnaam",
        max_length=150,
        help_text="Alleen wie voor de aanpak van de groep nodig is.",
        error_messages={"required": "Vul een naam of bijnaam in."},
    )
    role = forms.ChoiceField(
        label="Rol in de groep",
        required=False,
        choices=GroupRole.choices,
        widget=forms.RadioSelect,
        help_text="Een rol kan veranderen. Zet die van vroeger dan op een einddatum en voeg de nieuwe toe.",
    )
    birth_date = _day("Geboortedatum", "Bijvoorbeeld 12-3-2009.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["name", "role", "birth_date", "since", "until"])

    def clean_birth_date(self) -> date | None:
        day = self._read("birth_date")
        if day and day > self.today:
            raise forms.ValidationError("Deze geboortedatum ligt in de toekomst. Controleer het jaar.")
        return day

    def as_input(self) -> GroupMemberInput:
        """What the service takes."""
        data = self.cleaned_data
        return GroupMemberInput(data["name"], data["role"], data["birth_date"], data["since"], data["until"])
