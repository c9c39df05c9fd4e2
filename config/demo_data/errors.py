"""What is wrong with the demo's content is a mistake of its writer, so it names the file."""

from __future__ import annotations


class DemoDataError(ValueError):
    """The content of the demo does not hold together; the message says where and why."""
