"""The app of the competitors; only the bench installs it."""

from __future__ import annotations

from django.apps import AppConfig


class OthersConfig(AppConfig):
    name = "bench.others"
    label = "others"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from bench.others.models import AuditlogNote

        auditlog.register(AuditlogNote)
