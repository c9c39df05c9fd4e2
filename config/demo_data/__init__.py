"""The fictional municipality Voorbeeldstad: everything the demo loads, as data.

Nobody and nothing in it exists. `load` reads `content/**/*.toml`, checks every reference and every rule of good
demo manners (test citizen numbers, example mail addresses), and gives frozen values with dates relative to today.
"""

from __future__ import annotations

from config.demo_data.cases import (
    Audience,
    Case,
    CaseSubject,
    Closing,
    Contribution,
    Correction,
    Criterion,
    Participant,
    SignalShare,
)
from config.demo_data.data import DemoData
from config.demo_data.errors import DemoDataError
from config.demo_data.households import Household, Joins, Left, Member, Split
from config.demo_data.reading import load
from config.demo_data.relative import Birth, Moment
from config.demo_data.signals import Outcome, Place, Question, Signal, SignalItem, SubjectLine
from config.demo_data.tables import CaseTable, Covenant, Neighbourhood, Organisation, Person, Seat, Street

__all__ = [
    "Audience",
    "Birth",
    "Case",
    "CaseSubject",
    "CaseTable",
    "Closing",
    "Contribution",
    "Correction",
    "Covenant",
    "Criterion",
    "DemoData",
    "DemoDataError",
    "Household",
    "Joins",
    "Left",
    "Member",
    "Moment",
    "Neighbourhood",
    "Organisation",
    "Outcome",
    "Participant",
    "Person",
    "Place",
    "Question",
    "Seat",
    "Signal",
    "SignalItem",
    "SignalShare",
    "Split",
    "Street",
    "SubjectLine",
    "load",
]
