"""The application's addresses, and the list of cases as a project without access control would show it."""

from __future__ import annotations

from django.urls import path

from bench.others.views import plain_list
from config.urls import urlpatterns as application

urlpatterns = [path("bench/casussen/", plain_list), *application]
