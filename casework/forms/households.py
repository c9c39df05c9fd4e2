"""Forms of a household."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django import forms

from casework.forms.asking import reason_field
from casework.forms.members import CIRCLE, RELATIONS, OnePlanForm
from casework.models import Relation
from casework.services.households import HouseholdInput, MemberInput
from privacy.forms import set_choices


class Known(Protocol):
    """A person who stands in the case already."""

    @property
    def pk(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def birth_date(self) -> date | None: ...


class HouseholdForm(OnePlanForm):
    """A household out of a case: its name, what each person of the case is in it, and who becomes casusregisseur."""

    name = forms.CharField(
        label="Naam van het gezin of huishouden", max_length=80, error_messages={"required": "Geef het gezin een naam."}
    )
    address = forms.CharField(label="Adres", max_length=200, required=False)
    regisseur = forms.ChoiceField(
        label="Wie wordt casusregisseur?",
        help_text="Eén gezin heeft één casusregisseur: die maakt het plan en is het aanspreekpunt voor het gezin.",
        error_messages={"required": "Kies een casusregisseur."},
    )
    reason = reason_field("Waarom is één plan nodig?")

    def __init__(
        self, *args: Any, people: Iterable[tuple[str, str]], subjects: Sequence[Known], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self._known = {f"relation-{row.pk}": row for row in subjects}
        set_choices(self, "regisseur", people, empty="Kies een deelnemer")
        for name, row in self._known.items():
            born = f", geboren {row.birth_date:%d-%m-%Y}" if row.birth_date else ""
            self.fields[name] = forms.ChoiceField(
                label=f"Wat is {row.name}{born} in het gezin?",
                required=False,
                choices=[("", "Hoort niet bij dit gezin"), *RELATIONS],
                help_text=CIRCLE,
            )
        self.order_fields(["name", "address", *self._known, "regisseur", "reason"])

    def members(self) -> tuple[MemberInput, ...]:
        """Who belongs to it, with the relation that was chosen."""
        return tuple(
            MemberInput(row.name, Relation(self.cleaned_data[field]), self._today, row.birth_date)
            for field, row in self._known.items()
            if self.cleaned_data.get(field)
        )

    def as_input(self) -> HouseholdInput:
        """What the service takes."""
        data = self.cleaned_data
        return HouseholdInput(
            name=data["name"],
            regisseur=UUID(data["regisseur"]),
            address=data["address"],
            members=self.members(),
            reason=data["reason"],
        )
