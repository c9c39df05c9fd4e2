"""A term is set by functions that compute it; a case is destroyed by two people alone."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import terms


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0025_open_cases"),
    ]

    operations = [migrations.RunSQL(terms.EVERYTHING, migrations.RunSQL.noop)]
