"""Words for what stands on pages of signals and cases."""

from __future__ import annotations

from django import template

from casework.attaching import KINDS
from casework.models import Attachment

register = template.Library()


@register.filter
def kind_and_size(file: Attachment) -> str:
    """What a file is and how large, as a person says it: "PDF, 1,2 MB"."""
    kilobytes = max(1, round(file.size / 1024))
    size = f"{kilobytes} kB" if kilobytes < 1000 else f"{file.size / 1024**2:.1f} MB".replace(".", ",")
    return f"{KINDS[file.kind].label}, {size}"
