"""An exclusion holds for a case and all its signals, and who is excluded acts on nothing."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import linked


class Migration(migrations.Migration):
    dependencies = [("privacy", "0008_keys")]

    operations = [
        migrations.RunSQL(linked.LINKS, migrations.RunSQL.noop),
        migrations.RunSQL(linked.POLICY, migrations.RunSQL.noop),
        migrations.RunSQL(linked.ENDING, migrations.RunSQL.noop),
    ]
