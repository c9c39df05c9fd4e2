"""Forms of assessments and evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from casework import normalise
from casework.forms.cases import later_day
from casework.forms.cleaning import cleaned
from casework.instrument_files import Instrument, ScoredDomain
from casework.models import Agreed
from casework.values import AssessmentInput, EvaluationInput
from privacy.forms import PlainForm

SCORE = "score_"


def _words(label: str, help_text: str = "", **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=4000, help_text=help_text, widget=area, **more)


def _number(label: str) -> forms.IntegerField:
    wrong = "Vul een heel getal in, bijvoorbeeld 4."
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=10_000,
        widget=forms.TextInput(attrs={"class": "ct-w-5", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


def _day(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=30,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
        error_messages={"required": "Vul een datum in."},
    )


class AssessmentForm(PlainForm):
    """A level for each domain that the organisation may say something about; any of them may be skipped."""

    hide_optional = True
    assessed_on = _day("Op welke datum keek u?", "Bijvoorbeeld 12-3-2026.")
    note = _words("Toelichting", required=False)

    def __init__(
        self, *args: Any, instrument: Instrument, domains: Iterable[ScoredDomain], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        levels = [(str(level.number), str(level)) for level in instrument.levels]
        for domain in domains:
            self.fields[SCORE + domain.code] = forms.ChoiceField(
                label=domain.label,
                help_text=domain.about,
                choices=[("", "Niet beoordeeld"), *levels],
                required=False,
                error_messages={"invalid_choice": "Kies een niveau uit de lijst."},
            )
        self.order_fields(["assessed_on", *(name for name in self.fields if name.startswith(SCORE)), "note"])

    @staticmethod
    def filled(scores: Mapping[str, int]) -> dict[str, str]:
        """Scores as the form holds them."""
        return {SCORE + code: str(score) for code, score in scores.items()}

    def clean_assessed_on(self) -> date:
        day: date = cleaned(lambda text: normalise.dutch_date(text, today=self.today), self.cleaned_data["assessed_on"])
        if day > self.today:
            raise forms.ValidationError("Deze datum is nog niet geweest.")
        return day

    def as_input(self) -> AssessmentInput:
        """What the service takes."""
        data = self.cleaned_data
        scores = {
            name.removeprefix(SCORE): int(level) for name, level in data.items() if name.startswith(SCORE) and level
        }
        return AssessmentInput(data["assessed_on"], scores, data["note"])


class CorrectionForm(AssessmentForm):
    """The same with why the old one was wrong."""

    reason = _words(
        "Waarom verbetert u de meting?",
        "De oude meting blijft leesbaar als vervangen, met deze reden.",
        error_messages={"required": "Schrijf op waarom u de meting verbetert."},
    )


class EvaluationForm(PlainForm):
    """What came of the plan: in words beside the counts, and nuisance as counted elsewhere."""

    folded: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "Overlast voor en na": ("months", "before", "after", "nuisance_words"),
    }
    goal_words = _words(
        "Wat zegt deze telling niet?",
        "Bijvoorbeeld waarom een doel deels is gehaald, of wat de telling niet goed weergeeft.",
        required=False,
    )
    months = _number("Over hoeveel maanden telt u, voor en na het begin van het plan?")
    before = _number("Meldingen van overlast of mutaties in de periode vóór het plan")
    after = _number("Meldingen van overlast of mutaties in de periode erna")
    nuisance_words = _words(
        "Hoe leest u deze aantallen?",
        "Noem waar de aantallen vandaan komen, en wat er nog meer meespeelde.",
        required=False,
    )
    worked = _words(
        "Wat werkte?", error_messages={"required": "Schrijf op wat werkte. Werkte niets, schrijf dat dan op."}
    )
    not_worked = _words("Wat werkte niet?", required=False)
    family = forms.ChoiceField(
        label="Is dit met het gezin besproken, en is het gezin het ermee eens?",
        choices=Agreed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat het gezin ervan vindt.", "invalid_choice": "Kies uit de lijst."},
    )
    family_words = _words("Wat vindt het gezin?", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if (data.get("before") is None) != (data.get("after") is None):
            self.add_error("after", "Vul beide aantallen in, of geen van beide.")
        elif data.get("before") is not None and not data.get("months") and "months" not in self.errors:
            self.add_error("months", "Vul in over hoeveel maanden deze aantallen gaan.")
        return data

    def as_input(self) -> EvaluationInput:
        """What the service takes."""
        data = self.cleaned_data
        return EvaluationInput(
            worked=data["worked"],
            family=Agreed(data["family"]),
            not_worked=data["not_worked"],
            family_words=data["family_words"],
            goal_words=data["goal_words"],
            months=data["months"],
            before=data["before"],
            after=data["after"],
            nuisance_words=data["nuisance_words"],
            next_on=data.get("next_on"),
        )


class InterimForm(EvaluationForm):
    """An evaluation on the way: it says when the next one is."""

    next_on = _day("Wanneer evalueert u opnieuw?", "Bijvoorbeeld 1-3-2027.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_next_on(self) -> date | None:
        return later_day(self.cleaned_data["next_on"], self.today)
