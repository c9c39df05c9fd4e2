"""Words for codes that the log keeps. Whoever owns the codes says what they mean: they live above this package."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Provider = Callable[[], Mapping[str, str]]
_grounds: list[Provider] = []


def register_grounds(provider: Provider) -> None:
    """Adds a source of grounds: a code and what a person reads, with the article."""
    if provider not in _grounds:
        _grounds.append(provider)


def ground(code: str) -> str:
    """What a person reads for the code of a ground; the code itself when nobody knows it (any more)."""
    return next((known[code] for provider in _grounds if code in (known := provider())), code)
