"""Requests of persons concerned, as the law has them: terms, who may ask, grounds of refusal. No database, no clock.

AVG 12(3): one month, two more with notice before the first ends. Wpg 25: six weeks for police data. Age: Wmo 2015
5.3.2, UAVG 5(4) and Wpg 26(2): under sixteen by the representative, and under twelve never by the child itself.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

POLICE_WEEKS = 6
EXTRA_MONTHS = 2
OWN_FROM, HEARD_FROM = 16, 12
SELF, CHILD, REPRESENTED = "self", "child", "represented"
SOON = timedelta(days=7)
TO_ANSWER = timedelta(days=10)
BEFORE_TERM = timedelta(days=5)

# How the contact point found out that somebody is who he says (AVG 12(6)); never a copy of a passport.
IDENTITY_WAYS: dict[str, str] = {
    "balie": "Aan de balie, met een identiteitsbewijs",
    "digid": "Brief of bericht met DigiD",
    "thuis": "Bij de persoon thuis, met een identiteitsbewijs",
    "bekend": "Bekende van de gemeente, herkend door een medewerker",
    "gemachtigde": "Advocaat of gemachtigde, met een machtiging",
}

# Code, article, and in plain words. The letters are those of UAVG 41(1).
GROUNDS: dict[str, tuple[str, str]] = {
    "avg_15_4": ("artikel 15, lid 4, AVG", "rechten en vrijheden van anderen"),
    "uavg_41_a": ("artikel 41, lid 1, onder a, UAVG", "de nationale veiligheid"),
    "uavg_41_b": ("artikel 41, lid 1, onder b, UAVG", "de landsverdediging"),
    "uavg_41_c": ("artikel 41, lid 1, onder c, UAVG", "de openbare veiligheid"),
    "uavg_41_d": ("artikel 41, lid 1, onder d, UAVG", "het voorkomen en opsporen van strafbare feiten"),
    "uavg_41_e": ("artikel 41, lid 1, onder e, UAVG", "een ander belangrijk algemeen belang"),
    "uavg_41_f": ("artikel 41, lid 1, onder f, UAVG", "de onafhankelijkheid van de rechter"),
    "uavg_41_g": ("artikel 41, lid 1, onder g, UAVG", "de beroepscode van een gereglementeerd beroep"),
    "uavg_41_h": ("artikel 41, lid 1, onder h, UAVG", "toezicht of inspectie door de overheid"),
    "uavg_41_i": ("artikel 41, lid 1, onder i, UAVG", "bescherming van u of van anderen"),
    "uavg_41_j": ("artikel 41, lid 1, onder j, UAVG", "het innen van vorderingen"),
    "wpg_27": ("artikel 27 Wpg", "politiegegevens die geheim moeten blijven"),
    "medisch": ("artikel 7:457 BW en artikel 88 Wet BIG", "het medisch beroepsgeheim"),
    "jeugd": ("artikel 7.3.11 Jeugdwet", "de geheimhouding van de jeugdhulpverlener"),
}
OTHERS = "avg_15_4"


def article(ground: str) -> str:
    """The article of a ground, as it stands in a letter."""
    return GROUNDS[ground][0]


def ground_choices() -> list[tuple[str, str]]:
    """For a list to choose from."""
    return [(code, f"{why.capitalize()} ({law})") for code, (law, why) in GROUNDS.items()]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month: 31 January and one is 28 or 29 February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Terms:
    """The last days on which something may still be done."""

    answer_on: date
    notice_on: date
    police_on: date | None

    @property
    def first(self) -> date:
        """The first of them: the board is sorted by it."""
        return min(self.answer_on, self.police_on or self.answer_on)


def terms(received_on: date, *, extended: bool, police: bool) -> Terms:
    """What follows from the day of receipt."""
    first = months_after(received_on, 1)
    answer = months_after(received_on, 1 + EXTRA_MONTHS) if extended else first
    return Terms(answer, first, received_on + timedelta(weeks=POLICE_WEEKS) if police else None)


def to_answer_by(received_on: date, today: date) -> date:
    """When somebody who is asked something has to answer: in time for the answer to the person."""
    return min(today + TO_ANSWER, max(today, months_after(received_on, 1) - BEFORE_TERM))


def why_not_extend(received_on: date, *, extended: bool, today: date) -> str:
    """Why the term can't be made longer now; empty when it can."""
    if extended:
        return "De termijn is al verlengd. Dat kan één keer."
    if today > months_after(received_on, 1):
        return "De eerste maand is voorbij. Een bericht van verlenging hoort binnen die maand (artikel 12, lid 3, AVG)."
    return ""


def state_of(term: date, today: date) -> str:
    """How a term stands, in the words of the screen."""
    return "te_laat" if today > term else "bijna" if term - today <= SOON else "ruim"


def stage(term: date, today: date) -> str:
    """Which reminder of a term is due: a week before, the day before, or that it is over; empty when none is."""
    left = term - today
    if left < timedelta():
        return "over"
    return "day" if left <= timedelta(days=1) else "week" if left <= SOON else ""


def age_on(born: date, day: date) -> int:
    """Whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody may not ask this, with the article."""

    code: str
    sentence: str


UNDER_TWELVE = Refusal(
    "wmo_5_3_2_jonger_dan_12",
    "Een kind jonger dan 12 jaar kan dit niet zelf vragen. De wettelijk vertegenwoordiger doet het verzoek "
    "(artikel 5.3.2 Wmo 2015 en artikel 5, lid 4, UAVG; voor politiegegevens artikel 26, lid 2, Wpg).",
)
UNDER_SIXTEEN = Refusal(
    "uavg_5_4_jonger_dan_16",
    "Wie 12 jaar is en nog geen 16, vraagt dit samen met de wettelijk vertegenwoordiger, die het verzoek doet "
    "(artikel 5.3.2 Wmo 2015 en artikel 5, lid 4, UAVG; voor politiegegevens artikel 26, lid 2, Wpg).",
)
OF_AGE = Refusal(
    "uavg_5_4_zestien_of_ouder",
    "Vanaf 16 jaar vraagt iemand dit zelf. Een ouder kan het niet namens dit kind doen (artikel 5, lid 4, UAVG).",
)
NO_MANDATE = Refusal(
    "uavg_5_4_geen_vertegenwoordiger",
    "Er staat niet bij waaruit blijkt dat iemand deze persoon vertegenwoordigt, zoals een machtiging of een "
    "beschikking (artikel 5, lid 4, UAVG).",
)


def why_refused(about: str, born: date, *, mandate: bool, on: date) -> Refusal | None:
    """Whether the law refuses this request because of who asks for whom; None when it does not."""
    age = age_on(born, on)
    if about == SELF:
        return UNDER_TWELVE if age < HEARD_FROM else UNDER_SIXTEEN if age < OWN_FROM else None
    if about == CHILD and age >= OWN_FROM:
        return OF_AGE
    return None if mandate else NO_MANDATE


REFUSALS: dict[str, Refusal] = {one.code: one for one in (UNDER_TWELVE, UNDER_SIXTEEN, OF_AGE, NO_MANDATE)} | {
    "avg_12_5": Refusal("avg_12_5", "Het verzoek is kennelijk ongegrond of buitensporig (artikel 12, lid 5, AVG)."),
    "avg_12_6": Refusal("avg_12_6", "Het is niet gebleken dat u bent wie u zegt te zijn (artikel 12, lid 6, AVG)."),
    "uavg_41_i": Refusal(
        "uavg_41_i",
        "Het verzoek schaadt de bescherming van het kind of van anderen (artikel 41, lid 1, onder i, UAVG).",
    ),
}
