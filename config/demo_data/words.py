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
PERSONAL_ROLES = ("beheerder", "privacy_officer", "contact_point", "controller", "importer")
KEPT_APART = ("beheerder", "privacy_officer", "contact_point", "controller")
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
SUBJECT_KINDS = ("person", "household", "group", "legal_person", "address", "place", "branch", "phenomenon", "unknown")
RELATIONS = ("ouder", "partner", "kind", "grootouder", "familie", "alleen", "ander")
LEFT = ("verhuisd", "uit_elkaar", "zelfstandig", "uithuisplaatsing", "overleden")
SIGNAL_STATES = ("draft", "new", "asked", "bundled", "rejected", "forwarded")
CASE_STATES = ("open", "stagnating", "near_retention", "closed")
# What an organisation's own information is about, unless it says otherwise.
OWN_CATEGORY = {
    "gemeente_veiligheid": "gemeente",
    "gemeente_sociaal": "gemeente",
    "gemeente_vth": "gemeente",
    "gemeente_vergunningen": "gemeente",
    "gemeente_sociale_recherche": "financien",
    "gemeente_wmo": "gemeente",
    "politie": "politie",
    "om": "justitie",
    "woningcorporatie": "huisvesting",
    "ggz": "zorg",
    "ggd": "zorg",
    "veilig_thuis": "jeugdhulp",
    "welzijn": "algemeen",
    "jongerenwerk": "algemeen",
    "onderwijs": "onderwijs",
    "halt": "justitie",
}
# What each theme takes in; anything else is general.
THEME_CATEGORIES = {
    "woonoverlast": ("algemeen", "huisvesting", "politie", "gemeente", "zorg", "financien"),
    "jonge_aanwas": ("algemeen", "politie", "onderwijs", "justitie", "jeugdhulp", "financien", "zorg"),
    "hgkm": ("algemeen", "jeugdhulp", "zorg", "politie", "onderwijs", "justitie"),
    "ondermijning": ("algemeen", "gemeente", "financien", "politie", "huisvesting", "fiscaal"),
}


def own_category(organisation_kind: str, theme: str) -> str:
    """The category of what this kind of organisation reports under this theme."""
    own = OWN_CATEGORY.get(organisation_kind, "algemeen")
    return own if own in THEME_CATEGORIES[theme] else "algemeen"
