"""`manage.py rotate_kek`: a new epoch of the key encryption key, with every data key under it."""

from __future__ import annotations

from typing import Any

from privacy.actor import Actor
from privacy.upkeep.command import UpkeepCommand
from privacy.upkeep.rotating import rotate


class Command(UpkeepCommand):
    help = "Vernieuwt de sleutels. Er kan worden doorgewerkt. Na een onderbreking gaat dezelfde opdracht verder."
    purpose = "sleutels vernieuwen"

    def work(self, by: Actor, options: dict[str, Any]) -> None:
        epoch, moved = rotate(by=by)
        self.tell(f"Sleutel {epoch} is in gebruik; {moved} sleutels zijn opnieuw ingepakt.")
