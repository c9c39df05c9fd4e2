"""Addresses of cases."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import (
    asking,
    case_regie,
    cases,
    contributions,
    exclusions,
    flags,
    groups,
    households,
    informing,
    joining,
    priority,
    process_regie,
    succession,
    who,
)
from casework.views.meetings import of_case

urlpatterns: list[URLPattern] = [
    path("", cases.index, name="case-list"),
    path("prioriteit/", priority.index, name="priority-list"),
    # /casussen/<case>/
    path("<uuid:pk>/", cases.detail, name="case-detail"),
    path("<uuid:pk>/deelnemers/", cases.involved, name="case-people"),
    path("<uuid:pk>/wie-keek/", cases.looked, name="case-looked"),
    path("<uuid:pk>/wie-kan-dit-zien/", who.of_case, name="case-who"),
    path("<uuid:pk>/bekijk-als/<uuid:participation_id>/", who.as_participant, name="case-view-as"),
    path("<uuid:pk>/uitdraai/", cases.export, name="case-export"),
    path("<uuid:pk>/prioriteit/", priority.put, name="case-priority"),
    path("<uuid:pk>/prioriteit/weg/", priority.let_go, name="case-priority-off"),
    path("<uuid:pk>/overleg/", of_case.detail, name="case-meetings"),
    path("<uuid:pk>/naam/", case_regie.rename, name="case-rename"),
    path("<uuid:pk>/betrokkenen/", case_regie.people_of_case, name="case-subjects"),
    path("<uuid:pk>/betrokkenen/<uuid:subject_id>/weg/", case_regie.remove_subject, name="case-subject-remove"),
    path("<uuid:pk>/betrokkenen/<uuid:subject_id>/periode/", groups.period, name="case-subject-period"),
    path("<uuid:pk>/betrokkenen/<uuid:subject_id>/groep/", groups.of_group, name="case-group"),
    path("<uuid:pk>/betrokkenen/<uuid:subject_id>/groep/<uuid:member_id>/", groups.change, name="case-group-member"),
    path(
        "<uuid:pk>/betrokkenen/<uuid:subject_id>/groep/<uuid:member_id>/weg/", groups.remove, name="case-group-remove"
    ),
    path("<uuid:pk>/informeren/", informing.of_case, name="case-informing"),
    path("<uuid:pk>/informeren/<uuid:subject_id>/verteld/", informing.tell, name="case-tell"),
    path("<uuid:pk>/informeren/<uuid:subject_id>/uitstel/", informing.postpone, name="case-postpone"),
    path("<uuid:pk>/informeren/uitstel/<uuid:postponement_id>/einde/", informing.resume, name="case-resume"),
    path("<uuid:pk>/delen/", case_regie.sharing, name="case-sharing"),
    path("<uuid:pk>/delen/regie/", case_regie.assign, name="case-assign"),
    path("<uuid:pk>/delen/<uuid:participation_id>/einde/", case_regie.end_participation, name="case-end"),
    path("<uuid:pk>/aandacht/", flags.put, name="case-flag"),
    path("<uuid:pk>/aandacht/einde/", flags.let_go, name="case-flag-end"),
    path("<uuid:pk>/uitsluiten/", exclusions.of_case, name="case-exclusions"),
    path("<uuid:pk>/uitsluiten/regie/", exclusions.take_over, name="case-take-over"),
    path("<uuid:pk>/uitsluiten/<uuid:exclusion_id>/opheffen/", exclusions.lift_in_case, name="case-exclusion-lift"),
    path("<uuid:pk>/band/", exclusions.report_in_case, name="case-tie"),
    path("<uuid:pk>/delen/verzoek/<uuid:request_id>/", asking.decide, name="case-request"),
    path("<uuid:pk>/delen/verzoek/<uuid:request_id>/nee/", asking.refuse, name="case-request-no"),
    path("<uuid:pk>/delen/<uuid:participation_id>/opvolger/", succession.participant, name="case-succeed"),
    path("<uuid:pk>/signalen/", case_regie.signals, name="case-signals"),
    path("<uuid:pk>/signalen/<uuid:signal_id>/delen/", case_regie.share_signal, name="case-share"),
    path("<uuid:pk>/gezin/", households.found, name="case-household"),
    path("<uuid:pk>/gezin/aansluiten/", joining.join, name="case-join"),
    path("<uuid:pk>/sluiten/", case_regie.close, name="case-close"),
    path("<uuid:pk>/regie/", process_regie.detail, name="case-regie"),
    path("<uuid:pk>/regie/overdragen/", process_regie.hand_over, name="case-hand-over"),
    path("<uuid:pk>/regie/<uuid:handover_id>/", process_regie.accept, name="case-handover"),
    path("<uuid:pk>/regie/<uuid:handover_id>/nee/", process_regie.decline, name="case-handover-no"),
    path("<uuid:pk>/regie/<uuid:handover_id>/terugnemen/", process_regie.take_back, name="case-handover-back"),
    path("toestemming/<uuid:consent_id>/", contributions.consent, name="consent"),
    # /casussen/<case>/inbreng/
    path("<uuid:pk>/inbreng/", contributions.index, name="case-contributions"),
    path("<uuid:pk>/inbreng/<uuid:contribution_id>/wie/", who.of_contribution, name="case-who-contribution"),
    path("<uuid:pk>/inbreng/<uuid:contribution_id>/verbeteren/", contributions.correct, name="case-correct"),
    path("<uuid:pk>/inbreng/<uuid:contribution_id>/intrekken/", contributions.withdraw, name="case-withdraw"),
    path(
        "<uuid:pk>/inbreng/<uuid:contribution_id>/bijlagen/<uuid:attachment_id>/weg/",
        contributions.remove_file,
        name="case-attachment-remove",
    ),
    path("<uuid:pk>/inbreng/<uuid:contribution_id>/delen/", contributions.share, name="case-share-contribution"),
]
