from __future__ import annotations

from django.db import migrations, models

from privacy.rls import term_jobs


class Migration(migrations.Migration):
    """What the background watches over: terms and reviews, told of once."""

    dependencies = [("escalation", "0002_deciders")]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="review_told",
            field=models.DateField(help_text="the review date that word was sent of", null=True),
        ),
        migrations.RunSQL(term_jobs.EVERYTHING, migrations.RunSQL.noop),
    ]
