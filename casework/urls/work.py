"""Addresses of the work lists. Mijn gezinnen stands at /gezinnen/."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import extension, retention, stagnation, worklists

urlpatterns: list[URLPattern] = [
    path("acties/", worklists.actions, name="work-actions"),
    path("acties/<uuid:pk>/", worklists.action, name="work-action"),
    path("zonder-regisseur/", worklists.unmanned, name="work-unmanned"),
    path("loopt-vast/", worklists.stuck, name="work-stuck"),
    # /werk/loopt-vast/<dossier>/
    path("loopt-vast/<uuid:pk>/", stagnation.detail, name="stuck-detail"),
    path("loopt-vast/<uuid:pk>/<slug:alarm>/wacht/", stagnation.wait, name="stuck-wait"),
    path("loopt-vast/<uuid:pk>/<slug:alarm>/verder/", stagnation.go_on, name="stuck-resume"),
    path("filters/", worklists.keep, name="work-keep"),
    path("filters/<uuid:pk>/weg/", worklists.drop, name="work-drop"),
    path("verdwijnt/", retention.soon, name="retention-soon"),
    path("verdwijnt/<uuid:pk>/", retention.objection, name="retention-objection"),
    path("verdwijnt/<uuid:pk>/verleng/", extension.ask, name="retention-extension"),
    path("verleng/", extension.asked, name="extension-asked"),
    path("verleng/<uuid:pk>/", extension.answer, name="extension-answer"),
    path("verleng/<uuid:pk>/stap/", extension.step, name="extension-step"),
]
