"""Which texts of a ladder are about the person who asks for the own data."""

from __future__ import annotations

from casework.services.rights.texts import Text
from escalation.models import Breach, Finding, Proposal

TEXTS = (
    Text(Finding, "Wat voor een stap is vastgesteld", ("fact", "note"), "", "found_at"),
    Text(Proposal, "Voorstel voor een stap", ("about", "reason", "facts", "answer"), "", "proposed_at"),
    Text(Breach, "Een maatregel is niet nageleefd", ("note",)),
)
