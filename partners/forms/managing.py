"""Forms of the beheerder: organisations, people, covenants, tables and seats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from partners import themes_known
from partners.managing import category_choices, kind_choices, profile_choices
from partners.models import CHOSEN, DigestDay, Organisation, User
from partners.models.stagnation import MOST
from privacy.forms import PlainForm
from privacy.roles import PERSONAL_ROLES, SEAT_ROLES, Role

DATE_FORMATS = ["%d-%m-%Y", "%d-%m-%y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]
OPTIONAL_FUNCTION = mark_safe('Functie <span class="ct-optional">(niet verplicht)</span>')
WRONG_DATE = "Vul een bestaande datum in, bijvoorbeeld 1-3-2027."


def _choose(form: forms.Form, name: str, choices: Iterable[Any], empty: str = "") -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *choices] if empty else list(choices)


def date_field(label: str, help_text: str, *, required: str = "") -> forms.DateField:
    """A day as a person types it; `required` is what to say when it is left empty."""
    return forms.DateField(
        label=label,
        required=bool(required),
        help_text=help_text,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "ct-w-10", "autocomplete": "off"}),
        error_messages={"required": required, "invalid": WRONG_DATE},
    )


class OrganisationForm(PlainForm):
    """A partner, or a department of the municipality."""

    hide_optional = True

    name = forms.CharField(
        label="Naam",
        max_length=120,
        help_text="Een afdeling van de gemeente is een eigen organisatie, bijvoorbeeld: Gemeente Voorbeeldstad, Wmo.",
        error_messages={"required": "Vul de naam in."},
    )
    kind = forms.ChoiceField(
        label="Soort",
        help_text="De soort bepaalt wat het juridisch profiel met deze organisatie laat delen.",
        error_messages={"required": "Kies een soort.", "invalid_choice": "Kies een soort."},
    )
    active = forms.BooleanField(
        label="Doet mee",
        required=False,
        initial=True,
        help_text="Zet u dit uit, dan kan niemand van deze organisatie nog inloggen en eindigen al hun zetels, meteen.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "kind", kind_choices(), "Kies een soort")


class PersonForm(PlainForm):
    """Somebody who logs in."""

    hide_optional = True  # behind a switch it would say that logging in is optional

    name = forms.CharField(label="Naam", max_length=120, error_messages={"required": "Vul de naam in."})
    email = forms.EmailField(
        label="E-mailadres",
        help_text="Hiermee logt deze persoon in. Neem een eigen adres van het werk, geen gedeelde postbus.",
        error_messages={
            "required": "Vul een e-mailadres in, bijvoorbeeld naam@organisatie.nl.",
            "invalid": "Vul een e-mailadres in, bijvoorbeeld naam@organisatie.nl.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    function = forms.CharField(label=OPTIONAL_FUNCTION, max_length=120, required=False)
    organisation = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisation.objects.none(),
        empty_label="Kies een organisatie",
        error_messages={"required": "Kies een organisatie.", "invalid_choice": "Kies een organisatie."},
    )
    roles = forms.MultipleChoiceField(
        label="Rol buiten een tafel",
        required=False,
        choices=[(role.value, role.label) for role in PERSONAL_ROLES],
        widget=forms.CheckboxSelectMultiple,
        help_text="De meeste mensen hebben er geen. Wie beheert of toezicht houdt, leest geen casussen en krijgt "
        "geen zetel.",
    )
    is_active = forms.BooleanField(
        label="Kan inloggen",
        required=False,
        initial=True,
        help_text="Zet u dit uit, dan eindigen alle zetels en toegang van deze persoon, meteen. Gaat iemand weg? Kies "
        "Zet uit dienst.",
    )

    def __init__(self, *args: Any, home: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        own = Organisation.objects.filter(pk=home.pk) if home else Organisation.objects.none()
        field.queryset = Organisation.objects.filter(active=True) | own


class CovenantForm(PlainForm):
    """Who works together on what, with which data, from when until when."""

    name = forms.CharField(label="Naam", max_length=120, error_messages={"required": "Vul de naam in."})
    organisations = forms.ModelMultipleChoiceField(
        label="Welke organisaties tekenden?",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één organisatie die dit convenant tekende."},
    )
    themes = forms.MultipleChoiceField(
        label="Voor welke thema's?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één thema."},
    )
    categories = forms.MultipleChoiceField(
        label="Welke soorten gegevens?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één soort gegevens."},
    )
    valid_from = date_field(
        "Geldig vanaf", "Bijvoorbeeld 1-1-2026.", required="Vul in vanaf wanneer het geldt, bijvoorbeeld 1-1-2026."
    )
    valid_until = date_field(
        "Geldig tot en met", "Bijvoorbeeld 31-12-2029. Laat leeg als er geen einde is afgesproken."
    )

    def __init__(self, *args: Any, bound: Iterable[Organisation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisations"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Organisation.objects.filter(active=True) | Organisation.objects.filter(
            pk__in=[organisation.pk for organisation in bound]
        )
        _choose(self, "themes", themes_known.choices())
        _choose(self, "categories", category_choices())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begin, end = data.get("valid_from"), data.get("valid_until")
        if begin and end and end < begin:
            self.add_error("valid_until", "De einddatum ligt voor de begindatum.")
        return data


class TableForm(PlainForm):
    """A case table. Theme and profile are absent once there are dossiers."""

    hide_optional = True

    name = forms.CharField(label="Naam", max_length=120, error_messages={"required": "Vul de naam in."})
    code = forms.CharField(
        label="Korte naam",
        max_length=40,
        required=False,
        help_text="Kleine letters, cijfers en streepjes. Laat leeg, dan maken wij hem van de naam.",
        validators=[RegexValidator(r"^[a-z0-9-]+$", "Gebruik kleine letters, cijfers en streepjes.")],
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off"}),
    )
    area = forms.CharField(
        label="Gebied",
        max_length=120,
        help_text="Bijvoorbeeld de hele gemeente, of enkele wijken.",
        error_messages={"required": "Vul in voor welk gebied de tafel is."},
    )
    theme = forms.ChoiceField(
        label="Thema", error_messages={"required": "Kies een thema.", "invalid_choice": "Kies een thema."}
    )
    profile = forms.ChoiceField(
        label="Juridisch profiel",
        help_text="Wat aan deze tafel mag: wie mag zitten, wat mag worden gedeeld en op welke grondslag.",
        error_messages={"required": "Kies een profiel.", "invalid_choice": "Kies een profiel."},
    )
    retention_years = forms.IntegerField(
        label="Eigen bewaartermijn in jaren",
        required=False,
        min_value=1,
        help_text="Alleen als deze tafel korter bewaart dan het profiel. Laat leeg voor de termijn van het profiel. "
        "Geldt voor nieuwe dossiers.",
        error_messages={"invalid": "Vul een heel aantal jaren in.", "min_value": "Vul ten minste 1 jaar in."},
        widget=forms.NumberInput(attrs={"class": "ct-w-6", "min": "1", "inputmode": "numeric"}),
    )
    active = forms.BooleanField(
        label="Neemt signalen aan",
        required=False,
        initial=True,
        help_text="Zet u dit uit, dan komen er geen signalen en zetels meer bij. Lopende casussen gaan door.",
    )

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["theme"], self.fields["profile"]
            return
        _choose(self, "theme", themes_known.choices(), "Kies een thema")
        profiles = profile_choices()
        _choose(self, "profile", profiles, "" if len(profiles) == 1 else "Kies een profiel")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data["code"]:
            data["code"] = slugify(data["name"])[:40]
        return data


class SeatForm(PlainForm):
    """A person at a table, in a role, for a period."""

    user = forms.ModelChoiceField(
        label="Wie krijgt de zetel?",
        queryset=User.objects.none(),
        help_text="U kiest uit mensen van organisaties met een geldig convenant voor deze tafel.",
        error_messages={"required": "Kies iemand.", "invalid_choice": "Kies iemand uit de lijst."},
    )
    role = forms.ChoiceField(
        label="In welke rol?",
        widget=forms.RadioSelect,
        choices=[(role.value, role.label) for role in SEAT_ROLES],
        error_messages={"required": "Kies een rol.", "invalid_choice": "Kies een rol."},
    )
    since = date_field("Vanaf", "Laat leeg voor: vanaf nu.")
    until = date_field("Tot en met", "Bijvoorbeeld 1-3-2027. Laat leeg als er geen einde is afgesproken.")

    def __init__(self, *args: Any, people: Iterable[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        rows = list(people)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[user.pk for user in rows])
        field.widget.choices = [("", "Kies iemand"), *by_organisation(rows)]

    def clean_since(self) -> datetime | None:
        day: date | None = self.cleaned_data["since"]
        if day is None or day == self.today:
            return None
        if day < self.today:
            raise forms.ValidationError("Een zetel gaat niet in het verleden in. Kies vandaag of later.")
        return timezone.make_aware(datetime.combine(day, time(0)))

    def clean_until(self) -> datetime | None:
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day <= self.today:
            raise forms.ValidationError("Kies een datum na vandaag.")
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))

    @property
    def seat_role(self) -> Role:
        """The chosen role."""
        return Role(self.cleaned_data["role"])


def by_organisation(people: list[User]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a list of people, under their organisations; give them in that order."""
    groups = groupby(people, key=lambda user: user.organisation.name)
    return [
        (name, [(str(u.pk), f"{u.name}, {u.function}" if u.function else u.name) for u in users])
        for name, users in groups
    ]


class SecrecyForm(PlainForm):
    """The signature under the secrecy statement."""

    agreed = forms.BooleanField(
        label="Ik heb dit gelezen en ik houd mij eraan.",
        error_messages={"required": "Zet een vinkje als u dit hebt gelezen en u zich eraan houdt."},
    )


def _count(label: str, name: str, help_text: str) -> forms.IntegerField:
    """A number with the bounds that the model has."""
    wrong = f"Vul een getal in van 1 tot en met {MOST[name]}."
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=MOST[name],
        widget=forms.TextInput(attrs={"class": "ct-w-10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class StagnationForm(PlainForm):
    """When something at a table counts as stuck, and on which day who directs the table gets a mail."""

    hide_optional = True

    overdue_days = _count("Dagen dat een actie te laat mag zijn", "overdue_days", "Daarna slaat het systeem alarm.")
    contact_weeks = _count(
        "Weken zonder contact met het gezin", "contact_weeks", "De casusregisseur noteert elk contact bij het gezin."
    )
    handover_days = _count(
        "Dagen om een overdracht aan te nemen", "handover_days", "Tot die tijd houdt de vorige casusregisseur de regie."
    )
    plan_days = _count(
        "Dagen om het plan te maken", "plan_days", "Daarna moet een plan minstens één doel en één actie hebben."
    )
    alarms = forms.MultipleChoiceField(
        label="Waarop let het systeem?",
        required=False,
        choices=[(alarm.value, alarm.label) for alarm in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
        help_text="Een gezin of casus zonder regisseur is altijd een alarm.",
    )
    digest = forms.ChoiceField(
        label="Dag van de mail aan de procesregisseur",
        choices=DigestDay.choices,
        help_text="Hoogstens één mail, en alleen als er iets nieuws vastloopt. Er staat niet in wat of wie.",
        error_messages={"required": "Kies een dag.", "invalid_choice": "Kies een dag."},
    )
