"""The root in the transit engine of Vault or OpenBao: it wraps there, and never leaves it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import hvac
from django.conf import settings
from hvac.exceptions import InvalidPath, InvalidRequest, VaultError

from privacy.encryption.providers import RootUnavailable
from privacy.errors import TamperedValue

PATIENCE = 5
KIND = "aes256-gcm96"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass(frozen=True)
class VaultRoot:
    """A key of the transit engine, used with associated data."""

    address: str
    mount: str
    key: str
    token: str = field(repr=False)
    certificates: str = ""
    name: str = "vault"

    def _transit(self) -> Any:
        return _client(self.address, self.token, self.certificates).secrets.transit

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        bound = _text(bound_to)
        try:
            answer = _ask(
                lambda: self._transit().encrypt_data(
                    self.key, _text(key), associated_data=bound, mount_point=self.mount
                )
            )
        except InvalidRequest as error:
            raise RootUnavailable(f"Vault refuses to wrap with '{self.key}': see the key and the policy.") from error
        return str(answer["data"]["ciphertext"]).encode()

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        try:
            answer = _ask(
                lambda: self._transit().decrypt_data(
                    self.key, wrapped.decode(), associated_data=_text(bound_to), mount_point=self.mount
                )
            )
            return base64.b64decode(answer["data"]["plaintext"], validate=True)
        except (InvalidRequest, UnicodeDecodeError, binascii.Error) as error:
            raise TamperedValue("the transit engine refused a wrapped key") from error

    def check(self) -> None:
        """Also refuses a key of the wrong kind, or one that could be taken out of the engine."""
        found = _ask(lambda: self._transit().read_key(self.key, mount_point=self.mount))["data"]
        if found["type"] != KIND:
            raise RootUnavailable(f"The key '{self.key}' in Vault is {found['type']}; make one of type {KIND}.")
        if found.get("exportable"):
            raise RootUnavailable(f"The key '{self.key}' in Vault is exportable; make one that is not.")


def _ask(question: Callable[[], Any]) -> Any:
    """What Vault answers. A refused request is left to the caller; anything else means that Vault is not there."""
    try:
        return question()
    except InvalidRequest:
        raise
    except InvalidPath as error:
        raise RootUnavailable("Vault does not know this key: see VAULT_TRANSIT_KEY and VAULT_TRANSIT_MOUNT.") from error
    except (VaultError, OSError) as error:  # what requests raises is an OSError
        raise RootUnavailable(
            f"Vault does not answer as it should ({type(error).__name__}): see VAULT_ADDR, VAULT_TOKEN and its policy."
        ) from error


@lru_cache(maxsize=4)
def _client(address: str, token: str, certificates: str) -> Any:
    return hvac.Client(url=address, token=token, verify=certificates or True, timeout=PATIENCE)


def root() -> VaultRoot:
    return VaultRoot(
        settings.VAULT_ADDR,
        settings.VAULT_TRANSIT_MOUNT,
        settings.VAULT_TRANSIT_KEY,
        settings.VAULT_TOKEN,
        settings.VAULT_CACERT,
    )
