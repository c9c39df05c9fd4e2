"""A field for files: several at once, each checked, scanned and stripped before it is a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html

from casework.attaching import ACCEPT, MOST_BYTES, MOST_FILES, CleanFile, FileRefused, scanning, take_in
from casework.attaching.kinds import NAMES
from casework.attaching.limits import MB
from privacy.forms import PlainForm
from privacy.uploads import MOST_AT_ONCE

CHOOSE_AGAIN = "Kies uw bestanden opnieuw. De pagina onthoudt ze niet als er iets moet worden aangepast."
TOO_MUCH = f"past er niet meer bij: samen is dit meer dan {MOST_AT_ONCE // MB} MB. Voeg ze in delen toe."
NOT_SCANNED = "Bestanden worden hier niet op virussen gescand. Open alleen bijlagen van mensen die u kent."
OTHERS_TOO = "Van deze bestanden is nog niets bewaard. Kies ook de andere opnieuw."


class FilesInput(forms.FileInput):
    """One field, more files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Files as a tuple of CleanFile; names each file that is refused, and says why and what to do."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Bijlagen")
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", f"{NAMES}. Ten hoogste {MOST_FILES} bestanden van {MOST_BYTES // MB} MB.")
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ACCEPT

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        bound = super().get_bound_field(form, field_name)
        if scanning.is_off():
            bound.help_text = format_html(
                "{} <strong>De virusscan staat uit.</strong> {}", str(self.help_text), NOT_SCANNED
            )
        return bound

    def clean(self, data: Any, initial: Any = None) -> tuple[CleanFile, ...]:
        sent: list[UploadedFile[bytes]] = [file for file in data or [] if file]
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(f"Dit zijn {len(sent)} bestanden. Kies er ten hoogste {MOST_FILES}.")
        taken, wrong = [], []
        for file in sent:
            try:
                taken.append(_taken(file))
            except FileRefused as refusal:
                wrong.append(f"{str(file.name)[:60]} {refusal}")
        if wrong and len(sent) > 1:
            wrong.append(OTHERS_TOO)
        if wrong:
            raise forms.ValidationError(wrong)
        return tuple(taken)


def _taken(file: UploadedFile[bytes]) -> CleanFile:
    if getattr(file, "all_too_much", False):
        raise FileRefused(TOO_MUCH)
    return take_in(str(file.name), file.read(), size=file.size)


class WithFiles(PlainForm):
    """A form that files can be given with. When it comes back, it says that they must be chosen again."""

    def file_fields(self) -> Iterable[str]:
        """Names of the fields that take files."""
        return [name for name, field in self.fields.items() if isinstance(field, FilesField)]

    def came_back(self) -> None:
        for name in self.file_fields():
            if self.files.getlist(name) and name not in self.errors:
                self.add_error(name, CHOOSE_AGAIN)
