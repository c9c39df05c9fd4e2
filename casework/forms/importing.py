"""Offering a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.importing import MAX_BYTES
from partners.models import CaseTable
from privacy.forms import PlainForm, set_choices


class UploadForm(PlainForm):
    """A file of a partner, for one table."""

    table = forms.ChoiceField(
        label="Voor welke tafel?", error_messages={"required": "Kies een tafel.", "invalid_choice": "Kies een tafel."}
    )
    file = forms.FileField(
        label="Bestand",
        help_text="Een CSV- of Excelbestand van een partner, ten hoogste 10 MB.",
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
            "missing": "Kies een bestand.",
            "invalid": "Kies een bestand.",
        },
    )

    def __init__(self, *args: Any, tables: Iterable[CaseTable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "table", [(str(table.pk), table.name) for table in tables], "Kies een tafel")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("Dit bestand is groter dan 10 MB. Splits het en bied de delen apart aan.")
        return file
