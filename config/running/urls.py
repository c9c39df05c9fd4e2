"""Addresses for who runs the house, and for its machines."""

from __future__ import annotations

from django.urls import URLPattern, path

from config.running import views

urlpatterns: list[URLPattern] = [
    path("_healthz/livez/", views.live, name="healthz-live"),
    path("_healthz/readyz/", views.ready, name="healthz-ready"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("_metrics/", views.numbers, name="metrics"),
    path("beheer/systeem/", views.system, name="system"),
    path("beheer/systeem/<uuid:pk>/opnieuw/", views.again, name="system-again"),
]
