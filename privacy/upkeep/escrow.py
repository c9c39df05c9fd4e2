"""Shares of the root of this installation."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.models import OperationKind
from privacy.upkeep.work import USING, done, step


def root_bytes() -> bytes:
    """The root, when it is here; raises Refused when it is where it can't come out, and says what to do there."""
    if settings.CASUSTAFEL_ROOT_PROVIDER != "file":
        raise Refused(
            "De hoofdsleutel komt niet uit de kluis of HSM. Verdeel en oefen daar: bij Vault of OpenBao de "
            "unseal-delen, bij een HSM de back-up van het token."
        )
    key: bytes = settings.CASUSTAFEL_ROOT_KEY
    return key


def drill(given: bytes | None, *, by: Actor) -> bool:
    """Whether what two people gave is the root; noted either way."""
    right = given is not None and hmac.compare_digest(given, root_bytes())
    with step(by):
        record.change("escrow.drilled", using=USING, by=by)
        done(OperationKind.ESCROW_DRILL, timezone.now(), outcome="ok" if right else "failed", by=by)
    return right
