"""Breaches (AVG 33 and 34, Wpg 33a): the file of each, what it touched, who was told, and what was learned.

Everything but `BreachReceipt` lies at the desk of breaches, in the part of the regie; a task in a part of its own.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from privacy.encryption.fields import SealedJSONField, SealedTextField
from privacy.models.base import DossierRow, SealedModel, UUIDModel


class BreachSource(models.TextChoices):
    LOOK = "look", "onterecht kijken, gevonden bij de controle"
    REPORT = "report", "melding van een medewerker"
    OWN = "own", "zelf vastgesteld"


class BreachRisk(models.TextChoices):
    """What it means for the persons; the last one is a file that turned out to be about something else."""

    NOT_YET = "", "Nog te beoordelen"
    NONE = "none", "Waarschijnlijk geen risico"
    RISK = "risk", "Risico"
    HIGH = "high", "Hoog risico"
    NO_BREACH = "no_breach", "Geen datalek"


class TellAP(models.TextChoices):
    NOT_YET = "", "Nog te besluiten"
    YES = "yes", "Melden, wij zelf"
    JOINT = "joint", "Melden, door het contactpunt namens alle deelnemers (BGS 1.4)"
    NO = "no", "Niet melden: een risico is onwaarschijnlijk (AVG 33, lid 1)"


class TellPersons(models.TextChoices):
    NOT_YET = "", "Nog te besluiten"
    YES = "yes", "Vertellen"
    NO = "no", "Niet vertellen: er is geen hoog risico (AVG 34, lid 1)"
    PROTECTED = "protected", "Niet vertellen: de gegevens waren onleesbaar (AVG 34, lid 3, onder a)"
    REMOVED = "removed", "Niet vertellen: het hoge risico is weggenomen (AVG 34, lid 3, onder b)"
    EFFORT = "effort", "Openbaar bekendmaken: een voor een kost onevenredig veel (AVG 34, lid 3, onder c)"
    UAVG = "uavg", "Niet vertellen: nodig voor een belang uit artikel 41 UAVG"


class TellPartners(models.TextChoices):
    NOT_YET = "", "Nog te besluiten"
    YES = "yes", "Vertellen"
    NO = "no", "Niet vertellen"


class Breach(SealedModel):
    """One breach, or what may be one. The clocks count from `discovered_at`; `internal_at` and `ap_at` stop them."""

    source = models.CharField(max_length=10, choices=BreachSource)
    source_id = models.UUIDField(null=True, help_text="what was judged or reported; opaque")
    reader_id = models.UUIDField(null=True, help_text="who looked unlawfully, and never reads this file")
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField(default=timezone.now)
    discovered_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    confidentiality = models.BooleanField(default=False)
    integrity = models.BooleanField(default=False)
    availability = models.BooleanField(default=False)
    categories = ArrayField(models.CharField(max_length=20), default=list, help_text="codes of `terms.CATEGORIES`")
    persons_count = models.PositiveIntegerField(null=True)
    risk = models.CharField(max_length=10, choices=BreachRisk, default=BreachRisk.NOT_YET, blank=True)
    assessed_at = models.DateTimeField(null=True)
    ap = models.CharField(max_length=10, choices=TellAP, default=TellAP.NOT_YET, blank=True)
    ap_decided_at = models.DateTimeField(null=True)
    persons = models.CharField(max_length=10, choices=TellPersons, default=TellPersons.NOT_YET, blank=True)
    partners = models.CharField(max_length=10, choices=TellPartners, default=TellPartners.NOT_YET, blank=True)
    internal_at = models.DateTimeField(null=True, help_text="the first internal notice")
    ap_at = models.DateTimeField(null=True, help_text="the first notice to the AP")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    summary = SealedTextField()
    for_ap = SealedTextField(null=True, help_text="the same without names, to copy into the form of the AP")
    weighing = SealedJSONField(null=True, help_text="reason per factor of the assessment")
    reasons = SealedJSONField(null=True, help_text="reason per decision: ap, persons, partners")
    lessons = SealedTextField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["-discovered_at", "id"]
        constraints = [
            # AVG 33(1): only an unlikely risk is kept from the AP; AVG 34(3): a high one from the persons on a ground.
            models.CheckConstraint(
                name="privacy_breach_ap",
                condition=~Q(risk__in=["risk", "high"], ap="no"),
            ),
            models.CheckConstraint(name="privacy_breach_persons", condition=~Q(risk="high", persons="no")),
            models.CheckConstraint(
                name="privacy_breach_closed",
                condition=Q(closed_at__isnull=True)
                | Q(risk="no_breach")
                | (~Q(risk="") & ~Q(ap="") & ~Q(persons="") & ~Q(partners="")),
            ),
        ]

    def __str__(self) -> str:
        return f"datalek {self.pk}"


class BreachDossier(DossierRow):
    """A dossier that it touched, as the log said at the time: which, who, how often and which parts; no content."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="touched")
    about_id = models.UUIDField(help_text="opaque key of the dossier")
    reference = models.CharField(max_length=30)
    person_id = models.UUIDField(null=True, help_text="who looked")
    person_name = models.CharField(max_length=120, blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    times = models.PositiveIntegerField(default=0)
    parts = ArrayField(models.CharField(max_length=60), default=list)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["reference", "person_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["breach", "about_id", "person_id"], name="privacy_breach_touched", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} bij {self.breach_id}"


class NoticeKind(models.TextChoices):
    INTERNAL = "internal", "Intern: directie, CISO of de vroege waarschuwing (Cyberbeveiligingswet)"
    AP = "ap", "Autoriteit Persoonsgegevens"
    PARTNER = "partner", "Partner of contactpunt"
    PERSONS = "persons", "Betrokkenen, rechtstreeks of openbaar"


class BreachNotice(SealedModel):
    """That somebody was told. It never changes; a notice to the AP after 72 hours says why (AVG 33(1))."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    at = models.DateTimeField()
    number = models.CharField(max_length=40, blank=True, help_text="as the AP gave it")
    to_whom = SealedTextField()
    delay = SealedTextField(null=True)
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} bij {self.breach_id}"


class BreachTask(SealedModel):
    """Somebody is asked to tell the persons of one dossier: in a part that the desk and this person read."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="tasks")
    about_id = models.UUIDField(help_text="opaque key of the dossier")
    reference = models.CharField(max_length=30)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(default=timezone.now)
    done_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["breach", "about_id"], name="privacy_breach_told_once")]

    def __str__(self) -> str:
        return f"{self.reference} bij {self.breach_id}"


class BreachMeasure(SealedModel):
    """What is done so that it does not go on, or does not happen again; by whom, and when."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="measures")
    what = SealedTextField()
    who = SealedTextField()
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["noted_at", "id"]

    def __str__(self) -> str:
        return f"maatregel bij {self.breach_id}"


class BreachReceipt(UUIDModel):
    """That somebody told of a possible breach, for this person alone: it arrived, and under which number.

    Outside the dossiers, since who reports does not read the file. Its key is made with the form: a form that is sent
    twice arrives once.
    """

    reporter_id = models.UUIDField()
    reference = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return self.reference
