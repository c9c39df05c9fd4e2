"""Acting as somebody: one transaction in which the database, the keyring and the log know who it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connections, transaction

from privacy.actor import Actor
from privacy.encryption.keyring import Keyring, current, keyring
from privacy.locks import Lock


@dataclass
class Transaction:
    """The one transaction of an act, and its number as soon as somebody asked for it."""

    using: str
    number: int | None = None


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)
_transaction: ContextVar[Transaction | None] = ContextVar("transaction", default=None)

_SET = (
    f"SELECT pg_advisory_xact_lock_shared({Lock.KEYS_IN_USE:d}), "
    "set_config('casustafel.actor', %s, true), set_config('casustafel.organisation', %s, true), "
    "set_config('casustafel.roles', %s, true), set_config('casustafel.themes', %s, true)"
)
_NUMBER = "pg_current_xact_id()::text::bigint"


def _tell_database(using: str, actor: Actor | None, *, changing: bool = False) -> int | None:
    """Tells who acts; who is going to change something gets the transaction's number on the same trip."""
    values = ["", "", "", ""]
    if actor is not None:
        organisation = str(actor.organisation_id or "")
        values = [str(actor.user_id), organisation, ",".join(sorted(actor.roles)), ",".join(sorted(actor.themes))]
    with connections[using].cursor() as cursor:
        cursor.execute(f"{_SET}, {_NUMBER}" if changing else _SET, values)
        return int(cursor.fetchone()[-1]) if changing else None


@contextmanager
def acting(actor: Actor, *, using: str = "default", changing: bool = False) -> Iterator[Keyring]:
    """One transaction as `actor`, with an empty keyring. Nothing of either is left afterwards.

    `changing` says that it will change something: it saves a trip to the database, and is no permission.

    The setting is local to the transaction: a pooled connection never carries one person's name to the next.
    """
    before, nested = _actor.get(), connections[using].in_atomic_block
    with transaction.atomic(using=using), keyring() as ring:
        number = _tell_database(using, actor, changing=changing)
        token, running = _actor.set(actor), _transaction.set(Transaction(using, number))
        try:
            yield ring
        finally:
            _transaction.reset(running)
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


def _ask_number(using: str) -> int:
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {_NUMBER}")
        return int(cursor.fetchone()[0])


def transaction_number(using: str) -> int:
    """The number of the present transaction on this connection, which the trigger's rows bear too.

    An act is one transaction, whatever savepoints are in it, so it is asked once. It gives the transaction a number:
    only for who changes something.
    """
    running = _transaction.get()
    if running is None or running.using != using:
        return _ask_number(using)
    if running.number is None:
        running.number = _ask_number(using)
    return running.number
