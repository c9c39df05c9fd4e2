"""The mails of this house, as jobs. None holds a name, a number, an address, a theme or anything of a dossier."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from partners.links import PASSWORD_LINK, days_valid, password_link
from partners.login.elsewhere.invitations import link_of, open_invitation
from partners.models import User
from partners.notices import SOMETHING_WAITS
from partners.services.identities import INVITED
from partners.services.users import INVITATION, LOGIN_CHANGED
from privacy.audit import watching
from privacy.jobs import handles
from privacy.models.job import Job
from privacy.roles import Role


def reader(user_id: UUID) -> User | None:
    """Who gets the mail; nobody when the person can't log in any more."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def _mail(user: User, subject: str, body: str, context: dict[str, object]) -> EmailMessage:
    title = " ".join(render_to_string(subject).split())
    text = render_to_string(body, context).strip() + "\n"
    return EmailMessage(title, text, settings.DEFAULT_FROM_EMAIL, [user.email])


def notice(user: User) -> EmailMessage:
    """That something waits, and no more; the link goes to the work list."""
    context: dict[str, object] = {"url": f"{settings.SITE_URL}{reverse('home')}"}
    return _mail(user, "emails/notice_subject.txt", "emails/notice.txt", context)


@handles(INVITATION)
def invitation(job: Job) -> None:
    """The first mail: choose a password. Somebody who has done so needs none."""
    user = reader(job.subject_id)
    if user is not None and not user.has_usable_password():
        context = {"url": password_link(user), "days": days_valid(), "again_url": _forgotten()}
        _mail(user, "emails/welcome_subject.txt", "emails/welcome.txt", context).send()


@handles(PASSWORD_LINK)
def forgotten_password(job: Job) -> None:
    """A new password, asked for by the person."""
    user = reader(job.subject_id)
    if user is not None:
        name = "account/email/password_reset_key"
        context = {"password_reset_url": password_link(user), "days": days_valid()}
        _mail(user, f"{name}_subject.txt", f"{name}_message.txt", context).send()


@handles(INVITED)
def tie_identity(job: Job) -> None:
    """The link to tie the log-in of the own organisation."""
    found = open_invitation(str(job.subject_id), timezone.now())
    if found is not None:
        _mail(found.user, "emails/identity_subject.txt", "emails/identity.txt", {"url": link_of(found)}).send()


@handles(LOGIN_CHANGED)
def login_changed(job: Job) -> None:
    """That a second factor came, went or was wiped: whoever did not do so hears of it."""
    user = reader(job.subject_id)
    if user is not None:
        _mail(user, "emails/login_changed_subject.txt", "emails/login_changed.txt", {}).send()


@handles(SOMETHING_WAITS)
def something_waits(job: Job) -> None:
    """Says that something waits.

    Nothing waits for whose organisation no covenant binds any more: all of it is closed.
    """
    user = reader(job.subject_id)
    if user is not None and (user.roles or user.as_actor().themes):
        notice(user).send()


@handles(watching.MAIL_ANCHOR)
def anchor(job: Job) -> None:
    """The newest seal of the log, to a place outside: who rewrites history can't rewrite a mailbox."""
    now = timezone.now()
    kept = watching.newest(now=now)
    to = settings.AUDIT_ANCHOR_MAIL or officers()
    if kept is None or not to:
        return
    head, file = kept
    text = render_to_string("emails/anchor.txt", {"head": head, "digest": head.digest().hex()})
    mail = EmailMessage("Zegel van het logboek", text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, to)
    mail.attach(f"anker-{timezone.localdate(now)}.json", file, "application/json")
    mail.send()


def officers() -> list[str]:
    """The addresses of who watches, when the settings name no box."""
    rows = User.objects.filter(is_active=True, roles__contains=[Role.PRIVACY_OFFICER])
    return list(rows.order_by("email").values_list("email", flat=True))


def _forgotten() -> str:
    return f"{settings.SITE_URL}{reverse('account_reset_password')}"
