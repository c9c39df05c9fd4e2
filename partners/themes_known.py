"""The themes a table or covenant may have. Whoever owns the themes says which there are: they live above this app."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Kept = tuple[int, str]  # years from first processing, and where that is said
Provider = Callable[[], Iterable[tuple[str, str]]]
_providers: list[Provider] = []
_retention: list[Callable[[str], Kept | None]] = []


def register(provider: Provider) -> None:
    """Adds a source of themes: pairs of a code and the name a person reads."""
    if provider not in _providers:
        _providers.append(provider)


def choices() -> list[tuple[str, str]]:
    """Every known theme, in the order of its source."""
    return [pair for provider in _providers for pair in provider()]


def name_of(code: str) -> str:
    """The name of a theme; its code when no file has it any more."""
    return dict(choices()).get(code, code)


def register_retention(provider: Callable[[str], Kept | None]) -> None:
    """Adds who knows how long dossiers of a theme are kept."""
    if provider not in _retention:
        _retention.append(provider)


def retention_of(code: str) -> Kept | None:
    """How long dossiers of a theme are kept; None for a theme that nobody knows."""
    return next((kept for provider in _retention if (kept := provider(code)) is not None), None)
