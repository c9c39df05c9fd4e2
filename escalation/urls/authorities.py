"""Addresses of who decides for whom at a table."""

from __future__ import annotations

from django.urls import URLPattern, path

from escalation.views import authorities

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/bevoegdheden/", authorities.index, name="table-authorities"),
    path("<uuid:pk>/bevoegdheden/mandaat/nieuw/", authorities.mandate_new, name="table-mandate-new"),
    path("<uuid:pk>/bevoegdheden/mandaat/<uuid:mandate_id>/", authorities.mandate_end, name="table-mandate-end"),
    path("<uuid:pk>/bevoegdheden/<uuid:holder_id>/", authorities.holder_end, name="table-authority-end"),
    path("<uuid:pk>/bevoegdheden/<slug:code>/nieuw/", authorities.holder_new, name="table-authority-new"),
]
