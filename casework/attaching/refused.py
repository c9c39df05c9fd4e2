"""Why a file is not taken."""

from __future__ import annotations


class FileRefused(Exception):
    """The text says what is wrong with the file and what to do; it follows the file's name on the screen."""
