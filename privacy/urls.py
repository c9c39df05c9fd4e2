"""Addresses of the privacy officer."""

from __future__ import annotations

from django.urls import URLPattern, path

from privacy.views import departures, review

urlpatterns: list[URLPattern] = [
    path("", review.home, name="privacy-home"),
    path("vertrokken/<uuid:pk>/", departures.review, name="privacy-departure"),
    path("logboek/", review.log_of_dossier, name="privacy-log"),
]
