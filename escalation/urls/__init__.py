"""Addresses of ladders, by subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from escalation.urls import terms

urlpatterns: list[URLPattern | URLResolver] = [
    path("casussen/<uuid:pk>/ladder/", include(terms.urlpatterns)),
]
