"""Acting as somebody: one transaction in which the database, the keyring and the log know who it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections, transaction

from privacy.actor import Actor
from privacy.encryption.keyring import Keyring, current, keyring
from privacy.locks import Lock

_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)

_SET = (
    f"SELECT pg_advisory_xact_lock_shared({Lock.KEYS_IN_USE:d}), "
    "set_config('casustafel.actor', %s, true), set_config('casustafel.organisation', %s, true), "
    "set_config('casustafel.roles', %s, true), set_config('casustafel.themes', %s, true)"
)


def _tell_database(using: str, actor: Actor | None) -> None:
    values = ["", "", "", ""]
    if actor is not None:
        organisation = str(actor.organisation_id or "")
        values = [str(actor.user_id), organisation, ",".join(sorted(actor.roles)), ",".join(sorted(actor.themes))]
    with connections[using].cursor() as cursor:
        cursor.execute(_SET, values)


@contextmanager
def acting(actor: Actor, *, using: str = "default") -> Iterator[Keyring]:
    """One transaction as `actor`, with an empty keyring. Nothing of either is left afterwards.

    The setting is local to the transaction: a pooled connection never carries one person's name to the next.
    """
    before, nested = _actor.get(), connections[using].in_atomic_block
    with transaction.atomic(using=using), keyring() as ring:
        _tell_database(using, actor)
        token = _actor.set(actor)
        try:
            yield ring
        finally:
            _actor.reset(token)
            # Within an outer transaction (tests, nested acts) the setting would otherwise outlive this block.
            if nested and not connections[using].needs_rollback:
                _tell_database(using, before)


@contextmanager
def looking_apart() -> Iterator[None]:
    """Within an act: what is read here opens keys of its own, as if nothing had been opened before.

    Afterwards the act holds them too, so that a page can show what was found.
    """
    outer = current()
    with keyring() as ring:
        yield
        outer.adopt(ring)


def current_actor() -> Actor | None:
    """Who is acting now, or None."""
    return _actor.get()
