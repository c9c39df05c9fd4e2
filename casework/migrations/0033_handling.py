"""One contact point handles a request, never who is kept away from what it is about."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from privacy.rls import handling, person


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0032_sources_stay"),
        ("privacy", "0029_blocks_of_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rightsrequest",
            name="handled_by",
            field=models.ForeignKey(
                help_text="which contact point; handed over by the database alone",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(
            [handling.FUNCTIONS, handling.AGAIN, handling.again(person.RESTRICT), handling.WALLS],
            migrations.RunSQL.noop,
        ),
    ]
