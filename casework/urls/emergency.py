"""Addresses of emergency access."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import emergency

urlpatterns: list[URLPattern] = [
    path("", emergency.index, name="emergency"),
    path("openen/", emergency.open_in_emergency, name="emergency-open"),
    path("<uuid:pk>/", emergency.detail, name="emergency-use"),
    path("<uuid:pk>/antwoord/", emergency.answer, name="emergency-answer"),
    path("<uuid:pk>/einde/", emergency.end, name="emergency-end"),
]
