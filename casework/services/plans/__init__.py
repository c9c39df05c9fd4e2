"""The one plan of a household. Safety first, goals per life domain, actions with one owner, versions, agreement."""

from __future__ import annotations

from casework.services.plans.moving import continue_in

__all__ = ["continue_in"]
