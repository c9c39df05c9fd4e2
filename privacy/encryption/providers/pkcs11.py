"""The root in an HSM, over PKCS#11: AES-GCM with associated data, with a key that can't be taken out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import pkcs11
from django.conf import settings
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import (
    EncryptedDataInvalid,
    EncryptedDataLenRange,
    FunctionFailed,
    GeneralError,
    NoSuchKey,
    PKCS11Error,
)

from privacy.encryption import aead
from privacy.encryption.providers import RootUnavailable
from privacy.errors import TamperedValue

FORMAT = b"\x01"
# What modules say about a tag that is not right; SoftHSM calls it a general error.
NOT_RIGHT = (EncryptedDataInvalid, EncryptedDataLenRange, FunctionFailed, GeneralError)
_one_at_a_time = Lock()
_loaded_in: dict[str, int] = {}


@dataclass(frozen=True)
class TokenRoot:
    """A secret key in a token of this module."""

    module: str
    token: str
    label: str
    pin: str = field(repr=False)
    name: str = "pkcs11"

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        nonce = os.urandom(aead.NONCE_BYTES)
        with self._key() as root_key:
            return FORMAT + nonce + bytes(root_key.encrypt(key, **_how(nonce, bound_to)))

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        if wrapped[:1] != FORMAT or len(wrapped) < 1 + aead.NONCE_BYTES + 16:
            raise TamperedValue("format")
        nonce, body = wrapped[1 : 1 + aead.NONCE_BYTES], wrapped[1 + aead.NONCE_BYTES :]
        with self._key() as root_key:
            try:
                return bytes(root_key.decrypt(body, **_how(nonce, bound_to)))
            except NOT_RIGHT as error:
                raise TamperedValue("tag") from error

    def check(self) -> None:
        """Also refuses a key that could be taken out of the token, and tries both verbs once."""
        with self._key() as root_key:
            if root_key[Attribute.EXTRACTABLE]:
                raise RootUnavailable(f"The key '{self.label}' in the token can be taken out; make one that can not.")
        place = aead.place("check")
        if self.unwrap(self.wrap(b"check", place), place) != b"check":
            raise RootUnavailable("The token does not give back what was wrapped.")

    @contextmanager
    def _key(self) -> Iterator[Any]:
        """The key in a session of its own: it is asked once per epoch and process, so nothing is kept open."""
        try:
            with _one_at_a_time:
                token = _library(self.module).get_token(token_label=self.token)
                with token.open(user_pin=self.pin) as session:
                    yield session.get_key(object_class=ObjectClass.SECRET_KEY, key_type=KeyType.AES, label=self.label)
        except NoSuchKey as error:
            raise RootUnavailable(f"The token '{self.token}' has no AES key '{self.label}'.") from error
        except (PKCS11Error, OSError, RuntimeError) as error:
            raise RootUnavailable(
                f"The token does not answer ({type(error).__name__}): see PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN."
            ) from error


def _how(nonce: bytes, bound_to: bytes) -> dict[str, Any]:
    return {"mechanism": Mechanism.AES_GCM, "mechanism_param": GCMParams(nonce, FORMAT + bound_to)}


def _library(module: str) -> Any:
    """The module, begun anew in a process that was forked from one that had it."""
    library = pkcs11.lib(module)
    if _loaded_in.setdefault(module, os.getpid()) != os.getpid():
        library.reinitialize()
        _loaded_in[module] = os.getpid()
    return library


def root() -> TokenRoot:
    return TokenRoot(settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_KEY, settings.PKCS11_PIN)
