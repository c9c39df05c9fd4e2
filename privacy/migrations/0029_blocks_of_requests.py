"""A dossier is kept for a request that is open and about it, and let go when that request ended."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import retention


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0028_term_changes"),
    ]

    operations = [
        migrations.RunSQL(retention.BLOCKS_OF_REQUESTS, migrations.RunSQL.noop),
    ]
