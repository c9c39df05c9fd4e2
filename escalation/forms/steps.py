"""Forms of a step: proposing it, recording what was decided elsewhere, and going on under a new version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from casework.forms.cleaning import ClockField
from escalation.authority_files import Authorities
from escalation.dutch import AMSTERDAM, day_of
from escalation.forms.fields import DatedForm, DayField, about_field, text_field
from escalation.rungs import Criterion, Rung
from escalation.values import RecordedInput, StepInput
from privacy.forms import PlainForm, set_choices

WEEKS_AHEAD = timedelta(weeks=6)
NEEDED = "Schrijf op waarom dit nodig is."


class WhyForm(PlainForm):
    """About whom, and why: all that an ending or a new version asks."""

    about = about_field()
    reason = text_field("Waarom?", NEEDED)


class StayForm(DatedForm):
    """That the case was judged anew and stays where it is: why, and until when."""

    about = about_field()
    reason = text_field("Waarom blijft de casus op deze trede?", "Schrijf op waarom de casus op deze trede blijft.")
    review_on = DayField(
        label="Wanneer kijkt u weer?", ahead=True, error_messages={"required": "Kies een datum na vandaag."}
    )


class StepForm(DatedForm):
    """A step on the ladder, with its criterion, reason, review date and the lengths one may choose."""

    criterion = forms.ChoiceField(
        label="Op welk criterium rust deze stap?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies het criterium waarop deze stap rust."},
    )
    about = about_field()
    reason = text_field("Waarom is deze stap nodig?", NEEDED)
    review_on = DayField(
        label="Wanneer kijkt u opnieuw?", ahead=True, error_messages={"required": "Kies een datum na vandaag."}
    )

    def __init__(self, *args: Any, rung: Rung, criteria: Iterable[Criterion], ends: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rung = rung
        set_choices(self, "criterion", [(one.key, f"{one.text} ({one.source})") for one in criteria])
        if ends:
            self.fields["review_on"].required = False
            del self.fields["review_on"]
            return
        for term in rung.terms:
            if term.least < term.most:
                unit = term.rule.length.unit.value
                self.fields[f"lengte_{term.key}"] = forms.IntegerField(
                    label=f"{term.label}: hoeveel {unit}?",
                    min_value=term.least,
                    max_value=term.most,
                    initial=term.rule.length.number,
                    help_text=f"Van {term.least} tot en met {term.most} {unit} ({term.rule.article}).",
                    widget=forms.TextInput(attrs={"class": "ct-w-10", "inputmode": "numeric"}),
                    error_messages={
                        "required": f"Kies {term.least} tot en met {term.most} {unit}.",
                        "invalid": f"Vul een getal in van {term.least} tot en met {term.most}.",
                        "min_value": f"Kies {term.least} tot en met {term.most} {unit}.",
                        "max_value": f"Kies {term.least} tot en met {term.most} {unit} ({term.rule.article}).",
                    },
                )

    def given(self) -> StepInput:
        """What was typed; only for a form that is right."""
        data = self.cleaned_data
        lengths = {name.removeprefix("lengte_"): data[name] for name in data if name.startswith("lengte_")}
        return StepInput(
            self.rung.key, data["criterion"], data["reason"], data["about"], data.get("review_on"), lengths
        )


class RecordForm(DatedForm):
    """A decision that was taken outside the system."""

    hide_optional = True  # who took part and the hour are needed for some decisions: the help says which
    authority = forms.ChoiceField(
        label="Wie nam het besluit?", error_messages={"required": "Kies wie het besluit nam."}
    )
    decided_on = DayField(
        label="Op welke dag?", error_messages={"required": "Vul in op welke dag het besluit is genomen."}
    )
    decided_at = ClockField(
        label="Hoe laat?",
        required=False,
        help_text="Bijvoorbeeld 14:20. Alleen nodig als een termijn in uren telt of een maatregel meteen ingaat.",
    )
    members = forms.MultipleChoiceField(
        label="Wie beslisten mee?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Kies iedereen die bij het besluit was.",
    )
    document = forms.CharField(
        label="In welk document staat het?",
        max_length=200,
        help_text="Naam of zaaknummer van de brief, het verslag of de beschikking.",
        error_messages={"required": "Schrijf op in welk document dit besluit staat."},
    )

    def __init__(
        self, *args: Any, choices: Iterable[str], authorities: Authorities, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, today=day_of(now), **kwargs)
        self.now = now
        codes = list(choices)
        set_choices(self, "authority", [(code, authorities.get(code).label) for code in codes], "Kies wie")
        members = dict.fromkeys(member for code in codes for member in authorities.get(code).members)
        set_choices(self, "members", [(code, authorities.get(code).label) for code in members])
        if not members:
            del self.fields["members"]
        if len(codes) == 1:
            self.initial.setdefault("authority", codes[0])

    def given(self) -> RecordedInput:
        """What was typed; without a time, the moment of now on today and noon on an earlier day."""
        data = self.cleaned_data
        day, clock = data["decided_on"], data.get("decided_at")
        if clock is None and day == self.today:
            moment = self.now
        else:
            moment = datetime.combine(day, clock or time(12), AMSTERDAM)
        return RecordedInput(data["authority"], moment, data["document"], frozenset(data.get("members", ())))


def later_than(today: date) -> date:
    """A day to look again that fits most steps: it can be changed."""
    return today + WEEKS_AHEAD
