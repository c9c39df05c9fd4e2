"""What is due is found off an index."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("escalation", "0003_term_jobs"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["dossier", "review_on"], name="escalation_standing_review"),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["dossier", "ends"],
                name="escalation_term_running",
            ),
        ),
    ]
