"""Addresses of partners: the beheerder's pages, and the secrecy statement."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from partners.views import (
    accounting,
    accounting_notes,
    accounting_people,
    identities,
    keys,
    leaving,
    organisations,
    overview,
    people,
    secrecy,
    sessions,
    tables,
    terms,
)

MANAGING: list[URLPattern] = [
    path("", overview.home, name="beheer-home"),
    path("organisaties/", organisations.organisation_list, name="organisation-list"),
    path("organisaties/nieuw/", organisations.organisation_new, name="organisation-new"),
    path("organisaties/<uuid:pk>/", organisations.organisation_edit, name="organisation-edit"),
    path("mensen/", people.index, name="person-list"),
    path("mensen/nieuw/", people.new, name="person-new"),
    path("mensen/<uuid:pk>/", people.edit, name="person-edit"),
    path("mensen/<uuid:pk>/uitnodiging/", people.invite, name="person-invite"),
    path("mensen/<uuid:pk>/tweede-stap/", people.factor, name="person-factor"),
    path("mensen/<uuid:pk>/eigen-inlog/", identities.identities, name="person-identity"),
    path("mensen/<uuid:pk>/eigen-inlog/weg/", identities.untie, name="person-identity-untie"),
    path("mensen/<uuid:pk>/uit-dienst/", leaving.person, name="person-leave"),
    path("mensen/<uuid:pk>/screening/", accounting_people.note, name="person-proof"),
    path("screening/", accounting_people.index, name="proof-list"),
    path("organisaties/<uuid:pk>/stopt/", leaving.organisation, name="organisation-leave"),
    path("convenanten/", organisations.covenant_list, name="covenant-list"),
    path("convenanten/nieuw/", organisations.covenant_new, name="covenant-new"),
    path("convenanten/<uuid:pk>/", organisations.covenant_edit, name="covenant-edit"),
    path("tafels/", tables.index, name="table-list"),
    path("tafels/nieuw/", tables.new, name="table-new"),
    path("tafels/<uuid:pk>/", tables.detail, name="table-detail"),
    path("tafels/<uuid:pk>/wijzigen/", tables.edit, name="table-edit"),
    path("tafels/<uuid:pk>/vastlopen/", tables.stagnation, name="table-stagnation"),
    path("tafels/<uuid:pk>/bewaartermijn/", terms.apply, name="table-term"),
    path("tafels/<uuid:pk>/zetels/nieuw/", tables.seat_new, name="seat-new"),
    path("sleutels/", keys.index, name="keys"),
    path("zetels/<uuid:pk>/beeindigen/", tables.seat_end, name="seat-end"),
]

ACCOUNTING: list[URLPattern] = [
    path("", accounting.home, name="accounting"),
    path("register/", accounting.register_page, name="accounting-register"),
    path("register/afdruk/", accounting.register_print, name="accounting-register-print"),
    path("register/csv/", accounting.register_csv, name="accounting-register-csv"),
    path("register/json/", accounting.register_json, name="accounting-register-json"),
    path("dpia/", accounting_notes.dpia_list, name="accounting-dpia"),
    path("dpia/<str:profile>/<str:version>/", accounting_notes.dpia, name="accounting-dpia-version"),
    path("dpia/<str:profile>/<str:version>/nieuw/", accounting_notes.dpia_new, name="accounting-dpia-new"),
    path("cijfers/", accounting.figures, name="accounting-figures"),
    path("cijfers/csv/", accounting.figures_csv, name="accounting-figures-csv"),
    path("bewijs/", accounting.evidence_page, name="accounting-evidence"),
    path("bewijs/pakket/", accounting.evidence_pack, name="accounting-pack"),
    path("toetsen/", accounting_notes.examinations, name="accounting-examinations"),
    path("toetsen/pentest/", accounting_notes.pentest_new, name="pentest-new"),
    path("toetsen/pentest/<uuid:pk>/", accounting_notes.pentest_follow, name="pentest-follow"),
    path("toetsen/audit/", accounting_notes.audit_new, name="audit-new"),
    path("toetsen/audit/<uuid:pk>/", accounting_notes.audit_follow, name="audit-follow"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/", include(MANAGING)),
    path("verantwoording/", include(ACCOUNTING)),
    path("geheimhouding/<uuid:table>/", secrecy.sign, name="secrecy"),
    path("koppelen/<str:token>/", identities.link, name="identity-link"),
    path("account/sessies/", sessions.index, name="session-list"),
    path("account/sessies/overal/", sessions.end_everywhere, name="session-end-all"),
    path("account/sessies/<uuid:pk>/weg/", sessions.end, name="session-end"),
    path("account/actief/", sessions.state, name="session-state"),
]
