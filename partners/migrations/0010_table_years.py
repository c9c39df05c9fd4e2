"""A table may keep shorter than its profile allows; only a beheerder says so."""

from __future__ import annotations

from django.db import migrations, models

from privacy.rls import term_changes


class Migration(migrations.Migration):
    dependencies = [("partners", "0009_desks_counted"), ("privacy", "0028_term_changes")]

    operations = [
        migrations.AddField(
            model_name="casetable",
            name="retention_years",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="shorter than the profile allows; empty is as the profile says",
                null=True,
                verbose_name="eigen bewaartermijn in jaren",
            ),
        ),
        migrations.AddConstraint(
            model_name="casetable",
            constraint=models.CheckConstraint(
                condition=models.Q(("retention_years__isnull", True), ("retention_years__gte", 1), _connector="OR"),
                name="partners_table_years",
            ),
        ),
        migrations.RunSQL(term_changes.YEARS, migrations.RunSQL.noop),
    ]
