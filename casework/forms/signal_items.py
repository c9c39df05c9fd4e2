"""Steps 3 and 4 of a signal: what was seen, and the last check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from casework import normalise
from casework.attaching import CleanFile
from casework.forms.attaching import FilesField, WithFiles
from casework.forms.cleaning import cleaned
from casework.models import Attachment, ItemAudience, ItemKind, Told
from casework.values import ItemInput
from privacy.forms import PlainForm, Tiles

MOST = 5
KIND_HINTS = {
    ItemKind.FACT: "Het staat vast: u kunt het aanwijzen in een registratie of document.",
    ItemKind.OBSERVATION: "U of een collega heeft het zelf gezien of gehoord.",
    ItemKind.OPINION: "Wat u ervan vindt of vermoedt, als professional.",
}


class ItemsForm(WithFiles):
    """One or more pieces of information, each with its files, kind, source and readers.

    `kept` are the files that the draft holds already, per item.
    """

    def __init__(
        self,
        *args: Any,
        today: date,
        categories: Mapping[str, str],
        own_category: str,
        count: int = 1,
        kept: Mapping[int, Sequence[Attachment]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.count, self.own_category = today, min(max(count, 1), MOST), own_category
        self.kept = dict(kept or {})
        for index in range(self.count):
            self._add(index, list(categories.items()))

    def _add(self, index: int, categories: list[tuple[str, str]]) -> None:
        self.fields[f"text_{index}"] = forms.CharField(
            label="Wat is er aan de hand?",
            max_length=5000,
            required=index == 0,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text="Schrijf op wat u zag of hoorde. Zet een feit en uw mening apart.",
            error_messages={"required": "Schrijf op wat er aan de hand is."},
        )
        self.fields[f"files_{index}"] = FilesField()
        self.fields[f"what_{index}"] = forms.ChoiceField(
            label="Wat is dit?",
            choices=ItemKind.choices,
            initial=ItemKind.OBSERVATION,
            required=False,
            widget=Tiles(hints={kind.value: hint for kind, hint in KIND_HINTS.items()}),
        )
        self.fields[f"audience_{index}"] = forms.ChoiceField(
            label="Wie mag dit lezen?",
            choices=ItemAudience.choices,
            initial=ItemAudience.TABLE,
            required=False,
            widget=forms.RadioSelect,
            help_text="Collega's van u die aan de casus meedoen, lezen het ook.",
        )
        self.fields[f"origin_{index}"] = forms.CharField(
            label="Hoe weet u dit?",
            max_length=200,
            required=False,
            help_text="Bijvoorbeeld: eigen registratie, huisbezoek, gesprek met een buur.",
        )
        self.fields[f"category_{index}"] = forms.ChoiceField(
            label="Soort gegevens", choices=categories, initial=self.own_category, required=False, widget=forms.Select
        )
        self.fields[f"on_{index}"] = forms.CharField(
            label="Wanneer was dat?",
            max_length=30,
            required=False,
            help_text="Bijvoorbeeld 23-11-2026. Laat leeg als het dezelfde dag was.",
            widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
        )

    def groups(self) -> Iterator[tuple[int, list[BoundField], Sequence[Attachment], list[BoundField]]]:
        """Per item its text and files, what is kept with it already, and its other fields; for the page."""
        for index in range(self.count):
            first, rest = ("text", "files"), ("what", "audience", "origin", "on", "category")
            fields = [[self[f"{name}_{index}"] for name in names] for names in (first, rest)]
            yield index + 1, fields[0], self.kept.get(index, ()), fields[1]

    def all_kept(self) -> list[Attachment]:
        """Every file that is kept with the draft, to read back."""
        return [file for index in range(self.count) for file in self.kept.get(index, ())]

    def sent(self) -> Iterator[tuple[int, tuple[CleanFile, ...]]]:
        """The right files of this sending per item, whatever else has to be changed first."""
        for index in range(self.count):
            files = self.cleaned_data.get(f"files_{index}")
            if files:
                yield index, files

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for index in range(self.count):
            name = f"on_{index}"
            more = data.get(f"origin_{index}") or data.get(name) or self.kept.get(index) or data.get(f"files_{index}")
            if index and not data.get(f"text_{index}") and more:
                # Without its text this item would be left out, and the reporter would not know.
                self.add_error(f"text_{index}", self.fields["text_0"].error_messages["required"])
            try:
                day = cleaned(
                    lambda text: normalise.dutch_date(text, today=self.today), data.get(name) or "", empty=None
                )
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
                continue
            if day and day > self.today:
                self.add_error(name, "Deze datum is nog niet geweest. Vul een datum tot en met vandaag in.")
            data[name] = day
        return data

    def as_items(self) -> tuple[ItemInput, ...]:
        """The items as values; empty ones are left out."""
        data = self.cleaned_data
        return tuple(
            ItemInput(
                kind=ItemKind(data[f"what_{index}"] or ItemKind.OBSERVATION),
                text=data[f"text_{index}"],
                category=data[f"category_{index}"] or self.own_category,
                audience=ItemAudience(data[f"audience_{index}"] or ItemAudience.TABLE),
                origin=data[f"origin_{index}"],
                occurred_on=data[f"on_{index}"],
                files=tuple(self.kept.get(index, ())),
            )
            for index in range(self.count)
            if data[f"text_{index}"]
        )


class CheckForm(PlainForm):
    """The reporter's own statement, and whether the subject knows."""

    told = forms.ChoiceField(
        label="Hebt u de persoon verteld dat u dit meldt?",
        choices=Told.choices,
        widget=forms.RadioSelect(attrs={"class": "ct-inline"}),
        error_messages={"required": "Kies of u het de persoon hebt verteld."},
    )
    not_told_reason = forms.CharField(
        label="Waarom niet?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Alleen als u het niet hebt verteld. Bijvoorbeeld: dat is onveilig voor een kind.",
    )
    correct = forms.BooleanField(
        label="Ik heb dit nagekeken. Het klopt, voor zover ik weet.",
        error_messages={"required": "Kijk het signaal na en zet dan een vinkje."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("told") == Told.NO and not (data.get("not_told_reason") or "").strip():
            self.add_error("not_told_reason", "Schrijf op waarom u het de persoon niet hebt verteld.")
        return data
