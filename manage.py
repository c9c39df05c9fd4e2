#!/usr/bin/env python3
"""Django's command line for Casustafel."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from privacy.encryption import escrow

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["escrow_restore"]:
        sys.exit(escrow.restore(sys.argv[2:]))  # without settings: there is no root key to start with
    execute_from_command_line(sys.argv)
