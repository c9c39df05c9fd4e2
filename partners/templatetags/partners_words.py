"""Small helpers of the beheerder's templates."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """The name that belongs to a code; the code itself when there is none."""
    return names.get(code, code)


@register.filter
def also(value: object, key: str) -> str:
    """The rest of an address that keeps a filter: `&q=jansen`, or nothing when it is empty."""
    return "&" + urlencode({key: str(value)}) if value else ""
