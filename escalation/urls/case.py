"""Addresses of the ladder of a case."""

from __future__ import annotations

from django.urls import URLPattern, path

from escalation.views import case

urlpatterns: list[URLPattern] = [
    path("", case.ladder, name="case-ladder"),
    path("begin/", case.begin, name="ladder-begin"),
    path("voorstel/<uuid:proposal_id>/", case.proposal, name="ladder-proposal"),
    path("voorstel/<uuid:proposal_id>/intrekken/", case.proposal_withdraw, name="ladder-proposal-withdraw"),
    path("<slug:code>/versie/", case.version, name="ladder-version"),
    path("<slug:code>/stap/<slug:key>/", case.step, name="ladder-step"),
    path("<slug:code>/stap/<slug:key>/vast/<slug:requirement>/", case.fact, name="ladder-fact"),
    path(
        "<slug:code>/stap/<slug:key>/vast/<uuid:finding_id>/vervalt/", case.fact_withdraw, name="ladder-fact-withdraw"
    ),
]
