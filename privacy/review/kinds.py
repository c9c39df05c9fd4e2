"""The kinds of work that are done for the review: the rules go over the log, and the sample is drawn."""

from __future__ import annotations

EVALUATE = "review.evaluate"
DRAW = "review.draw"
