"""Second factors and counted tries stand behind policies of their own."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import login


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0010_table_years"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("axes", "0010_accessattemptexpiration"),
    ]

    operations = [
        migrations.RunSQL(login.FACTORS, migrations.RunSQL.noop),
        migrations.RunSQL(login.TRIES, migrations.RunSQL.noop),
    ]
