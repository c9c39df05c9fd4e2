"""The box in a browser where lines wait for the connection: its name and its key, both made by the server.

The key is in the page of this person for this meeting, and is stored nowhere in the browser. So who finds a laptop
finds ciphertext, and who logs in there as somebody else gets another key (docs/adr/0033).
"""

from __future__ import annotations

import base64
from uuid import UUID

from django.utils.crypto import salted_hmac

from privacy.actor import Actor


def name_of(meeting: UUID, *, by: Actor) -> str:
    """What the box is called: it tells neither who nor which meeting."""
    return salted_hmac("casework.meeting_box.name", f"{by.user_id}:{meeting}", algorithm="sha256").hexdigest()[:24]


def key_of(meeting: UUID, *, by: Actor) -> str:
    """The AES-256 key of the box, in base64."""
    made = salted_hmac("casework.meeting_box.key", f"{by.user_id}:{meeting}", algorithm="sha256")
    return base64.b64encode(made.digest()).decode()
