"""Addresses of the question whether somebody is known already."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import known

urlpatterns: list[URLPattern] = [
    path("", known.ask, name="known"),
    path("signaal/<uuid:signal>/", known.ask, name="known-of-signal"),
]
