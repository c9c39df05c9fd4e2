"""Addresses of the ladder of a case."""

from __future__ import annotations

from django.urls import URLPattern, path

from escalation.views import case

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/ladder/", case.ladder, name="case-ladder"),
    path("<uuid:pk>/ladder/begin/", case.begin, name="ladder-begin"),
    path("<uuid:pk>/ladder/voorstel/<uuid:proposal_id>/", case.proposal, name="ladder-proposal"),
    path(
        "<uuid:pk>/ladder/voorstel/<uuid:proposal_id>/intrekken/",
        case.proposal_withdraw,
        name="ladder-proposal-withdraw",
    ),
    path("<uuid:pk>/ladder/<slug:code>/herziening/", case.review, name="ladder-review"),
    path("<uuid:pk>/ladder/<slug:code>/versie/", case.version, name="ladder-version"),
    path("<uuid:pk>/ladder/<slug:code>/stap/<slug:key>/", case.step, name="ladder-step"),
    path("<uuid:pk>/ladder/<slug:code>/stap/<slug:key>/vast/<slug:requirement>/", case.fact, name="ladder-fact"),
    path(
        "<uuid:pk>/ladder/<slug:code>/stap/<slug:key>/vast/<uuid:finding_id>/vervalt/",
        case.fact_withdraw,
        name="ladder-fact-withdraw",
    ),
]
