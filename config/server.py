"""How gunicorn serves in production: `gunicorn -c python:config.server config.wsgi` (docs/installation.md).

No access log: its lines hold addresses and ids. Each request is one line of our own (config/running/observing.py).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from prometheus_client import multiprocess

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "4"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
keepalive = 15
accesslog = None
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # heartbeats need no disk
_counts = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")


def on_starting(server: Any) -> None:
    """Counts begin anew with the server: what an earlier one left would be added up with them."""
    if _counts:
        Path(_counts).mkdir(parents=True, exist_ok=True)
        for file in Path(_counts).glob("*.db"):
            file.unlink()


def child_exit(server: Any, worker: Any) -> None:
    """The counts of a process that is gone stay, in a file that says so."""
    if _counts:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
