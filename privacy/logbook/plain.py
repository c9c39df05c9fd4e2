"""What somebody did, in words for the person whose data it is: one phrase for many events, after "Zij …"."""

from __future__ import annotations

from privacy import words
from privacy.roles import PURPOSES, Role

AT_TABLE = "bespraken uw situatie in een overleg"
REFUSED = "probeerden iets over u te openen; dat is geweigerd"
URGENT = "keken met spoed in uw gegevens (de privacy officer controleert dat)"
CHECKED = "controleerden wie naar uw gegevens keek"
ELSE = "werkten met uw gegevens"

_EXACT: dict[str, str] = {
    "list": "zagen uw dossier in een lijst",
    "read": "lazen uw gegevens",
    "search": "zochten in dossiers waar het uwe bij is",
    "export": "maakten een afdruk of bestand met uw gegevens",
    "count": "telden dossiers waar het uwe bij is",
    "preview": "keken wat een ander van uw gegevens ziet",
    "file.opened": "openden een document over u",
    "file.damaged": "wilden een document over u openen; dat lukte niet",
    "case.contributed": "brachten informatie over u in",
    "case.contribution_shared": "deelden informatie over u",
    "case.invited": "vroegen iemand om mee te werken",
    "signal.submitted": "meldden een zorg over u of uw omgeving",
    "signal.shared": "deelden een melding",
    "signal.forwarded": "stuurden een melding door",
    "dossier.founded": "legden een dossier aan",
    "dossier.destroyed": "vernietigden gegevens over u",
    "dossier.destroyed_again": "vernietigden gegevens over u",
    "dossier.shielded": "schermden uw dossier af",
    "access.read": CHECKED,
    "looks.judged": CHECKED,
    "log.own": "controleerden wie van de eigen organisatie keek",
    "emergency.opened": URGENT,
    "keys.reencrypted": "beveiligden uw dossier opnieuw",
}
_STARTS: dict[str, str] = {
    "signal.": "werkten aan een melding over u of uw omgeving",
    "draft.": "schreven aan een melding",
    "import.": "werkten aan een melding over u of uw omgeving",
    "case.": "werkten aan uw dossier",
    "plan.": "werkten aan het plan",
    "household.": "werkten aan het plan van uw gezin",
    "regie.": "spraken af wie de aanpak leidt",
    "stagnation.": "keken of de aanpak vastloopt",
    "ladder.": "werkten aan een besluit",
    "meeting.": "bereidden een overleg voor",
    "minutes.": "werkten aan het verslag van een overleg",
    "known.": "vroegen of u al bekend bent",
    "same.": "keken of twee personen dezelfde zijn",
    "grant.": "regelden wie uw gegevens mag zien",
    "exclusion.": "regelden wie uw gegevens niet mag zien",
    "access.": "regelden wie uw gegevens mag zien",
    "emergency.": "controleerden het kijken met spoed",
    "file.": "werkten aan documenten over u",
    "rights.": "werkten aan een verzoek over uw gegevens",
    "informing.": "hielden bij of u bericht kreeg",
    "log.": CHECKED,
}
ROLE_WORDS: dict[str, str] = {
    Role.PROFESSIONAL: "medewerker",
    Role.PROCESREGISSEUR: "regisseur van het overleg",
    Role.CASUSREGISSEUR: "regisseur van uw plan",
    Role.DECIDER: "wie besluiten neemt",
    Role.PRIVACY_OFFICER: "toezichthouder op privacy",
    Role.CONTACT_POINT: "contactpunt voor uw vragen",
    Role.CONTROLLER: "toezichthouder op privacy",
    Role.BEHEERDER: "beheerder",
    Role.IMPORTER: "medewerker die meldingen inleest",
}
# Grounds that are no article, in words for the person; another word that nobody explains is left out.
_GROUNDS: dict[str, str] = {
    "zetel": "deelname aan het overleg",
    "noodtoegang": "acuut gevaar (noodtoegang)",
    "controle": "controle door de privacy officer",
}
_PURPOSES = frozenset(PURPOSES.values())
SYSTEM = "Casustafel (automatisch)"


def done(event: str, channel: str, outcome: str, urgent: bool) -> str:
    """What was done, as a phrase."""
    if outcome == "refused":
        return REFUSED
    if channel == "table":
        return AT_TABLE
    if urgent:
        return URGENT
    return _EXACT.get(event) or next((said for start, said in _STARTS.items() if event.startswith(start)), ELSE)


def roles(written: str) -> list[str]:
    """The roles of an entry in words."""
    return [ROLE_WORDS[role] for role in written.split(",") if role in ROLE_WORDS]


def ground(code: str) -> str:
    """The article, or what else made it right, in words; empty for a code of ours that says a person nothing."""
    said = words.ground(code)
    return said if said != code else _GROUNDS.get(code, "")


def purpose(written: str) -> str:
    """A purpose that is one of ours; whatever else stands there may name somebody, and is left out."""
    return written if written in _PURPOSES else ""
