"""The rules of the review: what they look at, and changing one with two persons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from privacy.access import ActorRequest, guarded
from privacy.audit import record
from privacy.forms import PlainForm
from privacy.models import ReviewRule
from privacy.review import changing
from privacy.review.ruling import Rule, in_force, shipped
from privacy.roles import Verb
from privacy.taking import press, take, typed

SHOWN = 20


class RuleForm(PlainForm):
    """The numbers of one rule, within their bounds, and whether it is on."""

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in rule.numbers:
            wrong = f"Vul een getal in van {number.least} tot en met {number.most}."
            said = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
            self.fields[number.code] = forms.IntegerField(
                label=number.label, min_value=number.least, max_value=number.most, initial=number.value,
                error_messages=said, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ct-w-10"}),
            )  # fmt: skip
        self.fields["active"] = forms.BooleanField(label="Deze regel staat aan", required=False, initial=rule.on)

    def numbers(self) -> dict[str, int]:
        """What was filled in, by code."""
        return {name: value for name, value in self.cleaned_data.items() if name != "active"}


def _changes(change: ReviewRule, rule: Rule) -> list[str]:
    """What a proposal changes, in words."""
    labels = {number.code: (number.label, number.value) for number in rule.numbers}
    said = [f"{label}: {value} wordt {change.numbers[code]}" for code, (label, value) in labels.items()
            if change.numbers.get(code, value) != value]  # fmt: skip
    return said + ([] if change.active == rule.on else ["De regel gaat aan" if change.active else "De regel gaat uit"])


@guarded(Verb.RULES_SET)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Every rule with its numbers, and what waits for a second person."""
    record.look("page", by=request.actor)
    rules, waits = in_force(), changing.proposals()
    rows = [
        {"rule": rule, "changed": rule != shipped()[code], "proposal": waits.get(code),
         "changes": _changes(waits[code], rule) if code in waits else [],
         "mine": code in waits and waits[code].proposed_by == request.actor.user_id}
        for code, rule in rules.items()
    ]  # fmt: skip
    decided = ReviewRule.objects.filter(agreed_at__isnull=False).order_by("-agreed_at")[:SHOWN]
    context = {"rows": rows, "decided": [(one, shipped()[one.code].name) for one in decided if one.code in shipped()]}
    return render(request, "privacy/review-rules.html", context)


@guarded(Verb.RULES_SET)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, code: str) -> HttpResponse:
    """Proposes other numbers for one rule."""
    rule = in_force().get(code)
    if rule is None:
        raise Http404
    form = RuleForm(typed(request), rule=rule)

    def act() -> str:
        changing.propose(rule, form.numbers(), active=form.cleaned_data["active"], now=timezone.now(), by=request.actor)
        return "Uw voorstel is bewaard. Het geldt zodra een ander ermee instemt."

    answer, status = take(request, form, act, lambda: ("privacy-review-rules",))
    return answer or render(request, "privacy/review-rule.html", {"rule": rule, "form": form}, status=status)


@guarded(Verb.RULES_SET)
@require_POST
def decide(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A second person agrees with a proposal, or it is dropped."""
    given = changing.proposal(pk)

    def act() -> str:
        if "laat_vervallen" in request.POST:
            changing.drop(given, now=timezone.now(), by=request.actor)
            return "Het voorstel is vervallen."
        changing.agree(given, now=timezone.now(), by=request.actor)
        return "De regel is gewijzigd."

    press(request, act)
    return redirect("privacy-review-rules")
