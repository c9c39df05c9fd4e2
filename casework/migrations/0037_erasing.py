"""Erasure on request: decided by the source, carried out by the desk, and what is left of a text is the day."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import erasing, tables


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0036_reminded"),
        ("partners", "0014_identities"),
        ("privacy", "0033_running"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsErasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("erase", "Wissen: het contactpunt voert het uit"),
                            ("self", "Wissen: wij hebben dit zelf gewist of weggehaald"),
                            ("keep", "Blijft staan"),
                        ],
                        max_length=5,
                    ),
                ),
                ("ground", models.CharField(max_length=12)),
                ("reason", privacy.encryption.fields.SealedTextField(null=True)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("carried_out_at", models.DateTimeField(null=True)),
                ("held_at", models.DateTimeField(help_text="a legal hold kept it from being erased", null=True)),
                (
                    "told",
                    models.PositiveIntegerField(default=0, help_text="how many people who had it were told (AVG 19)"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="erased_at",
            field=models.DateTimeField(help_text="on request (AVG 17); by the database alone", null=True),
        ),
        migrations.AddField(
            model_name="signalitem",
            name="erased_at",
            field=models.DateTimeField(help_text="on request (AVG 17); by the database alone", null=True),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="text",
            field=privacy.encryption.fields.ErasableTextField(null=True),
        ),
        migrations.AlterField(
            model_name="signalitem",
            name="text",
            field=privacy.encryption.fields.ErasableTextField(null=True),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__isnull", False), ("erased_at__isnull", False), _connector="OR"),
                name="casework_contribution_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="signalitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__isnull", False), ("erased_at__isnull", False), _connector="OR"),
                name="casework_signalitem_text",
            ),
        ),
        migrations.AddField(
            model_name="rightserasure",
            name="carried_out_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rightserasure",
            name="compartment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
            ),
        ),
        migrations.AddField(
            model_name="rightserasure",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rightserasure",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
            ),
        ),
        migrations.AddField(
            model_name="rightserasure",
            name="passage",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="erasure", to="casework.rightspassage"
            ),
        ),
        migrations.AddConstraint(
            model_name="rightserasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("carried_out_at__isnull", True), ("carried_out_by__isnull", True)),
                    models.Q(
                        ("carried_out_at__isnull", False),
                        ("carried_out_by__isnull", False),
                        ("decision__in", ("erase", "self")),
                        models.Q(("carried_out_by", models.F("decided_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="casework_rightserasure_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightserasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "keep"), _negated=True), ("reason__isnull", False), _connector="OR"
                ),
                name="casework_rightserasure_reason",
            ),
        ),
        tables.protection("casework_rightserasure"),
        migrations.RunSQL(
            [erasing.FUNCTIONS, erasing.CAME_FROM, erasing.WALLS, erasing.ONLY_SO], migrations.RunSQL.noop
        ),
    ]
