"""People who log in. Nobody is a superuser: no role reads everything."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models.organisation import Covenant, Organisation
from privacy.actor import Actor, ActorSeat
from privacy.roles import PERSONAL_ROLES, Role


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A professional of one organisation. Roles at a table come with a seat; `roles` holds the personal ones."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=120)
    function = models.CharField("functie", max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="people", verbose_name="organisatie"
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=[(role.value, role.label) for role in PERSONAL_ROLES]),
        default=list,
        blank=True,
        verbose_name="rollen",
    )
    is_active = models.BooleanField("kan inloggen", default=True)
    added_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="partners_user_no_superuser", condition=Q(is_superuser=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def _themes(self) -> set[str]:
        """Themes for which a covenant in force binds this person's organisation."""
        if not self.organisation.active:
            return set()
        covenants = self.organisation.covenants.filter(pk__in=Covenant.objects.valid_on(timezone.localdate()))
        return {theme for themes in covenants.values_list("themes", flat=True) for theme in themes}

    def as_actor(self) -> Actor:
        """Who this person is at this moment: organisation, roles and the seats that are valid now."""
        signed = set(self.secrecy_statements.values_list("table_id", flat=True))
        seats = tuple(
            ActorSeat(seat.pk, seat.table_id, seat.table.name, Role(seat.role), seat.table_id in signed)
            for seat in self.seats.valid_at(timezone.now()).select_related("table")
        )
        personal = {Role(role) for role in self.roles}
        # Whoever watches, manages or only decides does not work cases; everyone else is a professional of a partner.
        only_decides = {seat.role for seat in seats} == {Role.DECIDER}
        working = set() if only_decides or personal & set(PERSONAL_ROLES) else {Role.PROFESSIONAL}
        return Actor(
            user_id=self.pk,
            name=self.name,
            organisation_id=self.organisation_id,
            organisation_name=self.organisation.name,
            organisation_kind=self.organisation.kind,
            roles=frozenset(personal | working | {seat.role for seat in seats}),
            themes=frozenset(self._themes()),
            seats=seats,
        )
