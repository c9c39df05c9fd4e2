"""What persons concerned ask (AVG 15 to 21, Wpg 25): a file at the desk of the contact point.

COVER: that it is there, its kind, state and terms. REGIE: who asks and what was found, for the desk alone. ITEM: per
source organisation the passages that came from it, for the desk and who is asked about them.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models import Organisation
from privacy.encryption.fields import DigestField, SealedBytesField, SealedDateField, SealedJSONField, SealedTextField
from privacy.models import DossierRow, SealedModel


class RightsKind(models.TextChoices):
    ACCESS = "inzage", "Inzage"
    RECTIFY = "rectificatie", "Rectificatie (iets klopt niet)"
    RESTRICT = "beperking", "Beperking (voorlopig niet gebruiken)"
    OBJECT = "bezwaar", "Bezwaar tegen het gebruik"
    ERASE = "wissing", "Wissing"


class AboutWhom(models.TextChoices):
    SELF = "self", "Over zichzelf"
    CHILD = "child", "Over een kind, door de ouder of voogd"
    REPRESENTED = "represented", "Over iemand anders, als vertegenwoordiger"


class Channel(models.TextChoices):
    LETTER = "brief", "Per brief"
    MAIL = "mail", "Per e-mail"
    DESK = "balie", "Aan de balie"
    PHONE = "telefoon", "Telefonisch"
    FORM = "formulier", "Via het formulier op de website"
    PARTNER = "partner", "Via een partner van de tafel"


class RightsState(models.TextChoices):
    NEW = "new", "Wacht op controle van de identiteit"
    COLLECTING = "collecting", "Gegevens verzamelen"
    JUDGING = "judging", "Passages beoordelen"
    RELEASED = "released", "Afgehandeld"
    REFUSED = "refused", "Geweigerd"


ENDED = (RightsState.RELEASED, RightsState.REFUSED)


class RightsRequest(DossierRow):
    """In the cover: what is asked, how it stands and by when. Nothing of the person; the officer reads it too."""

    reference = models.CharField(max_length=30)
    kind = models.CharField(max_length=12, choices=RightsKind)
    about = models.CharField(max_length=11, choices=AboutWhom)
    channel = models.CharField(max_length=10, choices=Channel)
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=RightsState, default=RightsState.NEW)
    police = models.BooleanField(default=False, help_text="police data were found: six weeks for those (Wpg 25)")
    extended_on = models.DateField(null=True, help_text="the day of the notice of two months more (AVG 12(3))")
    identity_how = models.CharField(max_length=12, blank=True)
    identity_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    identity_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        help_text="which contact point; handed over by the database alone",
    )  # fmt: skip
    doubt = models.CharField(
        max_length=10, blank=True, choices=[("party", "Vertegenwoordiger is partij"), ("harm", "Kan iemand schaden")]
    )
    doubt_settled_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=30, blank=True, help_text="code of the article")
    recheck_on = models.DateField(null=True, help_text="when a ground of refusal is looked at again (BGS 1.2)")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file that was given")
    restricted_at = models.DateTimeField(null=True, help_text="its dossiers are kept and not used; by the database")
    lifted_at = models.DateTimeField(null=True)
    reminded = ArrayField(
        models.CharField(max_length=30), default=list, help_text="what was said of its terms; by the database"
    )

    class Meta(DossierRow.Meta):
        ordering = ["received_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="casework_rights_dossier"),
            # Nothing is collected for somebody of whom nobody knows that it is that person, or while it is in doubt.
            models.CheckConstraint(
                name="casework_rights_identified",
                condition=Q(state__in=["new", "refused"])
                | Q(identity_at__isnull=False, identity_by__isnull=False) & ~Q(identity_how=""),
            ),
            models.CheckConstraint(
                name="casework_rights_settled",
                condition=Q(state__in=["new", "refused"]) | Q(doubt="") | Q(doubt_settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_rights_ended",
                condition=Q(state__in=["released", "refused"], ended_at__isnull=False, ended_by__isnull=False)
                | Q(state__in=["new", "collecting", "judging"], ended_at__isnull=True, ended_by__isnull=True),
            ),
            models.CheckConstraint(name="casework_rights_refusal", condition=~Q(state="refused") | ~Q(refusal="")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def open(self) -> bool:
        return self.state not in ENDED

    @property
    def key(self) -> str:
        """What access for collecting is given for."""
        return f"rights:{self.pk}"


class RightsPerson(SealedModel):
    """Who asks, and about whom. Written with the request and never changed: what is searched for is this name."""

    request = models.OneToOneField(RightsRequest, on_delete=models.CASCADE, related_name="person")
    name = SealedTextField()
    birth_date = SealedDateField()
    bsn = SealedTextField(null=True)
    address = SealedTextField(null=True)
    asker_name = SealedTextField(null=True, help_text="who asks for this person; empty: the person")
    asker_address = SealedTextField(null=True)
    mandate = SealedTextField(null=True, help_text="what shows that this one may ask for the person")
    wish = SealedTextField(null=True, help_text="what is asked, in the person's own words")

    def __str__(self) -> str:
        return f"persoon van {self.request_id}"


class RightsMark(DossierRow):
    """A keyed digest of whom it is about. The database searches by these and by nothing that is sent later."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10)
    digest = DigestField()

    def __str__(self) -> str:
        return f"kenmerk van {self.request_id}"


class RightsNote(SealedModel):
    """Why somebody at the desk decided something; for the desk alone."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(
        max_length=8, choices=[("identity", "Identiteit"), ("doubt", "Twijfel"), ("refusal", "Weigering"),
                               ("extend", "Verlenging"), ("decision", "Besluit"), ("lifted", "Beperking eraf")],
    )  # fmt: skip
    text = SealedTextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"notitie bij {self.request_id}"


class RightsCandidate(DossierRow):
    """A dossier in which this person is likely to stand. Only the database adds one; a person says whether it is."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="candidates")
    about_id = models.UUIDField(help_text="opaque key of the dossier: the desk does not read it")
    reference = models.CharField(max_length=30)
    dossier_kind = models.CharField(max_length=10)
    matched = models.CharField(max_length=20, help_text="bsn, person or both")
    confirmed = models.BooleanField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=8,
        blank=True,
        choices=[("copied", "Overgenomen"), ("absent", "Persoon niet gevonden"), ("closed", "Kon niet worden geopend")],
    )

    class Meta(DossierRow.Meta):
        ordering = ["reference"]
        constraints = [models.UniqueConstraint(fields=["request", "about_id"], name="casework_candidate_once")]

    def __str__(self) -> str:
        return self.reference


class RightsQuestion(DossierRow):
    """That one organisation is asked about its own passages, by when; in the part of that organisation."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=30)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    asked = ArrayField(models.UUIDField(), default=list, help_text="whom of this organisation")
    reminded_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True, help_text="when it was told that its day passed; by the database")

    class Meta(DossierRow.Meta):
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["request", "organisation"], name="casework_rightsquestion_once")]

    def __str__(self) -> str:
        return f"vraag bij {self.request_id}"

    @property
    def key(self) -> str:
        """What access of who is asked is given for."""
        return f"rightsask:{self.pk}"


class Verdict(models.TextChoices):
    MAY = "may", "Mag mee"
    EXCEPT = "except", "Mag mee, behalve een deel"
    REFUSED = "refused", "Mag niet mee"


class RightsPassage(SealedModel):
    """A text about the person as it stood in a dossier, or the name of a part that only its owner reads (`own`).

    In the part of its source organisation. `spans` are the stretches that are about others or may not go.
    """

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="passages")
    question = models.ForeignKey(RightsQuestion, on_delete=models.CASCADE, related_name="passages")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about_id = models.UUIDField()
    reference = models.CharField(max_length=30)
    source = models.CharField(max_length=60, help_text="what kind of text it is, as it reads in the file")
    row_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, blank=True, help_text="fact, observation or opinion")
    category = models.CharField(max_length=20, blank=True)
    day = models.DateField(null=True)
    own = models.BooleanField(default=False, help_text="a part that the desk did not open")
    shielded = models.BooleanField(default=False, help_text="its source is not named to the person")
    text = SealedTextField(null=True)
    spans = SealedJSONField(null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    left_out = models.BooleanField(default=False, help_text="it is not about this person")
    refused_on = models.CharField(max_length=12, blank=True, help_text="ground on which the whole passage stays out")

    class Meta(SealedModel.Meta):
        ordering = ["reference", "day", "id"]

    def __str__(self) -> str:
        return f"passage van {self.request_id}"


class RightsAnswer(SealedModel):
    """What the source says of one passage, with its reason; `given` is what it hands over of a part of its own."""

    passage = models.OneToOneField(RightsPassage, on_delete=models.CASCADE, related_name="answer")
    verdict = models.CharField(max_length=8, choices=Verdict)
    ground = models.CharField(max_length=12, blank=True)
    except_words = SealedTextField(null=True, help_text="the words that may not go, one stretch a line")
    reason = SealedTextField(null=True)
    given = SealedTextField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        constraints = [
            models.CheckConstraint(name="casework_rightsanswer_ground", condition=Q(verdict="may") | ~Q(ground=""))
        ]

    def __str__(self) -> str:
        return f"antwoord op {self.passage_id}"


class RightsOverview(SealedModel):
    """What else the person gets to know: who received data, which tables, how long it is kept (AVG 15(1))."""

    request = models.OneToOneField(RightsRequest, on_delete=models.CASCADE, related_name="overview")
    body = SealedJSONField()

    def __str__(self) -> str:
        return f"overzicht van {self.request_id}"


class RightsRelease(SealedModel):
    """The letter and the file as the person got them; never changed."""

    request = models.OneToOneField(RightsRequest, on_delete=models.CASCADE, related_name="release")
    letter = SealedBytesField()
    file = SealedBytesField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"antwoord op {self.request_id}"
