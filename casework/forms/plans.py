"""Forms of the plan: goals, actions, safety agreements, agreement and evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from casework import normalise
from casework.forms.cases import ground_field, later_day
from casework.forms.cleaning import cleaned
from casework.models import ActionStatus, GoalStatus, Phase
from casework.plan_files import DomainList
from casework.services.plans.actions import ActionInput
from casework.services.plans.concerns import ConcernInput
from casework.services.plans.goals import GoalInput
from casework.services.plans.safety import AgreementInput
from privacy.forms import PlainForm, set_choices

Choices = Sequence[tuple[str, str]]
LINES = 3  # first actions of a new goal
NO_QUOTES = "Alleen wat er moet gebeuren. Een hele organisatie leest dit: noem geen doel of reden die zij niet ziet."
FAMILY = "In gewone taal, zoals u het tegen het gezin zegt. Laat leeg als het niet in de brief komt."


def day_field(label: str, *, required: bool = False, help_text: str = "", error: str = "") -> forms.CharField:
    """A day that is typed."""
    return forms.CharField(
        label=label,
        max_length=30,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off", "placeholder": ""}),
        error_messages={"required": error},
    )


def text_field(label: str, *, rows: int = 2, required: bool = False, error: str = "", help_text: str = "") -> Any:
    """A text of some lines."""
    return forms.CharField(
        label=label,
        max_length=2000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": error},
    )


def typed_day(text: str, today: date) -> date | None:
    """A day as somebody types it; None for nothing typed."""
    day: date | None = cleaned(lambda typed: normalise.dutch_date(typed, today=today), text, empty=None)
    return day


class SeenForm(PlainForm):
    """A form that changes a row: it keeps which version was shown, so that of two people the second hears it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {**kwargs.get("initial", {}), "seen": version}
        super().__init__(*args, **kwargs)
        self._version = version

    def behind(self) -> bool:
        """Whether a colleague changed the row since it was shown. What is sent next counts as seen."""
        behind = self.is_bound and self.cleaned_data.get("seen") not in (None, self._version)
        if behind:
            self.data = {**self.data, "seen": str(self._version)}
        return behind


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


class _ActionFields(PlainForm):
    """What an action is, new or changed."""

    text = forms.CharField(
        label="Wat gaat er gebeuren?",
        max_length=500,
        help_text=NO_QUOTES,
        error_messages={"required": "Schrijf op wat er moet gebeuren."},
    )
    user = forms.ChoiceField(
        label="Wie doet dit?", error_messages={"required": "Kies wie dit doet.", "invalid_choice": "Kies wie dit doet."}
    )
    due_on = day_field("Voor wanneer?", required=True, help_text="Bijvoorbeeld 1-3-2027.", error="Vul in voor wanneer.")
    family_text = text_field("Hoe leest het gezin deze actie?", help_text=FAMILY)

    def __init__(self, *args: Any, people: Choices, whole: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "user", people, empty="Kies wie" if whole else "")
        if not whole:
            del self.fields["user"], self.fields["family_text"]

    def clean_due_on(self) -> date | None:
        return typed_day(self.cleaned_data["due_on"], self.today)

    def as_action(self, own: UUID) -> ActionInput:
        """The action as a value; a partner's own when nobody was to be chosen."""
        data = self.cleaned_data
        user = UUID(data["user"]) if "user" in self.fields else own
        return ActionInput(data["text"], user, data["due_on"], data.get("family_text", ""))


class NewActionForm(_ActionFields):
    """A new action."""

    folded = {"In de brief aan het gezin": ("family_text",)}
    goal = forms.ChoiceField(
        label="Bij welk doel?",
        error_messages={"required": "Kies een doel.", "invalid_choice": "Kies een doel uit de lijst."},
    )

    def __init__(self, *args: Any, goals: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "goal", goals, empty="Bij geen doel" if kwargs["whole"] else "Kies een doel")
        self.fields["goal"].required = not kwargs["whole"]


class ActionForm(SeenForm, _ActionFields):
    """Changing an action."""


class ReportForm(SeenForm):
    """How it stands with an action."""

    status = forms.ChoiceField(
        label="Hoe staat het ermee?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het ermee staat."},
    )
    result = text_field("Wat is het resultaat?", help_text="Bij 'vervallen': waarom.")

    def __init__(self, *args: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [ActionStatus.DONE, ActionStatus.DOING] + ([ActionStatus.DROPPED] if whole else [])
        set_choices(self, "status", [(status.value, status.label) for status in able])
        if not whole:
            self.fields["result"].help_text = ""


class _AgreementFields(PlainForm):
    """A safety agreement, new or changed."""

    text = text_field(
        "Wat spreken we af?", rows=3, required=True, error="Schrijf de afspraak op.",
        help_text="Iedereen die meedoet aan een casus over dit gezin, leest dit.",
    )  # fmt: skip
    watches = forms.CharField(
        label="Wie let erop?",
        max_length=200,
        required=False,
        help_text="Dit staat niet in de brief aan het gezin.",
    )
    check_on = day_field("Wanneer kijken we of het werkt?", help_text="Bijvoorbeeld 1-3-2027.")
    for_family = forms.BooleanField(label="Zet deze afspraak in de brief aan het gezin.", required=False, initial=True)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_check_on(self) -> date | None:
        return typed_day(self.cleaned_data["check_on"], self.today)

    def as_agreement(self) -> AgreementInput:
        """The agreement as a value."""
        data = self.cleaned_data
        return AgreementInput(data["text"], data["watches"], data["check_on"], data["for_family"])


class NewAgreementForm(_AgreementFields):
    """A new safety agreement."""


class AgreementForm(SeenForm, _AgreementFields):
    """Changing a safety agreement."""


class ReasonForm(PlainForm):
    """Why something ends."""

    reason = text_field("Waarom?", rows=3, required=True, error="Schrijf op waarom.")


class PlanConsentForm(PlainForm):
    """Whether one's organisation agrees with a version."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.ChoiceField(
        label="Is uw organisatie akkoord met haar deel van het plan?",
        widget=forms.RadioSelect,
        choices=[("ja", "Akkoord"), ("nee", "Niet akkoord")],
        error_messages={"required": "Kies akkoord of niet akkoord."},
    )
    remark = text_field("Opmerking", help_text="Bij 'niet akkoord': wat moet er veranderen? De regisseurs lezen dit.")


class EvaluationForm(PlainForm):
    """When the plan is evaluated."""

    day = day_field("Wanneer evalueert u het plan?", help_text="Bijvoorbeeld 1-3-2027. Leeg: nog geen datum.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date | None:
        return later_day(self.cleaned_data["day"], self.today)


class PlanLinkForm(PlainForm):
    """The three statements without which plans are not linked (BGS 2.20(2))."""

    other = forms.ChoiceField(
        label="Het plan van welk gezin?",
        help_text="U kunt alleen plannen koppelen waarvan u allebei procesregisseur bent.",
        error_messages={"required": "Kies een gezin.", "invalid_choice": "Kies een gezin uit de lijst."},
    )
    circle = text_field("Hoe horen zij tot elkaars directe kring?", required=True, error="Schrijf op wat hen bindt.")
    depends = text_field(
        "Hoe hangen hun problemen samen?", required=True, error="Schrijf op hoe hun problemen samenhangen."
    )
    needed = text_field("Waarom is koppelen nodig?", required=True, error="Schrijf op waarom koppelen nodig is.")
    review_on = day_field(
        "Wanneer kijkt u opnieuw?", required=True, help_text="Bijvoorbeeld 1-3-2027.", error="Vul een datum in."
    )

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "other", others, empty="Kies een gezin")

    def clean_review_on(self) -> date | None:
        return later_day(self.cleaned_data["review_on"], self.today)
