"""Files on contributions, items and drafts, with their walls."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.encryption.fields
from privacy import rls
from privacy.rls.attachments import ATTACHMENTS


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_speed"),
        ("partners", "0002_table_in_use"),
        ("privacy", "0007_speed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", privacy.encryption.fields.SealedTextField()),
                ("file_key", privacy.encryption.fields.SealedBytesField()),
                ("kind", models.CharField(help_text="code of the kind of file", max_length=10)),
                ("size", models.PositiveIntegerField(help_text="in bytes, as it is downloaded")),
                ("chunk_count", models.PositiveIntegerField()),
                ("slot", models.PositiveSmallIntegerField(default=0, help_text="in a draft: which item it belongs to")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "contribution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="casework.contribution",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="casework.signaldraft",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="casework.signalitem",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
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
            name="AttachmentChunk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("body", models.BinaryField()),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="casework.attachment"
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.compartment"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
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
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contribution__isnull", False), ("draft__isnull", True), ("item__isnull", True)),
                    models.Q(("contribution__isnull", True), ("draft__isnull", True), ("item__isnull", False)),
                    models.Q(("contribution__isnull", True), ("draft__isnull", False), ("item__isnull", True)),
                    _connector="OR",
                ),
                name="casework_attachment_on_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachmentchunk",
            constraint=models.UniqueConstraint(fields=("attachment", "number"), name="casework_attachment_chunk_once"),
        ),
        rls.protection("casework_attachment", "casework_attachmentchunk"),
        rls.only_owner_changes("casework_attachment"),
        migrations.RunSQL(ATTACHMENTS, migrations.RunSQL.noop),
    ]
