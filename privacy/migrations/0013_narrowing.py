"""What functions that look past policies answer, narrowed to what is asked of them."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import narrowing


class Migration(migrations.Migration):
    dependencies = [("privacy", "0012_known")]

    operations = [migrations.RunSQL(narrowing.NARROWED, migrations.RunSQL.noop)]
