"""Households and plans get their policies and triggers; the database keeps one regie at a time, without a gap."""

from __future__ import annotations

from django.db import migrations

from privacy import rls
from privacy.rls import household, one_regie


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_households")]

    operations = [
        rls.protection(
            "casework_household",
            "casework_householdface",
            "casework_householdcase",
            "casework_member",
            "casework_householddecision",
            "casework_handover",
            "casework_plan",
            "casework_goal",
            "casework_goalpartner",
            "casework_action",
            "casework_safetyagreement",
            "casework_phasedecision",
            "casework_planversion",
            "casework_planpiece",
            "casework_planconsent",
            "casework_planlink",
        ),
        rls.only_regie_writes_once_founded("casework_household"),
        rls.only_regie_writes_once_founded("casework_householdcase"),
        rls.only_regie_writes_once_founded("casework_regieassignment"),
        migrations.RunSQL(
            one_regie.KEEPING + household.LINKING + household.RIGHTS + household.TRIGGERS, migrations.RunSQL.noop
        ),
    ]
