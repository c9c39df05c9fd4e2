"""Indexes that nothing asks are gone, since every entry and grant pays for each; a list reads off one that has it all.

The keys' indexes of the grants go in SQL: taking them away through the field would check every grant anew.
"""

from __future__ import annotations

from django.db import migrations, models

PROTECT, CASCADE = models.PROTECT, models.CASCADE
NEEDLESS = ("compartment_id_c0be2086", "dossier_id_d723b285", "permission_id_9d9de595")


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("privacy", "0015_holding"),
    ]

    operations = [
        migrations.AlterField(
            "auditentry",
            "action",
            models.PositiveSmallIntegerField(choices=[(0, "create"), (1, "update"), (2, "delete"), (3, "access")]),
        ),
        migrations.AlterField("auditentry", "cid", models.CharField(blank=True, max_length=255, null=True)),
        migrations.AlterField("auditentry", "object_pk", models.CharField(blank=True, max_length=36)),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["object_pk"], condition=models.Q(event="refused"), name="privacy_audit_refused"),
        ),
        migrations.RemoveIndex("grant", "privacy_grant_list"),
        migrations.AddIndex(
            "grant",
            models.Index(
                fields=["user", "kind", "-sort_at", "shielded", "table_id"],
                include=["compartment", "theme", "valid_from", "valid_until"],
                condition=models.Q(part="cover", revoked_at__isnull=True, excluded=False),
                name="privacy_grant_list",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "".join(f"DROP INDEX privacy_grant_{name};" for name in NEEDLESS), migrations.RunSQL.noop
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "grant",
                    "compartment",
                    models.ForeignKey("privacy.compartment", PROTECT, db_index=False, related_name="grants"),
                ),
                migrations.AlterField(
                    "grant",
                    "content_object",
                    models.ForeignKey(
                        "privacy.dossier", PROTECT, db_column="dossier_id", db_index=False, related_name="grants"
                    ),
                ),
                migrations.AlterField(
                    "grant", "permission", models.ForeignKey("auth.permission", CASCADE, db_index=False)
                ),
            ],
        ),
    ]
