"""Addresses of households and their plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import household_moves, households, joining, members, who

urlpatterns: list[URLPattern] = [
    path("", households.index, name="household-list"),
    # /gezinnen/<household>/
    path("<uuid:pk>/", households.detail, name="household-detail"),
    path("<uuid:pk>/leden/nieuw/", members.join, name="household-member-new"),
    path("<uuid:pk>/leden/<uuid:member_id>/", members.correct, name="household-member"),
    path("<uuid:pk>/leden/<uuid:member_id>/weg/", members.leave, name="household-member-leave"),
    path("<uuid:pk>/naam/", members.rename, name="household-rename"),
    path("<uuid:pk>/splitsen/", household_moves.split, name="household-split"),
    path("<uuid:pk>/samenvoegen/", household_moves.merge, name="household-merge"),
    path("<uuid:pk>/verzoek/<uuid:request_id>/", joining.decide, name="household-request"),
    path("<uuid:pk>/verzoek/<uuid:request_id>/nee/", joining.refuse, name="household-request-no"),
    path("<uuid:pk>/wie-kan-dit-zien/", who.of_household, name="household-who"),
    path("<uuid:pk>/wie-keek/", households.looked, name="household-looked"),
]
