"""Step 2 of a signal: who it is about, as little as needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from casework import normalise
from casework.forms.cleaning import cleaned
from casework.models import SubjectKind
from casework.theme_files import Theme
from casework.values import SubjectInput
from privacy.forms import PlainForm

MOST = 4
NAMED = (SubjectKind.PERSON, SubjectKind.HOUSEHOLD, SubjectKind.GROUP, SubjectKind.LEGAL_PERSON)


class SubjectsForm(PlainForm):
    """One or more subjects; the first may be "weet ik niet"."""

    def __init__(self, *args: Any, theme: Theme, today: date, may_bsn: bool, count: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_bsn = may_bsn
        self.today, self.count = today, min(max(count, 1), MOST)
        kinds = [(kind, SubjectKind(kind).label) for kind in theme.subject_kinds]
        for index in range(self.count):
            self._add(index, kinds)

    def _add(self, index: int, kinds: list[tuple[str, str]]) -> None:
        wide = forms.TextInput(attrs={"autocomplete": "off", "class": "ct-w-30"})
        narrow = forms.TextInput(attrs={"autocomplete": "off", "class": "ct-w-10"})
        self.fields[f"kind_{index}"] = forms.ChoiceField(
            label="Wie of wat is het?",
            choices=kinds,
            widget=forms.RadioSelect,
            required=index == 0,
            error_messages={"required": "Kies wie of wat het is. Weet u het niet, kies dan 'Weet ik niet'."},
        )
        self.fields[f"name_{index}"] = forms.CharField(
            label="Naam",
            max_length=150,
            required=False,
            widget=wide,
            help_text="Zoals u die kent. Een voorletter of bijnaam mag ook.",
        )
        self.fields[f"birth_{index}"] = forms.CharField(
            label="Geboortedatum", max_length=30, required=False, widget=narrow, help_text="Bijvoorbeeld 12-3-1981."
        )
        if not self.may_bsn:
            return  # no basis for a BSN, so no question (WGS 2.29, UAVG 46)
        self.fields[f"bsn_{index}"] = forms.CharField(
            label="Burgerservicenummer (BSN)",
            max_length=20,
            required=False,
            widget=narrow,
            help_text="Alleen als u het zeker weet en het nodig is. Alleen de regisseur ziet het.",
        )

    def groups(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The fields per subject, for the page."""
        for index in range(self.count):
            yield (
                index + 1,
                [
                    self[f"{name}_{index}"]
                    for name in ("kind", "name", "birth", "bsn")
                    if f"{name}_{index}" in self.fields
                ],
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for index in range(self.count):
            self._clean_birth(index, data)
            if self.may_bsn:
                self._read(f"bsn_{index}", data, normalise.bsn)
            if data.get(f"kind_{index}") in NAMED and not data.get(f"name_{index}"):
                self.add_error(f"name_{index}", "Vul een naam in, of kies 'Weet ik niet'.")
            if index and not data.get(f"kind_{index}") and self._something(index, data):
                # Without its kind this subject would be left out, and the reporter would not know.
                self.add_error(f"kind_{index}", self.fields["kind_0"].error_messages["required"])
        return data

    def _something(self, index: int, data: dict[str, Any]) -> bool:
        return any(data.get(f"{name}_{index}") for name in ("name", "birth", "bsn"))

    def _read(self, name: str, data: dict[str, Any], parse: Any) -> None:
        try:
            data[name] = cleaned(parse, data.get(name) or "", empty=None)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)

    def _clean_birth(self, index: int, data: dict[str, Any]) -> None:
        name = f"birth_{index}"
        self._read(name, data, lambda text: normalise.dutch_date(text, today=self.today))
        if data.get(name) and data[name] > self.today:
            self.add_error(name, "Deze geboortedatum ligt in de toekomst. Controleer het jaar.")

    def as_subjects(self) -> tuple[SubjectInput, ...]:
        """The subjects as values; empty ones are left out."""
        found = []
        for index in range(self.count):
            kind = self.cleaned_data.get(f"kind_{index}")
            if kind:
                found.append(
                    SubjectInput(
                        SubjectKind(kind),
                        self.cleaned_data[f"name_{index}"],
                        self.cleaned_data[f"birth_{index}"],
                        self.cleaned_data.get(f"bsn_{index}") or "",
                    )
                )
        return tuple(found)
