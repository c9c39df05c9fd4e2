"""What is asked before a meeting, refusing to share, guests, and the wish to discuss a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from casework import normalise
from casework.forms.cleaning import cleaned
from casework.forms.plans import SeenForm
from casework.models import Guest, Meeting
from casework.services.meetings.asking import AskInput
from casework.services.meetings.guests import FIELDS, GuestInput
from partners.models import Organisation
from privacy.forms import PlainForm, set_choices

SHORT = {"class": "ct-w-10", "autocomplete": "off"}


class AskForm(SeenForm):
    """One question for one or more organisations, with a term."""

    organisations = forms.MultipleChoiceField(
        label="Aan wie vraagt u dit?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies ten minste één organisatie.",
            "invalid_choice": "Een gekozen organisatie heeft al geantwoord, of zit niet meer bij dit punt.",
        },
    )
    text = forms.CharField(
        label="Wat vraagt u?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kort en precies. Schrijf niets op wat deze organisaties nog niet mogen weten.",
        error_messages={"required": "Schrijf op wat u vraagt."},
    )
    day = forms.CharField(
        label="Antwoord vóór",
        max_length=30,
        help_text="Bijvoorbeeld 30-11-2026. Later antwoorden kan nog, maar u ziet dat het te laat is.",
        widget=forms.TextInput(attrs=SHORT),
        error_messages={"required": "Vul een dag in."},
    )
    time = forms.TimeField(
        label="Hoe laat?",
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput(attrs=SHORT),
        help_text="Bijvoorbeeld 12:00.",
        error_messages={"required": "Vul een tijd in.", "invalid": "Vul een tijd in, zoals 12:00."},
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], term: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "organisations", [(str(one.pk), one.name) for one in organisations])
        local = timezone.localtime(term)
        self.fields["day"].initial, self.fields["time"].initial = date_format(local, "j-n-Y"), f"{local:%H:%M}"

    def clean_day(self) -> date:
        day: date = cleaned(
            lambda text: normalise.dutch_date(text, today=timezone.localdate()), self.cleaned_data["day"]
        )
        return day

    def as_input(self) -> AskInput:
        """The question as a value."""
        data = self.cleaned_data
        term = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        return AskInput([UUID(pk) for pk in data["organisations"]], data["text"], term)


class RefuseForm(PlainForm):
    """Why an organisation shares nothing."""

    text = forms.CharField(
        label="Waarom deelt u niets?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Alleen de voorzitter van dit overleg leest dit. Andere regisseurs zien alleen dát u niets deelt.",
        error_messages={"required": "Schrijf op welke zwaarwegende reden u hebt."},
    )


class GuestForm(PlainForm):
    """An occasional third party at an item."""

    name = forms.CharField(label="Naam", max_length=120, error_messages={"required": "Vul de naam van de gast in."})
    organisation = forms.CharField(
        label="Organisatie", max_length=120, error_messages={"required": "Vul de organisatie van de gast in."}
    )
    why = forms.CharField(
        label="Waarom is deze gast nodig?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wie bij dit punt zit, leest dit. Het staat niet op het blad.",
        error_messages={"required": "Schrijf op waarom het niet zonder deze gast kan."},
    )
    question = forms.CharField(
        label="Wat vraagt u aan de gast?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dit staat op het blad. Schrijf niet op wat de gast niet mag weten.",
    )
    agreements = forms.CharField(
        label="Welke afspraken maakt u met de gast?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dit staat ook op het blad.",
    )
    signed_on = forms.CharField(
        label="Wanneer tekende de gast voor geheimhouding?",
        max_length=30,
        required=False,
        help_text="Bijvoorbeeld 30-11-2026. Bewaar de verklaring zelf op papier. Zonder datum is er geen blad.",
        widget=forms.TextInput(attrs=SHORT),
    )

    def clean_signed_on(self) -> date | None:
        today = timezone.localdate()
        day: date | None = cleaned(
            lambda text: normalise.dutch_date(text, today=today), self.cleaned_data["signed_on"], empty=None
        )
        if day and day > today:
            raise forms.ValidationError("Deze datum is nog niet geweest. Vul de dag in waarop de gast tekende.")
        return day

    def as_input(self) -> GuestInput:
        """The guest as a value."""
        return GuestInput(**{name: self.cleaned_data[name] for name in FIELDS})


class ChangedGuestForm(SeenForm, GuestForm):
    """What is noted of a guest, changed."""


def as_noted(guest: Guest) -> dict[str, str]:
    """What the form of a guest begins with."""
    told = {name: getattr(guest, name) or "" for name in FIELDS}
    return told | {"signed_on": date_format(guest.signed_on, "j-n-Y") if guest.signed_on else ""}


class WishForm(PlainForm):
    """Why a partner wants to discuss a case."""

    reason = forms.CharField(
        label="Waarom wilt u deze casus bespreken?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De procesregisseurs lezen dit, en uw collega's die meedoen.",
        error_messages={"required": "Schrijf kort op waarom u dit wilt bespreken."},
    )


class WishAnswerForm(PlainForm):
    """On which agenda, or why not now."""

    hide_optional = True
    YES, NO = "ja", "nee"
    choices: ClassVar = [(YES, "Ja, zet de casus op de agenda"), (NO, "Nee, nu niet")]
    says = forms.ChoiceField(
        label="Komt de casus op de agenda?",
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee."},
    )
    meeting = forms.ChoiceField(
        label="Van welk overleg? (bij ja)",
        required=False,
        error_messages={"invalid_choice": "Kies een overleg uit de lijst."},
    )
    goal = forms.CharField(
        label="Doel: wat moet de tafel besluiten of weten? (bij ja)",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wie bij het punt zit, leest dit.",
    )
    answer = forms.CharField(
        label="Waarom nu niet? (bij nee)",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De organisatie die het vroeg, leest dit.",
    )

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(str(m.pk), date_format(timezone.localtime(m.starts_at), "l j F, H:i")) for m in meetings]
        set_choices(self, "meeting", said)

    @property
    def granted(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.cleaned_data["says"] == self.YES)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("says") == self.YES and not data.get("meeting") and "meeting" not in self.errors:
            self.add_error("meeting", "Kies een overleg. Is er geen? Plan dan eerst een overleg.")
        if data.get("says") == self.NO and not data.get("answer"):
            self.add_error("answer", "Schrijf op waarom nu niet. De organisatie die het vroeg, leest dat.")
        return data
