"""Forms of planning: one meeting, the rhythm of a table, moving and changing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import URLValidator

from casework.forms.cleaning import ClockField
from casework.models import Rhythm, Weekday
from casework.normalise import YEARS
from casework.rhythm import NTH, Moments, cutoff, local
from casework.services.meetings.planning import MeetingInput, WhereInput
from casework.services.meetings.series import RhythmInput
from partners.forms.managing import date_field
from partners.models import User
from privacy.forms import PlainForm, set_choices
from privacy.free_days import free_days

CUTOFF_DAYS, CUTOFF_TIME = 1, time(12)


def _number(
    label: str, least: int, most: int, *, help_text: str = "", initial: int | None = None
) -> forms.IntegerField:
    wrong = f"Vul een getal in van {least} tot en met {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        initial=initial,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "ct-w-10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


def _minutes() -> forms.IntegerField:
    return _number("Hoeveel minuten?", 15, 600, help_text="Bijvoorbeeld 120 voor twee uur.", initial=120)


class SeenForm(PlainForm):
    """A form that sends along what was seen, so that a colleague's change in between is noticed."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def seen(self) -> str:
        """What the page showed."""
        return str(self.cleaned_data["was"])


class WhereForm(SeenForm):
    """Who leads and writes, and where people meet."""

    chair = forms.ChoiceField(
        label="Wie is de voorzitter?",
        error_messages={"required": "Kies een voorzitter.", "invalid_choice": "Kies iemand uit de lijst."},
    )
    secretary = forms.ChoiceField(
        label="Wie is de verslaglegger?",
        help_text="Dit mag dezelfde persoon zijn.",
        error_messages={"required": "Kies een verslaglegger.", "invalid_choice": "Kies iemand uit de lijst."},
    )
    place = forms.CharField(
        label="Waar?",
        max_length=120,
        required=False,
        help_text="Bijvoorbeeld: Stadhuis, kamer 2. Iedereen met een zetel aan deze tafel leest dit.",
    )
    video_link = forms.URLField(
        label="Link voor beeldbellen",
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"], message="Vul een link in die begint met https://.")],
        error_messages={"invalid": "Vul een link in die begint met https://."},
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(user.pk), user.name) for user in people]
        set_choices(self, "chair", choices, "Kies iemand")
        set_choices(self, "secretary", choices, "Kies iemand")

    def where(self) -> WhereInput:
        """What was typed."""
        data = self.cleaned_data
        return WhereInput(UUID(data["chair"]), UUID(data["secretary"]), data["place"].strip(), data["video_link"])


class WhenForm(SeenForm):
    """The day and time of one meeting."""

    day = date_field("Op welke dag?", "Bijvoorbeeld 6-10-2026.", required="Vul in op welke dag de tafel overlegt.")
    clock = ClockField(label="Hoe laat begint het?", error_messages={"required": "Vul in hoe laat het begint."})
    minutes = _minutes()
    cutoff_day = date_field(
        "Agenda sluit op", "Laat leeg voor de werkdag ervoor. Daarna kunnen partners niets meer vragen voor de agenda."
    )
    cutoff_clock = ClockField(label="Agenda sluit om", required=False, help_text="Laat leeg voor 12:00.")
    folded = {"Sluitingstijd van de agenda": ("cutoff_day", "cutoff_clock")}

    def clean(self) -> dict[str, Any]:
        """A day on which nobody works is a mistake; so is a year in which nothing is counted."""
        for name in ("day", "cutoff_day"):
            day: date | None = self.cleaned_data.get(name)
            if day and day.year not in YEARS:
                self.add_error(name, "Controleer het jaartal.")
        day = self.cleaned_data.get("day")
        if day and (why := free_days().why_not_working(day)):
            self.add_error("day", f"Deze dag is een vrije dag ({why}). Kies een andere dag.")
        return self.cleaned_data

    def moments(self) -> Moments:
        """What was typed; the agenda closes at noon of the working day before, unless something else was typed."""
        data = self.cleaned_data
        starts_at: datetime = local(data["day"], data["clock"])
        clock = data["cutoff_clock"] or CUTOFF_TIME
        closes = (
            local(data["cutoff_day"], clock)
            if data["cutoff_day"]
            else cutoff(data["day"], CUTOFF_DAYS, clock, free_days())
        )
        return Moments(starts_at, starts_at + timedelta(minutes=data["minutes"]), closes)


class MeetingForm(WhenForm, WhereForm):
    """One meeting."""

    field_order = ("day", "clock", "minutes", "place", "video_link", "chair", "secretary")

    def meeting(self) -> MeetingInput:
        """What was typed."""
        when, where = self.moments(), self.where()
        return MeetingInput(
            when.starts_at, when.ends_at, when.cutoff_at, where.chair, where.secretary, where.place, where.video_link
        )


class SeriesForm(WhereForm):
    """The rhythm of a table."""

    rhythm = forms.ChoiceField(
        label="Hoe vaak overlegt de tafel?",
        choices=Rhythm.choices,
        initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe vaak de tafel overlegt."},
    )
    every = _number(
        "Om de hoeveel weken of maanden?", 1, 12, help_text="Bijvoorbeeld 2 voor om de twee weken.", initial=1
    )
    weekday = forms.TypedChoiceField(
        label="Op welke dag van de week?", choices=Weekday.choices, coerce=int, initial=Weekday.TUESDAY
    )
    nth = forms.TypedChoiceField(
        label="Welke van de maand?",
        choices=[(number, f"de {word}") for number, word in NTH.items()],
        coerce=int,
        initial=1,
        help_text="Alleen als de tafel elke maand op een vaste dag overlegt.",
    )
    begins_on = date_field(
        "Vanaf welke dag?", "Het eerste overleg is op of na deze dag. Bijvoorbeeld 6-10-2026.",
        required="Vul in vanaf welke dag dit ritme geldt.",
    )  # fmt: skip
    clock = ClockField(label="Hoe laat begint het?", error_messages={"required": "Vul in hoe laat het begint."})
    minutes = _minutes()
    cutoff_days = _number(
        "Hoeveel dagen ervoor sluit de agenda?", 0, 14, initial=CUTOFF_DAYS,
        help_text="Valt die dag op een vrije dag? Dan sluit de agenda op de werkdag daarvoor.",
    )  # fmt: skip
    cutoff_clock = ClockField(
        label="Hoe laat sluit de agenda?", initial=CUTOFF_TIME, error_messages={"required": "Vul een tijd in."}
    )
    field_order = (
        "rhythm", "every", "weekday", "nth", "begins_on", "clock", "minutes", "cutoff_days", "cutoff_clock", "place",
        "video_link", "chair", "secretary",
    )  # fmt: skip

    def timing(self) -> RhythmInput:
        """What was typed."""
        data = self.cleaned_data
        return RhythmInput(
            data["rhythm"],
            data["every"],
            data["weekday"],
            data["nth"],
            data["begins_on"],
            data["clock"],
            data["minutes"],
            data["cutoff_days"],
            data["cutoff_clock"],
        )
