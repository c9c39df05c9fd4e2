"""Addresses of planning: the meetings of the own tables, and the rhythm in which a table meets."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views.meetings import planning

urlpatterns: list[URLPattern] = [
    path("", planning.index, name="meeting-list"),
]
