"""Organisations, people, tables and seats."""

from __future__ import annotations

from django.apps import AppConfig

from privacy import words
from privacy.retention import terms


def _grounds() -> dict[str, str]:
    from partners.profiling import profiles  # reads models, which are not there yet when this file is imported

    versions = sorted(profiles().versions, key=lambda profile: profile.version)
    return {ground.code: f"{ground.label} ({ground.article})" for version in versions for ground in version.grounds}


def _table(pk: str) -> terms.Table | None:
    from partners.models import CaseTable

    found = CaseTable.objects.filter(pk=pk).first()
    return (found.name, found.retention_years) if found else None


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        from partners.login.keeping import HOLDER  # models again
        from privacy.encryption import server

        server.HOLDERS.append(HOLDER)
        words.register_grounds(_grounds)
        terms.register_tables(_table)
