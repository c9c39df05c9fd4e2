"""What is known for a requirement, typed: each kind says what is missing, and gives the fact that the ladder judges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from escalation.authority_files import authorities
from escalation.fact_values import dump, load
from escalation.facts import Born, Checked, Consent, Fact, Package, Paper, Urgent, Views, midnight_after
from escalation.forms.facts import FactForm, fact_form
from escalation.laddering import ladders
from escalation.rungs import Ladder, Requirement, RequirementKind
from escalation.words import fact_said

TODAY = date.today()
TYPED = f"{TODAY:%d-%m-%Y}"
TOMORROW = f"{TODAY + timedelta(days=1):%d-%m-%Y}"


def asked(kind: RequirementKind, *, urgent: bool = False) -> tuple[Ladder, Requirement]:
    """The first thing of this kind that any ladder asks."""
    every = ((one, asks) for one in ladders().active() for rung in one.rungs for asks in rung.requires)
    return next((ladder, one) for ladder, one in every if one.kind is kind and (not urgent or one.urgent))


def form(kind: RequirementKind, *, urgent: bool = False, **sent: Any) -> FactForm:
    ladder, one = asked(kind, urgent=urgent)
    made = fact_form(sent, asked=one, ladder=ladder, authorities=authorities(), status_only=False, today=TODAY)
    made.is_valid()
    return made


K = RequirementKind
DRIEHOEK = ["burgemeester", "officier", "politiechef"]


@pytest.mark.parametrize(
    ("kind", "sent", "fact"),
    [
        (K.CHECK, {"held": "ja"}, Checked(True)),
        (K.CHECK, {"held": "nee"}, Checked(False)),
        (K.DOCUMENT, {"dated": TYPED, "how": "er"}, Paper(TODAY)),
        (K.VIEWS, {"how": "gegeven", "given": TYPED}, Views(given=TODAY)),
        (K.VIEWS, {"how": "gevraagd", "ends": TOMORROW}, Views(ends=midnight_after(TODAY + timedelta(days=1)))),
        (K.CONSENT, {"agreed": "ja", "dated": TYPED, "members": DRIEHOEK}, Consent(TODAY, frozenset(DRIEHOEK), True)),
        (K.AGE, {"born": "1-2-2003"}, Born(date(2003, 2, 1))),
        (K.PHASE, {"phase": "1", "categories": ["bsn"]}, Package(1, frozenset({"bsn"}), False)),
    ],
)
def test_what_is_typed_becomes_a_fact_that_is_kept_and_read_as_it_was(
    kind: RequirementKind, sent: dict[str, Any], fact: Fact
) -> None:
    made = form(kind, **sent)
    assert made.errors == {}
    assert made.fact() == fact
    assert load(dump(fact)) == fact
    assert fact_said(fact, asked(kind)[0], authorities()).endswith(".")


@pytest.mark.parametrize(
    ("kind", "sent", "field", "said"),
    [
        (K.CHECK, {}, "held", "Kies ja of nee."),
        (K.DOCUMENT, {"how": "er"}, "dated", "Vul de datum van het document in."),
        (K.DOCUMENT, {"dated": "gisteren"}, "dated", "Vul een bestaande datum in"),
        (K.DOCUMENT, {"dated": TOMORROW}, "dated", "Deze dag moet nog komen"),
        (K.VIEWS, {}, "how", "Kies hoe het staat met de zienswijze."),
        (K.VIEWS, {"how": "gegeven"}, "given", "op welke dag"),
        (K.VIEWS, {"how": "gevraagd"}, "ends", "de laatste dag"),
        (K.VIEWS, {"how": "gevraagd", "ends": TYPED}, "ends", "Kies een datum na vandaag"),
        (K.CONSENT, {"agreed": "ja"}, "dated", "Vul de datum van het besluit in."),
        (K.CONSENT, {"agreed": "ja", "dated": TYPED, "members": DRIEHOEK[:2]}, "members", "hoort ook de politiechef"),
        (K.AGE, {}, "born", "Vul de geboortedatum in."),
        (K.PHASE, {"categories": ["bsn"]}, "phase", "Kies een fase."),
        (K.PHASE, {"phase": "1"}, "categories", "Kies ten minste één soort gegevens."),
        (K.PHASE, {"phase": "1", "categories": ["onzin"]}, "categories", ""),
    ],
)
def test_what_is_missing_is_said_at_the_field(
    kind: RequirementKind, sent: dict[str, Any], field: str, said: str
) -> None:
    made = form(kind, **sent)
    assert said in made.errors[field][0]


def test_what_could_not_wait_is_said_where_the_law_lets_it() -> None:
    made = form(K.VIEWS, urgent=True, how="spoed")
    assert made.fact() == Urgent()
    ladder, one = asked(K.VIEWS, urgent=True)
    choices = fact_form(
        None, asked=one, ladder=ladder, authorities=authorities(), status_only=False, today=TODAY
    ).fields["how"]
    assert one.urgent in str(choices.choices)  # type: ignore[attr-defined]


def test_where_only_a_status_is_kept_there_is_no_field_for_more() -> None:
    ladder, one = asked(K.CHECK)
    made = fact_form({}, asked=one, ladder=ladder, authorities=authorities(), status_only=True, today=TODAY)
    assert "note" not in made.fields


def test_no_form_for_what_follows_from_the_case_itself() -> None:
    ladder, one = asked(K.CASUSREGISSEUR)
    with pytest.raises(KeyError):
        fact_form(None, asked=one, ladder=ladder, authorities=authorities(), status_only=False, today=TODAY)
