"""What somebody asks of the log."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from privacy.forms import PlainForm, Tiles, set_choices
from privacy.logbook.asking import CHANNELS, DAYS, Question
from privacy.logbook.kinds import KINDS
from privacy.logbook.purposes import NEEDS_REFERENCE, USES

REFERENCE = re.compile(r"[0-9A-Za-z./:_-]*\d[0-9A-Za-z./:_-]*")
DOSSIER = re.compile(r"(?=.*\d)[0-9A-Z-]{3,30}")
MOST_DOSSIERS = 30


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Vul een datum in, bijvoorbeeld 12-3-2026."},
        **more,
    )


class PurposeForm(PlainForm):
    """For what; `nummer` is the dossier whose log was asked for."""

    hide_optional = True
    use = forms.ChoiceField(
        label="Waarvoor gebruikt u het logboek?",
        choices=[(code, use.label) for code, use in USES.items()],
        widget=Tiles(hints={code: use.hint for code, use in USES.items()}),
        error_messages={"required": "Kies waarvoor u het logboek gebruikt."},
    )
    reference = forms.CharField(
        label="Kenmerk van de rechter of toezichthouder",
        required=False,
        max_length=40,
        help_text="Alleen nodig bij rechter of toezichthouder, bijvoorbeeld AP-2026-0123. Geen namen.",
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off"}),
    )

    nummer = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = data.get("reference", "")
        if data.get("use") == NEEDS_REFERENCE and not given:
            self.add_error("reference", "Vul het kenmerk in dat op de brief staat.")
        elif given and not REFERENCE.fullmatch(given):
            self.add_error("reference", "Vul een kenmerk met een cijfer in, zonder spaties, bijvoorbeeld AP-2026-0123.")
        return data


class QuestionForm(PlainForm):
    """The filters. What makes no sense is said; the rest is asked."""

    hide_optional = True
    van = _day("Van", required=False)
    tot = _day("Tot en met", required=False)
    organisatie = forms.ChoiceField(label="Organisatie", required=False)
    persoon = forms.ChoiceField(label="Medewerker", required=False)
    soort = forms.ChoiceField(label="Wat", required=False)
    nummer = forms.CharField(
        label="Nummer van het dossier",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kanaal = forms.ChoiceField(label="Waarmee", required=False)
    geweigerd = forms.BooleanField(label="Alleen geweigerd", required=False)
    buiten = forms.BooleanField(label="Alleen buiten werktijd (voor 7:00, na 19:00, weekend)", required=False)
    nood = forms.BooleanField(label="Alleen noodtoegang", required=False)

    def __init__(self, data: Any, organisations: list[tuple[str, str]], people: list[tuple[str, str]]) -> None:
        super().__init__(data)
        set_choices(self, "organisatie", organisations, "Alle")
        set_choices(self, "persoon", people, "Iedereen")
        set_choices(self, "soort", [(code, kind[0]) for code, kind in KINDS.items()], "Alles")
        set_choices(self, "kanaal", CHANNELS.items(), "Alles")

    def clean_nummer(self) -> str:
        return str(self.cleaned_data["nummer"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("van") and data.get("tot") and data["van"] > data["tot"]:
            self.add_error("tot", "De laatste dag ligt voor de eerste. Draai ze om.")
        return data

    def question(self, today: date) -> Question:
        """What is asked: the last thirty days, unless days were given."""
        data = self.cleaned_data
        until = data["tot"] or today
        return Question(
            since=data["van"] or until - timedelta(days=DAYS),
            until=until,
            organisation=UUID(data["organisatie"]) if data["organisatie"] else None,
            person=UUID(data["persoon"]) if data["persoon"] else None,
            kind=data["soort"],
            reference=data["nummer"],
            channel=data["kanaal"],
            refused=data["geweigerd"],
            outside_hours=data["buiten"],
            emergency=data["nood"],
        )

    def asked(self) -> dict[str, str]:
        """The same as codes, to keep or to stand in an address."""
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: "on" if value is True else str(value) for name, value in found.items()}


class NameForm(PlainForm):
    """A name for a question."""

    naam = forms.CharField(
        label="Bewaar deze vraag als",
        max_length=60,
        help_text="Alleen u ziet deze naam. Zet er geen persoonsgegevens in, ook geen naam van een medewerker.",
        error_messages={"required": "Geef de vraag een naam, bijvoorbeeld Geweigerd in het weekend."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PersonForm(PlainForm):
    """Which dossiers are of the person, and from when."""

    hide_optional = True
    nummers = forms.CharField(
        label="Nummers van de dossiers van deze persoon",
        max_length=1000,
        help_text="Een per regel, of met een komma ertussen. Neem alleen dossiers die over deze persoon gaan.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Vul minstens een nummer in, bijvoorbeeld 2026-7K3QF."},
    )
    van = _day("Vanaf", required=False, help_text="Leeg is alles. Van de politie gaat het vier jaar terug.")

    def clean_nummers(self) -> list[str]:
        given = list(dict.fromkeys(re.split(r"[\s,;]+", str(self.cleaned_data["nummers"]).strip().upper())))
        wrong = [one for one in given if not DOSSIER.fullmatch(one)]
        if wrong:
            raise forms.ValidationError(f"Dit is geen nummer van een dossier: {wrong[0][:30]}. Haal het weg.")
        if len(given) > MOST_DOSSIERS:
            raise forms.ValidationError(f"Vul hoogstens {MOST_DOSSIERS} nummers in.")
        return given

    def since(self) -> datetime | None:
        """The moment from which; None for all."""
        day = self.cleaned_data["van"]
        return timezone.make_aware(datetime.combine(day, time())) if day else None
