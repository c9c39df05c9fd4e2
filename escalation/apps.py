"""Ladders, decisions, measures and terms."""

from __future__ import annotations

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "escalation"
    verbose_name = "Escalatie"

    def ready(self) -> None:
        from casework import opened  # reads models, which are not there yet when this file is imported
        from escalation.services.beginning import begin

        opened.register(begin)
