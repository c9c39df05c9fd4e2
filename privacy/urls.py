"""Addresses of the privacy officer."""

from __future__ import annotations

from django.urls import URLPattern, path

from privacy.views import departures, emergencies, retention, review, sealing

urlpatterns: list[URLPattern] = [
    path("", review.home, name="privacy-home"),
    path("wie-kan-dit-zien/", review.who_can_see, name="privacy-who"),
    path("vertrokken/<uuid:pk>/", departures.review, name="privacy-departure"),
    path("logboek/", review.log_of_dossier, name="privacy-log"),
    path("logboek/bewijs/", sealing.proof, name="privacy-log-proof"),
    path("verzegeling/", sealing.seals, name="privacy-seals"),
    path("verzegeling/controleer/", sealing.check, name="privacy-seal-check"),
    path("verzegeling/uitkomst/<uuid:check_id>/", sealing.outcome, name="privacy-seal-outcome"),
    path("verzegeling/anker/", sealing.anchor, name="privacy-seal-anchor"),
    path("verzegeling/sleutel/", sealing.public_key, name="privacy-seal-key"),
    path("verzegeling/ankerbestand/", sealing.compare, name="privacy-seal-compare"),
    path("noodtoegang/<uuid:pk>/", emergencies.review, name="privacy-emergency"),
    path("noodtoegang/<uuid:pk>/einde/", emergencies.end, name="privacy-emergency-end"),
    path("bewaren/", retention.home, name="privacy-retention"),
    path("bewaren/lijst/", retention.make, name="privacy-retention-make"),
    path("bewaren/lijst/<uuid:pk>/", retention.detail, name="privacy-retention-list"),
    path("bewaren/lijst/<uuid:pk>/stap/", retention.act_on, name="privacy-retention-step"),
    path("bewaren/lijst/<uuid:pk>/verklaring/", retention.proof, name="privacy-retention-proof"),
    path("bewaren/bewaarplicht/", retention.hold_new, name="privacy-retention-hold-new"),
    path("bewaren/bewaarplicht/<uuid:pk>/", retention.hold, name="privacy-retention-hold"),
]
