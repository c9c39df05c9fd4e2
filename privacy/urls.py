"""Addresses of the privacy officer."""

from __future__ import annotations

from django.urls import URLPattern, path

from privacy.views import departures, emergencies, review, sealing
from privacy.views.logbook import book, person, reports

urlpatterns: list[URLPattern] = [
    path("", review.home, name="privacy-home"),
    path("wie-kan-dit-zien/", review.who_can_see, name="privacy-who"),
    path("vertrokken/<uuid:pk>/", departures.review, name="privacy-departure"),
    path("logboek/", review.log_of_dossier, name="privacy-log"),
    path("logboek/bewijs/", sealing.proof, name="privacy-log-proof"),
    path("logboek/dossiers/", book.book, name="privacy-logbook"),
    path("logboek/doel/", book.purpose, name="privacy-logbook-purpose"),
    path("logboek/uitvoer/", book.export, name="privacy-logbook-export"),
    path("logboek/vragen/bewaar/", book.keep, name="privacy-logbook-keep"),
    path("logboek/vragen/<uuid:pk>/weg/", book.drop, name="privacy-logbook-drop"),
    path("logboek/rapport/", reports.report, name="privacy-logbook-report"),
    path("logboek/rapport/csv/", reports.report_sheet, name="privacy-logbook-report-sheet"),
    path("logboek/betrokkene/", person.person, name="privacy-logbook-person"),
    path("logboek/betrokkene/afdruk/", person.person_print, name="privacy-logbook-letter"),
    path("verzegeling/", sealing.seals, name="privacy-seals"),
    path("verzegeling/controleer/", sealing.check, name="privacy-seal-check"),
    path("verzegeling/uitkomst/<uuid:check_id>/", sealing.outcome, name="privacy-seal-outcome"),
    path("verzegeling/anker/", sealing.anchor, name="privacy-seal-anchor"),
    path("verzegeling/sleutel/", sealing.public_key, name="privacy-seal-key"),
    path("verzegeling/ankerbestand/", sealing.compare, name="privacy-seal-compare"),
    path("noodtoegang/<uuid:pk>/", emergencies.review, name="privacy-emergency"),
    path("noodtoegang/<uuid:pk>/einde/", emergencies.end, name="privacy-emergency-end"),
]
