"""A draft as a whole: what was typed per step, and the value it becomes when every step is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from casework.forms.signal_items import CheckForm, ItemsForm
from casework.forms.signal_place import PlaceForm
from casework.forms.signal_subjects import SubjectsForm
from casework.models import Attachment, Severity, Told
from casework.theming import active_theme
from casework.values import SignalInput
from partners.models import CaseTable
from partners.profiling import profile_of
from partners.queries import covered_categories
from privacy.actor import Actor
from privacy.forms import PlainForm

STEPS = {1: "Waar", 2: "Wie", 3: "Wat", 4: "Controle"}
NOT_KEPT = ("csrfmiddlewaretoken", "go", "table")  # a draft stays at the table it was begun for


def typed(post: QueryDict) -> dict[str, list[str]]:
    """What was typed, as it is kept in the draft."""
    return {name: post.getlist(name) for name in post if name not in NOT_KEPT}


def count_of(body: Mapping[str, list[str]], name: str) -> int:
    """How many subjects or items the form shows; the forms hold the most."""
    value = (body.get(name) or ["1"])[0]
    return int(value) if value.isdecimal() and len(value) < 3 else 1


class DraftForms:
    """The four forms of one draft, bound to what was typed so far."""

    def __init__(
        self,
        body: Mapping[str, list[str]],
        table: CaseTable,
        *,
        files: Mapping[int, Sequence[Attachment]],
        today: date,
        by: Actor,
    ) -> None:
        self.body, self.table, self.files, self.today, self.by = body, table, files, today, by
        self.theme = active_theme(table.theme)

    def form(self, step: int, sent: MultiValueDict[str, Any] | None = None) -> PlainForm:
        """The form of a step, with what was typed and the files just sent; unvisited steps are empty and unbound."""
        data = MultiValueDict({key: list(value) for key, value in self.body.items()})
        visited = f"step_{step}" in self.body
        bound: dict[str, Any] = {"data": data} if visited else {}
        if step == 1:
            initial = {"observed_on": f"{self.today:%-d-%-m-%Y}", **{k: v[0] for k, v in self.body.items() if v}}
            return PlaceForm(theme=self.theme, today=self.today, **(bound or {"initial": initial}))
        if step == 2:
            may_bsn = profile_of(self.table).may_see_bsn(self.by.organisation_kind)
            count = count_of(self.body, "subjects")
            return SubjectsForm(theme=self.theme, today=self.today, may_bsn=may_bsn, count=count, **bound)
        if step == 3:
            profile = profile_of(self.table)
            covered = covered_categories(self.by.home, self.theme.code, self.today) & set(self.theme.categories)
            labels = {code: category.label for code, category in profile.categories.items() if code in covered}
            usual = profile.default_category(self.by.organisation_kind)
            own = usual if usual in labels else next(iter(labels), usual)
            count = count_of(self.body, "items")
            if visited:
                bound["files"] = sent
            return ItemsForm(
                today=self.today, categories=labels, own_category=own, count=count, kept=self.files, **bound
            )
        return CheckForm(**bound)

    def first_wrong_step(self) -> int | None:
        """The first of the steps before the check that is not right yet."""
        for step in (1, 2, 3):
            form = self.form(step)
            if not form.is_bound or not form.is_valid():
                return step
        return None

    def as_input(self, check: CheckForm) -> SignalInput:
        """The whole signal; every form was found valid before."""
        place, subjects, items = self.form(1), self.form(2), self.form(3)
        assert isinstance(place, PlaceForm)
        assert isinstance(subjects, SubjectsForm)
        assert isinstance(items, ItemsForm)
        for form in (place, subjects, items):
            form.full_clean()
        return SignalInput(
            table_id=self.table.pk,
            source_id=self.by.home,
            reporter_name=self.by.name,
            items=items.as_items(),
            subjects=subjects.as_subjects(),
            place=place.as_place(),
            severity=Severity(place.cleaned_data["severity"]),
            neighbourhood=place.cleaned_data["neighbourhood"],
            observed_on=place.cleaned_data["observed_on"],
            answers=place.answers(),
            told=Told(check.cleaned_data["told"]),
            not_told_reason=check.cleaned_data["not_told_reason"],
        )


def table_of(body: Mapping[str, list[str]]) -> CaseTable:
    """The table a draft is for."""
    return CaseTable.objects.get(pk=UUID(body["table"][0]))
