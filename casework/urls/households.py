"""Addresses of households and their plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import households

urlpatterns: list[URLPattern] = [
    path("", households.index, name="household-list"),
    # /gezinnen/<household>/
    path("<uuid:pk>/", households.detail, name="household-detail"),
]
