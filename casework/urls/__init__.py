"""Addresses of signals, triage, cases and reading in."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("casework.urls.signals")),
    path("triage/", include("casework.urls.triage")),
    path("casussen/", include("casework.urls.cases")),
    path("bekend/", include("casework.urls.known")),
    path("beheer/inlezen/", include("casework.urls.importing")),
]
