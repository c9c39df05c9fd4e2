"""Addresses of what is arranged per item beforehand: questions, guests, and wishes of partners."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views.meetings import asking, guests, wishes

urlpatterns: list[URLPattern] = [
    path("punt/<uuid:pk>/vragen/", asking.questions, name="meeting-questions"),
    path("punt/<uuid:pk>/gasten/", guests.index, name="meeting-guests"),
    path("gast/<uuid:pk>/", guests.change, name="meeting-guest"),
    path("gast/<uuid:pk>/weg/", guests.remove, name="meeting-guest-remove"),
    path("gast/<uuid:pk>/blad/", guests.sheet, name="meeting-guest-sheet"),
    path("casus/<uuid:pk>/bespreken/", wishes.ask, name="meeting-wish"),
    path("verzoek/<uuid:pk>/", wishes.answer, name="meeting-wish-answer"),
]
