"""The top of the house: settings, addresses, demo."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        # Found by name, once every model is there: start-up checks, and the handlers of background jobs.
        autodiscover_modules("checks", "mail", "later")
