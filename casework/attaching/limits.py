"""How much is taken. Files are held in memory while they are checked, so every number here is also a bound on that."""

from __future__ import annotations

MB = 1024 * 1024
MOST_BYTES = 10 * MB
MOST_FILES = 10  # on one contribution or item
MOST_OF_ORGANISATION = 100 * MB  # of one organisation in one dossier

MOST_PIXELS = 40_000_000
MOST_PARTS = 2_000  # inside an Office file
MOST_UNPACKED = 60 * MB
MOST_RATIO = 200  # a part larger than a megabyte that packs better than this is a bomb
