"""What may be said for and against two people being the same, in how many points.

The points are weights of judgement, not chances: a name alone never comes to "waarschijnlijk", and what speaks against
takes more than one thing away. They are shown with the reasons, so that a person can weigh them anew.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that agrees or differs. Only the code is kept with a verdict: it tells nothing of anybody."""

    code: str
    sentence: str
    points: int


_ALL = (
    Reason("bsn", "Zelfde BSN", 100),
    Reason("bsn_other", "Ander BSN", -100),
    Reason("surname", "Zelfde achternaam", 30),
    Reason("surname_sound", "Achternaam klinkt hetzelfde, of is anders overgeschreven", 25),
    Reason("surname_slip", "Achternaam verschilt één letter", 22),
    Reason("surname_part", "Meisjesnaam of een deel van een dubbele naam komt overeen", 22),
    Reason("surname_other", "Andere achternaam", -25),
    Reason("crossed", "Voornaam en achternaam staan omgewisseld", 45),
    Reason("given", "Zelfde voornaam", 20),
    Reason("given_sound", "Voornaam klinkt hetzelfde, of is anders overgeschreven", 18),
    Reason("given_call", "Roepnaam en doopnaam horen bij elkaar", 16),
    Reason("given_slip", "Voornaam verschilt één letter", 15),
    Reason("given_other", "Andere voornaam: denk ook aan een tweeling", -40),
    Reason("twin", "Zelfde dag en zelfde adres, maar de voornaam is anders geschreven: denk aan een tweeling", -10),
    Reason("initials", "Zelfde voorletters", 14),
    Reason("initial", "De voorletter past", 8),
    Reason("initials_other", "Een volgende voornaam of voorletter verschilt", -20),
    Reason("initial_other", "Andere voorletter", -30),
    Reason("born", "Zelfde geboortedatum", 40),
    Reason("born_swapped", "Dag en maand zijn omgewisseld", 32),
    Reason("born_digit", "De geboortedatum verschilt één cijfer", 20),
    Reason("born_first", "Zelfde geboortedatum, maar deze dag staat er vaak als alleen het jaar bekend is", 20),
    Reason("born_year", "Zelfde geboortejaar; van één is de dag niet bekend", 12),
    Reason("born_generation", "De geboortedatum verschilt één cijfer, maar ook vijftien jaar of meer", -5),
    Reason("born_other", "Andere geboortedatum: denk ook aan ouder en kind", -45),
    Reason("address", "Zelfde adres", 10),
    Reason("address_other", "Ander adres", -5),
    Reason("company", "Ook iemand anders uit hetzelfde dossier komt overeen", 10),
)
REASONS: dict[str, Reason] = {reason.code: reason for reason in _ALL}
