"""The codes that the demo may use, as agreed between the rooms; tests hold them next to the real ones."""

from __future__ import annotations

THEMES = ("woonoverlast", "jonge_aanwas", "hgkm", "ondermijning")
ORGANISATION_KINDS = (
    "gemeente_veiligheid",
    "gemeente_sociaal",
    "gemeente_vth",
    "gemeente_vergunningen",
    "gemeente_sociale_recherche",
    "gemeente_wmo",
    "politie",
    "om",
    "woningcorporatie",
    "ggz",
    "ggd",
    "veilig_thuis",
    "welzijn",
    "jongerenwerk",
    "onderwijs",
    "halt",
)
SEAT_ROLES = ("professional", "procesregisseur", "casusregisseur", "decider")
PERSONAL_ROLES = ("beheerder", "privacy_officer", "importer")
KEPT_APART = ("beheerder", "privacy_officer")
CATEGORIES = (
    "zorg",
    "jeugdhulp",
    "politie",
    "justitie",
    "huisvesting",
    "financien",
    "onderwijs",
    "fiscaal",
    "gemeente",
    "algemeen",
)
ITEM_KINDS = ("feit", "waarneming", "oordeel")
SEVERITIES = ("laag", "midden", "hoog", "acuut")
SUBJECT_KINDS = ("person", "household", "group", "legal_person", "address", "place", "unknown")
SIGNAL_STATES = ("draft", "new", "asked", "bundled", "rejected", "forwarded")
CASE_STATES = ("open", "stagnating", "near_retention", "closed")
# What an organisation's own information is about, unless it says otherwise.
OWN_CATEGORY = {
    "politie": "politie",
    "om": "justitie",
    "halt": "justitie",
    "woningcorporatie": "huisvesting",
    "ggz": "zorg",
    "ggd": "zorg",
    "veilig_thuis": "zorg",
    "onderwijs": "onderwijs",
    "welzijn": "algemeen",
    "jongerenwerk": "algemeen",
    "gemeente_veiligheid": "gemeente",
    "gemeente_sociaal": "gemeente",
    "gemeente_vth": "gemeente",
    "gemeente_vergunningen": "gemeente",
    "gemeente_sociale_recherche": "gemeente",
    "gemeente_wmo": "gemeente",
}
