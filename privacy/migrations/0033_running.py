"""The beheerder learns when the log was last sealed."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import running


class Migration(migrations.Migration):
    dependencies = [("privacy", "0031_not_to")]

    operations = [
        migrations.RunSQL(running.SEALS, "DROP FUNCTION privacy_seals_now()"),
    ]
