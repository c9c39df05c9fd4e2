"""Addresses of households and their plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from casework.views import (
    effect,
    household_regie,
    households,
    plan_actions,
    plan_goals,
    plan_letter,
    plan_links,
    plan_versions,
    plans,
    stagnation,
    worklists,
)

urlpatterns: list[URLPattern] = [
    path("", worklists.households, name="household-list"),
    # /gezinnen/<household>/
    path("<uuid:pk>/", households.detail, name="household-detail"),
    path("<uuid:pk>/zelfredzaamheid/", effect.assessments, name="household-assessments"),
    path("<uuid:pk>/zelfredzaamheid/<uuid:member_id>/<slug:code>/", effect.assess, name="household-assess"),
    path("<uuid:pk>/zelfredzaamheid/meting/<uuid:assessment_id>/", effect.assessment, name="household-assessment"),
    path(
        "<uuid:pk>/zelfredzaamheid/meting/<uuid:assessment_id>/verbeteren/",
        effect.correct,
        name="household-assessment-correct",
    ),
    path("<uuid:pk>/evaluaties/", effect.evaluated, name="household-evaluations"),
    path("<uuid:pk>/evaluaties/nieuw/", effect.evaluate, name="household-evaluate"),
    # /gezinnen/<household>/plan/
    path("<uuid:pk>/plan/", plans.detail, name="household-plan"),
    path("<uuid:pk>/plan/evaluatie/", plans.evaluation, name="household-evaluation"),
    path("<uuid:pk>/plan/doelen/nieuw/", plan_goals.new, name="household-goal-new"),
    path("<uuid:pk>/plan/doelen/<uuid:goal_id>/", plan_goals.change, name="household-goal"),
    path("<uuid:pk>/plan/doelen/<uuid:goal_id>/afronden/", plan_goals.end, name="household-goal-end"),
    path("<uuid:pk>/plan/doelen/<uuid:goal_id>/partners/", plan_goals.partners, name="household-goal-partners"),
    path(
        "<uuid:pk>/plan/doelen/<uuid:goal_id>/partners/<uuid:concern_id>/einde/",
        plan_goals.end_partner,
        name="household-goal-partner-end",
    ),
    path("<uuid:pk>/plan/acties/nieuw/", plan_actions.new, name="household-action-new"),
    path("<uuid:pk>/plan/acties/<uuid:action_id>/", plan_actions.change, name="household-action"),
    path("<uuid:pk>/plan/acties/<uuid:action_id>/melden/", plan_actions.report, name="household-action-report"),
    path("<uuid:pk>/plan/afspraken/nieuw/", plans.agree, name="household-agreement-new"),
    path("<uuid:pk>/plan/afspraken/<uuid:agreement_id>/", plans.change_agreement, name="household-agreement"),
    path("<uuid:pk>/plan/afspraken/<uuid:agreement_id>/einde/", plans.end_agreement, name="household-agreement-end"),
    path("<uuid:pk>/plan/versies/", plan_versions.index, name="household-versions"),
    path("<uuid:pk>/plan/versies/vaststellen/", plan_versions.freeze, name="household-freeze"),
    path("<uuid:pk>/plan/versies/akkoord/", plan_versions.consent, name="household-consent"),
    path("<uuid:pk>/plan/versies/<int:number>/", plan_versions.detail, name="household-version"),
    path("<uuid:pk>/plan/brief/", plan_letter.preview, name="household-letter"),
    path("<uuid:pk>/plan/brief/afdrukken/", plan_letter.printed, name="household-letter-print"),
    path("<uuid:pk>/plan/brief/pdf/", plan_letter.pdf, name="household-letter-pdf"),
    path("<uuid:pk>/plan/koppelingen/nieuw/", plan_links.new, name="household-plan-link"),
    path("<uuid:pk>/plan/koppelingen/<uuid:link_id>/einde/", plan_links.end, name="household-plan-link-end"),
    path("<uuid:pk>/contact/", stagnation.contact, name="household-contact"),
    # /gezinnen/<household>/regie/
    path("<uuid:pk>/regie/", household_regie.detail, name="household-regie"),
    path("<uuid:pk>/regie/overdragen/", household_regie.hand_over, name="household-hand-over"),
    path("<uuid:pk>/regie/afwezig/", household_regie.absent, name="household-absent"),
    path("<uuid:pk>/regie/terug/", household_regie.back, name="household-back"),
    path("<uuid:pk>/regie/contactpersoon/", household_regie.contact, name="household-contact-person"),
    path("<uuid:pk>/regie/<uuid:handover_id>/", household_regie.accept, name="household-handover"),
    path("<uuid:pk>/regie/<uuid:handover_id>/nee/", household_regie.decline, name="household-handover-no"),
    path("<uuid:pk>/regie/<uuid:handover_id>/terugnemen/", household_regie.take_back, name="household-handover-back"),
]
