"""Addresses of ladders: on a case, who decides for whom, and what waits for a decision."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("casussen/", include("escalation.urls.case")),
    path("casussen/", include("escalation.urls.terms")),
    path("beheer/tafels/", include("escalation.urls.authorities")),
    path("besluiten/", include("escalation.urls.decisions")),
]
