"""What stands in the place of a value whose key was not given."""

from __future__ import annotations

from django.conf import settings

from privacy.errors import LockedValue


class Locked:
    """Renders as nothing in production; raises in tests, so that a forgotten unlock is found there."""

    __slots__ = ()

    def _as_text(self) -> str:
        if settings.CASUSTAFEL_LOCKED_RAISES:
            raise LockedValue("a sealed value was shown without its key")
        return ""

    def __str__(self) -> str:
        return self._as_text()

    def __html__(self) -> str:
        return self._as_text()

    def __format__(self, spec: str) -> str:
        return self._as_text()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "<locked>"


LOCKED = Locked()
