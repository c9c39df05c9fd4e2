"""Are two people, as they were written down, the same? A pure judgement with its reasons, that decides nothing.

No database, no clock, no network: what is compared is given, and what comes out is a number, a band and Dutch sentences
for and against. `compare` is the whole of it; `hopeless` says beforehand of most pairs that nothing will come of them.
"""

from __future__ import annotations

from casework.sameness.judging import Band, Comparison, Written, compare, hopeless
from casework.sameness.reasons import REASONS, Reason

__all__ = ["REASONS", "Band", "Comparison", "Reason", "Written", "compare", "hopeless"]
