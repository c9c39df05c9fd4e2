"""Addresses of households and their plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import effect, households

urlpatterns: list[URLPattern] = [
    path("", households.index, name="household-list"),
    # /gezinnen/<household>/
    path("<uuid:pk>/", households.detail, name="household-detail"),
    path("<uuid:pk>/zelfredzaamheid/", effect.assessments, name="household-assessments"),
    path("<uuid:pk>/zelfredzaamheid/<uuid:member_id>/<slug:code>/", effect.assess, name="household-assess"),
    path("<uuid:pk>/zelfredzaamheid/meting/<uuid:assessment_id>/", effect.assessment, name="household-assessment"),
    path(
        "<uuid:pk>/zelfredzaamheid/meting/<uuid:assessment_id>/verbeteren/",
        effect.correct,
        name="household-assessment-correct",
    ),
    path("<uuid:pk>/evaluaties/", effect.evaluated, name="household-evaluations"),
    path("<uuid:pk>/evaluaties/nieuw/", effect.evaluate, name="household-evaluate"),
]
