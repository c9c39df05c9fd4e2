"""Addresses of meetings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("casework.urls.meetings.planning")),
    path("", include("casework.urls.meetings.preparing")),
    path("", include("casework.urls.meetings.attending")),
    path("", include("casework.urls.meetings.asking")),
    path("", include("casework.urls.meetings.holding")),
    path("", include("casework.urls.meetings.minutes")),
]
