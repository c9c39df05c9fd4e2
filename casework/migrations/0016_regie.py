"""The regie rests on something, is handed over with the receiver's word, and is never without a name."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from privacy.rls import regie


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_stagnation"),
        ("partners", "0004_leaving"),
        ("privacy", "0017_households"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="regieassignment",
            name="back_on",
            field=models.DateField(help_text="when who is away expects to be back", null=True),
        ),
        migrations.AlterField(
            model_name="regieassignment",
            name="vacant_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left", "uit dienst"),
                    ("seat", "zetel afgelopen"),
                    ("ended", "doet niet meer mee"),
                    ("ill", "afwezig"),
                    ("organisation", "organisatie doet niet meer mee"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="regieassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="casework_regie_period",
            ),
        ),
        migrations.AlterField(
            model_name="handover",
            name="household",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="handovers",
                to="casework.household",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="expires_at",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)), fields=("case",), name="casework_handover_one_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("household__isnull", True)),
                    models.Q(("case__isnull", True), ("household__isnull", False)),
                    _connector="OR",
                ),
                name="casework_handover_of_one",
            ),
        ),
        migrations.RunSQL(regie.EVERYTHING, migrations.RunSQL.noop),
    ]
