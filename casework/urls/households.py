"""Addresses of households and their plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import households, stagnation, worklists

urlpatterns: list[URLPattern] = [
    path("", worklists.households, name="household-list"),
    # /gezinnen/<household>/
    path("<uuid:pk>/", households.detail, name="household-detail"),
    path("<uuid:pk>/contact/", stagnation.contact, name="household-contact"),
]
