"""Addresses where the privacy officer keeps somebody away from a dossier."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import exclusions

urlpatterns: list[URLPattern] = [
    # /privacy/uitsluiten/<number>/
    path("<slug:reference>/", exclusions.of_number, name="privacy-exclusions"),
    path("<slug:reference>/<uuid:exclusion_id>/opheffen/", exclusions.lift_by_number, name="privacy-exclusion-lift"),
]
