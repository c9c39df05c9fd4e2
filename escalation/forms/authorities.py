"""Forms of the beheerder: who decides for an authority, and a mandate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.normalise import YEARS
from escalation.services.authorities import MandateInput
from partners.forms.managing import by_organisation, date_field
from partners.models import User
from privacy.forms import PlainForm, set_choices


class HolderForm(PlainForm):
    """Who decides for one authority."""

    user = forms.ModelChoiceField(
        label="Wie beslist?",
        queryset=User.objects.none(),
        help_text="U kiest uit mensen met een zetel aan deze tafel.",
        error_messages={"required": "Kies iemand.", "invalid_choice": "Kies iemand uit de lijst."},
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(people)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[user.pk for user in rows])
        field.widget.choices = [("", "Kies iemand"), *by_organisation(rows)]


class MandateForm(PlainForm):
    """A mandate: by whom to whom, where it is written, from and until when."""

    pair = forms.ChoiceField(
        label="Wie geeft mandaat aan wie?",
        help_text="U kiest uit de mandaten die de ladder van deze tafel kent.",
        error_messages={"required": "Kies een mandaat.", "invalid_choice": "Kies een mandaat uit de lijst."},
    )
    document = forms.CharField(
        label="In welk document staat het?",
        max_length=200,
        help_text="Bijvoorbeeld: Mandaatbesluit huisverbod 2026, artikel 2.",
        error_messages={"required": "Vul in waar het mandaat is opgeschreven."},
    )
    since = date_field("Eerste dag", "Bijvoorbeeld 1-1-2026.", required="Vul in vanaf welke dag het mandaat geldt.")
    until = date_field("Laatste dag", "Laat leeg als er geen einde is afgesproken.")

    def __init__(self, *args: Any, pairs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "pair", pairs, "Kies een mandaat")

    def clean(self) -> dict[str, Any]:
        """A year in which nothing is counted is a mistake, or a way to say that there is no end."""
        for name, instead in (("since", ""), ("until", " Laat leeg als er geen einde is afgesproken.")):
            day = self.cleaned_data.get(name)
            if day and day.year not in YEARS:
                self.add_error(name, f"Controleer het jaartal.{instead}")
        return self.cleaned_data

    def mandate(self) -> MandateInput:
        """What was typed, as the service takes it."""
        giver, _, to = self.cleaned_data["pair"].partition(":")
        data = self.cleaned_data
        return MandateInput(giver, to, data["document"].strip(), data["since"], data["until"])
