"""Ladders, decisions, measures and terms."""

from __future__ import annotations

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "escalation"
    verbose_name = "Escalatie"

    def ready(self) -> None:
        from casework import moments, tabled  # reads models, which are not there yet when this file is imported
        from casework.services.rights import texts
        from escalation import tabling
        from escalation.rights_texts import TEXTS
        from escalation.services.beginning import begin
        from escalation.services.ending import end

        moments.opened.register(begin)
        moments.closes.register(end)
        tabled.register_needs(tabling.needs)
        tabled.register_known(tabling.known)
        for text in TEXTS:
            texts.register(text)
