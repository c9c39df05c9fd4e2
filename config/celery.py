"""The Celery application. A message holds only the id of a Job row; the row is the truth (DESIGN section 4)."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("casustafel")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["privacy"], related_name="jobs")
