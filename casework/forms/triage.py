"""The regisseur's answers when judging a signal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from casework.queries.triage import Alike, CaseChoice
from casework.theme_files import Theme
from casework.values import CriterionAnswer
from partners.models import CaseTable
from privacy.forms import PlainForm, set_choices


class AskForm(PlainForm):
    """A question to the reporter."""

    question = forms.CharField(
        label="Uw vraag aan de melder",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf op wat u wilt weten."},
    )


class RejectForm(PlainForm):
    """Why a signal is not taken up; the reporter reads the sentence of the reason."""

    reason = forms.ChoiceField(
        label="Waarom pakken wij dit niet op?",
        widget=forms.RadioSelect,
        help_text="De melder leest deze zin.",
        error_messages={"required": "Kies een reden.", "invalid_choice": "Kies een reden."},
    )
    sure = forms.BooleanField(
        label="Ja, vernietig de inhoud van dit signaal.",
        error_messages={"required": "Zet een vinkje als u zeker weet dat de inhoud weg mag."},
    )

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "reason", [(reason.code, reason.label) for reason in theme.reject_reasons])


class ForwardForm(PlainForm):
    """To which table, and why."""

    table = forms.ChoiceField(
        label="Naar welke tafel?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een tafel.", "invalid_choice": "Kies een tafel."},
    )
    reason = forms.CharField(
        label="Waarom?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom het signaal daar hoort."},
    )

    def __init__(self, *args: Any, tables: Iterable[CaseTable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "table", [(str(table.pk), table.name) for table in tables])


class CriteriaForm(PlainForm):
    """Each admission criterion of the theme: yes or no, with the reason."""

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme = theme
        for criterion in theme.criteria:
            self.fields[f"met_{criterion.key}"] = forms.ChoiceField(
                label=criterion.question,
                choices=[("ja", "Ja"), ("nee", "Nee")],
                widget=forms.RadioSelect(attrs={"class": "ct-inline"}),
                help_text=" ".join(part for part in (criterion.help, f"({criterion.source})") if part),
                error_messages={"required": f"Kies ja of nee: {criterion.question}"},
            )
            self.fields[f"why_{criterion.key}"] = forms.CharField(
                label=f"Toelichting bij: {criterion.question}", max_length=500, required=False
            )

    def criteria_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Pairs of answer and reason, for the page."""
        for criterion in self.theme.criteria:
            yield self[f"met_{criterion.key}"], self[f"why_{criterion.key}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for criterion in self.theme.criteria:
            if data.get(f"met_{criterion.key}") == "nee" and not data.get(f"why_{criterion.key}"):
                self.add_error(f"why_{criterion.key}", "Schrijf op waarom het toch een casus wordt.")
        return data

    def criteria(self) -> tuple[CriterionAnswer, ...]:
        """The answers as values."""
        data = self.cleaned_data
        return tuple(
            CriterionAnswer(c.key, data[f"met_{c.key}"] == "ja", data[f"why_{c.key}"]) for c in self.theme.criteria
        )


class AddForm(PlainForm):
    """To which open case of this table."""

    case = forms.ChoiceField(
        label="Bij welke casus?", error_messages={"required": "Kies een casus.", "invalid_choice": "Kies een casus."}
    )

    def __init__(self, *args: Any, cases: Iterable[CaseChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(str(case.pk), f"{case.reference} {case.name}") for case in cases]
        set_choices(self, "case", options, "Kies een casus")


class OpenForm(CriteriaForm):
    """A new case on this signal and the ticked ones."""

    signals = forms.MultipleChoiceField(
        label="Welke signalen bundelt u?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Dit signaal zit er altijd bij.",
    )
    short_name = forms.CharField(
        label="Korte naam van de casus",
        max_length=80,
        help_text="Alle deelnemers lezen dit. Bijvoorbeeld: Fam. V. (Lindelaan 14).",
        error_messages={"required": "Geef de casus een korte naam."},
    )
    summary = forms.CharField(
        label="Samenvatting",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alle deelnemers lezen dit. Zet hier geen gegevens van politie, zorg of justitie in.",
    )

    field_order = ("signals", "short_name", "summary")

    def __init__(self, *args: Any, alike: Iterable[Alike], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["signals"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(hit.pk), f"{hit.reference}, {hit.source}, {hit.place} ({', '.join(hit.reasons)})")
            for hit in alike
            if hit.can_bundle
        ]
        if not field.choices:
            del self.fields["signals"]
