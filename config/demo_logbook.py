"""Questions to the log that the privacy officer of Voorbeeldstad asks every week."""

from __future__ import annotations

from django.utils import timezone

from config.demo_town import Town
from privacy.logbook import questions

QUESTIONS = {
    "Buiten werktijd gekeken": {"soort": "looked", "buiten": "on"},
    "Geweigerd, laatste dertig dagen": {"geweigerd": "on"},
    "Meegenomen bestanden": {"soort": "exported"},
}


def load_logbook(town: Town) -> None:
    """Each question under its name; kept twice is once."""
    with town.doing("privacy_officer") as by:
        for name, asked in QUESTIONS.items():
            questions.keep(name, asked, now=timezone.now(), by=by)
