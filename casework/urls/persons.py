"""Addresses of one person in several dossiers. No address holds a name: people are ids here."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import persons

urlpatterns: list[URLPattern] = [
    # /personen/<table of people>/<row>/
    path("<slug:kind>/<uuid:pk>/", persons.person, name="person"),
    path("<slug:kind>/<uuid:pk>/naast/<slug:other_kind>/<uuid:other>/", persons.compare, name="person-compare"),
    path("oordeel/<uuid:pk>/terug/", persons.undo, name="person-undo"),
]
