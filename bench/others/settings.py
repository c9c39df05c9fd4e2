"""The application's settings, with the packages that we compare with beside it."""

from __future__ import annotations

import base64

from config.settings import *  # noqa: F403  # settings are one flat namespace, and these extend it
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "pgtrigger", "pghistory", "simple_history", "bench.others.apps.OthersConfig"]
# auditlog as it comes: its own table, beside our entry that takes its place in the application.
AUDITLOG_LOGENTRY_MODEL = "auditlog.LogEntry"
MIGRATION_MODULES: dict[str, str | None] = {}
PGTRIGGER_INSTALL_ON_MIGRATE = False
# Keys of the Fernet packages.
SALT_KEY = "only for benchmarks"
FIELD_ENCRYPTION_KEY = base64.urlsafe_b64encode(b"f" * 32).decode()
ROOT_URLCONF = "bench.others.urls"
