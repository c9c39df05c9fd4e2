"""Forms of requests of persons concerned: for the contact point, and for the source that is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from casework import normalise
from casework import rights_rules as rules
from casework.forms.asking import reason_field
from casework.forms.cleaning import cleaned
from casework.forms.members import day_field, past_day
from casework.models import AboutWhom, Channel, RightsCandidate, RightsKind, Verdict
from casework.redacting import Span, sentences, words_in
from casework.services.rights.answering import AnswerInput
from casework.services.rights.judging import Judgement
from casework.services.rights.registering import RegisterInput
from privacy.forms import PlainForm, Tiles, set_choices

WHOLE, LEFT_OUT = "", "niet"
STAYS = "Mag mee"


def _line(label: str, missing: str = "", hint: str = "", longest: int = 120) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(missing),
        help_text=hint,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _text(label: str, hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, required=False, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )


class RegisterForm(PlainForm):
    """Who asks what, about whom, how it came and when."""

    kind = forms.ChoiceField(
        label="Wat vraagt deze persoon?",
        choices=RightsKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat deze persoon vraagt."},
    )
    channel = forms.ChoiceField(label="Hoe kwam het verzoek binnen?", choices=Channel.choices)
    received_on = day_field(
        "Wanneer is het ontvangen?", "De termijn loopt vanaf deze dag. Bijvoorbeeld 3-9-2026.",
        "Vul de dag van ontvangst in, bijvoorbeeld 3-9-2026.",
    )  # fmt: skip
    about = forms.ChoiceField(
        label="Over wie gaat het?",
        choices=AboutWhom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies over wie het gaat."},
    )
    name = _line("Naam van de persoon over wie het gaat", "Vul de naam in.", "Voornaam en achternaam.")
    birth_date = day_field("Geboortedatum", "Bijvoorbeeld 2-4-1985.", "Vul de geboortedatum in, bijvoorbeeld 2-4-1985.")
    bsn = _line("BSN", hint="Als u het hebt: dan vindt u meer dossiers.", longest=20)
    address = _line("Adres", hint="Straat, nummer, postcode en plaats. Voor de brief.", longest=200)
    asker_name = _line("Naam van wie het vraagt", hint="Bijvoorbeeld de ouder, de curator of de advocaat.")
    asker_address = _line("Adres van wie het vraagt", longest=200)
    mandate = _text("Waaruit blijkt dat deze persoon mag vragen?", "Bijvoorbeeld: gezag volgens het gezagsregister.")
    wish = _text("Wat staat er in het verzoek?", "In de woorden van de persoon zelf, als dat helpt.")
    folded: ClassVar[dict[str, tuple[str, ...]]] = {
        "Vraagt iemand anders het, zoals een ouder of een vertegenwoordiger?": (
            "asker_name", "asker_address", "mandate",
        )
    }  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_received_on(self) -> date | None:
        return past_day(self.cleaned_data["received_on"], self.today, "De dag van ontvangst ligt in de toekomst.")

    def clean_birth_date(self) -> date | None:
        return past_day(self.cleaned_data["birth_date"], self.today, "Deze geboortedatum ligt in de toekomst.")

    def clean_bsn(self) -> str:
        return str(cleaned(normalise.bsn, self.cleaned_data["bsn"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("about") not in (None, rules.SELF) and not data.get("asker_name"):
            self.add_error("asker_name", "Vul in wie het vraagt.")
        return data

    def given(self) -> RegisterInput:
        """As it was received."""
        names = [name for name in RegisterInput.__dataclass_fields__ if name in self.cleaned_data]
        return RegisterInput(**{name: self.cleaned_data[name] for name in names})


class IdentityForm(PlainForm):
    """How it was checked who this is, and whether there is a doubt that somebody must decide about."""

    how = forms.ChoiceField(
        label="Hoe hebt u gecontroleerd wie dit is?",
        choices=list(rules.IDENTITY_WAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe u de identiteit hebt gecontroleerd."},
    )
    said = _text("Toelichting", "Bewaar geen kopie van een identiteitsbewijs. Schrijf het nummer niet op.", 2)
    doubt = forms.ChoiceField(
        label="Is er reden om te twijfelen?",
        required=False,
        choices=[
            ("", "Nee"),
            ("party", "Ja: de vertegenwoordiger is zelf partij, bijvoorbeeld in een strijd tussen ouders"),
            ("harm", "Ja: het antwoord kan het kind of iemand anders schaden"),
        ],
        widget=forms.RadioSelect,
    )


class ReasonForm(PlainForm):
    """Why."""

    reason = reason_field("Waarom?", "Alleen het contactpunt leest dit.")


class CandidatesForm(PlainForm):
    """Of each dossier that was found: is it this person?"""

    def __init__(self, *args: Any, candidates: Iterable[RightsCandidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(candidates)
        for one in self.rows:
            self.fields[f"c{one.pk.hex}"] = forms.ChoiceField(
                label=f"{one.reference} ({KINDS.get(one.dossier_kind, one.dossier_kind)}): {matched(one.matched)}",
                choices=[("ja", "Ja, dit is deze persoon"), ("nee", "Nee, dit is iemand anders")],
                widget=forms.RadioSelect,
                initial={True: "ja", False: "nee"}.get(one.confirmed) if one.confirmed is not None else None,
                error_messages={"required": "Kies of dit deze persoon is."},
            )

    def really(self) -> dict[UUID, bool]:
        """What was said of each."""
        return {one.pk: self.cleaned_data[f"c{one.pk.hex}"] == "ja" for one in self.rows}


class HandForm(PlainForm):
    """Which colleague goes on with it."""

    to = forms.ChoiceField(label="Aan welke collega?", error_messages={"required": "Kies een collega."})

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "to", [("", "Kies een collega"), *((str(pk), name) for pk, name in people)])

    def person(self) -> UUID:
        """Who was chosen."""
        return UUID(self.cleaned_data["to"])


KINDS = {"signal": "melding", "case": "casus", "household": "gezin"}
MATCHED = {"bsn": "zelfde BSN", "person": "zelfde achternaam en geboortedatum", "group": "als lid van een groep"}


def matched(codes: str) -> str:
    """Why a dossier was found, in words."""
    return " en ".join(MATCHED.get(code, code) for code in codes.split(","))


def _grounds(first: str) -> list[tuple[str, str]]:
    return [("", first), *rules.ground_choices()]


class JudgeForm(PlainForm):
    """Of one passage: whether it goes at all, and per sentence and per likely stretch whether that goes."""

    hide_optional = True
    whole = forms.ChoiceField(label="De hele passage", required=False)
    words = forms.CharField(
        label="Ook deze woorden weg",
        required=False,
        max_length=2000,
        help_text="Neem precies over wat weg moet, één stuk per regel. Overal waar het staat, gaat het weg.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words_ground = forms.ChoiceField(label="Op welke grond gaan die woorden weg?", initial=rules.OTHERS)

    def __init__(self, *args: Any, text: str, spans: list[Span], out: bool, refused_on: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.found = text, sentences(text)
        self.likely = [span for span in spans if (span.start, span.end) not in self.found]
        whole = {(span.start, span.end): span.ground for span in spans}
        for number, (start, end) in enumerate(self.found):
            self._choice(f"s{number}", f"{number + 1}. {text[start:end].strip()}", whole.get((start, end), ""))
        for number, span in enumerate(self.likely):
            self._choice(f"v{number}", f"Gevonden: “{text[span.start : span.end].strip()}”", span.ground)
        first = "Mag mee, behalve wat hieronder weg gaat"
        own = [(LEFT_OUT, "Gaat niet over deze persoon: hoort niet in het bestand")]
        set_choices(self, "whole", [("", first), *own, *rules.ground_choices()])
        set_choices(self, "words_ground", rules.ground_choices())
        self.fields["whole"].initial = LEFT_OUT if out else refused_on
        last = ("words", "words_ground")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def _choice(self, name: str, label: str, initial: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=_grounds(STAYS), initial=initial)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = [line for line in data.get("words", "").splitlines() if line.strip()]
        if any(not words_in(self.text, line) for line in lines):
            self.add_error("words", "Deze woorden staan zo niet in de passage. Neem ze precies over.")
        return data

    def judgement(self) -> Judgement:
        """What somebody decided."""
        data = self.cleaned_data
        spans = [Span(*self.found[n], data[f"s{n}"]) for n in range(len(self.found)) if data[f"s{n}"]]
        spans += [Span(s.start, s.end, data[f"v{n}"]) for n, s in enumerate(self.likely) if data[f"v{n}"]]
        for line in data["words"].splitlines():
            spans += [Span(start, end, data["words_ground"]) for start, end in words_in(self.text, line)]
        out = data["whole"] == LEFT_OUT
        return Judgement(tuple(spans), out, "" if out else data["whole"])


class ReleaseForm(PlainForm):
    """What else the letter says, when a refusal is looked at again, and whether the file tells who looked."""

    with_looks = forms.BooleanField(
        label="Voeg de bijlage “Wie keek naar uw gegevens?” toe",
        required=False,
        help_text="Doe dit als de persoon erom vroeg. Er staat per dag en organisatie wie keek, zonder namen van "
        "medewerkers. Bekijk de bijlage eerst.",
    )
    said = _text("Wat wilt u er in de brief bij zeggen?", "De persoon leest dit.")
    recheck_on = forms.CharField(
        label="Wanneer kijkt u opnieuw of een geweigerd deel wel mag?",
        required=False,
        max_length=30,
        help_text="Als een reden voorbij gaat, hoort de persoon het alsnog (BGS 1.2). Bijvoorbeeld 1-6-2027.",
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, sees: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not sees:
            del self.fields["with_looks"]

    def clean_recheck_on(self) -> date | None:
        typed = self.cleaned_data["recheck_on"]
        day: date | None = cleaned(lambda text: normalise.dutch_date(text, today=self.today), typed, empty=None)
        if day and day <= self.today:
            raise forms.ValidationError("Kies een dag na vandaag.")
        return day


class RefuseForm(PlainForm):
    """On which article it is refused, and what the letter says besides."""

    article = forms.ChoiceField(
        label="Op welk artikel weigert u?",
        choices=[(code, one.sentence) for code, one in rules.REFUSALS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies op welk artikel u weigert."},
    )
    said = _text("Wat wilt u er in de brief bij zeggen?", "De persoon leest dit.")


HINTS = {
    Verdict.MAY.value: "De persoon mag dit lezen.",
    Verdict.EXCEPT.value: "U neemt hieronder over welke woorden weg moeten.",
    Verdict.REFUSED.value: "U kiest de grond en schrijft op waarom.",
}


class AnswerForm(PlainForm):
    """What the source says of one passage of its own."""

    verdict = forms.ChoiceField(
        label="Mag dit naar de persoon?",
        choices=Verdict.choices,
        widget=Tiles(hints=HINTS),
        error_messages={"required": "Kies of dit mee mag."},
    )
    given = _text(
        "Wat u uit uw eigen deel geeft", "Het contactpunt kan uw eigen deel niet lezen. Schrijf hier wat mee mag."
    )
    except_words = _text("Welke woorden niet?", "Neem precies over wat niet mee mag, één stuk per regel.")
    ground = forms.ChoiceField(label="Op welke grond?", required=False, choices=_grounds("Geen grond nodig"))
    reason = _text("Waarom?", "Alleen het contactpunt leest dit.")

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not own:
            del self.fields["given"]

    def answer(self) -> AnswerInput:
        """As it is kept."""
        return AnswerInput(**{name: str(self.cleaned_data[name]) for name in self.fields})
