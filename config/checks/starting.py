"""Start-up checks: a mistake in a data file is refused with file, line and reason; so is a root out of reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from casework.instrument_files import instruments
from casework.plan_files import domain_lists
from casework.theming import themes
from escalation.authority_files import authorities
from escalation.laddering import ladders
from partners.profile_files import ALL
from partners.profiling import profiles
from privacy.datafiles import DataFileError
from privacy.encryption.providers import RootUnavailable, root
from privacy.free_days import free_days


@register()
def data_files(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Reads every theme, profile, list, instrument and ladder; one error per mistake. A list comes before its users."""
    mistakes: dict[str, None] = {}  # once: an instrument is read beside the profiles, a ladder beside the themes
    for load in (themes, profiles, domain_lists, instruments, free_days, authorities, ladders):
        try:
            load()
        except DataFileError as error:
            mistakes |= dict.fromkeys(map(str, error.mistakes))
    return [Error(mistake, id="casustafel.E001") for mistake in mistakes]


@register()
def extension_themes(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A profile that extends terms for a theme that is in no file: most often a typing error."""
    try:
        known = {ALL, *(theme.code for theme in themes().active())}
        extending = [(profile, profile.extension) for profile in profiles().active() if profile.extension]
    except DataFileError:
        return []  # said above
    return [
        Error(f"{profile.code}-{profile.version}.toml: thema '{theme}' bij grond {ground.code} is onbekend",
              id="casustafel.E001")
        for profile, rule in extending for ground in rule.grounds for theme in ground.themes if theme not in known
    ]  # fmt: skip


@register()
def root_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Asks the keeper of the root key whether it is there and as it should be."""
    try:
        root().check()
    except RootUnavailable as error:
        return [Error(str(error), id="casustafel.E002")]
    return []
