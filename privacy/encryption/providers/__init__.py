"""Who keeps the root key: a file, Vault or OpenBao, or an HSM. Two verbs and a health check, the same for each.

The root wraps the epochs of the key encryption key. With Vault or an HSM it never comes into this process.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from django.conf import settings

PROVIDERS = ("file", "vault", "pkcs11")


class RootUnavailable(Exception):
    """The keeper of the root does not answer, or refuses; the text says what to do and holds no secret."""


class RootKey(Protocol):
    """A root key, wherever it is kept. Equal roots are equal objects: what they unwrapped may be kept in memory."""

    @property
    def name(self) -> str:
        """The provider's name in the settings."""

    def __hash__(self) -> int: ...

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        """The key as it may be stored, bound to its place; raises RootUnavailable."""

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        """The key; raises TamperedValue when it was changed or moved, RootUnavailable when nobody answers."""

    def check(self) -> None:
        """Raises RootUnavailable, with a sentence that says what is wrong."""


def root() -> RootKey:
    """The root key of this installation. Packages of other providers need not be installed."""
    name = settings.CASUSTAFEL_ROOT_PROVIDER
    try:
        made: RootKey = import_module(f"privacy.encryption.providers.{name}").root()
    except ModuleNotFoundError as error:
        raise RootUnavailable(f"The root key provider '{name}' needs a package: {error.name} is missing.") from error
    return made
