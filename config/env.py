"""Reading the environment: a setting comes from `X` or from the file named in `X_FILE`; a missing one says the mend."""

from __future__ import annotations

import base64
import binascii
import os
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

env = FileAwareEnv()

KEY_BYTES = 32
HOW_TO_MAKE_A_KEY = "python3 -c 'import base64,os; print(base64.b64encode(os.urandom(32)).decode())'"


def required(name: str, hint: str) -> str:
    """The value of `name`; raises ImproperlyConfigured with the hint when it is absent or empty."""
    value = str(env.str(name, default="")).strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set (nor {name}_FILE). {hint}")
    return value


def _kept_private(name: str) -> None:
    """Raises ImproperlyConfigured when the file that holds `name` can be read by others than its owner."""
    file = os.environ.get(f"{name}_FILE", "")
    if file and Path(file).is_file() and stat.S_IMODE(Path(file).stat().st_mode) & 0o077:
        raise ImproperlyConfigured(f"{file} holds {name} and others may read it. Run: chmod 0400 {file}")


def secret(name: str, hint: str) -> str:
    """A required value that is refused when others can read its file."""
    _kept_private(name)
    return required(name, hint)


def key(name: str) -> bytes:
    """A 256 bit key given as base64; raises ImproperlyConfigured when it is absent, malformed or too short."""
    text = secret(name, f"Make one with: {HOW_TO_MAKE_A_KEY}")
    try:
        value = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured(f"{name} is not base64. Make one with: {HOW_TO_MAKE_A_KEY}") from error
    if len(value) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must be {KEY_BYTES} bytes of base64, it has {len(value)}.")
    return value


def distinct_keys(*names: str) -> dict[str, bytes]:
    """The named keys; raises ImproperlyConfigured when two are equal, since one leak would then open both."""
    keys = {name: key(name) for name in names}
    if len(set(keys.values())) != len(keys):
        raise ImproperlyConfigured(f"{', '.join(names)} must all differ; make a new key for each.")
    return keys
