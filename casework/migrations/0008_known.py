"""Known or not known: marks that nobody reads, and the functions that write and ask them."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

from privacy.rls import known


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_requests"),
        ("partners", "0003_regie_wanted"),
        ("privacy", "0012_known"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownMark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("compartment_id", models.UUIDField(db_index=True)),
                (
                    "row_id",
                    models.UUIDField(db_index=True, help_text="the subject, number or place it was made of"),
                ),
                ("kind", models.CharField(max_length=10)),
                ("digest", models.BinaryField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.dossier"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["digest"], name="casework_known_digest")],
            },
        ),
        migrations.RunSQL(known.TABLE, migrations.RunSQL.noop),
        migrations.RunSQL(known.MARK, migrations.RunSQL.noop),
        migrations.RunSQL(known.LATELY, migrations.RunSQL.noop),
        migrations.RunSQL(known.ASK, migrations.RunSQL.noop),
        migrations.RunSQL(known.LOG, migrations.RunSQL.noop),
        migrations.RunSQL(known.RIGHTS, migrations.RunSQL.noop),
    ]
