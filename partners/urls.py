"""Addresses of partners: the beheerder's pages, and the secrecy statement."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from partners.views import keys, leaving, organisations, overview, people, secrecy, tables

MANAGING: list[URLPattern] = [
    path("", overview.home, name="beheer-home"),
    path("organisaties/", organisations.organisation_list, name="organisation-list"),
    path("organisaties/nieuw/", organisations.organisation_new, name="organisation-new"),
    path("organisaties/<uuid:pk>/", organisations.organisation_edit, name="organisation-edit"),
    path("mensen/", people.index, name="person-list"),
    path("mensen/nieuw/", people.new, name="person-new"),
    path("mensen/<uuid:pk>/", people.edit, name="person-edit"),
    path("mensen/<uuid:pk>/uitnodiging/", people.invite, name="person-invite"),
    path("mensen/<uuid:pk>/uit-dienst/", leaving.person, name="person-leave"),
    path("organisaties/<uuid:pk>/stopt/", leaving.organisation, name="organisation-leave"),
    path("convenanten/", organisations.covenant_list, name="covenant-list"),
    path("convenanten/nieuw/", organisations.covenant_new, name="covenant-new"),
    path("convenanten/<uuid:pk>/", organisations.covenant_edit, name="covenant-edit"),
    path("tafels/", tables.index, name="table-list"),
    path("tafels/nieuw/", tables.new, name="table-new"),
    path("tafels/<uuid:pk>/", tables.detail, name="table-detail"),
    path("tafels/<uuid:pk>/wijzigen/", tables.edit, name="table-edit"),
    path("tafels/<uuid:pk>/vastlopen/", tables.stagnation, name="table-stagnation"),
    path("tafels/<uuid:pk>/zetels/nieuw/", tables.seat_new, name="seat-new"),
    path("sleutels/", keys.index, name="keys"),
    path("zetels/<uuid:pk>/beeindigen/", tables.seat_end, name="seat-end"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/", include(MANAGING)),
    path("geheimhouding/<uuid:table>/", secrecy.sign, name="secrecy"),
]
