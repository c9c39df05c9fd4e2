"""Addresses of households and their plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import households, members

urlpatterns: list[URLPattern] = [
    path("", households.index, name="household-list"),
    # /gezinnen/<household>/
    path("<uuid:pk>/", households.detail, name="household-detail"),
    path("<uuid:pk>/leden/nieuw/", members.join, name="household-member-new"),
    path("<uuid:pk>/leden/<uuid:member_id>/", members.correct, name="household-member"),
    path("<uuid:pk>/leden/<uuid:member_id>/weg/", members.leave, name="household-member-leave"),
]
