"""Who must hear that something was corrected or taken back."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import readers


class Migration(migrations.Migration):
    dependencies = [("privacy", "0009_linked_exclusions")]

    operations = [migrations.RunSQL(readers.READERS, migrations.RunSQL.noop)]
