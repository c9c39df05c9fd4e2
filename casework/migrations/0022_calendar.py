"""Calendars: feeds and calls, what calendars call a meeting, and one meeting of a table at a time."""

from __future__ import annotations

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from privacy.rls import calendar


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0021_meetings"),
        ("partners", "0005_stagnation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "address_hash",
                    models.BinaryField(help_text="SHA-256 of 256 random bits", max_length=32, unique=True),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MeetingCall",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "told",
                    models.PositiveIntegerField(
                        help_text="`Meeting.sequence` in the last mail; none was sent yet", null=True
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="meeting",
            name="casework_meeting_once",
        ),
        migrations.AddField(
            model_name="meeting",
            name="calendar_uid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                help_text="what calendars call it; random, so that it leads to nothing",
            ),
        ),
        migrations.AddField(
            model_name="meetingseries",
            name="made_until",
            field=models.DateField(help_text="up to this day its meetings were made", null=True),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "cancelled"), _negated=True),
                fields=("table", "starts_at"),
                name="casework_meeting_at_once",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="meetingcall",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="casework.meeting"
            ),
        ),
        migrations.AddField(
            model_name="meetingcall",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarfeed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)), fields=("user",), name="casework_calendarfeed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingcall",
            constraint=models.UniqueConstraint(fields=("meeting", "user"), name="casework_meetingcall_once"),
        ),
        migrations.RunSQL(calendar.EVERYTHING, migrations.RunSQL.noop),
    ]
