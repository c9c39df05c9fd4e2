"""Who takes over when somebody leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from partners.in_hands import AtTable
from partners.models import User
from privacy.forms import PlainForm, set_choices


class LeaveForm(PlainForm):
    """A successor per table, and a procesregisseur where there would be none."""

    hide_optional = True

    def __init__(self, *args: Any, tables: Iterable[AtTable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, User] = {}
        for one in tables:
            if one.needs_regisseur:
                label = f"Nieuwe procesregisseur van {one.table.name}"
                missing = "Kies een nieuwe procesregisseur. Een tafel is nooit zonder."
                self._choose(f"regisseur_{one.table.pk}", label, one.regisseurs, "Kies iemand", missing)
            if one.colleagues:
                label = f"Opvolger aan {one.table.name}"
                self._choose(f"opvolger_{one.table.pk}", label, one.colleagues, "Geen opvolger", "")

    def _choose(self, name: str, label: str, people: Iterable[User], empty: str, missing: str) -> None:
        errors = {"required": missing} if missing else {}
        self.fields[name] = forms.ChoiceField(label=label, required=bool(missing), error_messages=errors)
        set_choices(self, name, [(str(user.pk), user.name) for user in people], empty)
        self.people |= {str(user.pk): user for user in people}

    def chosen(self, prefix: str) -> dict[UUID, User]:
        """Table to person, for the fields with this prefix."""
        return {
            UUID(name.removeprefix(prefix)): self.people[value]
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }
