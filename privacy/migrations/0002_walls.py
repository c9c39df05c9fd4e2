"""Row level security, the content-free trigger, the definer functions and the append-only log."""

from __future__ import annotations

from django.db import migrations

from privacy.rls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunSQL(walls.FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(walls.WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(walls.OWNERS, migrations.RunSQL.noop),
        migrations.RunSQL(walls.CACHE_TABLE, "DROP TABLE privacy_cache"),
    ]
