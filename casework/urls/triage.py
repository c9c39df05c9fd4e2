"""Addresses of triage."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import succession, triage

urlpatterns: list[URLPattern] = [
    path("", triage.inbox, name="triage-inbox"),
    # /triage/<signal>/
    path("<uuid:pk>/", triage.detail, name="triage-detail"),
    path("<uuid:pk>/vraag/", triage.ask, name="triage-ask"),
    path("<uuid:pk>/toevoegen/", triage.add, name="triage-add"),
    path("<uuid:pk>/openen/", triage.open_case, name="triage-open"),
    path("<uuid:pk>/doorsturen/", triage.forward, name="triage-forward"),
    path("<uuid:pk>/opvolger/", succession.reporter, name="triage-succeed"),
    path("<uuid:pk>/afwijzen/", triage.reject, name="triage-reject"),
]
