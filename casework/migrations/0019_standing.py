"""Links between households and cases and requests to join stand as they were made; a partner writes its own alone."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import standing


class Migration(migrations.Migration):
    dependencies = [("casework", "0018_unseen")]

    operations = [migrations.RunSQL(standing.LINKS + standing.REQUESTS + standing.WHOLE, migrations.RunSQL.noop)]
