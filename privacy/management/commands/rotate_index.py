"""`manage.py rotate_index`: a new key behind the digests by which likenesses are found."""

from __future__ import annotations

from typing import Any

from privacy.actor import Actor
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.indexing import rotate_index


class Command(UpkeepCommand):
    help = (
        "Vernieuwt de zoeksleutel. Zoeken gaat door; wie een signaal instuurt, wacht even. Er gaat geen dossier open."
    )
    purpose = "zoeksleutel vernieuwen"

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        epoch, moved = rotate_index(by=by)
        self.tell(f"Zoeksleutel {epoch} is in gebruik; {moved} kenmerken zijn omgezet.")
