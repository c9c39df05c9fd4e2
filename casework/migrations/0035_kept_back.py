"""Nobody new comes to a restricted dossier, also not through an agenda or minutes."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import kept_back


class Migration(migrations.Migration):
    dependencies = [("casework", "0034_objections")]

    operations = [migrations.RunSQL([kept_back.KEPT_BACK, kept_back.NO_NEW_READERS], migrations.RunSQL.noop)]
