"""Grants follow a dossier that goes to another table."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import following


class Migration(migrations.Migration):
    dependencies = [("privacy", "0013_narrowing")]

    operations = [migrations.RunSQL(following.FOLLOW, "DROP FUNCTION privacy_follow_dossier(uuid)")]
