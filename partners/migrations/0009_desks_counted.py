"""What the desks of requests, breaches and review did, in counts."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import accounting


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_assessments")]

    operations = [migrations.RunSQL(accounting.DESKS, migrations.RunSQL.noop)]
