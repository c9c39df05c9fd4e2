"""Whom a file is about reads no log of it; why something stays is not for the beheerder."""

from __future__ import annotations

from django.db import migrations, models

from privacy.rls import not_to


class Migration(migrations.Migration):
    dependencies = [("privacy", "0029_blocks_of_requests")]

    operations = [
        migrations.AddIndex(
            model_name="deskfile",
            index=models.Index(fields=["not_to"], condition=models.Q(not_to__isnull=False), name="privacy_desk_not_to"),
        ),
        migrations.RunSQL([not_to.FUNCTIONS, not_to.LOG, not_to.BLOCKS], migrations.RunSQL.noop),
    ]
