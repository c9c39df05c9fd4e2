"""Addresses of the privacy officer."""

from __future__ import annotations

from django.urls import URLPattern, path

from privacy.views import breach_steps, breaches, departures, emergencies, hits, review, rules, sealing
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
    path("controle/", hits.inbox, name="privacy-review"),
    path("controle/nu/", hits.run, name="privacy-review-run"),
    path("controle/steekproef/", hits.samples, name="privacy-review-samples"),
    path("controle/regels/", rules.index, name="privacy-review-rules"),
    path("controle/regels/<slug:code>/", rules.change, name="privacy-review-rule"),
    path("controle/voorstel/<uuid:pk>/", rules.decide, name="privacy-review-decide"),
    path("controle/<uuid:pk>/", hits.hit, name="privacy-review-hit"),
    path("controleurs/", hits.officers, name="officers-review"),
    path("controleurs/<uuid:pk>/", hits.officers_hit, name="officers-review-hit"),
    path("uitleg/<uuid:pk>/", hits.explain, name="look-explain"),
    path("noodtoegang/<uuid:pk>/", emergencies.review, name="privacy-emergency"),
    path("noodtoegang/<uuid:pk>/einde/", emergencies.end, name="privacy-emergency-end"),
    path("datalekken/", breaches.breaches, name="privacy-breaches"),
    path("datalekken/afdruk/", breaches.printed, name="privacy-breaches-print"),
    path("datalekken/<uuid:pk>/", breaches.breach, name="breach"),
    path("datalekken/<uuid:pk>/ap/", breaches.for_ap, name="breach-ap"),
    path("datalekken/<uuid:pk>/feiten/", breach_steps.facts, name="breach-facts"),
    path("datalekken/<uuid:pk>/geraakt/", breach_steps.touched, name="breach-touched"),
    path("datalekken/<uuid:pk>/beoordeling/", breach_steps.assess, name="breach-assess"),
    path("datalekken/<uuid:pk>/bericht/", breach_steps.notice, name="breach-notice"),
    path("datalekken/<uuid:pk>/vertellen/<uuid:touched_id>/", breach_steps.tell, name="breach-tell"),
    path("datalekken/<uuid:pk>/maatregel/", breach_steps.measure, name="breach-measure"),
    path("datalekken/<uuid:pk>/maatregel/<uuid:measure_id>/", breach_steps.measure_done, name="breach-measure-done"),
    path("datalekken/<uuid:pk>/sluiten/", breach_steps.close, name="breach-close"),
    path("datalek-melden/", breaches.report, name="breach-report"),
    path("datalek-melden/gemeld/", breaches.reported, name="breach-reported"),
    path("vertellen/", breaches.tasks, name="breach-tasks"),
    path("vertellen/<uuid:pk>/", breaches.task, name="breach-task"),
]
