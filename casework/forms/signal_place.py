"""Step 1 of a signal: where, when, how serious, and the theme's own questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from casework import normalise
from casework.forms.cleaning import cleaned
from casework.models import Severity
from casework.theme_files import Question, Theme
from casework.values import PlaceInput
from privacy.forms import PlainForm, Tiles


def _short(width: str, **attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"ct-w-{width}", "autocomplete": "off", **attrs})


class PlaceForm(PlainForm):
    """Where it is about; an address, a description of a place, or both."""

    street = forms.CharField(label="Straat", max_length=100, required=False, widget=_short("30"))
    number = forms.CharField(label="Huisnummer en toevoeging", max_length=12, required=False, widget=_short("10"))
    postcode = forms.CharField(label="Postcode", max_length=10, required=False, widget=_short("10"))
    city = forms.CharField(label="Plaats", max_length=60, required=False, widget=_short("30"))
    description = forms.CharField(
        label="Of beschrijf de plek",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: achter de kleedkamers van het sportpark.",
    )
    neighbourhood = forms.CharField(label="Wijk of dorp", max_length=60, required=False, widget=_short("30"))
    observed_on = forms.CharField(
        label="Wanneer zag of hoorde u het?",
        help_text="Bijvoorbeeld 23-11-2026. Speelt het langer? Vul de laatste keer in.",
        error_messages={"required": "Vul in wanneer u het zag of hoorde, bijvoorbeeld 23-11-2026."},
        widget=_short("10"),
    )
    severity = forms.ChoiceField(
        label="Hoe ernstig is het?",
        choices=Severity.choices,
        error_messages={"required": "Kies hoe ernstig het is.", "invalid_choice": "Kies hoe ernstig het is."},
    )

    def __init__(self, *args: Any, theme: Theme, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme, self.today = theme, today
        field = self.fields["severity"]
        assert isinstance(field, forms.ChoiceField)
        field.widget = Tiles(hints=theme.severities, choices=list(Severity.choices))
        for question in theme.questions:
            self.fields[f"q_{question.key}"] = _question_field(question)

    def clean_postcode(self) -> str:
        return cleaned(normalise.postcode, self.cleaned_data["postcode"])

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"]
        if not typed:
            return ""
        house = cleaned(normalise.house_number, typed, empty=None)
        return f"{house.number}{house.addition}"

    def clean_observed_on(self) -> date:
        day = cleaned(lambda text: normalise.dutch_date(text, today=self.today), self.cleaned_data["observed_on"])
        if day > self.today:
            raise forms.ValidationError("Deze datum is nog niet geweest. Vul een datum tot en met vandaag in.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in ("street", "postcode", "description")) and not (
            {"postcode", "street", "description"} & set(self.errors)
        ):
            self.add_error("street", "Vul een straat of postcode in, of beschrijf de plek.")
        return data

    def as_place(self) -> PlaceInput:
        """The place as a value."""
        data = self.cleaned_data
        return PlaceInput(data["street"], data["number"], data["postcode"], data["city"], data["description"])

    def answers(self) -> Mapping[str, Any]:
        """Answers to the theme's questions, without the empty ones."""
        found = {key.removeprefix("q_"): value for key, value in self.cleaned_data.items() if key.startswith("q_")}
        return {key: value for key, value in found.items() if value}


def _question_field(question: Question) -> forms.Field:
    required = f"Geef antwoord op de vraag: {question.label}"
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.required,
        "error_messages": {"required": required, "invalid_choice": required},
    }
    options = [(option, option) for option in question.options]
    match question.kind:
        case "choice":
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect(attrs={"class": "ct-inline"}), **common)
        case "multichoice":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case "yesno":
            yes_no = [("Ja", "Ja"), ("Nee", "Nee")]
            return forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect(attrs={"class": "ct-inline"}), **common)
        case "date":
            return forms.CharField(max_length=30, widget=_short("10"), **common)
        case _:
            return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **common)
