"""Forms of goals: what should become different, and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from casework.forms.cases import ground_field
from casework.forms.plans import FAMILY, Choices, SeenForm, day_field, text_field, typed_day
from casework.models import GoalStatus, Phase
from casework.plan_files import DomainList
from casework.services.plans.actions import ActionInput
from casework.services.plans.concerns import ConcernInput
from casework.services.plans.goals import GoalInput
from privacy.forms import PlainForm, set_choices

LINES = 3  # first actions of a new goal


class _GoalFields(PlainForm):
    """What a goal is, new or changed."""

    title = forms.CharField(
        label="Wat moet er anders?",
        max_length=300,
        help_text="Bijvoorbeeld: de huur wordt elke maand op tijd betaald.",
        error_messages={"required": "Schrijf op wat er anders moet."},
    )
    domain = forms.ChoiceField(
        label="Leefgebied",
        error_messages={"required": "Kies een leefgebied.", "invalid_choice": "Kies een leefgebied uit de lijst."},
    )
    member = forms.ChoiceField(label="Voor wie?", required=False)
    phase = forms.ChoiceField(
        label="Fase",
        required=False,
        help_text="Eerst directe veiligheid, dan wat onveilig maakt, dan herstel.",
    )
    why_now = text_field(
        "Waarom kan herstel niet wachten?",
        help_text="Alleen bij de fase Herstel: er loopt nog een doel voor directe veiligheid.",
    )
    due_on = day_field("Wanneer klaar?", help_text="Bijvoorbeeld 1-3-2027.")
    baseline = text_field("Hoe is het nu?")
    wished = text_field("Hoe moet het worden?")
    family_text = text_field("Hoe leest het gezin dit doel?", help_text=FAMILY)
    later = forms.BooleanField(label="Dit doel begint later.", required=False)

    def __init__(
        self,
        *args: Any,
        domains: DomainList,
        members: Choices,
        phased: bool,
        waits: bool,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "domain", [(one.code, one.label) for one in domains.domains], empty="Kies een leefgebied")
        set_choices(self, "member", members, empty="Het hele gezin")
        set_choices(self, "phase", [(phase.value, phase.label) for phase in Phase], empty="Geen fase")
        for name, there in (("phase", phased), ("why_now", waits)):
            if not there:
                del self.fields[name]

    def clean_due_on(self) -> date | None:
        return typed_day(self.cleaned_data["due_on"], self.today)

    def as_goal(self) -> GoalInput:
        """The goal as a value."""
        data = self.cleaned_data
        return GoalInput(
            title=data["title"],
            domain=data["domain"],
            member=UUID(data["member"]) if data["member"] else None,
            due_on=data["due_on"],
            phase=data.get("phase", ""),
            begun=not data["later"],
            baseline=data["baseline"],
            wished=data["wished"],
            family_text=data["family_text"],
            why_now=data.get("why_now", ""),
        )


class ConcernForm(PlainForm):
    """An organisation that a goal concerns."""

    organisation = forms.ChoiceField(
        label="Organisatie", error_messages={"required": "Kies een organisatie.", "invalid_choice": "Kies opnieuw."}
    )
    ground = ground_field("Op welke grondslag?")
    decision_ref = forms.CharField(
        label="Kenmerk van het besluit", max_length=60, required=False, help_text="Als de grondslag een besluit vraagt."
    )

    def __init__(self, *args: Any, organisations: Choices, grounds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "organisation", organisations, empty="Kies een organisatie")
        set_choices(self, "ground", grounds, empty="Kies een grondslag")

    def as_concern(self) -> ConcernInput:
        """The concern as a value."""
        data = self.cleaned_data
        return ConcernInput(UUID(data["organisation"]), data["ground"], data["decision_ref"])


class NewGoalForm(_GoalFields):
    """A new goal, with whom it concerns and its first actions: one page, few fields."""

    folded = {
        "Hoe is het nu, en hoe moet het worden?": ("baseline", "wished"),
        "Wie van de partners ziet dit doel?": ("concerns", "ground", "decision_ref"),
        "In de brief aan het gezin": ("family_text",),
        "Later beginnen": ("later",),
    }
    concerns = forms.MultipleChoiceField(
        label="Welke organisaties gaat dit doel aan?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Zij lezen het doel. Andere partners weten niet dat het er is.",
    )
    ground = forms.ChoiceField(label="Op welke grondslag?", required=False)
    decision_ref = forms.CharField(
        label="Kenmerk van het besluit", max_length=60, required=False, help_text="Als de grondslag een besluit vraagt."
    )

    def __init__(self, *args: Any, organisations: Choices, grounds: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "concerns", organisations)
        set_choices(self, "ground", grounds, empty="Kies een grondslag")
        for number in range(LINES):
            text = forms.CharField(label=f"Actie {number + 1}: wat?", max_length=500, required=False)
            user = forms.ChoiceField(label=f"Actie {number + 1}: wie?", required=False)
            day = day_field(f"Actie {number + 1}: wanneer?")
            self.fields |= {f"text_{number}": text, f"user_{number}": user, f"day_{number}": day}
            set_choices(self, f"user_{number}", people, empty="Kies wie")
        if not organisations:
            for name in ("concerns", "ground", "decision_ref"):
                del self.fields[name]

    def lines(self) -> list[list[forms.BoundField]]:
        """The lines for actions: what, who, when."""
        return [[self[f"{name}_{number}"] for name in ("text", "user", "day")] for number in range(LINES)]

    def unfolded_fields(self) -> list[forms.BoundField]:
        lines = {field.name for line in self.lines() for field in line}
        return [field for field in super().unfolded_fields() if field.name not in lines]

    def _filled(self) -> Iterator[int]:
        data = self.cleaned_data
        for number in range(LINES):
            if any(data.get(f"{name}_{number}") for name in ("text", "user", "day")):
                yield number

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("concerns") and not data.get("ground"):
            self.add_error("ground", "Kies een grondslag om het doel te laten zien.")
        for number in self._filled():
            wants = (("text", "Schrijf op wat er moet gebeuren."), ("user", "Kies wie dit doet."))
            for name, why in wants:
                if not data.get(f"{name}_{number}") and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", why)
            self._clean_day(number)
        return data

    def _clean_day(self, number: int) -> None:
        name = f"day_{number}"
        try:
            day = typed_day(self.cleaned_data.get(name) or "", self.today) or self.cleaned_data.get("due_on")
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return
        self.cleaned_data[name] = day
        if day is None:
            self.add_error(name, "Vul een datum in, of zet bij het doel wanneer het klaar moet zijn.")

    def as_concerns(self) -> tuple[ConcernInput, ...]:
        """Whom the goal concerns."""
        data = self.cleaned_data
        return tuple(ConcernInput(UUID(pk), data["ground"], data["decision_ref"]) for pk in data.get("concerns", ()))

    def as_actions(self) -> tuple[ActionInput, ...]:
        """The first actions; a line that was left empty is none."""
        data = self.cleaned_data
        return tuple(ActionInput(data[f"text_{n}"], UUID(data[f"user_{n}"]), data[f"day_{n}"]) for n in self._filled())


class GoalForm(SeenForm, _GoalFields):
    """Changing a goal."""

    folded = {"Later beginnen": ("later",)}


class EndGoalForm(SeenForm):
    """How a goal ended."""

    how = forms.ChoiceField(
        label="Is het doel gehaald?",
        widget=forms.RadioSelect,
        choices=[(s.value, s.label) for s in (GoalStatus.REACHED, GoalStatus.PARTLY, GoalStatus.MISSED)],
        error_messages={"required": "Kies of het doel is gehaald."},
    )
    result = text_field("Wat is het resultaat?", rows=3, required=True, error="Schrijf kort op wat het resultaat is.")
