"""What a partner brings in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from casework import normalise
from casework.forms.attaching import FilesField, WithFiles
from casework.forms.cases import ground_choices
from casework.forms.cleaning import cleaned
from casework.forms.signal_items import KIND_HINTS
from casework.models import Attachment, Audience, ItemKind
from casework.values import ContributionInput, File, Terms
from partners.models import Organisation
from partners.profile_files import Profile
from privacy.forms import PlainForm, Tiles, set_choices


class ContributionForm(WithFiles):
    """One contribution with its files, kind, category, ground and readers."""

    folded = {
        "Bijlagen": ("keep", "attachments"),
        "Datum en bron": ("occurred_on", "origin"),
        "Voorwaarden": ("conditions", "not_to", "ask_first"),
    }

    text = forms.CharField(
        label="Wat brengt u in?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Schrijf op wat u inbrengt."},
    )
    kind = forms.ChoiceField(
        label="Wat is dit?",
        choices=ItemKind.choices,
        widget=Tiles(hints={kind.value: hint for kind, hint in KIND_HINTS.items()}),
        error_messages={"required": "Kies: feit, waarneming of oordeel."},
    )
    category = forms.ChoiceField(label="Soort gegevens", error_messages={"required": "Kies de soort gegevens."})
    audience = forms.ChoiceField(
        label="Wie mag dit lezen?",
        choices=Audience.choices,
        widget=forms.RadioSelect,
        help_text="Collega's van u die aan de casus meedoen, lezen het ook.",
        error_messages={"required": "Kies wie dit mag lezen."},
    )
    recipients = forms.MultipleChoiceField(
        label="Met welke organisaties?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen als u hierboven kiest welke organisaties.",
    )
    ground = forms.ChoiceField(label="Op welke grondslag?", error_messages={"required": "Kies een grondslag."})
    decision_ref = forms.CharField(
        label="Kenmerk van het besluit",
        max_length=100,
        required=False,
        help_text="Nodig bij politiegegevens, justitiële gegevens en een conflict van plichten.",
    )
    keep = forms.MultipleChoiceField(
        label="Welke bijlagen blijven erbij?", required=False, widget=forms.CheckboxSelectMultiple
    )
    attachments = FilesField()
    occurred_on = forms.CharField(
        label="Wanneer was dat?",
        max_length=30,
        required=False,
        help_text="Bijvoorbeeld 23-11-2026.",
        widget=forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}),
    )
    origin = forms.CharField(label="Bron", max_length=200, required=False)
    conditions = forms.CharField(
        label="Voorwaarden",
        max_length=500,
        required=False,
        help_text="Wat mogen anderen hier wel of niet mee doen?",
    )
    not_to = forms.MultipleChoiceField(
        label="Niet aan",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Zij krijgen dit nooit, behalve wie procesregisseur wordt. Of zij meedoen, ziet u hier niet.",
    )
    ask_first = forms.BooleanField(
        label="Vraag mij eerst, voordat een nieuwe deelnemer dit krijgt.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        profile: Profile,
        partners: Iterable[Organisation],
        bound: Iterable[Organisation],
        own_kind: str,
        covered: Collection[str],
        today: date,
        kept: Sequence[Attachment] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.kept = today, {str(file.pk): file for file in kept}
        set_choices(self, "category", [(c.code, c.label) for c in profile.categories.values() if c.code in covered])
        set_choices(self, "ground", ground_choices(profile))
        others = [(str(partner.pk), partner.name) for partner in partners]
        set_choices(self, "recipients", others)
        set_choices(self, "not_to", [(str(organisation.pk), organisation.name) for organisation in bound])
        if own_kind in profile.kinds:
            self.fields["category"].initial = profile.default_category(own_kind)
        set_choices(self, "keep", [(pk, str(file.name)) for pk, file in self.kept.items()])
        self.fields["keep"].initial = list(self.kept)
        if kept:
            self.fields["attachments"].label = "Nieuwe bijlagen"
        else:
            del self.fields["keep"]
        if not others:
            del self.fields["recipients"]

    def clean_occurred_on(self) -> date | None:
        day: date | None = cleaned(
            lambda text: normalise.dutch_date(text, today=self.today), self.cleaned_data["occurred_on"], empty=None
        )
        if day and day > self.today:
            raise forms.ValidationError("Deze datum is nog niet geweest. Vul een datum tot en met vandaag in.")
        return day

    def _files(self) -> tuple[File, ...]:
        kept = [self.kept[pk] for pk in self.cleaned_data.get("keep", [])]
        return (*kept, *self.cleaned_data["attachments"])

    def as_input(self) -> ContributionInput:
        """The contribution as a value."""
        data = self.cleaned_data
        chosen = data.get("recipients", []) if data["audience"] == Audience.CHOSEN else []
        return ContributionInput(
            kind=ItemKind(data["kind"]),
            category=data["category"],
            ground=data["ground"],
            text=data["text"],
            audience=Audience(data["audience"]),
            recipients=tuple(UUID(value) for value in chosen),
            decision_ref=data["decision_ref"],
            origin=data["origin"],
            conditions=data["conditions"],
            terms=Terms(frozenset(UUID(value) for value in data["not_to"]), data["ask_first"]),
            occurred_on=data["occurred_on"],
            files=self._files(),
        )


class ShareFurtherForm(PlainForm):
    """More organisations that may read a contribution."""

    organisations = forms.MultipleChoiceField(
        label="Met welke organisaties deelt u dit ook?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één organisatie."},
    )

    def __init__(self, *args: Any, partners: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "organisations", [(str(partner.pk), partner.name) for partner in partners])


class ConsentForm(PlainForm):
    """Yes or no, by the button that was pressed."""

    answer = forms.ChoiceField(
        choices=[("ja", "Ja"), ("nee", "Nee")],
        widget=forms.HiddenInput,
        error_messages={"required": "Kies ja of nee.", "invalid_choice": "Kies ja of nee."},
    )
