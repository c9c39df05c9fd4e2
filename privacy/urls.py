"""Addresses of the privacy officer."""

from __future__ import annotations

from django.urls import URLPattern, path

from privacy.views import review

urlpatterns: list[URLPattern] = [
    path("", review.home, name="privacy-home"),
    path("wie-kan-dit-zien/", review.who_can_see, name="privacy-who"),
    path("logboek/", review.log_of_dossier, name="privacy-log"),
]
