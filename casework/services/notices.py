"""Word to a person that something waits (`partners/notices.py`), as the verbs of this package spell it."""

from __future__ import annotations

from partners.notices import tell

__all__ = ["tell"]
