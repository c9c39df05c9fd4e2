"""A term is set when a dossier is founded, and afterwards only by functions of the database that compute it.

They check who asks (privacy/rls/terms.py); a later day is an extension (`extension.py`).
"""

from __future__ import annotations

from datetime import date

from privacy.calling import rows_of, value_of
from privacy.models import Dossier


def shorten_signal(dossier: Dossier, day: date) -> None:
    """A signal that is in no case goes on this day at the latest."""
    dossier.retain_until = value_of("privacy_signal_term", dossier.pk, day)


def follow_signals(dossier: Dossier) -> tuple[date, date]:
    """A case counts from its earliest signal, with the term that it has; gives that day and the day it goes."""
    ((first, until),) = rows_of("privacy_case_term", dossier.pk)
    dossier.first_processed_on, dossier.retain_until = first, until
    return first, until
