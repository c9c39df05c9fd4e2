"""Addresses of requests of persons concerned."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views.rights import desk, erasing, objecting, passages, person

urlpatterns: list[URLPattern] = [
    path("", desk.index, name="rights-board"),
    path("nieuw/", desk.new, name="rights-new"),
    path("bron/", passages.asked, name="rights-asked"),
    path("bron/<uuid:pk>/", passages.question, name="rights-question"),
    path("bron/<uuid:pk>/mag/", passages.all_may, name="rights-all-may"),
    path("bron/<uuid:pk>/herinner/", desk.remind, name="rights-remind"),
    path("bron/<uuid:pk>/<uuid:passage_id>/", passages.answer, name="rights-answer"),
    path("bron/<uuid:pk>/<uuid:passage_id>/verklaring/", person.reply, name="rights-reply"),
    path("bron/<uuid:pk>/<uuid:passage_id>/wissen/", erasing.decide, name="rights-erase-decide"),
    path("<uuid:pk>/passage/<uuid:passage_id>/wis/", erasing.carry_out, name="rights-erase"),
    path("bezwaar/<uuid:pk>/", objecting.weigh, name="rights-weigh"),
    path("bezwaar/<uuid:pk>/opnieuw/", objecting.ask_again, name="rights-weigh-again"),
    path("toezicht/", passages.officer, name="privacy-rights"),
    path("<uuid:pk>/", desk.show, name="rights-detail"),
    path("<uuid:pk>/neem-over/", desk.take_over, name="rights-take-over"),
    path("<uuid:pk>/draag-over/", desk.hand_over, name="rights-hand-over"),
    path("<uuid:pk>/identiteit/", desk.identity, name="rights-identity"),
    path("<uuid:pk>/twijfel/", desk.settle, name="rights-settle"),
    path("<uuid:pk>/verleng/", desk.extend, name="rights-extend"),
    path("<uuid:pk>/zoek/", desk.search, name="rights-search"),
    path("<uuid:pk>/bevestig/", desk.confirm, name="rights-confirm"),
    path("<uuid:pk>/verzamel/", desk.collect, name="rights-collect"),
    path("<uuid:pk>/leg-voor/", objecting.put, name="rights-put"),
    path("<uuid:pk>/passage/<uuid:passage_id>/", passages.judge, name="rights-passage"),
    path("<uuid:pk>/passage/<uuid:passage_id>/verklaring/", person.say, name="rights-say"),
    path("<uuid:pk>/beperk/", person.restrict, name="rights-restrict"),
    path("<uuid:pk>/keek/", person.looked, name="rights-looked"),
    path("<uuid:pk>/hef-op/", person.lift, name="rights-lift"),
    path("<uuid:pk>/besluit/", desk.release, name="rights-release"),
    path("<uuid:pk>/weiger/", desk.refuse, name="rights-refuse"),
    path("<uuid:pk>/brief/", desk.letter, name="rights-letter"),
    path("<uuid:pk>/bestand/", desk.file, name="rights-file"),
]
