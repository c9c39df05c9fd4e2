"""Forms of this house: Dutch, no browser validation, errors that say what to do. They never save."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms


@dataclass(frozen=True, slots=True)
class Fold:
    """Fields that are folded away behind a title, and whether the fold is open."""

    title: str
    fields: Sequence[forms.BoundField]
    is_open: bool


def _reads_as_something(text: str) -> bool:
    """Whether there is anything to see: control and format characters and spaces of any kind are nothing."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)


class PlainForm(forms.Form):
    """Base of every form. The browser does not judge; we say what to do after sending."""

    use_required_attribute = False
    hide_optional = False  # filters: "(niet verplicht)" is not written behind each label
    folded: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Title to names of fields that most people do not need: shown folded, below the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """A required text that nobody can see is no text: the page would show an empty name without a link."""
        super().full_clean()
        for name, field in self.fields.items() if self.is_bound else ():
            typed = self.cleaned_data.get(name) if type(field) is forms.CharField and field.required else None
            if isinstance(typed, str) and not _reads_as_something(typed):
                self.add_error(name, field.error_messages["required"])

    def unfolded_fields(self) -> list[forms.BoundField]:
        """What everybody must look at."""
        away = {name for names in self.folded.values() for name in names}
        return [field for field in self.visible_fields() if field.name not in away]

    def folds(self) -> list[Fold]:
        """The rest, by title; open as soon as one of its fields holds something or is wrong."""
        found = [(title, [self[name] for name in names if name in self.fields]) for title, names in self.folded.items()]
        return [Fold(title, fields, any(f.errors or f.value() for f in fields)) for title, fields in found if fields]

    def came_back(self) -> None:
        """Called when the form is shown again after sending: what a browser does not keep must be told."""


class Tiles(forms.RadioSelect):
    """Radio buttons drawn as tiles with one sentence each."""

    template_name = "django/forms/widgets/tiles.html"

    def __init__(self, *, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[str, str]], empty: str = "") -> None:
    """Fills a choice field, with a first line that is no choice when `empty` is given."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *choices] if empty else list(choices)
