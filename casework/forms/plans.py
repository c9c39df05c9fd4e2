"""Forms of the plan but for its goals: actions, safety agreements, agreement and evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from casework import normalise
from casework.forms.cases import later_day
from casework.forms.cleaning import cleaned
from casework.models import ActionStatus
from casework.services.plans.actions import ActionInput
from casework.services.plans.safety import AgreementInput
from privacy.forms import PlainForm, set_choices

Choices = Sequence[tuple[str, str]]
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
