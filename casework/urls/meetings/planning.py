"""Addresses of planning: the meetings of the own tables, the rhythm in which a table meets, calendars, many tables."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views.meetings import calendar, overview, planning, series

urlpatterns: list[URLPattern] = [
    path("", planning.index, name="meeting-list"),
    path("overzicht/", overview.index, name="meeting-overview"),
    path("kalender/", calendar.page, name="calendar"),
    path("kalender/stoppen/", calendar.revoke, name="calendar-revoke"),
    path("kalender/<str:token>.ics", calendar.feed, name="calendar-feed"),
    path("nieuw/<uuid:table>/", planning.new, name="meeting-new"),
    path("reeks/nieuw/<uuid:table>/", series.new, name="series-new"),
    path("reeks/<uuid:pk>/", series.detail, name="series-detail"),
    path("reeks/<uuid:pk>/stoppen/", series.end, name="series-end"),
    path("<uuid:pk>/wijzigen/", planning.edit, name="meeting-edit"),
    path("<uuid:pk>/verzetten/", planning.move, name="meeting-move"),
    path("<uuid:pk>/afzeggen/", planning.cancel, name="meeting-cancel"),
]
