"""Addresses of terms and measures."""

from __future__ import annotations

from django.urls import URLPattern, path

from escalation.views import terms

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/ladder/<slug:code>/termijn/<slug:rung>/<slug:key>/", terms.begin, name="ladder-term-start"),
    path("<uuid:pk>/ladder/termijn/<uuid:term_id>/gehaald/", terms.kept, name="ladder-term-done"),
    path("<uuid:pk>/ladder/termijn/<uuid:term_id>/verlengen/", terms.extend, name="ladder-extend"),
    path("<uuid:pk>/ladder/maatregel/<uuid:measure_id>/intrekken/", terms.withdraw, name="ladder-withdraw-measure"),
    path("<uuid:pk>/ladder/maatregel/<uuid:measure_id>/overtreding/", terms.breach, name="ladder-breach"),
]
