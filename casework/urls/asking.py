"""Addresses of asking for access."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import asking

urlpatterns: list[URLPattern] = [
    path("", asking.index, name="ask-list"),
    path("vragen/", asking.ask, name="ask-new"),
    path("<uuid:pk>/intrekken/", asking.withdraw, name="ask-withdraw"),
]
