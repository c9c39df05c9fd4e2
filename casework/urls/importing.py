"""Addresses of reading in."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import importing

urlpatterns: list[URLPattern] = [
    path("", importing.index, name="import-list"),
    path("<uuid:pk>/", importing.detail, name="import-detail"),
    path("<uuid:pk>/geweigerd/", importing.refused, name="import-refused"),
    path("<uuid:pk>/weg/", importing.drop, name="import-drop"),
]
