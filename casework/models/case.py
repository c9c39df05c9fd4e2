"""A multi-partner case: cover, face, subjects, participants and the signals bundled in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models.signal import SubjectKind
from partners.models import CaseTable, Organisation
from privacy.encryption.fields import SealedDateField, SealedJSONField, SealedTextField
from privacy.models import Dossier, DossierRow, SealedModel


def period() -> Q:
    """A period that does not end before it begins; either side may be open."""
    return Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since"))


class CaseStatus(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Gesloten"


class Case(DossierRow):
    """In the cover: that there is a case, at which table, under which version of theme and profile."""

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=40)
    theme_version = models.CharField(max_length=20)
    profile = models.CharField(max_length=40)
    profile_version = models.CharField(max_length=20)
    status = models.CharField(max_length=8, choices=CaseStatus, default=CaseStatus.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    first_processed_on = models.DateField(help_text="of the earliest signal: retention counts from here")
    retain_until = models.DateField()
    closed_at = models.DateTimeField(null=True)
    outcome_code = models.CharField(max_length=40, blank=True)

    class Meta(DossierRow.Meta):
        indexes = [
            # What a procesregisseur's work list asks of open cases: the first to end, and the oldest.
            models.Index(fields=["table", "retain_until"], condition=Q(status="open"), name="casework_case_retained"),
            models.Index(fields=["table", "opened_at"], condition=Q(status="open"), name="casework_case_oldest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="casework_case_dossier"),
            models.CheckConstraint(
                name="casework_case_closed_with_outcome",
                condition=Q(status="open", closed_at__isnull=True, outcome_code="")
                | Q(status="closed", closed_at__isnull=False) & ~Q(outcome_code=""),
            ),
            models.CheckConstraint(
                name="casework_case_retention", condition=Q(retain_until__gt=F("first_processed_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"casus {self.pk}"


class CaseFace(SealedModel):
    """Short name and summary, for every participant."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="face")
    short_name = SealedTextField()
    summary = SealedTextField(null=True)

    def __str__(self) -> str:
        return f"naam van {self.case_id}"


class CaseAdmission(SealedModel):
    """The decision to take the case, with criteria and, at closing, the reason; in the regie compartment."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="admissions")
    step = models.CharField(max_length=8, choices=[("opened", "Geopend"), ("closed", "Gesloten")])
    criteria = SealedJSONField()
    reason = SealedTextField(null=True)
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"besluit over {self.case_id}"


class CaseSubject(SealedModel):
    """Who or what the case is about, in which role, from and until; without days as long as the case lasts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(max_length=12, choices=SubjectKind)
    role = models.CharField(max_length=40, blank=True)
    name = SealedTextField()
    birth_date = SealedDateField(null=True)
    address = SealedTextField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["added_at", "id"]
        constraints = [models.CheckConstraint(name="casework_subject_period", condition=period())]

    def __str__(self) -> str:
        return f"betrokkene van {self.case_id}"


class GroupRole(models.TextChoices):
    """What somebody does in a group; a group itself has no class (plus-min-mee)."""

    PLUS = "plus", "Plus: trekt de goede kant op"
    MIN = "min", "Min: trekt de verkeerde kant op"
    MEE = "mee", "Meeloper"
    UNKNOWN = "", "Nog niet bekend"


class GroupMember(SealedModel):
    """Somebody of a group that a case is about, in the table's part: as little of each as the group asks for."""

    subject = models.ForeignKey(CaseSubject, on_delete=models.CASCADE, related_name="group")
    name = SealedTextField()
    birth_date = SealedDateField(null=True)
    role = models.CharField(max_length=4, choices=GroupRole, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["added_at", "id"]
        constraints = [models.CheckConstraint(name="casework_groupmember_period", condition=period())]

    def __str__(self) -> str:
        return f"lid van groep {self.subject_id}"


class CaseNumber(SealedModel):
    """A BSN, in the regie compartment: partners without a basis never get it (WGS 2.29, UAVG 46)."""

    subject = models.OneToOneField(CaseSubject, on_delete=models.CASCADE, related_name="number")
    bsn = SealedTextField()

    def __str__(self) -> str:
        return f"nummer van {self.subject_id}"


class Participation(DossierRow):
    """One named professional of a partner, with ground and period.

    In the table's compartment; one whom the others may not know stands in its own line with the regie.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    handed_on_at = models.DateTimeField(null=True, help_text="when the regisseur decided who takes over from who left")

    class Meta(DossierRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at__isnull=True), name="casework_participation_once"
            )
        ]

    def __str__(self) -> str:
        return f"deelname aan {self.case_id}"

    @property
    def key(self) -> str:
        """What grants that follow from this participation are given for."""
        return f"participation:{self.pk}"


class CaseSignal(DossierRow):
    """A link to a signal's dossier, never to its contents.

    In the regie compartment it is the bundle; in an organisation's liaison it says that this organisation may know
    of the link (its own signal, or one shared with it).
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="bundle")
    signal_dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(DossierRow.Meta):
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["compartment", "signal_dossier"], name="casework_bundle_once")]

    def __str__(self) -> str:
        return f"signaal in {self.case_id}"
