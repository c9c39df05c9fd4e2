"""What the walls say when they refuse. Each text is fit for the screen."""

from __future__ import annotations


class Refused(Exception):
    """Known, but not allowed for this role or in this state: answered with 403 and the reason."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is in the way, each as a line of its own on the screen."""
        return (str(self),)


class NotKnown(Exception):
    """Not to be known to this actor: answered with 404, whether it exists or not."""


class AuditUnavailable(Exception):
    """The log can't be written, so nothing may be shown (DESIGN section 2, wall 4): answered with 503."""


class LockedValue(Exception):
    """A sealed value was used without its key; a programming mistake that tests turn into a failure."""


class TamperedValue(Exception):
    """A sealed value does not fit its place: it was changed, moved or replayed."""
