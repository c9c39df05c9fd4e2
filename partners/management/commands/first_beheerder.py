"""`manage.py first_beheerder`: the one account that nobody can make in the application."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partners.models import Organisation, User
from partners.profiling import profiles
from partners.services.organisations import save_organisation
from partners.services.users import save_user
from privacy.access import require
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.errors import Refused
from privacy.roles import Role


class Command(BaseCommand):
    help = (
        "Maakt de eerste beheerder, en de organisatie als die er nog niet is. "
        "De beheerder krijgt een mail om een wachtwoord te kiezen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="e-mailadres van de beheerder")
        parser.add_argument("--name", required=True, help="voor- en achternaam")
        parser.add_argument("--organisation", required=True, help="naam van de organisatie, zoals op schermen")
        parser.add_argument("--kind", default="gemeente_veiligheid", help="soort organisatie, een code uit het profiel")

    def handle(self, *args: Any, **options: Any) -> None:
        by = system_actor("inrichting")
        try:
            with acting(by):
                _check_none()
                _check_kind(options["kind"])
                home = Organisation.objects.filter(name__iexact=options["organisation"]).first()
                if home is None:
                    home = Organisation(name=options["organisation"], kind=options["kind"])
                    save_organisation(home, by=by)
                person = User(
                    email=options["email"], name=options["name"], organisation=home, roles=[Role.BEHEERDER.value]
                )
                save_user(person, by=by)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person.name} is beheerder. De mail om een wachtwoord te kiezen gaat naar {person.email}.")


def _check_none() -> None:
    there = User.objects.filter(is_active=True, roles__contains=[Role.BEHEERDER]).exists()
    require(not there, "Er is al een beheerder. Die maakt de andere accounts.")


def _check_kind(kind: str) -> None:
    known = sorted({code for profile in profiles().active() for code in profile.kinds})
    require(kind in known, f"'{kind}' is geen soort organisatie. Kies uit: {', '.join(known)}.")
