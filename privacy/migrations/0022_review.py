"""Review of the log: its rules, how far it came, what was found and drawn, and what was said of it."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.rls import review


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_table_in_use"),
        ("privacy", "0021_breaches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_by", models.UUIDField(null=True)),
                ("begins_at", models.DateTimeField()),
                ("until", models.DateTimeField(db_index=True)),
                ("looks", models.PositiveIntegerField()),
                ("hits", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["-until"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewSample",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("week", models.DateField(help_text="the Monday with which it begins", unique=True)),
                ("drawn_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seed", models.CharField(max_length=64)),
                ("percent", models.PositiveSmallIntegerField()),
                ("least", models.PositiveSmallIntegerField()),
                (
                    "drawn",
                    models.JSONField(
                        default=list, help_text="per organisation: how many lines there were and were drawn"
                    ),
                ),
            ],
            options={
                "ordering": ["-week"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewHit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "desk",
                    models.CharField(
                        choices=[
                            ("review", "controle van het kijken"),
                            ("officers", "controle van de privacy officers"),
                            ("breach", "datalekken"),
                            ("rights", "verzoeken van betrokkenen"),
                            ("retention", "bewaren en vernietigen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rule", models.CharField(max_length=10)),
                ("numbers", models.JSONField(default=dict)),
                ("reader_id", models.UUIDField()),
                ("reader_name", models.CharField(max_length=200)),
                ("organisation_id", models.UUIDField(null=True)),
                ("organisation_name", models.CharField(blank=True, max_length=200)),
                (
                    "about_id",
                    models.UUIDField(
                        help_text="the dossier, the reader or the drawn entry: what it counts once per day of"
                    ),
                ),
                ("day", models.DateField()),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "dossiers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                (
                    "references",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("times", models.PositiveIntegerField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog te beoordelen"),
                            ("asked", "Vraag gesteld"),
                            ("answered", "Vraag beantwoord"),
                            ("right", "Terecht"),
                            ("wrong", "Onterecht"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("judged_by", models.UUIDField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("answer_by", models.DateTimeField(null=True)),
                ("manager_id", models.UUIDField(null=True)),
                ("breach_id", models.UUIDField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["found_at", "first_at", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewRule",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=10)),
                ("active", models.BooleanField(default=True)),
                ("numbers", models.JSONField(default=dict)),
                ("proposed_by", models.UUIDField()),
                ("proposed_name", models.CharField(max_length=120)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("dropped_by", models.UUIDField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-proposed_at"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by__isnull", True),
                            models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="privacy_rule_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                                ("dropped_at__isnull", True),
                                ("dropped_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="privacy_rule_one_end",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("agreed_at__isnull", True), ("dropped_at__isnull", True)),
                        fields=("code",),
                        name="privacy_rule_one_proposal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("question", "Vraag"), ("answer", "Antwoord"), ("explanation", "Toelichting")],
                        max_length=12,
                    ),
                ),
                ("text", privacy.encryption.fields.SealedTextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
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
                    "hit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="privacy.reviewhit"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="reviewhit",
            index=models.Index(
                condition=models.Q(("verdict__in", ["", "asked", "answered"])),
                fields=["desk", "found_at"],
                name="privacy_hit_open",
            ),
        ),
        migrations.AddIndex(
            model_name="reviewhit",
            index=models.Index(fields=["reader_id", "day"], name="privacy_hit_reader"),
        ),
        migrations.AddConstraint(
            model_name="reviewhit",
            constraint=models.UniqueConstraint(
                fields=("rule", "reader_id", "about_id", "day", "number"), name="privacy_hit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewhit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("judged_by__isnull", True),
                    models.Q(("judged_by", models.F("reader_id")), _negated=True),
                    _connector="OR",
                ),
                name="privacy_hit_not_oneself",
            ),
        ),
        rls.protection("privacy_reviewtext"),
        migrations.RunSQL(review.TABLES, migrations.RunSQL.noop),
        migrations.RunSQL(review.KEEP, migrations.RunSQL.noop),
        migrations.RunSQL(review.SAMPLE, migrations.RunSQL.noop),
        migrations.RunSQL(review.JUDGING, migrations.RunSQL.noop),
        migrations.RunSQL(review.FUNCTIONS, migrations.RunSQL.noop),
    ]
