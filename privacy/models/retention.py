"""What keeps a dossier from being destroyed, the lists of what goes, and what remains of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from privacy.encryption.fields import SealedTextField
from privacy.models.base import DossierRow, SealedModel, UUIDModel
from privacy.models.dossier import DossierKind
from privacy.retention.terms import table_name, theme_name


class Because(models.TextChoices):
    """Why nothing of a dossier is destroyed."""

    REQUEST = "request", "verzoek van een betrokkene"
    OBJECTION = "objection", "bezwaar van de regisseur"
    HOLD = "hold", "bewaarplicht"


class Block(UUIDModel):
    """One reason why one dossier is not destroyed, as long as it has no end. Outside dossiers: it says nothing of any.

    Written by definer functions alone. `source_id` is the request, objection or hold that it follows from.
    """

    dossier_id = models.UUIDField(help_text="opaque: outlives the dossier")
    because = models.CharField(max_length=10, choices=Because)
    source_id = models.UUIDField(db_index=True)
    set_by = models.UUIDField()
    set_at = models.DateTimeField(default=timezone.now)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_id", "source_id"],
                condition=models.Q(ended_at__isnull=True),
                name="privacy_block_once",
            ),
            models.CheckConstraint(
                name="privacy_block_ended_both",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.because} {self.dossier_id}"


class Hold(DossierRow):
    """The file of a hold of the privacy officer, or of an objection of a regisseur. It stands in its cover.

    What keeps the dossier is the `Block` with this row as its source; this says who asked it and when it is reviewed.
    """

    because = models.CharField(max_length=10, choices=Because)
    about_id = models.UUIDField(help_text="opaque: outlives the dossier")
    reference = models.CharField(max_length=30)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(help_text="on this day an officer looks again")
    reviewed_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["review_on"]
        constraints = [
            models.CheckConstraint(
                name="privacy_hold_lifted_both",
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.because} {self.pk}"


class HoldText(SealedModel):
    """Why a dossier is held, and what was said at a review or at the end. In the part of the whole desk file."""

    class Kind(models.TextChoices):
        REASON = "reason", "Reden"
        REVIEW = "review", "Blijft staan"
        END = "end", "Opgeheven"

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=10, choices=Kind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = SealedTextField()

    class Meta(SealedModel.Meta):
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.hold_id}"


class LineState(models.TextChoices):
    WAITS = "waits", "Wordt vernietigd"
    KEPT = "kept", "Van de lijst gehaald"
    DONE = "done", "Vernietigd"
    REFUSED = "refused", "Niet vernietigd"


class KeepReason(models.TextChoices):
    """Why a line is kept off, as a code: what is in a dossier is written down nowhere."""

    ASKED = "asked", "Ik vraag het eerst na bij de regisseur"
    CLAIM = "claim", "Er loopt misschien een klacht, claim of rechtszaak"
    TERM = "term", "De termijn klopt misschien niet"
    OTHER = "other", "Een andere reden"


class NotDue(models.TextChoices):
    """What the database found at the very moment, and why nothing went (privacy/rls/destroying.py)."""

    GONE = "gone", "Het was al vernietigd"
    EARLY = "early", "De bewaartermijn is verlengd of niet voorbij"
    BLOCKED = "blocked", "Er loopt een verzoek, bezwaar of bewaarplicht"
    HOUSEHOLD = "household", "Het plan van een gezin loopt nog in deze casus"
    OPEN = "open", "De casus loopt nog"


class OpenReason(models.TextChoices):
    """Why a case that was never closed goes all the same, as a code: what is in a dossier is written down nowhere."""

    LEFT = "left", "Er is niemand meer die de casus kan sluiten"
    ASKED = "asked", "De regisseur is gevraagd te sluiten en deed dat niet"
    ORDERED = "ordered", "De toezichthouder of rechter eist het"


class OpenGoes(UUIDModel):
    """An officer's word that an open case may go on a list though nobody closed it. Written by a definer function."""

    dossier_id = models.UUIDField(unique=True, help_text="opaque: outlives the dossier")
    reason = models.CharField(max_length=8, choices=OpenReason)
    said_by = models.UUIDField()
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.reason} {self.dossier_id}"


class DestructionList(UUIDModel):
    """What one person says is to be destroyed, and a second person checked. Outside dossiers; nobody's data.

    Written by definer functions alone. The certificate stays: counts, terms and digests, and names of staff.
    """

    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=timezone.now)
    checked_by = models.UUIDField(null=True)
    checked_by_name = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    certificate = models.JSONField(default=dict, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="privacy_list_four_eyes",
                condition=models.Q(checked_by__isnull=True, checked_at__isnull=True)
                | models.Q(checked_by__isnull=False, checked_at__isnull=False)
                & ~models.Q(checked_by=models.F("made_by")),
            )
        ]

    def __str__(self) -> str:
        return f"vernietigingslijst {self.made_at:%Y-%m-%d}"

    @property
    def runs(self) -> bool:
        """Whether it is being carried out."""
        return self.checked_at is not None and self.stopped_at is None and self.ended_at is None


class DestructionLine(UUIDModel):
    """One dossier on a list. When it went, its number goes from here too: what stays is an id that leads nowhere."""

    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="lines")
    dossier_id = models.UUIDField(db_index=True, help_text="opaque: outlives the dossier")
    reference = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=10, choices=DossierKind)
    theme = models.CharField(max_length=40, blank=True)
    table_id = models.UUIDField(null=True)
    goes_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=LineState, default=LineState.WAITS)
    why = models.CharField(max_length=10, blank=True, help_text="code of KeepReason or NotDue")
    kept_by = models.UUIDField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["goes_on", "reference"]
        constraints = [models.UniqueConstraint(fields=["list", "dossier_id"], name="privacy_line_once")]

    def __str__(self) -> str:
        return f"{self.state} {self.dossier_id}"

    @property
    def theme_name(self) -> str:
        """The name of its theme."""
        return theme_name(self.theme)

    @property
    def said(self) -> str:
        """Why it stays, in words."""
        return dict([*KeepReason.choices, *NotDue.choices]).get(self.why, "")


class TermChange(UUIDModel):
    """The shorter term of a table, asked for the dossiers that are there: by one person, agreed to by another.

    Written by definer functions alone; outside dossiers, and it names none.
    """

    table_id = models.UUIDField()
    years = models.PositiveSmallIntegerField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    carried_out_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["table_id"], condition=models.Q(answered_at__isnull=True), name="privacy_term_asked_once"
            ),
            models.CheckConstraint(
                name="privacy_term_four_eyes",
                condition=models.Q(answered_by__isnull=True, answered_at__isnull=True, agreed__isnull=True)
                | models.Q(answered_by__isnull=False, answered_at__isnull=False, agreed__isnull=False)
                & ~models.Q(answered_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="privacy_term_carried_out",
                condition=models.Q(carried_out_at__isnull=True) | models.Q(agreed=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.years} {self.table_id}"

    @property
    def waits(self) -> bool:
        """Whether nobody answered yet."""
        return self.answered_at is None

    @property
    def table(self) -> str:
        """The name of the table."""
        return table_name(str(self.table_id))
