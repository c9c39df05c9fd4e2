"""Addresses of the ladder: who decides for whom, and what waits for a decision."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/tafels/", include("escalation.urls.authorities")),
    path("besluiten/", include("escalation.urls.decisions")),
]
