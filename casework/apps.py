"""Signals, cases and the work on them."""

from __future__ import annotations

from django.apps import AppConfig

from partners import themes_known
from privacy.retention import terms


def _themes() -> list[tuple[str, str]]:
    from casework.theming import themes  # reads models, which are not there yet when this file is imported

    return [(theme.code, theme.name) for theme in themes().active()]


def _retention(code: str) -> themes_known.Kept | None:
    from casework.theming import themes

    found = next((theme for theme in themes().active() if theme.code == code), None)
    return (found.retention_years, found.retention_source) if found else None


def _kept(code: str) -> terms.Theme | None:
    kept = _retention(code)
    return (themes_known.name_of(code), f"{kept[0]} jaar. {kept[1]}") if kept else None


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "Casussen"

    def ready(self) -> None:
        from casework import moments  # reads models, which are not there yet when this file is imported
        from casework.queries import officer_desk
        from casework.services import priority
        from casework.services.meetings import actions, agenda
        from privacy import waiting

        themes_known.register(_themes)
        waiting.register(officer_desk.requests)
        waiting.register(officer_desk.informing)
        themes_known.register_retention(_retention)
        terms.register_themes(_kept)
        moments.closes.register(agenda.case_closes)
        moments.closes.register(actions.case_closes)
        moments.closes.register(priority.case_closes)
