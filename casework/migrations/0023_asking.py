"""Asking before a meeting, what a guest is asked and told, and who hands on the parts of the table."""

from __future__ import annotations

from django.db import migrations

import privacy.encryption.fields
from privacy.rls import at_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0022_calendar")]

    operations = [
        migrations.AddField(
            model_name="guest",
            name="question",
            field=privacy.encryption.fields.SealedTextField(
                help_text="what this person is asked, on the sheet", null=True
            ),
        ),
        migrations.AddField(
            model_name="guest",
            name="agreements",
            field=privacy.encryption.fields.SealedTextField(
                help_text="what was agreed with this person, on the sheet", null=True
            ),
        ),
        migrations.RunSQL(at_table.EVERYTHING, migrations.RunSQL.noop),
    ]
