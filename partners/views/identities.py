"""The beheerder ties and unties log-ins of people's own organisations; an invited person opens the link."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partners.login.elsewhere.invitations import LINKING, in_link
from partners.models import Identity, User
from partners.services.identities import invite_identity, providers_for, untie_identity
from partners.views.rows import known
from privacy.access import ActorRequest, guarded, public
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.stepup import heavy
from privacy.taking import press, take, typed


class ProviderForm(PlainForm):
    """Where this person logs in."""

    provider = forms.ChoiceField(
        label="Inlog van",
        error_messages={"required": "Kies een organisatie.", "invalid_choice": "Kies een organisatie uit de lijst."},
    )


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
@heavy("person-identity", only=lambda request: request.method == "POST")
def identities(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Which log-ins somebody has elsewhere, and inviting to tie one."""
    user = known(User, pk)
    form, choices = ProviderForm(typed(request)), providers_for(user)
    field = form.fields["provider"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices

    def act() -> str:
        invite_identity(user, form.cleaned_data["provider"], now=timezone.now(), by=request.actor)
        return f"{user.name} krijgt een e-mail met een link om de inlog te koppelen. De link werkt drie dagen."

    answer, status = take(request, form, act, lambda: ("person-identity", pk))
    context = {
        "person": user,
        "form": form if choices else None,
        "rows": Identity.objects.filter(user=user).order_by("linked_at"),
        "names": dict(choices),
    }
    return answer or render(request, "partners/person-identity.html", context, status=status)


@guarded(Verb.MANAGE)
@require_POST
@heavy("person-identity", only=lambda request: True)
def untie(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Takes a log-in elsewhere away."""
    user = known(User, pk)

    def act() -> str:
        try:
            row = UUID(request.POST.get("identity", ""))
        except ValueError:
            return ""
        untie_identity(user, row, now=timezone.now(), by=request.actor)
        return "De inlog is ontkoppeld."

    press(request, act)
    return redirect("person-identity", pk)


@public
@require_GET
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What an invited person opens: where to log in to tie it."""
    invitation = in_link(token, timezone.now())
    if invitation is not None:
        request.session[LINKING] = str(invitation.pk)
    name = dict(providers_for(invitation.user)).get(invitation.provider) if invitation else None
    context = {"provider": invitation.provider if invitation else "", "name": name}
    return render(request, "account/identity-link.html", context)
