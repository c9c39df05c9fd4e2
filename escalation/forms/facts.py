"""One form for each kind of thing that a rung may ask; each turns what was typed into a fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from escalation.authority_files import Authorities
from escalation.dutch import joined
from escalation.facts import Born, Checked, Consent, Fact, Package, Paper, Urgent, Views, midnight_after
from escalation.forms.fields import DatedForm, DayField
from escalation.rungs import DataPhase, Ladder, Requirement, RequirementKind
from privacy.forms import set_choices

YES_NO = (("ja", "Ja"), ("nee", "Nee"))
CHOOSE = {"required": "Kies ja of nee."}


class FactForm(DatedForm):
    """What is known for one requirement; subclasses say which fact."""

    note = forms.CharField(
        label="Toelichting (niet verplicht)",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De regie leest dit, en wie over deze stap beslist.",
    )
    hide_optional = True  # a day that is asked after one answer and not after another is not "niet verplicht"
    field_order: tuple[str, ...] = (
        "held", "agreed", "how", "dated", "given", "ends", "born", "members", "phase", "categories", "condition", "note"
    )  # fmt: skip

    def __init__(
        self, *args: Any, asked: Requirement, ladder: Ladder, authorities: Authorities, status_only: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.ladder, self.authorities = asked, ladder, authorities
        if status_only:
            del self.fields["note"]
        self.prepare()

    def prepare(self) -> None:
        """Fills choices that depend on the ladder."""

    def fact(self) -> Fact:
        """The fact that was typed; only for a form that is right."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("note", ""))


class CheckedForm(FactForm):
    """Whether it was established."""

    held = forms.ChoiceField(label="", choices=YES_NO, widget=forms.RadioSelect, error_messages=CHOOSE)

    def prepare(self) -> None:
        self.fields["held"].label = f"Staat dit vast: {self.asked.label}?"

    def fact(self) -> Fact:
        return Checked(self.cleaned_data["held"] == "ja")


class PaperForm(FactForm):
    """The date of a document; or that it could not wait, where the law lets it."""

    how = forms.ChoiceField(label="Is het document er?", widget=forms.RadioSelect, required=False)
    dated = DayField(label="Datum van het document", required=False)

    def prepare(self) -> None:
        if not self.asked.urgent:
            del self.fields["how"]
            return
        spoed = f"Nee, dit kan niet wachten (spoed, {self.asked.urgent})"
        set_choices(self, "how", [("er", "Ja"), ("spoed", spoed)])

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("how") != "spoed" and not self.cleaned_data.get("dated") and not self.errors:
            self.add_error("dated", "Vul de datum van het document in.")
        return self.cleaned_data

    def fact(self) -> Fact:
        return Urgent() if self.cleaned_data.get("how") == "spoed" else Paper(self.cleaned_data["dated"])


class ViewsForm(FactForm):
    """Whether somebody was asked for a view, and whether it came."""

    how = forms.ChoiceField(
        label="Hoe staat het met de zienswijze?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het staat met de zienswijze."},
    )
    given = DayField(
        label="Gegeven op", required=False, help_text="Als de zienswijze is gegeven. Bijvoorbeeld 3-9-2026."
    )
    ends = DayField(
        label="Laatste dag van de termijn",
        required=False,
        ahead=True,
        help_text="Als de termijn nog loopt. Bijvoorbeeld 3-9-2026.",
    )

    def prepare(self) -> None:
        choices = [("gegeven", "De zienswijze is gegeven"), ("gevraagd", "Gevraagd, de termijn loopt")]
        if self.asked.urgent:
            choices.append(("spoed", f"Niet gevraagd: dit kan niet wachten (spoed, {self.asked.urgent})"))
        set_choices(self, "how", choices)

    def clean(self) -> dict[str, Any]:
        how = self.cleaned_data.get("how")
        if how == "gegeven" and not self.cleaned_data.get("given") and "given" not in self.errors:
            self.add_error("given", "Vul in op welke dag de zienswijze is gegeven.")
        if how == "gevraagd" and not self.cleaned_data.get("ends") and "ends" not in self.errors:
            self.add_error("ends", "Vul de laatste dag van de termijn in.")
        return self.cleaned_data

    def fact(self) -> Fact:
        match self.cleaned_data["how"]:
            case "gegeven":
                return Views(given=self.cleaned_data["given"])
            case "spoed":
                return Urgent()
        return Views(ends=midnight_after(self.cleaned_data["ends"]))


class ConsentForm(FactForm):
    """What a body decided: when, who took part, and whether it agreed."""

    agreed = forms.ChoiceField(label="", choices=YES_NO, widget=forms.RadioSelect, error_messages=CHOOSE)
    dated = DayField(label="Datum van het besluit", error_messages={"required": "Vul de datum van het besluit in."})
    members = forms.MultipleChoiceField(label="Wie deden mee?", widget=forms.CheckboxSelectMultiple, required=False)

    def prepare(self) -> None:
        body = self.authorities.get(self.asked.who)
        self.fields["agreed"].label = f"Stemde {body.named} in?"
        members = [(code, self.authorities.get(code).label) for code in body.members]
        set_choices(self, "members", members)
        if not members:
            del self.fields["members"]

    def clean(self) -> dict[str, Any]:
        body = self.authorities.get(self.asked.who)
        absent = [code for code in body.members if code not in self.cleaned_data.get("members", ())]
        if self.cleaned_data.get("agreed") == "ja" and absent and "members" not in self.errors:
            who = joined([self.authorities.get(code).named for code in absent])
            self.add_error("members", f"Bij een besluit van {body.named} hoort ook {who}.")
        return self.cleaned_data

    def fact(self) -> Fact:
        members = frozenset(self.cleaned_data.get("members", ()))
        return Consent(self.cleaned_data["dated"], members, self.cleaned_data["agreed"] == "ja")


class BornForm(FactForm):
    """When the person was born whom the measure is about."""

    born = DayField(label="Geboortedatum", error_messages={"required": "Vul de geboortedatum in."})

    def prepare(self) -> None:
        self.fields["born"].label = f"Geboortedatum ({self.asked.label})"

    def fact(self) -> Fact:
        return Born(self.cleaned_data["born"])


class PackageForm(FactForm):
    """Which data are handed over, in which phase."""

    phase = forms.TypedChoiceField(
        label="Gegevensfase", coerce=int, widget=forms.RadioSelect, error_messages={"required": "Kies een fase."}
    )
    categories = forms.MultipleChoiceField(
        label="Welke gegevens zitten erin?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één soort gegevens."},
    )
    condition = forms.BooleanField(label="Aan de voorwaarde van deze fase is voldaan", required=False)

    def prepare(self) -> None:
        phases = self.ladder.data_phases
        said = [(str(one.number), self._said(one)) for one in phases]
        set_choices(self, "phase", said)
        every = [(one.code, f"{one.label} (fase {part.number})") for part in phases for one in part.categories]
        set_choices(self, "categories", every)

    @staticmethod
    def _said(one: DataPhase) -> str:
        return f"Fase {one.number}: {one.label}" + (f". Alleen als vaststaat: {one.condition}" if one.condition else "")

    def fact(self) -> Fact:
        data: Mapping[str, Any] = self.cleaned_data
        return Package(data["phase"], frozenset(data["categories"]), data["condition"])


FORMS: Mapping[RequirementKind, type[FactForm]] = {
    RequirementKind.CHECK: CheckedForm,
    RequirementKind.DOCUMENT: PaperForm,
    RequirementKind.VIEWS: ViewsForm,
    RequirementKind.CONSENT: ConsentForm,
    RequirementKind.AGE: BornForm,
    RequirementKind.PHASE: PackageForm,
}


def fact_form(
    data: Any, *, asked: Requirement, ladder: Ladder, authorities: Authorities, status_only: bool, today: date
) -> FactForm:
    """The form for this requirement; raises KeyError for one that follows from the case itself."""
    return FORMS[asked.kind](
        data, asked=asked, ladder=ladder, authorities=authorities, status_only=status_only, today=today
    )
