"""What the two pages on which somebody answers an offer of the regie share."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from casework.forms.regie import DeclineForm
from casework.models import Handover
from privacy.forms import PlainForm


def answering(handover: Handover, form: PlainForm, *, mine: bool) -> dict[str, Any]:
    """The offer with the forms for yes and no; one that was answered meanwhile, or is not `mine`, is not open."""
    handover.refresh_from_db(fields=["answered_at"])
    return {
        "handover": handover,
        "form": form,
        "no": form if isinstance(form, DeclineForm) else DeclineForm(None),
        "open_offer": mine and handover.answered_at is None and not handover.lapsed(timezone.now()),
    }
