"""The one plan of a household."""

from __future__ import annotations
