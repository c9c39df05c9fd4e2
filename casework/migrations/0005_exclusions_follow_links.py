"""A signal that is put in a case brings its exclusions along, and gets those of the case."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import linked


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_attachments"), ("privacy", "0009_linked_exclusions")]

    operations = [
        migrations.RunSQL(linked.INHERITING, "DROP TRIGGER casework_casesignal_inherit ON casework_casesignal")
    ]
