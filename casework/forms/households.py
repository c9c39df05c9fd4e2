"""Forms of a household."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django import forms

from casework.models import Relation
from casework.services.households import HouseholdInput, MemberInput
from privacy.forms import PlainForm, set_choices

OF_AGE = 18


class Known(Protocol):
    """A person who stands in the case already."""

    @property
    def pk(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def birth_date(self) -> date | None: ...


class HouseholdForm(PlainForm):
    """A household out of a case: its name, who belongs to it, and who becomes casusregisseur."""

    name = forms.CharField(
        label="Naam van het gezin of huishouden", max_length=80, error_messages={"required": "Geef het gezin een naam."}
    )
    address = forms.CharField(label="Adres", max_length=200, required=False)
    members = forms.MultipleChoiceField(
        label="Wie horen erbij?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De personen die in de casus staan. U kunt later mensen toevoegen.",
    )
    regisseur = forms.ChoiceField(
        label="Wie wordt casusregisseur?",
        help_text="Eén gezin heeft één casusregisseur: die maakt het plan en is het aanspreekpunt voor het gezin.",
        error_messages={"required": "Kies een casusregisseur."},
    )
    reason = forms.CharField(
        label="Waarom is één plan nodig?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf kort op waarom één plan voor dit gezin nodig is."},
    )

    def __init__(
        self, *args: Any, people: Iterable[tuple[str, str]], subjects: Sequence[Known], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._known, self._today = {str(row.pk): row for row in subjects}, today
        set_choices(self, "regisseur", people, empty="Kies een deelnemer")
        set_choices(self, "members", [(pk, row.name) for pk, row in self._known.items()])
        if not self._known:
            del self.fields["members"]

    def _relation(self, born: date | None) -> Relation:
        return Relation.CHILD if born and (self._today - born).days < OF_AGE * 365 else Relation.PARENT

    def as_input(self) -> HouseholdInput:
        """What the service takes."""
        data = self.cleaned_data
        chosen = [self._known[pk] for pk in data.get("members", [])]
        return HouseholdInput(
            name=data["name"],
            regisseur=UUID(data["regisseur"]),
            address=data["address"],
            members=tuple(
                MemberInput(row.name, self._relation(row.birth_date), self._today, row.birth_date) for row in chosen
            ),
            reason=data["reason"],
        )
