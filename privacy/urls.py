"""Addresses of the privacy officer."""

from __future__ import annotations

from django.urls import URLPattern, path

from privacy.views import emergencies, review

urlpatterns: list[URLPattern] = [
    path("", review.home, name="privacy-home"),
    path("logboek/", review.log_of_dossier, name="privacy-log"),
    path("noodtoegang/<uuid:pk>/", emergencies.review, name="privacy-emergency"),
    path("noodtoegang/<uuid:pk>/einde/", emergencies.end, name="privacy-emergency-end"),
]
