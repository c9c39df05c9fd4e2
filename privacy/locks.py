"""The advisory locks that the whole house shares, side by side: no two may have one number."""

from __future__ import annotations

from enum import IntEnum, unique


@unique
class Lock(IntEnum):
    """What each is for. They stand in functions of the database too, so a number stays what it is."""

    INDEX_CHAIN = 4_210_730  # shared while somebody computes a digest: the chain is renewed when nobody does
    KEYS_IN_USE = 4_210_731  # shared while somebody acts: a data key is replaced only when nobody holds it
    UPKEEP = 4_210_732  # one piece of upkeep at a time
    SEALING = 4_210_733  # one sealer at a time
