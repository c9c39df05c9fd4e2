"""Addresses of closing a meeting, of its minutes, and of the actions that were agreed at it."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views.meetings import actions, closing, minutes

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/afsluiten/", closing.close, name="meeting-close"),
    path("<uuid:pk>/verslag/", minutes.detail, name="meeting-minutes"),
    path("<uuid:pk>/verslag/<int:number>/vaststellen/", minutes.fix, name="meeting-minutes-fix"),
    path("<uuid:pk>/verslag/punt/<uuid:item_id>/", minutes.correct, name="meeting-minutes-correct"),
    path("<uuid:pk>/verslag/pdf/", minutes.pdf, name="meeting-minutes-pdf"),
    path("<uuid:pk>/verslag/docx/", minutes.docx, name="meeting-minutes-docx"),
    path("actie/<uuid:pk>/", actions.hand_on, name="table-action"),
    path("actie/<uuid:pk>/vervallen/", actions.drop, name="table-action-drop"),
]
