"""Tables meet: series, meetings, what is on the agenda, who sits there, what was asked, decided and agreed."""

from __future__ import annotations

import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import meetings, tables

OF_THE_REGIE = tuple(
    f"casework_{table}"
    for table in (
        "agendaitem", "agendaplace", "itemseat", "guest", "attendance", "itemdecision", "itemconsent", "itemreview",
        "minutespiece",
    )
)  # fmt: skip
INSIDE = (
    *OF_THE_REGIE,
    *(f"casework_{table}" for table in ("itemquestion", "broughtfor", "refusalreason", "agendawish", "tableaction")),
)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0020_whole"),
        ("partners", "0005_stagnation"),
        ("privacy", "0017_households"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("new", "Nieuwe casus"),
                            ("review", "Herziening"),
                            ("stuck", "Loopt vast"),
                            ("decision", "Besluit nodig"),
                            ("carried", "Vorige keer niet afgerond"),
                            ("asked", "Gevraagd door een partner"),
                            ("other", "Bespreken"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "goal",
                    privacy.encryption.fields.SealedTextField(
                        help_text="what the table should decide or learn", null=True
                    ),
                ),
                (
                    "children",
                    models.BooleanField(default=False, help_text="about children: first, where that is asked"),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog te bespreken"),
                            ("discussed", "Besproken"),
                            ("carried", "Naar een volgend overleg"),
                            ("withdrawn", "Van de agenda gehaald"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                (
                    "carried_from",
                    models.OneToOneField(
                        help_text="the item it goes on from",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="casework.agendaitem",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agenda_items", to="casework.case"
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        help_text="the part in which its minutes are",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="privacy.compartment",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", privacy.encryption.fields.SealedTextField()),
                ("organisation", privacy.encryption.fields.SealedTextField()),
                ("why", privacy.encryption.fields.SealedTextField(help_text="why this person is needed at this item")),
                (
                    "signed_on",
                    privacy.encryption.fields.SealedDateField(
                        help_text="the day of the signed secrecy statement, which is kept on paper", null=True
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="casework.agendaitem"
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ItemDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("asks", models.CharField(blank=True, max_length=20)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="casework.agendaitem"
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ItemQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("answer_by", models.DateTimeField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog geen antwoord"),
                            ("brought", "Heeft iets ingebracht"),
                            ("nothing", "Niets bekend"),
                            ("refused", "Deelt niets, met reden"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("replied_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="casework.agendaitem"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BroughtFor",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.contribution"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="brought", to="casework.itemquestion"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ItemReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("review_on", models.DateField()),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review", to="casework.agendaitem"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ItemSeat",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ground", models.CharField(max_length=60)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="casework.agendaitem"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.participation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("present", models.BooleanField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendance", to="casework.agendaitem"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "guest",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="casework.guest",
                    ),
                ),
                (
                    "seat",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="casework.itemseat",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="plaats")),
                ("video_link", models.URLField(blank=True, max_length=500, verbose_name="link voor beeldbellen")),
                ("starts_at", models.DateTimeField()),
                (
                    "ends_at",
                    models.DateTimeField(
                        help_text="as planned for the series: it tells nothing of what is on the agenda"
                    ),
                ),
                (
                    "cutoff_at",
                    models.DateTimeField(help_text="until when partners may ask to put something on the agenda"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Gepland"),
                            ("running", "Bezig"),
                            ("held", "Gehouden"),
                            ("cancelled", "Gaat niet door"),
                        ],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="changes so far, as calendars count them (RFC 5545)"
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voorzitter",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verslaglegger",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.casetable"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AgendaPlace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveIntegerField()),
                ("minutes", models.PositiveSmallIntegerField(default=15)),
                (
                    "urgent",
                    models.BooleanField(default=False, help_text="put on after the closing time: it could not wait"),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="place", to="casework.agendaitem"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="casework.meeting"
            ),
        ),
        migrations.CreateModel(
            name="MeetingSeries",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="plaats")),
                ("video_link", models.URLField(blank=True, max_length=500, verbose_name="link voor beeldbellen")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("weekly", "Elke zoveel weken"), ("monthly", "Elke maand op een vaste dag")],
                        default="weekly",
                        max_length=8,
                    ),
                ),
                (
                    "every",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="weeks, or months",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "maandag"), (1, "dinsdag"), (2, "woensdag"), (3, "donderdag"), (4, "vrijdag")],
                        default=1,
                    ),
                ),
                (
                    "nth",
                    models.SmallIntegerField(
                        default=1, help_text="monthly: which of its kind in the month; -1 is the last"
                    ),
                ),
                ("begins_on", models.DateField()),
                ("starts_at", models.TimeField(default=datetime.time(10, 0))),
                ("minutes", models.PositiveSmallIntegerField(default=120)),
                (
                    "cutoff_days",
                    models.PositiveSmallIntegerField(default=1, help_text="calendar days before the meeting"),
                ),
                ("cutoff_time", models.TimeField(default=datetime.time(12, 0))),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voorzitter",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verslaglegger",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.casetable"
                    ),
                ),
            ],
            options={
                "ordering": ["begins_on", "id"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="series",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="casework.meetingseries",
            ),
        ),
        migrations.CreateModel(
            name="MinutesVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("chair_at", models.DateTimeField(help_text="when the chair fixed it", null=True)),
                ("secretary_at", models.DateTimeField(help_text="when the secretary fixed it", null=True)),
                (
                    "fixed_at",
                    models.DateTimeField(help_text="both did: from then on partners read their part", null=True),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="casework.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MinutesPiece",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(choices=[("item", "Punt"), ("action", "Actie")], max_length=6)),
                ("original", models.UUIDField()),
                ("body", privacy.encryption.fields.SealedJSONField()),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="casework.agendaitem"
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="casework.minutesversion"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RefusalReason",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="refusal", to="casework.itemquestion"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TableAction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("todo", "Te doen"), ("doing", "Bezig"), ("done", "Gedaan"), ("dropped", "Vervallen")],
                        default="todo",
                        max_length=8,
                    ),
                ),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("result", privacy.encryption.fields.SealedTextField(null=True)),
                ("due_on", models.DateField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "taken_back",
                    models.BooleanField(default=False, help_text="a slip of the pen at the table: never was an action"),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="table_actions", to="casework.case"
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="casework.agendaitem"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AgendaWish",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reason", privacy.encryption.fields.SealedTextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
                ("answer", privacy.encryption.fields.SealedTextField(help_text="why not now", null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agenda_wishes", to="casework.case"
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("case", "organisation"),
                        name="casework_agendawish_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemConsent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "stance",
                    models.CharField(
                        choices=[("agrees", "Akkoord"), ("against", "Niet akkoord"), ("abstains", "Onthoudt zich")],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="casework.itemdecision"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "organisation"), name="casework_itemconsent_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="itemquestion",
            constraint=models.UniqueConstraint(fields=("item", "organisation"), name="casework_itemquestion_once"),
        ),
        migrations.AddConstraint(
            model_name="itemquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_at__isnull", True), ("reply", "")),
                    models.Q(models.Q(("reply", ""), _negated=True), ("replied_at__isnull", False)),
                    _connector="OR",
                ),
                name="casework_itemquestion_replied",
            ),
        ),
        migrations.AddConstraint(
            model_name="broughtfor",
            constraint=models.UniqueConstraint(fields=("question", "contribution"), name="casework_brought_once"),
        ),
        migrations.AddConstraint(
            model_name="itemseat",
            constraint=models.UniqueConstraint(fields=("item", "user"), name="casework_itemseat_once"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("guest__isnull", True), ("seat__isnull", False)),
                    models.Q(("guest__isnull", False), ("seat__isnull", True)),
                    _connector="OR",
                ),
                name="casework_attendance_whose",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "withdrawn"), _negated=True),
                fields=("meeting", "case"),
                name="casework_agendaitem_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("outcome", "")),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="casework_agendaitem_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingseries",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cutoff_days__lte", 14),
                    ("every__gte", 1),
                    ("every__lte", 12),
                    ("minutes__gte", 15),
                    ("minutes__lte", 600),
                    ("nth__in", [1, 2, 3, 4, -1]),
                    ("weekday__lte", 4),
                ),
                name="casework_series_sound",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["table", "starts_at"], name="casework_meeting_when"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("series", "starts_at"), name="casework_meeting_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="casework_meeting_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="minutesversion",
            constraint=models.UniqueConstraint(fields=("meeting", "number"), name="casework_minutes_once"),
        ),
        migrations.AddConstraint(
            model_name="minutespiece",
            constraint=models.UniqueConstraint(fields=("minutes", "original"), name="casework_minutespiece_once"),
        ),
        migrations.AddIndex(
            model_name="tableaction",
            index=models.Index(
                condition=models.Q(("status__in", ["todo", "doing"])),
                fields=["user", "due_on"],
                name="casework_tableaction_mine",
            ),
        ),
        migrations.AddConstraint(
            model_name="tableaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("status__in", ["todo", "doing"])),
                    models.Q(("ended_at__isnull", False), ("status__in", ["done", "dropped"])),
                    _connector="OR",
                ),
                name="casework_tableaction_ended",
            ),
        ),
        tables.protection(*INSIDE),
        *(tables.only_regie_writes(table) for table in OF_THE_REGIE),
        *(tables.only_regie_adds(table) for table in ("casework_itemquestion", "casework_tableaction")),
        migrations.RunSQL(meetings.EVERYTHING, migrations.RunSQL.noop),
    ]
