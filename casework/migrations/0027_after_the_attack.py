"""What stays as it was when a meeting is over, and access that goes no further than what it was given for."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import kept


class Migration(migrations.Migration):
    dependencies = [("casework", "0026_priority")]

    operations = [migrations.RunSQL(kept.EVERYTHING, migrations.RunSQL.noop)]
