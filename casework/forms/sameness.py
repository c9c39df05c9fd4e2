"""Who is being typed, and what somebody says of two people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from django import forms

from casework import known, normalise
from casework.forms.signal_subjects import MOST
from casework.models import SamenessVerdict, SubjectKind
from casework.sameness import Written
from casework.sameness.birth import Born
from privacy.forms import PlainForm

LOOK = "lijkt"  # the value of the button that looks who is alike
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class VerdictForm(PlainForm):
    """The same, or not."""

    verdict = forms.ChoiceField(
        choices=SamenessVerdict.choices, error_messages={"required": "Kies: dezelfde persoon, of niet dezelfde."}
    )


def _born(typed: str, today: date) -> Born:
    """What can be read of a date that is still being typed; a year alone counts too."""
    if _YEAR.fullmatch(typed.strip()):
        return int(typed)
    try:
        return normalise.dutch_date(typed, today=today) if typed.strip() else None
    except normalise.Unreadable:
        return None


def typed_person(data: Mapping[str, str], *, today: date) -> Written | None:
    """The person in the form of a case, as far as it is typed; None while there is no name."""
    name, kind = data.get("name", ""), data.get("kind", "")
    if not name.strip() or kind not in ("", SubjectKind.PERSON):
        return None
    places = known.address_keys(known.address_in(data.get("address", "")))
    return Written(name[:150], _born(data.get("birth_date", ""), today), frozenset(key for _, key in places))


def typed_people(data: Mapping[str, str], *, today: date) -> Iterator[Written]:
    """The people in the second step of a signal."""
    for index in range(MOST):
        given = {name: data.get(f"{name}_{index}", "") for name in ("name", "kind")}
        person = typed_person({**given, "birth_date": data.get(f"birth_{index}", "")}, today=today)
        if person:
            yield person
