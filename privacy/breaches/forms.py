"""The forms of a breach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone

from privacy.breaches import terms
from privacy.breaches.affected import Ask, Touched
from privacy.breaches.assessing import Facts, Judgement
from privacy.breaches.measures import Measure
from privacy.breaches.notices import Notice, Teller
from privacy.breaches.reporting import Report
from privacy.forms import PlainForm, Tiles, set_choices
from privacy.models import Breach, BreachRisk, NoticeKind, TellAP, TellPartners, TellPersons

MOMENTS = ["%d-%m-%Y %H:%M", "%d-%m-%Y %H.%M", "%d-%m-%Y, %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
DAYS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]
FROM_THEN = "De termijnen tellen vanaf dit moment."
WHY = "Schrijf op waarom u zo besluit. Ook een besluit om niets te doen wordt bewaard."
RISK_HINTS = {
    BreachRisk.NONE: "U hoeft het niet te melden. U legt wel vast waarom.",
    BreachRisk.RISK: "U meldt het binnen 72 uur aan de AP.",
    BreachRisk.HIGH: "U meldt het aan de AP en vertelt het de betrokkenen, tenzij een uitzondering geldt.",
    BreachRisk.NO_BREACH: "Er zijn geen persoonsgegevens geraakt. U kunt het dossier sluiten.",
}


def _moment(label: str, help_text: str, required: str = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=bool(required),
        help_text=f"{help_text} Bijvoorbeeld 24-11-2026 14:30.".strip(),
        input_formats=MOMENTS,
        widget=forms.DateTimeInput(format="%d-%m-%Y %H:%M", attrs={"class": "ct-w-20", "autocomplete": "off"}),
        error_messages={
            "required": required,
            "invalid": "Vul een dag en een tijd in, bijvoorbeeld 24-11-2026 14:30.",
        },
    )


def _day(label: str, help_text: str, required: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=DAYS,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "ct-w-10", "autocomplete": "off"}),
        error_messages={"required": required, "invalid": "Vul een bestaande datum in, bijvoorbeeld 24-11-2026."},
    )


def _text(label: str, help_text: str = "", required: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


class _Timed(PlainForm):
    """A form that judges typed moments by a clock that the view passes."""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def not_later(self, name: str) -> Any:
        """The typed day or moment; a form error when it is still to come."""
        value = self.cleaned_data[name]
        now: date | datetime = self.now if isinstance(value, datetime) else timezone.localdate(self.now)
        if value is not None and value > now:
            raise forms.ValidationError("Dit is nog niet gebeurd. Vul in wanneer het was.")
        return value


class _Made(PlainForm):
    """A form whose key is made with it, so that sending it twice does one thing."""

    made = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"made": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class _Seen(PlainForm):
    """A form that says which version was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(_Timed, _Made):
    """A possible breach, in three minutes."""

    summary = _text(
        "Wat is er gebeurd?",
        "Welke gegevens, en bij wie kwamen ze terecht? Noem het nummer van een dossier, en geen namen van betrokkenen.",
        "Schrijf op wat er gebeurde.",
        6,
    )
    discovered_at = _moment("Wanneer merkte u het?", FROM_THEN, "Vul in wanneer u het merkte.")

    def clean_discovered_at(self) -> Any:
        return self.not_later("discovered_at")

    def as_report(self) -> Report:
        """The report as a value."""
        data = self.cleaned_data
        return Report(data["made"], data["summary"], data["discovered_at"])


class FactsForm(_Timed, _Seen):
    """What is known so far."""

    summary = _text("Wat is er gebeurd?", "Alleen privacy officers lezen dit.", "Schrijf op wat er gebeurde.", 6)
    for_ap = _text(
        "Hetzelfde, zonder namen",
        "Dit neemt u over in het formulier van de AP. Noem geen namen.",
        rows=6,
    )
    began_at = _moment("Wanneer begon het?", "Laat leeg als u het niet weet.")
    discovered_at = _moment("Wanneer is het ontdekt?", FROM_THEN, "Vul in wanneer het is ontdekt.")
    ended_at = _moment("Wanneer was het voorbij?", "Laat leeg als het nog duurt.")
    kinds = forms.MultipleChoiceField(
        label="Wat ging er mis?",
        choices=[
            ("confidentiality", "Vertrouwelijkheid: iemand zag of kreeg wat niet mocht"),
            ("integrity", "Integriteit: gegevens klopten niet meer"),
            ("availability", "Beschikbaarheid: gegevens waren weg of niet bereikbaar"),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één soort."},
    )
    categories = forms.MultipleChoiceField(
        label="Welke gegevens?",
        required=False,
        choices=[(code, label[0].upper() + label[1:]) for code, label in terms.CATEGORIES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    persons_count = forms.IntegerField(
        label="Hoeveel personen?",
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text="Een schatting is goed. Laat leeg als u het niet weet.",
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": "Vul een getal in, bijvoorbeeld 12.", "min_value": "Vul een getal vanaf 0 in."},
    )

    @staticmethod
    def typed_before(breach: Breach) -> dict[str, Any]:
        """What stands in the file, as a start."""
        plain = ("summary", "for_ap", "began_at", "discovered_at", "ended_at", "categories", "persons_count")
        kinds = [name for name in ("confidentiality", "integrity", "availability") if getattr(breach, name)]
        return {name: getattr(breach, name) for name in plain} | {"kinds": kinds, "seen": breach.version}

    def clean_discovered_at(self) -> Any:
        return self.not_later("discovered_at")

    def clean_began_at(self) -> Any:
        return self.not_later("began_at")

    def clean_ended_at(self) -> Any:
        return self.not_later("ended_at")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        began, discovered, ended = (data.get(name) for name in ("began_at", "discovered_at", "ended_at"))
        if began and discovered and began > discovered:
            self.add_error("began_at", "Het kan niet zijn ontdekt voordat het begon. Pas een van beide aan.")
        if began and ended and ended < began:
            self.add_error("ended_at", "Het kan niet voorbij zijn voordat het begon. Pas een van beide aan.")
        return data

    def as_facts(self) -> Facts:
        """The facts as a value."""
        data, kinds = self.cleaned_data, self.cleaned_data["kinds"]
        return Facts(
            data["summary"], data["for_ap"], data["discovered_at"], data["began_at"], data["ended_at"],
            "confidentiality" in kinds, "integrity" in kinds, "availability" in kinds,
            tuple(data["categories"]), data["persons_count"],
        )  # fmt: skip


class AssessForm(_Seen):
    """Risk, reasons and decisions."""

    risk = forms.ChoiceField(
        label="Wat betekent het voor de betrokkenen?",
        choices=[choice for choice in BreachRisk.choices if choice[0]],
        widget=Tiles(hints={str(code): hint for code, hint in RISK_HINTS.items()}),
        error_messages={"required": "Kies hoe groot het risico is."},
    )
    ap = forms.ChoiceField(
        label="Meldt u het aan de AP?", choices=TellAP.choices, required=False, widget=forms.RadioSelect
    )
    ap_reason = _text("Waarom wel of niet aan de AP?", rows=3)
    persons = forms.ChoiceField(
        label="Vertelt u het de betrokkenen?", choices=TellPersons.choices, required=False, widget=forms.RadioSelect
    )
    persons_reason = _text("Waarom wel of niet aan de betrokkenen?", rows=3)
    partners = forms.ChoiceField(
        label="Vertelt u het de partners?",
        choices=TellPartners.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text="Zijn organisaties samen verantwoordelijk? Dan meldt het contactpunt namens allen (BGS 1.4).",
    )
    partners_reason = _text("Waarom wel of niet aan de partners?", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weighed = {f"why_{code}": _text(question, rows=2) for code, question in terms.FACTORS.items()}
        fields = dict(self.fields)
        risk = {"seen": fields.pop("seen"), "risk": fields.pop("risk")}
        self.fields = {**risk, **weighed, **fields}

    @staticmethod
    def typed_before(breach: Breach) -> dict[str, Any]:
        """What stands in the file, as a start."""
        reasons = {f"{name}_reason": text for name, text in (breach.reasons or {}).items()}
        weighed = {f"why_{code}": text for code, text in (breach.weighing or {}).items()}
        chosen = {name: getattr(breach, name) for name in ("risk", "ap", "persons", "partners")}
        return chosen | reasons | weighed | {"seen": breach.version}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not any(data.get(f"why_{code}") for code in terms.FACTORS):
            self.add_error("why_nature", "Schrijf bij ten minste één vraag op waarom u zo oordeelt.")
        for name in ("ap", "persons", "partners"):
            if data.get(name) and not data.get(f"{name}_reason"):
                self.add_error(f"{name}_reason", WHY)
        return data

    def as_judgement(self) -> Judgement:
        """The judgement as a value."""
        data = self.cleaned_data
        weighing = {code: data[f"why_{code}"] for code in terms.FACTORS if data[f"why_{code}"]}
        reasons = {name: data[f"{name}_reason"] for name in ("ap", "persons", "partners") if data[f"{name}_reason"]}
        return Judgement(data["risk"], weighing, data["ap"], data["persons"], data["partners"], reasons)


class NoticeForm(_Timed, _Made):
    """That somebody was told."""

    kind = forms.ChoiceField(
        label="Aan wie?",
        choices=NoticeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies aan wie."},
    )
    to_whom = forms.CharField(
        label="Welke organisatie, of wie?",
        max_length=200,
        help_text="Bijvoorbeeld: Woningstichting De Brink, contactpunt. Of: de betrokkenen in dossier 2026-7K3QF.",
        error_messages={"required": "Vul in aan wie het is verteld."},
    )
    at = _moment("Wanneer?", "", "Vul in wanneer het is verteld.")
    number = forms.CharField(
        label="Nummer van de AP",
        required=False,
        max_length=40,
        help_text="Zoals het op de bevestiging van de AP staat.",
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off"}),
    )
    delay = _text("Waarom later dan 72 uur?", "Alleen bij een melding aan de AP die later is.", rows=3)

    def clean_at(self) -> Any:
        return self.not_later("at")

    def as_notice(self) -> Notice:
        """The notice as a value."""
        data = self.cleaned_data
        return Notice(
            data["made"], NoticeKind(data["kind"]), data["at"], data["to_whom"], data["number"], data["delay"]
        )


class AskForm(PlainForm):
    """Of whom or of which dossiers the log is asked; sent with GET, so that it can be repeated."""

    hide_optional = True
    wie = forms.ChoiceField(label="Wie keek?", required=False)
    dossiers = forms.CharField(
        label="Nummers van dossiers",
        required=False,
        max_length=1000,
        help_text="Een of meer, met een komma ertussen. Vul dit in of kies wie keek, of allebei.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    van = _moment("Van", "", "Vul in vanaf wanneer u wilt zoeken.")
    tot = _moment("Tot", "", "Vul in tot wanneer u wilt zoeken.")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "wie", people, "Iedereen")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("wie") and not data.get("dossiers"):
            self.add_error("dossiers", "Kies wie keek, of vul ten minste één nummer in.")
        if data.get("van") and data.get("tot") and data["van"] > data["tot"]:
            self.add_error("tot", "Het einde ligt vóór het begin. Pas een van beide aan.")
        return data

    def as_ask(self) -> Ask:
        """The question as a value."""
        data = self.cleaned_data
        named = tuple(
            name.strip().upper()[:30] for name in data["dossiers"].replace(";", ",").split(",") if name.strip()
        )
        return Ask(data["van"], data["tot"], UUID(data["wie"]) if data["wie"] else None, named)


class ChooseForm(PlainForm):
    """Which lines of what was found are kept."""

    lines = forms.MultipleChoiceField(
        label="Welke dossiers zijn geraakt?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Vink aan welke dossiers zijn geraakt.",
            "invalid_choice": "Het logboek is intussen veranderd. Kies opnieuw.",
        },
    )

    def __init__(self, *args: Any, found: Iterable[Touched], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "lines", [(one.key, one.reference) for one in found])


class TellForm(PlainForm):
    """Who tells the persons of one dossier, and what."""

    teller = forms.ChoiceField(
        label="Wie vertelt het?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie het vertelt.", "invalid_choice": "Kies iemand uit de lijst."},
    )
    text = _text(
        "Wat moet er verteld worden?",
        "Wat er gebeurde, wat de gevolgen kunnen zijn, wat u deed, wat iemand zelf kan doen, en bij wie vragen terecht "
        "kunnen (AVG 34, lid 2).",
        "Schrijf op wat er verteld moet worden.",
        10,
    )

    def __init__(self, *args: Any, people: Iterable[Teller], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "teller", {str(one.pk): one.label for one in people}.items())


class ToldForm(_Timed):
    """The persons were told."""

    done_on = _day("Gedaan op", "Bijvoorbeeld 24-11-2026.", "Vul in op welke dag u het vertelde.")

    def clean_done_on(self) -> Any:
        return self.not_later("done_on")


class MeasureForm(_Made):
    """What is done, by whom, before when."""

    what = _text("Wat gaat er gebeuren?", "Noem geen namen van betrokkenen.", "Schrijf op wat er gaat gebeuren.", 3)
    who = forms.CharField(label="Wie doet het?", max_length=200, error_messages={"required": "Vul in wie het doet."})
    due_on = _day("Voor welke dag?", "Bijvoorbeeld 1-12-2026.", "Vul in wanneer het klaar moet zijn.")

    def as_measure(self) -> Measure:
        """The measure as a value."""
        data = self.cleaned_data
        return Measure(data["made"], data["what"], data["who"], data["due_on"])


class CloseForm(_Seen):
    """What was learned."""

    lessons = _text("Wat leert u ervan?", "Wat doet u voortaan anders?", "Schrijf op wat u ervan leert.", 5)
