"""The list page of a project without access control: same template, same session, same rows."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bench.others.models import PlainCase
from bench.others.queries import first_page
from privacy.access import public


@public
@login_required
def plain_list(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        request.actor = request.user.as_actor()
        rows = first_page(PlainCase.objects.all())
        return render(request, "casework/case/list.html", {"rows": rows, "older": "", "status": ""})
