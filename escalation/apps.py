"""Ladders, decisions and terms; empty until the ladder is built."""

from __future__ import annotations

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "escalation"
