"""Forms of the regisseur in a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from casework import normalise
from casework.forms.cleaning import cleaned
from casework.forms.periods import PeriodForm
from casework.models import SubjectKind
from casework.theme_files import Theme
from casework.values import CaseSubjectInput
from partners.models import Organisation, User
from partners.profile_files import Profile
from privacy.forms import PlainForm, set_choices


def ground_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, error_messages={"required": "Kies een grondslag.", "invalid_choice": "Kies een grondslag."}
    )


def ground_choices(profile: Profile) -> list[tuple[str, str]]:
    """The grounds of the profile with their articles."""
    return [(ground.code, f"{ground.label} ({ground.article})") for ground in profile.grounds]


def later_day(text: str, today: date) -> date | None:
    """A day after today; None for nothing typed."""
    day: date | None = cleaned(lambda typed: normalise.dutch_date(typed, today=today), text, empty=None)
    if day and day <= today:
        raise forms.ValidationError("Kies een datum na vandaag.")
    return day


def end_of(day: date) -> datetime:
    """The last minute of a day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


class FaceForm(PlainForm):
    """Short name and summary."""

    short_name = forms.CharField(
        label="Korte naam", max_length=80, error_messages={"required": "Geef de casus een korte naam."}
    )
    summary = forms.CharField(
        label="Samenvatting", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class SubjectForm(PeriodForm):
    """Somebody or something the case is about."""

    kind = forms.ChoiceField(label="Wie of wat is het?", error_messages={"required": "Kies wie of wat het is."})
    name = forms.CharField(label="Naam", max_length=150, error_messages={"required": "Vul een naam in."})
    role = forms.ChoiceField(label="Rol in de casus", required=False)
    birth_date = forms.CharField(
        label="Geboortedatum",
        max_length=30,
        required=False,
        help_text="Bijvoorbeeld 12-3-1981.",
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )
    address = forms.CharField(label="Adres", max_length=200, required=False)
    bsn = forms.CharField(
        label="Burgerservicenummer (BSN)",
        max_length=20,
        required=False,
        help_text="Alleen als het nodig is. Alleen de regie ziet het.",
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )

    folded: ClassVar[Mapping[str, tuple[str, ...]]] = {"Alleen in een bepaalde periode": ("since", "until")}

    def __init__(self, *args: Any, theme: Theme, may_bsn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, SubjectKind(kind).label) for kind in theme.subject_kinds if kind != SubjectKind.UNKNOWN]
        set_choices(self, "kind", kinds, "Kies")
        set_choices(self, "role", [(role.code, role.label) for role in theme.subject_roles], "Nog niet bekend")
        if not may_bsn:
            del self.fields["bsn"]

    def clean_birth_date(self) -> date | None:
        day: date | None = cleaned(
            lambda text: normalise.dutch_date(text, today=self.today), self.cleaned_data["birth_date"], empty=None
        )
        if day and day > self.today:
            raise forms.ValidationError("Deze geboortedatum ligt in de toekomst. Controleer het jaar.")
        return day

    def clean_bsn(self) -> str:
        return cleaned(normalise.bsn, self.cleaned_data["bsn"])

    def as_subject(self) -> CaseSubjectInput:
        """The subject as a value."""
        data = self.cleaned_data
        return CaseSubjectInput(
            SubjectKind(data["kind"]),
            data["name"],
            data["role"],
            data["birth_date"],
            data["address"],
            data.get("bsn", ""),
            data["since"],
            data["until"],
        )


class InviteForm(PlainForm):
    """A professional of a partner, on a ground, until a date."""

    user = forms.ChoiceField(
        label="Wie nodigt u uit?",
        help_text="U kiest uit de mensen met een zetel aan deze tafel.",
        error_messages={"required": "Kies iemand.", "invalid_choice": "Kies iemand met een zetel aan deze tafel."},
    )
    ground = ground_field("Op welke grondslag doet deze partner mee?")
    until = forms.CharField(
        label="Tot wanneer?",
        max_length=30,
        required=False,
        help_text="Bijvoorbeeld 1-3-2027. Laat leeg voor: tot de casus sluit.",
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )
    hidden = forms.BooleanField(label="Andere partners mogen niet weten dat deze partner meedoet.", required=False)

    def __init__(self, *args: Any, people: Iterable[User], profile: Profile, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        options = [(str(user.pk), f"{user.organisation.name}: {user.name}, {user.function}") for user in people]
        set_choices(self, "user", options, "Kies iemand")
        set_choices(self, "ground", ground_choices(profile), "Kies een grondslag")

    def clean_until(self) -> datetime | None:
        day = later_day(self.cleaned_data["until"], self.today)
        return end_of(day) if day else None


class RegieForm(PlainForm):
    """Who is casusregisseur."""

    user = forms.ChoiceField(
        label="Wie wordt casusregisseur?",
        help_text="U kiest uit de deelnemers aan deze casus.",
        error_messages={"required": "Kies een deelnemer.", "invalid_choice": "Kies een deelnemer."},
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "user", people, "Kies een deelnemer")


class ShareSignalForm(PlainForm):
    """With which participant a signal is shared, and on what ground."""

    organisation = forms.ChoiceField(
        label="Met welke deelnemer deelt u dit signaal?",
        error_messages={"required": "Kies een deelnemer.", "invalid_choice": "Kies een deelnemer."},
    )
    ground = ground_field("Op welke grondslag?")
    decision_ref = forms.CharField(
        label="Kenmerk van het besluit",
        max_length=100,
        required=False,
        help_text="Nodig bij politiegegevens, justitiële gegevens en een conflict van plichten.",
    )

    def __init__(self, *args: Any, partners: Iterable[Organisation], profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "organisation", [(str(o.pk), o.name) for o in partners], "Kies een deelnemer")
        set_choices(self, "ground", ground_choices(profile), "Kies een grondslag")


class CloseForm(PlainForm):
    """Outcome and reason of closing."""

    outcome = forms.ChoiceField(
        label="Wat is de uitkomst?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een uitkomst.", "invalid_choice": "Kies een uitkomst."},
    )
    reason = forms.CharField(
        label="Waarom sluit de casus?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf op waarom de casus sluit."},
    )
    sure = forms.BooleanField(
        label="Ja, sluit en scherm af.",
        error_messages={"required": "Zet een vinkje als u zeker weet dat de casus dicht mag."},
    )

    def __init__(self, *args: Any, theme: Theme, parts: Sequence[PlainForm] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts  # about the households that close with the case
        set_choices(self, "outcome", [(outcome.code, outcome.label) for outcome in theme.close_outcomes])

    def clean(self) -> dict[str, Any] | None:
        for part in self.parts:
            if not part.is_valid():
                self.add_error(None, f"Vul ook de evaluatie van gezin {part.prefix} aan.")
        return super().clean()
