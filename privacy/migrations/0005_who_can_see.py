"""Who can read a dossier now, as far as the one who asks may know."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import who


class Migration(migrations.Migration):
    dependencies = [("privacy", "0004_exclusion")]

    operations = [migrations.RunSQL(who.WHO_READS, "DROP FUNCTION privacy_who_reads(uuid[])")]
