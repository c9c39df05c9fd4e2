"""Signals that wait for a judgement are found without passing the ones that were judged."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_row_level_security")]

    operations = [
        migrations.AddIndex(
            "signal",
            models.Index(
                fields=["table", "submitted_at"],
                condition=models.Q(status__in=["new", "asked"]),
                name="casework_signal_waiting",
            ),
        ),
    ]
