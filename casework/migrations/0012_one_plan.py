"""The plan: what is said of partners is sealed, agreements and links end with a reason, safety goes before recovery."""

from __future__ import annotations

from django.db import migrations, models

import privacy.encryption.fields
from privacy.rls import plan


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_one_regie")]

    operations = [
        migrations.AddField(
            model_name="goalpartner",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.RemoveField(model_name="goalpartner", name="decision_ref"),
        migrations.AddField(
            model_name="goalpartner",
            name="decision_ref",
            field=privacy.encryption.fields.SealedTextField(null=True),
        ),
        migrations.AddField(
            model_name="planlink",
            name="ended_because",
            field=privacy.encryption.fields.SealedTextField(null=True),
        ),
        migrations.AddField(
            model_name="planlink",
            name="reference",
            field=privacy.encryption.fields.SealedTextField(
                default=None, help_text="the number of the other: who reads this may not read that dossier"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="safetyagreement",
            name="ended_because",
            field=privacy.encryption.fields.SealedTextField(null=True),
        ),
        migrations.RunSQL(
            plan.PEOPLE
            + plan.PHASES
            + plan.RIGHTS
            + plan.CONSENTS
            + plan.OWN_ACTIONS
            + plan.only_whole_writes("casework_goalpartner")
            + plan.only_whole_writes("casework_planpiece"),
            migrations.RunSQL.noop,
        ),
    ]
