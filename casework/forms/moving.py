"""Forms of splitting and merging households, and of bringing a case to a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django import forms

from casework.forms.asking import real_sentence, reason_field
from casework.forms.members import day_field, past_day
from casework.models import Left
from casework.queries.moving import Choice
from casework.services.merging import MergeInput
from casework.services.splitting import SplitInput
from privacy.forms import PlainForm, set_choices

NUMBER = re.compile(r"G\d{2}-[0-9A-Z]{5}")
APART = (Left.MOVED, Left.PARTED, Left.OF_AGE, Left.PLACED)
OTHER = "ander"
NO_NUMBER = "Vul het nummer van het gezin in. Dat ziet eruit als G26-7K3QF."


class _Dated(PlainForm):
    """Since when, and why."""

    on = day_field("Sinds wanneer?", "Bijvoorbeeld 1-3-2026.", "Vul een datum in, bijvoorbeeld 1-3-2026.")
    reason = reason_field("Waarom?", "Alleen de casusregisseur en de procesregisseur lezen dit.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        return past_day(self.cleaned_data["on"], self.today, "Kies vandaag of een dag die al is geweest.")


class Link(Protocol):
    """A case to choose, by the key of its link to the household."""

    @property
    def pk(self) -> UUID: ...

    @property
    def case_dossier(self) -> UUID: ...

    @property
    def label(self) -> str: ...


class SplitForm(_Dated):
    """Who goes, how the new household is called, and who directs it."""

    members = forms.MultipleChoiceField(
        label="Wie gaan er naar het nieuwe gezin?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Hun lopende doelen en acties gaan mee. Wat er al stond, blijft hier als geschiedenis.",
        error_messages={"required": "Kies wie er naar het nieuwe gezin gaan."},
    )
    because = forms.ChoiceField(
        label="Wat is er veranderd?",
        choices=[("", "Kies"), *((one.value, one.label) for one in APART)],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies wat er is veranderd."),
    )
    name = forms.CharField(
        label="Naam van het nieuwe gezin", max_length=80, error_messages={"required": "Geef het nieuwe gezin een naam."}
    )
    address = forms.CharField(label="Adres van het nieuwe gezin", max_length=200, required=False)
    regisseur = forms.ChoiceField(
        label="Wie wordt casusregisseur van het nieuwe gezin?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies een casusregisseur."),
    )
    cases = forms.MultipleChoiceField(
        label="Welke casussen gaan ook over het nieuwe gezin?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Wie aan deze casussen meedoet, ziet het nieuwe gezin.",
        error_messages={"required": "Kies ten minste één casus die over het nieuwe gezin gaat."},
    )

    def __init__(
        self,
        *args: Any,
        members: Iterable[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        cases: Sequence[Link],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "members", members)
        set_choices(self, "regisseur", people)
        self._cases = {str(link.pk): link for link in cases}
        set_choices(self, "cases", [(pk, link.label) for pk, link in self._cases.items()])
        self.fields["cases"].initial = list(self._cases)
        self.order_fields(["members", "because", "on", "name", "address", "regisseur", "cases", "reason"])

    def as_input(self) -> SplitInput:
        """What the service takes."""
        data = self.cleaned_data
        return SplitInput(
            members=frozenset(UUID(pk) for pk in data["members"]),
            cases=frozenset(self._cases[pk].case_dossier for pk in data["cases"]),
            name=data["name"],
            address=data["address"],
            regisseur=UUID(data["regisseur"]),
            because=Left(data["because"]),
            on=data["on"],
            reason=data["reason"],
        )


class MergeForm(_Dated):
    """With which household, and which plan goes on."""

    HERE, THERE = "hier", "daar"

    other = forms.ChoiceField(
        label="Met welk gezin?",
        help_text="U kiest uit de gezinnen waarvan u procesregisseur bent.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies een gezin."),
    )
    goes_on = forms.ChoiceField(
        label="Welk plan gaat door?",
        widget=forms.RadioSelect,
        help_text="Lopende doelen, acties en afspraken van het andere plan gaan mee. Er blijft één casusregisseur.",
        choices=[(HERE, "Het plan van dit gezin"), (THERE, "Het plan van het andere gezin")],
        error_messages={"required": "Kies welk plan doorgaat."},
    )

    def __init__(self, *args: Any, households: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "other", [(str(one.pk), one.label) for one in households], empty="Kies een gezin")
        self.order_fields(["other", "goes_on", "on", "reason"])

    def as_input(self) -> MergeInput:
        """What the service takes."""
        return MergeInput(self.cleaned_data["on"], self.cleaned_data["reason"])


class JoinCaseForm(PlainForm):
    """To which plan a case comes: one that the regisseur directs, or by asking with a number."""

    household = forms.ChoiceField(
        label="Bij welk gezin hoort deze casus?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies een gezin."),
    )
    number = forms.CharField(
        label="Nummer van het gezin",
        max_length=30,
        required=False,
        help_text="Alleen voor een gezin dat u niet ziet. Bijvoorbeeld G26-7K3QF: u hoort het van de procesregisseur.",
        error_messages={"required": NO_NUMBER},
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = reason_field(
        "Waarom is één plan beter?", "Ziet u het gezin niet, dan leest de procesregisseur van dat gezin dit."
    )

    def __init__(self, *args: Any, households: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.label) for one in households]
        set_choices(self, "household", [*choices, (OTHER, "Een gezin dat ik niet zie: ik vraag om aan te sluiten")])
        if not households:
            self.fields["household"].initial = OTHER
            self.fields["number"].required = True

    def clean_reason(self) -> str:
        return real_sentence(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("household") == OTHER and "number" not in self.errors:
            data["number"] = str(data.get("number", "")).strip().upper()
            if not NUMBER.fullmatch(data["number"]):
                self.add_error("number", NO_NUMBER)
        return data

    def chosen(self) -> UUID | None:
        """The household that the regisseur directs; None when it is asked for by number."""
        value = self.cleaned_data["household"]
        return None if value == OTHER else UUID(value)


class YesForm(PlainForm):
    """Yes, with why."""

    reason = reason_field("Waarom is één plan beter?", "De procesregisseur die het vroeg, leest dit.")


class NoForm(PlainForm):
    """No, with why."""

    no_reason = reason_field(
        "Waarom sluit deze casus niet aan?",
        "De procesregisseur die het vroeg, leest dit. Noem geen namen en niets uit het gezin.",
    )
