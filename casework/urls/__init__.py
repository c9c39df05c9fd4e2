"""Addresses of signals, triage, asking for access, cases, people, households, work lists and reading in."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from casework.views import informing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("casework.urls.signals")),
    path("triage/", include("casework.urls.triage")),
    path("toegang/", include("casework.urls.asking")),
    path("noodtoegang/", include("casework.urls.emergency")),
    path("casussen/", include("casework.urls.cases")),
    path("gezinnen/", include("casework.urls.households")),
    path("werk/", include("casework.urls.work")),
    path("privacy/informeren/", informing.for_officer, name="privacy-informing"),
    path("privacy/uitsluiten/", include("casework.urls.exclusions")),
    path("overleg/", include("casework.urls.meetings")),
    path("personen/", include("casework.urls.persons")),
    path("bekend/", include("casework.urls.known")),
    path("verzoeken/", include("casework.urls.rights")),
    path("beheer/inlezen/", include("casework.urls.importing")),
]
