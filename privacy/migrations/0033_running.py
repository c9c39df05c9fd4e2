"""The beheerder learns when the log was last sealed."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import running


class Migration(migrations.Migration):
    dependencies = [("privacy", "0029_blocks_of_requests")]

    operations = [
        migrations.RunSQL(running.SEALS, "DROP FUNCTION privacy_seals_now()"),
    ]
