"""What the parts of a case are called that the table made: items, minutes, questions and actions."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from casework.models import AgendaItem, ItemQuestion, TableAction
from privacy.access import visible
from privacy.actor import Actor


def titles_of_table(dossier_id: UUID, *, by: Actor) -> dict[UUID, str]:
    """By compartment: what stands in it, as far as the reader may read it."""
    found: dict[UUID, str] = {}
    for item in visible(AgendaItem, by=by).filter(dossier=dossier_id).select_related("meeting"):
        day = f"{timezone.localtime(item.meeting.starts_at):%d-%m-%Y}"
        found[item.compartment_id] = f"het agendapunt van {day}"
        found[item.record_id] = f"het verslag van het agendapunt van {day}"
    for question in visible(ItemQuestion, by=by).filter(dossier=dossier_id).select_related("organisation"):
        found[question.compartment_id] = f"de vraag aan {question.organisation.name} voor het overleg"
    for action in visible(TableAction, by=by).filter(dossier=dossier_id).select_related("organisation"):
        found[action.compartment_id] = f"een actie van {action.organisation.name} uit het overleg"
    return found
