"""Whose data are in a case is asked before it is kept longer: no link to a signal, and no source, changes by hand."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import extension


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0031_person"),
        ("privacy", "0027_extension"),
    ]

    operations = [migrations.RunSQL(extension.SOURCES_STAY, migrations.RunSQL.noop)]
