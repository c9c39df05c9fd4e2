"""Every table inside a dossier gets its policies and its trigger."""

from __future__ import annotations

from django.db import migrations

from privacy import rls


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("privacy", "0002_walls")]

    operations = [
        rls.protection(
            "casework_signal",
            "casework_signalsource",
            "casework_signalplace",
            "casework_signalsubject",
            "casework_signalnumber",
            "casework_signalitem",
            "casework_signalanswers",
            "casework_signaltrace",
            "casework_signalmessage",
            "casework_signaldraft",
            "casework_triagedecision",
            "casework_case",
            "casework_caseface",
            "casework_caseadmission",
            "casework_casesubject",
            "casework_casenumber",
            "casework_regieassignment",
            "casework_participation",
            "casework_casesignal",
            "casework_contribution",
            "casework_disclosure",
            "casework_importbatch",
            "casework_importrow",
        ),
        rls.only_owner_changes("casework_contribution"),
        rls.only_regie_writes("casework_participation"),
    ]
