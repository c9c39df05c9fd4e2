"""Minutes are fixed by two and then never change; overdue actions of the table count for the alarm of the case."""

from __future__ import annotations

from django.db import migrations, models

from privacy.rls import minutes


class Migration(migrations.Migration):
    dependencies = [("casework", "0023_asking")]

    operations = [
        migrations.AddConstraint(
            model_name="minutesversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fixed_at__isnull", True),
                    models.Q(("chair_at__isnull", False), ("secretary_at__isnull", False)),
                    _connector="OR",
                ),
                name="casework_minutes_by_both",
            ),
        ),
        migrations.RunSQL(minutes.EVERYTHING, migrations.RunSQL.noop),
    ]
