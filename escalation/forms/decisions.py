"""Forms of who decides: yes with a remark, or no with a reason."""

from __future__ import annotations

from django import forms

from privacy.forms import PlainForm


class GrantForm(PlainForm):
    """Takes the decision."""

    remark = forms.CharField(
        label="Opmerking",
        required=False,
        max_length=2000,
        help_text="De regisseur leest dit.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefuseForm(PlainForm):
    """Decides that it is not done."""

    reason = forms.CharField(
        label="Waarom neemt u dit besluit niet?",
        max_length=2000,
        help_text="De regisseur leest dit.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom u dit besluit niet neemt."},
    )
