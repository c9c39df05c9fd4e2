"""Addresses of signals."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import attachments, drafts, exclusions, search, signals, who

urlpatterns: list[URLPattern] = [
    # /signalen/
    path("signalen/", signals.index, name="signal-list"),
    path("signalen/nieuw/", drafts.new, name="signal-new"),
    path("signalen/uitdraai/", signals.export, name="signal-export"),
    # /signalen/concept/<draft>/
    path("signalen/concept/<uuid:draft_id>/weg/", drafts.drop, name="signal-draft-drop"),
    path("signalen/concept/<uuid:draft_id>/<int:step>/", drafts.step, name="signal-draft"),
    # /signalen/<signal>/
    path("signalen/<uuid:pk>/", signals.detail, name="signal-detail"),
    path("signalen/<uuid:pk>/verstuurd/", signals.sent, name="signal-sent"),
    path("signalen/<uuid:pk>/wie-kan-dit-zien/", who.of_signal, name="signal-who"),
    path("signalen/<uuid:pk>/antwoord/", signals.answer, name="signal-answer"),
    path("signalen/<uuid:pk>/band/", exclusions.report_in_signal, name="signal-tie"),
    # /bijlagen/<attachment>/: of whatever it hangs on
    path("bijlagen/<uuid:pk>/", attachments.download, name="attachment"),
    # /zoeken/
    path("zoeken/", search.search, name="search"),
]
