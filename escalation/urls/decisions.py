"""Addresses of who decides: what waits, and one proposal."""

from __future__ import annotations

from django.urls import URLPattern, path

from escalation.views import decisions

urlpatterns: list[URLPattern] = [
    path("", decisions.index, name="decision-list"),
    path("<uuid:pk>/", decisions.decide, name="decision"),
    path("<uuid:pk>/niet/", decisions.refuse, name="decision-refuse"),
]
