"""Addresses of preparing a meeting."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views.meetings import preparing

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/voorbereiden/", preparing.prepare, name="meeting-prepare"),
    path("<uuid:pk>/toevoegen/", preparing.add, name="meeting-add"),
    path("<uuid:pk>/volgorde/", preparing.order, name="meeting-order"),
    path("<uuid:pk>/bekend/", preparing.publish, name="meeting-publish"),
    path("punt/<uuid:pk>/bewerken/", preparing.edit, name="meeting-item-edit"),
    path("punt/<uuid:pk>/aanschuiven/", preparing.seat, name="meeting-seat"),
    path("punt/<uuid:pk>/weg/", preparing.take_off, name="meeting-item-off"),
    path("plaats/<uuid:pk>/weg/", preparing.unseat, name="meeting-unseat"),
]
