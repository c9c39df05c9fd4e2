"""Choosing a theme, and the small forms around an existing signal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from partners.models import CaseTable
from privacy.forms import PlainForm, set_choices


class StartForm(PlainForm):
    """Which table a new signal is for."""

    table = forms.ChoiceField(
        label="Tafel",
        error_messages={
            "required": "Kies waar het signaal over gaat.",
            "invalid_choice": "Kies waar het signaal over gaat.",
        },
    )

    def __init__(self, *args: Any, tables: Iterable[CaseTable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "table", [(str(table.pk), table.name) for table in tables])


class AnswerForm(PlainForm):
    """An answer to the regisseur, or something to add."""

    text = forms.CharField(
        label="Uw antwoord of aanvulling",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Alleen de regisseur leest dit.",
        error_messages={"required": "Schrijf uw antwoord of aanvulling op."},
    )
