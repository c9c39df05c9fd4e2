"""The one account that nobody can make in the application."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from partners.models import Organisation, User
from privacy.roles import Role
from tests.world import Cast

DoJobs = Callable[[], list[mail.EmailMessage]]
WHO = {"email": "Eerste@Proefstad.example", "name": "Eerste Proef", "organisation": "Gemeente Nieuwstad"}


def test_the_first_beheerder_gets_a_mail_and_an_organisation(cast: Cast, do_jobs: DoJobs) -> None:
    User.objects.filter(pk=cast.beheer.pk).update(is_active=False)
    call_command("first_beheerder", **WHO)
    made = User.objects.get(email="eerste@proefstad.example")
    assert made.roles == [Role.BEHEERDER]
    assert made.organisation.name == "Gemeente Nieuwstad"
    assert [message.to for message in do_jobs()] == [["eerste@proefstad.example"]]


def test_an_organisation_that_is_there_is_used(cast: Cast) -> None:
    User.objects.filter(pk=cast.beheer.pk).update(is_active=False)
    call_command("first_beheerder", **WHO | {"organisation": cast.gemeente.name.upper()})
    assert User.objects.get(name="Eerste Proef").organisation == cast.gemeente


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "Er is al een beheerder"),
        ({"email": "geen adres"}, "Vul een e-mailadres in"),
        ({"kind": "club"}, "Kies uit: .*politie"),
    ],
)
def test_it_refuses_with_a_sentence_and_leaves_nothing(cast: Cast, wrong: dict[str, str], sentence: str) -> None:
    if wrong:
        User.objects.filter(pk=cast.beheer.pk).update(is_active=False)
    with pytest.raises(CommandError, match=sentence):
        call_command("first_beheerder", **WHO | wrong)
    assert not Organisation.objects.filter(name="Gemeente Nieuwstad").exists()
    assert not User.objects.filter(name="Eerste Proef").exists()
