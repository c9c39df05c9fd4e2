"""The legal profiles of this municipality, read once at start."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from partners.models import CaseTable
from partners.profile_files import Profile, ProfileSet, load_profiles
from privacy.retention.terms import earliest, years_after

DIRECTORY = Path(__file__).parent / "profiles"


@lru_cache(maxsize=1)
def profiles() -> ProfileSet:
    """All profiles; raises DataFileError with file and line for a mistake in one."""
    return load_profiles(DIRECTORY)


def profile_of(table: CaseTable) -> Profile:
    """The newest version of the profile of this table."""
    return profiles().newest(table.profile)


def kept_until(table: CaseTable, first_processed: date) -> date:
    """The day on which a dossier of this table goes at the latest: by its profile, or by its own shorter term."""
    ends = [profile_of(table).retain_until(first_processed)]
    if table.retention_years:
        ends.append(years_after(first_processed, table.retention_years))
    return earliest(ends)


def profile_version(code: str, version: str) -> Profile:
    """A profile as it was when a case began."""
    return profiles().get(code, version)
