"""A household that runs has a plan and an open case; what is said to go on in another plan was really going."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import whole


class Migration(migrations.Migration):
    dependencies = [("casework", "0019_standing")]

    operations = [migrations.RunSQL(whole.EVERYTHING, migrations.RunSQL.noop)]
