"""Checks by Django's own means: `starting` on every start, `production` with `manage.py check --deploy`."""

from __future__ import annotations

from config.checks import house_style, production
from config.checks.starting import data_files, extension_themes, root_key

__all__ = ["data_files", "extension_themes", "house_style", "production", "root_key"]
