"""Addresses of attending meetings: the own agenda, an item, and answering what is asked."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views.meetings import attending

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/", attending.detail, name="meeting-detail"),
    path("punt/<uuid:pk>/", attending.item, name="meeting-item"),
    path("punt/<uuid:pk>/inbrengen/", attending.bring, name="meeting-bring"),
    path("punt/<uuid:pk>/niets-bekend/", attending.nothing, name="meeting-nothing"),
    path("punt/<uuid:pk>/niet-delen/", attending.refuse, name="meeting-refuse"),
]
