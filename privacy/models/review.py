"""Review of the log: rules that two persons change, how far it came, what was found and what was said of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privacy.encryption.fields import SealedTextField
from privacy.models.base import DossierRow, SealedModel, UUIDModel
from privacy.models.desk import Desk
from privacy.models.dossier import Dossier


class ReviewRule(UUIDModel):
    """A change of a rule: proposed by one, counting once another agreed. The newest that counts is the rule."""

    code = models.CharField(max_length=10)
    active = models.BooleanField(default=True)
    numbers = models.JSONField(default=dict)
    proposed_by = models.UUIDField()
    proposed_name = models.CharField(max_length=120)
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    dropped_by = models.UUIDField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                name="privacy_rule_two_persons", condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="privacy_rule_one_end",
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False, dropped_by__isnull=True, dropped_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(agreed_at__isnull=True, dropped_at__isnull=True),
                name="privacy_rule_one_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class ReviewRun(UUIDModel):
    """How far the log was reviewed by the rules: written with what was found, so that nothing is skipped or twice."""

    done_at = models.DateTimeField(default=timezone.now)
    asked_by = models.UUIDField(null=True)
    begins_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    looks = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["-until"]

    def __str__(self) -> str:
        return f"controle tot {self.until:%Y-%m-%d %H:%M}"


class ReviewSample(UUIDModel):
    """One weekly draw. The seed is known afterwards, so that anybody can draw the same lines again."""

    week = models.DateField(unique=True, help_text="the Monday with which it begins")
    drawn_at = models.DateTimeField(default=timezone.now)
    seed = models.CharField(max_length=64)
    percent = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()
    drawn = models.JSONField(default=list, help_text="per organisation: how many lines there were and were drawn")

    class Meta:
        default_permissions = ()
        ordering = ["-week"]

    def __str__(self) -> str:
        return f"steekproef {self.week}"


class HitVerdict(models.TextChoices):
    NONE = "", "Nog te beoordelen"
    ASKED = "asked", "Vraag gesteld"
    ANSWERED = "answered", "Vraag beantwoord"
    RIGHT = "right", "Terecht"
    WRONG = "wrong", "Onterecht"


UNJUDGED = (HitVerdict.NONE, HitVerdict.ASKED, HitVerdict.ANSWERED)


class ReviewHit(UUIDModel):
    """What a rule found or the sample drew: who, which dossiers by their number, which day. Never what stands in them.

    Outside the dossiers, with names copied at the time. `number` counts on when more of the same is found on a day that
    was judged already. Written by definer functions alone; `file` holds what was asked and said, sealed.
    """

    desk = models.CharField(max_length=10, choices=Desk)
    rule = models.CharField(max_length=10)
    numbers = models.JSONField(default=dict)
    reader_id = models.UUIDField()
    reader_name = models.CharField(max_length=200)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    about_id = models.UUIDField(help_text="the dossier, the reader or the drawn entry: what it counts once per day of")
    day = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    dossiers = ArrayField(models.UUIDField(), default=list)
    references = ArrayField(models.CharField(max_length=30), default=list)
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    found_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=HitVerdict, default=HitVerdict.NONE, blank=True)
    judged_by = models.UUIDField(null=True)
    judged_at = models.DateTimeField(null=True)
    file = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    manager_id = models.UUIDField(null=True)
    breach_id = models.UUIDField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["found_at", "first_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "reader_id", "about_id", "day", "number"], name="privacy_hit_once"),
            models.CheckConstraint(
                name="privacy_hit_not_oneself", condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("reader_id"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["desk", "found_at"],
                condition=Q(verdict__in=["", "asked", "answered"]),
                name="privacy_hit_open",
            ),
            models.Index(fields=["reader_id", "day"], name="privacy_hit_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"


class ReviewText(SealedModel):
    """What was written about a finding: question and answer in a part of their own, the explanation with the desk."""

    class Kind(models.TextChoices):
        QUESTION = "question", "Vraag"
        ANSWER = "answer", "Antwoord"
        EXPLANATION = "explanation", "Toelichting"

    hit = models.ForeignKey(ReviewHit, on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=12, choices=Kind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} bij {self.hit_id}"


class Special(models.TextChoices):
    """Why a dossier is looked at with special care, as a code."""

    PUBLIC_OFFICE = "bestuurder", "Bestuurder of raadslid"
    STAFF = "medewerker", "Medewerker van een partner"
    KNOWN = "bekend", "Bekende persoon"


class DossierFlag(DossierRow):
    """That a dossier is looked at with special care, in the part of the regie. It says of nobody who it is."""

    code = models.CharField(max_length=12, choices=Special)
    set_by = models.UUIDField()
    set_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_at__isnull=True), name="privacy_flag_once")
        ]

    def __str__(self) -> str:
        return f"bijzondere aandacht {self.dossier_id}"


class ReviewTie(UUIDModel):
    """That a reader may have a tie with somebody in a dossier, noted while the page was open. Nobody reads this table.

    It tells that a name occurs, which is more than any list or log may: only the function that gathers facts reads it.
    It dies with the compartment of the names it was made of (a foreign key of the database).
    """

    compartment_id = models.UUIDField()
    dossier_id = models.UUIDField()
    reader_id = models.UUIDField()
    kind = models.CharField(max_length=10, help_text="name or colleague")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["dossier_id", "reader_id", "kind"], name="privacy_reviewtie_once")
        ]

    def __str__(self) -> str:
        return f"kenmerk {self.pk}"
