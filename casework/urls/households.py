"""Addresses of households and their plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import household_regie, households

urlpatterns: list[URLPattern] = [
    path("", households.index, name="household-list"),
    # /gezinnen/<household>/
    path("<uuid:pk>/", households.detail, name="household-detail"),
    # /gezinnen/<household>/regie/
    path("<uuid:pk>/regie/", household_regie.detail, name="household-regie"),
    path("<uuid:pk>/regie/overdragen/", household_regie.hand_over, name="household-hand-over"),
    path("<uuid:pk>/regie/afwezig/", household_regie.absent, name="household-absent"),
    path("<uuid:pk>/regie/terug/", household_regie.back, name="household-back"),
    path("<uuid:pk>/regie/contactpersoon/", household_regie.contact, name="household-contact"),
    path("<uuid:pk>/regie/<uuid:handover_id>/", household_regie.accept, name="household-handover"),
    path("<uuid:pk>/regie/<uuid:handover_id>/nee/", household_regie.decline, name="household-handover-no"),
    path("<uuid:pk>/regie/<uuid:handover_id>/terugnemen/", household_regie.take_back, name="household-handover-back"),
]
