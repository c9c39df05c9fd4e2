"""Two names beside each other: how the surnames agree, and how what stands before them does."""

from __future__ import annotations

from itertools import product

from casework.sameness.calling import called, same_by_calling
from casework.sameness.edits import one_slip
from casework.sameness.names import Name, Surname, Word

LEAST = 4  # shorter names that differ in a letter are other names: Bos and Vos, Kim and Tim


def _slipped(left: Word, right: Word) -> bool:
    return min(len(left.text), len(right.text)) >= LEAST and one_slip(left.text, right.text)


def _slipped_in_sound(left: Word, right: Word) -> bool:
    """One slip in the sounds of a given name that is long enough to be known by them: Joessoef and Youssef.

    Not for surnames: sounds take vowels together, and with a slip besides Hoekstra would be Hofstra.
    """
    return any(one_slip(a, b) for a, b in product(left.sounds, right.sounds) if min(len(a), len(b)) > LEAST)


def _surname(left: Surname, right: Surname) -> str:
    if left.core == right.core or left.whole == right.whole:
        return "surname"
    if left.core.sounds_like(right.core) or left.whole.sounds_like(right.whole):
        return "surname_sound"
    if _slipped(left.core, right.core) or _slipped(left.whole, right.whole):
        return "surname_slip"
    return ""


def of_surnames(left: Name, right: Name) -> str:
    """The code of how the surnames agree, or that they differ; empty when one has none."""
    if not (left.surnames and right.surnames):
        return ""
    ways = {_surname(a, b) for a, b in product(left.surnames, right.surnames)} - {""}
    if not ways:
        return "surname_other"
    if len(left.surnames) == len(right.surnames) == 1:
        return ways.pop()
    if set(left.surnames) == set(right.surnames):
        return "surname"
    return "surname_part" if ways & {"surname", "surname_sound"} else "surname_slip"


def crossed(left: Name, right: Name) -> bool:
    """Whether each one's given name is the other's surname: Yilmaz Mehmet and Mehmet Yilmaz."""
    if not (len(left.given) == len(right.given) == len(left.surnames) == len(right.surnames) == 1):
        return False
    return left.given[0].sounds_like(right.surnames[0].core) and right.given[0].sounds_like(left.surnames[0].core)


def _given(left: Name, right: Name) -> str:
    one, other = left.given[0], right.given[0]
    whole, whole_other = (Word("".join(word.text for word in name.given)) for name in (left, right))
    if whole == whole_other:
        return "given"
    if one == other:  # Jan Willem and Jan; but Jan Willem is not Jan Hendrik
        begun = [tuple(word.text for word in name.given) for name in (left, right)]
        return "initials_other" if _initials(*begun) == "initials_other" else "given"
    if one.sounds_like(other) or whole.sounds_like(whole_other):
        return "given_sound"
    if same_by_calling(one.text, other.text) or set(left.given) & set(right.given):
        return "given_call"
    return "given_slip" if _slip_of(one, other) else "given_other"


def _slip_of(one: Word, other: Word) -> bool:
    """A slip; but another letter in front, or one more at the end, makes another name: Sanne, Hanne; Simon, Simone."""
    begun = {sound[:1] for sound in one.sounds} & {sound[:1] for sound in other.sounds}
    ends = one.text.startswith(other.text) or other.text.startswith(one.text)
    return bool(begun) and not ends and (_slipped(one, other) or _slipped_in_sound(one, other))


def _initials(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    agree = [a[0] == b[0] for a, b in zip(left, right, strict=False)]
    if not agree[0]:
        return "initial_other"
    if not all(agree):
        return "initials_other"
    return "initials" if len(agree) > 1 else "initial"


def _initials_of_given(initials: tuple[str, ...], given: tuple[Word, ...]) -> str:
    way = _initials(initials, tuple(name.text for name in given))
    if way in ("initials", "initial"):
        return way
    return "initial" if any(name[0] == initials[0][0] for name in called(given[0].text)) else way


def of_first_names(left: Name, right: Name) -> str:
    """The code of how given names or initials agree, or that they differ; empty when one has neither."""
    if left.given and right.given:
        return _given(left, right)
    if left.given and right.initials:
        return _initials_of_given(right.initials, left.given)
    if right.given and left.initials:
        return _initials_of_given(left.initials, right.given)
    return _initials(left.initials, right.initials) if left.initials and right.initials else ""
