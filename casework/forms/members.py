"""Forms of who belongs to a household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework import normalise
from casework.forms.asking import reason_field
from casework.forms.cleaning import cleaned
from casework.models import Left, Relation
from casework.queries.one_plan import Twin
from casework.services.households import MemberInput
from casework.services.members import Correction
from casework.services.one_plan import OnePlan, Which
from privacy.forms import PlainForm, set_choices

CIRCLE = (
    "Neem alleen gezin, familie of iemand anders uit de directe kring op, en alleen als het voor het plan nodig is "
    "(BGS 2.19)."
)
RELATIONS = [(Relation(value).value, label) for value, label in Relation.choices]


def day_field(label: str, hint: str, missing: str) -> forms.CharField:
    """A day as people write it."""
    return forms.CharField(
        label=label,
        max_length=30,
        help_text=hint,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )


def past_day(typed: str, today: date, future: str) -> date | None:
    """A day until today; None for nothing typed."""
    day: date | None = cleaned(lambda text: normalise.dutch_date(text, today=today), typed, empty=None)
    if day and day > today:
        raise forms.ValidationError(future)
    return day


def relation_field(label: str = "Wat is deze persoon in het gezin?") -> forms.ChoiceField:
    """What somebody is in the household."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "Kies"), *RELATIONS],
        help_text=CIRCLE,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies wat deze persoon in het gezin is."),
    )


class OnePlanForm(PlainForm):
    """A form that asks which plan goes on, when somebody in it is in another household's plan already."""

    PLAN = ("plan", "plan_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.twins: Sequence[Twin] = ()

    def ask_which(self, twins: Sequence[Twin]) -> bool:
        """Asks for the decision; True when it was given. Without twins there is nothing to decide."""
        self.twins = twins
        if not twins:
            return True
        where = ", ".join(sorted({f"{twin.reference} {twin.household}".strip() for twin in twins}))
        choices = [(Which.THERE.value, f"Het plan van {where} blijft het plan")]
        if all(twin.whole for twin in twins):
            choices.append((Which.HERE.value, f"Het plan van dit gezin geldt; in {where} vervalt het"))
        who = ", ".join(sorted({twin.name for twin in twins}))
        self.fields["plan"] = forms.ChoiceField(
            label=f"{who} staat al in het plan van {where}. Welk plan geldt?",
            help_text="Iemand heeft één plan. In het andere gezin staat dan alleen een verwijzing.",
            choices=choices,
            widget=forms.RadioSelect,
        )
        self.fields["plan_reason"] = reason_field("Waarom dit plan?")
        for name, why in (("plan", "Kies welk plan geldt."), ("plan_reason", "Schrijf op waarom u dit plan kiest.")):
            value = self.fields[name].widget.value_from_datadict(self.data, self.files, name)
            if value not in (None, "") and (name != "plan" or value in dict(choices)):
                self.cleaned_data[name] = value
            else:
                self.add_error(name, why)
        return self.is_valid()

    def one_plan(self) -> OnePlan | None:
        """The decision that was made."""
        if not self.twins:
            return None
        return OnePlan(tuple(self.twins), Which(self.cleaned_data["plan"]), self.cleaned_data["plan_reason"])


class _Person(OnePlanForm):
    """Name, relation, birth date, and since when."""

    name = forms.CharField(label="Naam", max_length=150, error_messages={"required": "Vul een naam in."})
    relation = relation_field()
    birth_date = day_field("Geboortedatum", "Bijvoorbeeld 12-3-1981.", "")
    since = day_field(
        "Sinds wanneer hoort deze persoon erbij?",
        "Bijvoorbeeld 1-3-2026.",
        "Vul een datum in, bijvoorbeeld 1-3-2026.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["birth_date"].required = False

    def clean_birth_date(self) -> date | None:
        typed = self.cleaned_data["birth_date"]
        return past_day(typed, self.today, "Deze geboortedatum ligt in de toekomst. Controleer het jaar.")

    def clean_since(self) -> date | None:
        return past_day(self.cleaned_data["since"], self.today, "Kies vandaag of een dag die al is geweest.")

    def person(self) -> tuple[str, date | None]:
        """By what the person is recognised elsewhere."""
        return self.cleaned_data["name"], self.cleaned_data["birth_date"]


class JoinForm(_Person):
    """Somebody who belongs to the household."""

    reason = reason_field("Waarom hoort deze persoon in het gezin?", "Bijvoorbeeld: is bij zijn vader gaan wonen.")

    def as_input(self) -> MemberInput:
        """What the service takes."""
        data = self.cleaned_data
        return MemberInput(data["name"], Relation(data["relation"]), data["since"], data["birth_date"])


class CorrectForm(_Person):
    """What was written of somebody, better; or another role in the household."""

    reason = reason_field("Waarom verandert u dit?", "Bijvoorbeeld: de geboortedatum was verkeerd overgenomen.")

    def as_correction(self) -> Correction:
        """What the service takes."""
        data = self.cleaned_data
        return Correction(data["name"], Relation(data["relation"]), data["birth_date"], data["since"])


class NameForm(PlainForm):
    """Name and address of the household."""

    name = forms.CharField(
        label="Naam van het gezin of huishouden", max_length=80, error_messages={"required": "Geef het gezin een naam."}
    )
    address = forms.CharField(label="Adres", max_length=200, required=False)


class LeaveForm(PlainForm):
    """Somebody does not belong to the household any more."""

    because = forms.ChoiceField(
        label="Waarom hoort deze persoon er niet meer bij?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies een reden."),
    )
    on = day_field("Sinds wanneer?", "Bijvoorbeeld 1-3-2026.", "Vul een datum in, bijvoorbeeld 1-3-2026.")
    reason = reason_field("Toelichting", "Alleen de casusregisseur en de procesregisseur lezen dit.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        # Merging is an act of its own, which says so itself.
        set_choices(self, "because", [pair for pair in Left.choices if pair[0] != Left.MERGED], "Kies een reden")

    def clean_on(self) -> date | None:
        return past_day(self.cleaned_data["on"], self.today, "Kies vandaag of een dag die al is geweest.")
