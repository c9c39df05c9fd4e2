"""On which grounds something is erased, and on which it stays (AVG 17, Wpg 28). No database, no clock."""

from __future__ import annotations

from typing import Any

ERASE_GROUNDS: dict[str, tuple[str, str]] = {
    "avg_17_1_a": ("artikel 17, lid 1, onder a, AVG", "niet meer nodig voor het doel"),
    "avg_17_1_b": ("artikel 17, lid 1, onder b, AVG", "de toestemming is ingetrokken"),
    "avg_17_1_c": ("artikel 17, lid 1, onder c, AVG", "het bezwaar is gegrond"),
    "avg_17_1_d": ("artikel 17, lid 1, onder d, AVG", "onrechtmatig verwerkt"),
    "avg_17_1_e": ("artikel 17, lid 1, onder e, AVG", "de wet verplicht tot wissen"),
    "avg_17_1_f": ("artikel 17, lid 1, onder f, AVG", "verzameld bij een dienst op internet voor een kind"),
    "wpg_28": ("artikel 28 Wpg", "politiegegevens die onjuist, niet nodig of onrechtmatig zijn"),
}
KEEP_GROUNDS: dict[str, tuple[str, str]] = {
    "avg_17_3_a": ("artikel 17, lid 3, onder a, AVG", "vrijheid van meningsuiting en informatie"),
    "avg_17_3_b": ("artikel 17, lid 3, onder b, AVG", "een wettelijke plicht of een taak van algemeen belang"),
    "avg_17_3_c": ("artikel 17, lid 3, onder c, AVG", "de volksgezondheid"),
    "avg_17_3_d": ("artikel 17, lid 3, onder d, AVG, en de Archiefwet", "archivering, onderzoek of statistiek"),
    "avg_17_3_e": ("artikel 17, lid 3, onder e, AVG", "een juridische procedure"),
    "wgs_1_8": ("artikel 1.8 WGS", "de wettelijke bewaartermijn van het samenwerkingsverband"),
    "wpg_28_4": ("artikel 28 Wpg", "politiegegevens die nog nodig zijn"),
    "niet_grond": ("artikel 17, lid 1, AVG", "geen van de gronden om te wissen"),
}
HELD = "avg_17_3_e"
ALL = ERASE_GROUNDS | KEEP_GROUNDS


def choices() -> list[tuple[str, Any]]:
    """For a list to choose from, in two groups."""
    return [
        ("Wissen, want", [(code, f"{why.capitalize()} ({law})") for code, (law, why) in ERASE_GROUNDS.items()]),
        ("Blijft staan, want", [(code, f"{why.capitalize()} ({law})") for code, (law, why) in KEEP_GROUNDS.items()]),
    ]


def fits(decision: str, ground: str) -> bool:
    """Whether this ground goes with that decision."""
    return ground in (KEEP_GROUNDS if decision == "keep" else ERASE_GROUNDS)
