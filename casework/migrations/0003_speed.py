"""Signals that wait are found without passing the ones that were judged, open cases without the closed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_row_level_security")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["table", "retain_until"],
                condition=models.Q(status="open"),
                name="casework_case_retained",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["table", "opened_at"],
                condition=models.Q(status="open"),
                name="casework_case_oldest",
            ),
        ),
        migrations.AddIndex(
            "signal",
            models.Index(
                fields=["table", "submitted_at"],
                condition=models.Q(status__in=["new", "asked"]),
                name="casework_signal_waiting",
            ),
        ),
    ]
