"""What the request of a person does to the dossiers: statements beside passages, and restrictions."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import person, tables


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0029_rights"),
        ("partners", "0008_assessments"),
        ("privacy", "0024_logbook"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rightsrequest",
            name="lifted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="rightsrequest",
            name="restricted_at",
            field=models.DateTimeField(help_text="its dossiers are kept and not used; by the database", null=True),
        ),
        migrations.AlterField(
            model_name="rightsnote",
            name="kind",
            field=models.CharField(
                choices=[
                    ("identity", "Identiteit"),
                    ("doubt", "Twijfel"),
                    ("refusal", "Weigering"),
                    ("extend", "Verlenging"),
                    ("decision", "Besluit"),
                    ("lifted", "Beperking eraf"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="RightsSaying",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("text", privacy.encryption.fields.SealedTextField()),
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
                    "passage",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saying", to="casework.rightspassage"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("row_id", models.UUIDField()),
                ("text", privacy.encryption.fields.SealedTextField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("corrected", "Wij hebben onze tekst verbeterd of ingetrokken"),
                            ("kept", "Wij laten onze tekst staan"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", privacy.encryption.fields.SealedTextField(null=True)),
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
                    "organisation",
                    models.ForeignKey(
                        help_text="of the text",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
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
            name="Restriction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("request_id", models.UUIDField(help_text="opaque key of the request that decided it")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "ordering": ["since"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("dossier", "request_id"),
                        name="casework_restriction_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RightsReply",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("corrected", "Wij hebben onze tekst verbeterd of ingetrokken"),
                            ("kept", "Wij laten onze tekst staan"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", privacy.encryption.fields.SealedTextField(null=True)),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answered_by",
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
                    "saying",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reply", to="casework.rightssaying"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "kept"), _negated=True), ("reason__isnull", False), _connector="OR"
                        ),
                        name="casework_rightsreply_reason",
                    )
                ],
            },
        ),
        tables.protection(
            "casework_rightssaying", "casework_rightsreply", "casework_statement", "casework_restriction"
        ),
        migrations.RunSQL([person.WALLS, person.RESTRICT, person.RIGHTS, person.ASKS], migrations.RunSQL.noop),
    ]
