"""Addresses of holding meetings."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views.meetings import holding, holding_lines, holding_written

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/houden/", holding.page, name="meeting-hold"),
    path("<uuid:pk>/houden/begin/", holding.begin, name="meeting-begin"),
    path("punt/<uuid:pk>/nu/", holding_lines.live, name="meeting-live"),
    path("punt/<uuid:pk>/besluit/", holding_written.decision, name="meeting-decision"),
    path("punt/<uuid:pk>/actie/", holding_written.action, name="meeting-action"),
    path("punt/<uuid:pk>/instemming/", holding_lines.stance, name="meeting-stance"),
    path("punt/<uuid:pk>/aanwezig/", holding_lines.presence, name="meeting-presence"),
    path("punt/<uuid:pk>/terug/", holding_lines.review, name="meeting-review"),
    path("punt/<uuid:pk>/klaar/", holding.close, name="meeting-item-close"),
]
