"""A signal and its parts. What is shared goes in the table's compartment, what is confidential in the liaison's."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from partners.models import CaseTable, Organisation
from privacy.encryption.fields import DigestField, ErasableTextField, SealedDateField, SealedJSONField, SealedTextField
from privacy.models import DossierRow, SealedModel


class SignalStatus(models.TextChoices):
    NEW = "new", "Nieuw"
    ASKED = "asked", "Vraag aan melder"
    BUNDLED = "bundled", "In casus"
    REJECTED = "rejected", "Afgewezen"


class Severity(models.TextChoices):
    LOW = "laag", "Laag"
    MEDIUM = "midden", "Midden"
    HIGH = "hoog", "Hoog"
    ACUTE = "acuut", "Acuut"


class ItemKind(models.TextChoices):
    """Facts and opinions are kept apart (Wpg 4(3))."""

    FACT = "feit", "Feit"
    OBSERVATION = "waarneming", "Waarneming"
    OPINION = "oordeel", "Oordeel"


class ItemAudience(models.TextChoices):
    TABLE = "table", "De regisseur, en deelnemers met wie de regisseur het deelt"
    REGIE = "regie", "Alleen de regisseur"


class SubjectKind(models.TextChoices):
    PERSON = "person", "Persoon"
    HOUSEHOLD = "household", "Huishouden of gezin"
    GROUP = "group", "Groep"
    LEGAL_PERSON = "legal_person", "Bedrijf of instelling"
    ADDRESS = "address", "Adres"
    PLACE = "place", "Plek"
    BRANCH = "branch", "Branche"
    PHENOMENON = "phenomenon", "Fenomeen"
    UNKNOWN = "unknown", "Weet ik niet"


class Told(models.TextChoices):
    """Whether the subject was told of the signal (AVG 14); not telling needs a reason."""

    YES = "yes", "Ja"
    NO = "no", "Nee"


class Signal(DossierRow):
    """In the cover: that there is a signal, for which table, in which state. Nothing personal."""

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=40)
    theme_version = models.CharField(max_length=20)
    source = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=SignalStatus, default=SignalStatus.NEW)
    severity = models.CharField(max_length=8, choices=Severity, blank=True)
    neighbourhood = models.CharField(max_length=60, blank=True)
    observed_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    imported = models.BooleanField(default=False)
    draft_id = models.UUIDField(null=True, unique=True, help_text="the draft it came from: sent twice is sent once")
    outcome_code = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        indexes = [
            models.Index(fields=["dossier"], name="casework_signal_dossier"),
            # The queue: a table's decided signals are many, those that wait are few.
            models.Index(
                fields=["table", "submitted_at"],
                condition=models.Q(status__in=["new", "asked"]),
                name="casework_signal_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"signaal {self.pk}"


class SignalSource(SealedModel):
    """Who handed it in; in the liaison compartment, so other partners never learn the reporter's name."""

    signal = models.OneToOneField(Signal, on_delete=models.CASCADE, related_name="reporter")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reporter_name = SealedTextField()
    reporter_function = SealedTextField(null=True)
    told = models.CharField(max_length=3, choices=Told, blank=True)
    not_told_reason = SealedTextField(null=True)
    stated_correct_at = models.DateTimeField(null=True, help_text="the reporter's own statement (BGS 1.6)")

    def __str__(self) -> str:
        return f"melder van {self.signal_id}"


class SignalPlace(SealedModel):
    """Where it is about."""

    signal = models.OneToOneField(Signal, on_delete=models.CASCADE, related_name="place")
    street = SealedTextField(null=True)
    number = SealedTextField(null=True)
    postcode = SealedTextField(null=True)
    city = SealedTextField(null=True)
    description = SealedTextField(null=True)

    def __str__(self) -> str:
        return f"plek van {self.signal_id}"


class SignalSubject(SealedModel):
    """Who or what it is about; as little as needed."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(max_length=12, choices=SubjectKind)
    name = SealedTextField(null=True)
    birth_date = SealedDateField(null=True)

    def __str__(self) -> str:
        return f"betrokkene van {self.signal_id}"


class SignalNumber(SealedModel):
    """A BSN, apart from the subject: not every reader of the subject has a basis for it (WGS 2.29)."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="numbers")
    subject = models.OneToOneField(SignalSubject, on_delete=models.CASCADE, related_name="number")
    bsn = SealedTextField()

    def __str__(self) -> str:
        return f"nummer in {self.signal_id}"


class SignalItem(SealedModel):
    """One piece of information: a fact, an observation or an opinion, with its own circle of readers."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind)
    audience = models.CharField(max_length=5, choices=ItemAudience)
    category = models.CharField(max_length=20)
    text = ErasableTextField(null=True)
    origin = SealedTextField(null=True)
    occurred_on = models.DateField(null=True)
    added_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, help_text="on request (AVG 17); by the database alone")

    class Meta(SealedModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="casework_signalitem_text",
                condition=models.Q(text__isnull=False) | models.Q(erased_at__isnull=False),
            )
        ]
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"inhoud van {self.signal_id}"


class SignalAnswers(SealedModel):
    """Answers to the theme's own questions, by question key."""

    signal = models.OneToOneField(Signal, on_delete=models.CASCADE, related_name="answers")
    body = SealedJSONField()

    def __str__(self) -> str:
        return f"antwoorden van {self.signal_id}"


class SignalTrace(DossierRow):
    """A keyed digest of an address or subject, to find likenesses at the same table without opening anything."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="traces")
    kind = models.CharField(max_length=12)
    digest = DigestField()

    class Meta(DossierRow.Meta):
        indexes = [models.Index(fields=["digest"], name="casework_trace_digest")]

    def __str__(self) -> str:
        return f"spoor van {self.signal_id}"


class SignalMessage(SealedModel):
    """A question by the regisseur, an answer by the reporter, or word of the outcome; in the liaison compartment."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="messages")
    from_regie = models.BooleanField()
    author_name = SealedTextField()
    text = SealedTextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"bericht bij {self.signal_id}"
