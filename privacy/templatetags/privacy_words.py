"""Words for what stands on pages of every kind."""

from __future__ import annotations

from django import template
from django.forms.utils import ErrorDict

register = template.Library()


@register.filter
def lines(errors: ErrorDict) -> int:
    """How many sentences the summary of a form lists: one field may have more than one."""
    return sum(len(sentences) for sentences in errors.values())
