"""Lists filter on the reader's own grants: whether the dossier is shielded, and at which table, off one index."""

from __future__ import annotations

from django.db import migrations, models

from privacy.rls import speed


class Migration(migrations.Migration):
    dependencies = [("privacy", "0006_sealing")]

    operations = [
        migrations.AddField(
            "grant",
            "shielded",
            models.BooleanField(default=False, editable=False, help_text="the dossier's, kept by a trigger"),
        ),
        migrations.RunSQL(speed.SHIELDED, migrations.RunSQL.noop),
        migrations.AddIndex("grant", models.Index(fields=["content_object", "user"], name="privacy_grant_dossier")),
        migrations.RemoveIndex("grant", "privacy_grant_list"),
        migrations.AddIndex(
            "grant",
            models.Index(
                fields=["user", "kind", "-sort_at", "shielded", "table_id"],
                condition=models.Q(part="cover", revoked_at__isnull=True),
                name="privacy_grant_list",
            ),
        ),
    ]
