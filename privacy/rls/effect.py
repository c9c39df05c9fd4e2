"""Who assesses says so in the line of the own organisation: who directs reads it there and adds or changes nothing."""

from __future__ import annotations

from privacy.rls.spelling import ACTOR, ORGANISATION

ASSESSMENT = "casework_assessment"
OWN_LINE = (
    f"EXISTS (SELECT 1 FROM privacy_compartment c WHERE c.id = {ASSESSMENT}.compartment_id "
    f"AND c.kind = 'liaison' AND c.organisation_id = {ORGANISATION})"
)

ASSESSING = f"""
CREATE POLICY owner_adds ON {ASSESSMENT} AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = {ORGANISATION} AND made_by_id = {ACTOR} AND {OWN_LINE});
CREATE POLICY owner_changes ON {ASSESSMENT} AS RESTRICTIVE FOR UPDATE USING (organisation_id = {ORGANISATION});
"""
