"""Who takes part unseen in one case stays unseen in a household of several cases."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import unseen


class Migration(migrations.Migration):
    dependencies = [("casework", "0017_household_life")]

    operations = [migrations.RunSQL(unseen.EVERYTHING, migrations.RunSQL.noop)]
