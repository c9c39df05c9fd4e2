"""Taking in a file: what it is by its content, whether it is safe, and without what it tells beside its content.

`take_in` is the only way to a `CleanFile`, and a `CleanFile` is the only thing that can be attached.
"""

from __future__ import annotations

from casework.attaching.intake import CleanFile, take_in
from casework.attaching.kinds import ACCEPT, KINDS, ask_for
from casework.attaching.limits import MOST_BYTES, MOST_FILES, MOST_OF_ORGANISATION
from casework.attaching.refused import FileRefused

__all__ = [
    "ACCEPT",
    "KINDS",
    "MOST_BYTES",
    "MOST_FILES",
    "MOST_OF_ORGANISATION",
    "CleanFile",
    "FileRefused",
    "ask_for",
    "take_in",
]
