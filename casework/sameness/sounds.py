"""One spelling for what is written in several: Dutch sounds, and Arabic, Turkish and Slavic names in our letters.

A word has two keys, since `ch` stands for two sounds: Rachid is Rashid (as French writes it), Chalid is Khalid.
Two words sound alike when they share a key.
"""

from __future__ import annotations

import re

# In this order. Capitals are sounds that are found already, so that no later rule takes them for letters.
_BOTH = (
    (r"i(?:tsj|tsch|tch|ch|cz|c)$", "iC"),  # Petrović, Petrovitsj, Petrovich
    (r"tsj|tsch|tch", "C"),
    (r"(?:ff?|v|w)$", "v"),  # Ivanov, Ivanoff, Iwanow
    (r"^j(?=[aeou])|^y(?=[aeou])|^dj", "J"),
    (r"^c(?=e)", "J"),  # the Turkish c: Cemile is Jemile
    (r"ph", "f"),
    (r"th", "t"),
    (r"dt$|d$", "t"),
    (r"[sz]z$|tz$", "s"),
    (r"eu", "E"),
    (r"(?:ei|ey|ai|ay|aï)|(?<!^)y|^y(?![aeou])", "Y"),
    (r"auw|ouw|au|ou|oe|uw", "U"),
    (r"ie", "i"),
    (r"ck|q", "k"),
    (r"x", "ks"),
)
_FRENCH = ((r"sch|ch|sh|sj", "s"), (r"kh", "k"), (r"gh", "g"))
_DUTCH = ((r"sch$", "s"), (r"kh|ch|gh", "g"), (r"sh|sj", "s"), (r"h(?=[bcdfghjklmnprstvz])", "g"))
_LAST = (
    (r"z", "s"),
    (r"w", "v"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"[oUu]+", "u"),
    (r"[ae]+", "a"),
    (r"(.)\1+", r"\1"),
)
Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*spelled: tuple[tuple[str, str], ...]) -> Rules:
    return tuple((re.compile(pattern), sound) for some in spelled for pattern, sound in some)


FIRST, THEN = _rules(_BOTH), (_rules(_FRENCH, _LAST), _rules(_DUTCH, _LAST))


def _said(word: str, rules: Rules) -> str:
    for pattern, sound in rules:
        word = pattern.sub(sound, word)
    return word


def sounds(word: str) -> frozenset[str]:
    """The keys of one folded word, without spaces."""
    begun = _said(word, FIRST)
    return frozenset(_said(begun, rules) for rules in THEN)
