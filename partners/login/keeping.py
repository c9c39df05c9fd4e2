"""How allauth keeps second factors here: secrets sealed with the server's key and bound to their person."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from partners.models import User
from privacy.encryption import server
from privacy.factors import has_factor, may_drop
from privacy.models.keys import KeyEncryptionKey

USE = "second factor"
SECRETS = ("secret", "seed")
_whose: ContextVar[UUID | None] = ContextVar("whose", default=None)


@contextmanager
def secrets_of(user: User) -> Iterator[None]:
    """While it lasts, secrets are those of this person: for who has not logged in yet."""
    token = _whose.set(user.pk)
    try:
        yield
    finally:
        _whose.reset(token)


def _holder() -> UUID:
    found = _whose.get()
    if found is None:
        user = context.request.user
        assert user.is_authenticated, "nobody's secret"
        found = user.pk
    return found


def passkeys_work(host: str) -> bool:
    """Whether browsers know passkeys at this host: they want a name, and refuse a bare address."""
    name = host.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return not host.startswith("[")
    return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Seals, names and guards second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet. Kijk in uw app en typ de code die er nu staat.",
        "cannot_delete_authenticator": "Dit is uw laatste tweede stap. Voeg eerst een andere toe.",
        "cannot_generate_recovery_codes": "Herstelcodes krijgt u pas als u een app of een passkey hebt.",
        "passkey_failed": "Deze passkey werkt hier niet. Probeer het opnieuw, of log op een andere manier in.",
    }

    def encrypt(self, text: str) -> str:
        return server.seal_text(text, use=USE, whose=_holder())

    def decrypt(self, encrypted_text: str) -> str:
        return server.open_text(encrypted_text, use=USE, whose=_holder())

    def get_totp_issuer(self) -> str:
        return f"Casustafel {settings.MUNICIPALITY_NAME}"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_drop(authenticator)

    def is_mfa_enabled(self, user: User, types: list[str] | None = None) -> bool:
        return has_factor(user, types)

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  # allauth's name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Mijn passkey" if number == 1 else f"Mijn passkey {number}"


def _standing(using: str) -> set[int]:
    rows = Authenticator.objects.using(using).values_list("data", flat=True)
    return {server.epoch_of(data[name]) for data in rows for name in SECRETS if name in data}


def _renew(using: str, epoch: KeyEncryptionKey) -> None:
    for row in Authenticator.objects.using(using).select_for_update():
        names = [name for name in SECRETS if name in row.data and server.epoch_of(row.data[name]) != epoch.epoch]
        for name in names:
            text = server.open_text(row.data[name], use=USE, whose=row.user_id, using=using)
            row.data[name] = server.seal_text(text, use=USE, whose=row.user_id, epoch=epoch)
        if names:
            row.save(using=using, update_fields=["data"])


HOLDER = server.Holder(_standing, _renew)
