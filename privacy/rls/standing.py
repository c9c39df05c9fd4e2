"""Links between households and cases and requests to join stand as they were made; a partner writes its own alone."""

from __future__ import annotations

from privacy.rls.plan import only_whole_writes
from privacy.rls.spelling import ACTOR, APP
from privacy.rls.tables import as_maintenance

# A link stands as it was made, and what ended does not begin again; a yes is good for one link that began after it.
LINKS = f"""
REVOKE UPDATE ON casework_householdcase FROM {APP};
GRANT UPDATE (until) ON casework_householdcase TO {APP};
CREATE POLICY ends ON casework_householdcase AS RESTRICTIVE FOR UPDATE
    USING (until IS NULL) WITH CHECK (until IS NOT NULL);
""" + as_maintenance(f"""
CREATE OR REPLACE FUNCTION casework_may_join(wanted uuid, of_case uuid, link uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM casework_requestarrival a JOIN casework_accessrequest r ON r.id = a.request_id
        JOIN casework_householdcase n ON n.id = link AND n.since >= a.decided_at
        WHERE a.about_id = wanted AND a.joining_id = of_case AND a.decided_by = {ACTOR} AND r.state = 'given'
          AND NOT EXISTS (SELECT 1 FROM casework_householdcase l WHERE l.dossier_id = wanted
              AND l.case_dossier_id = of_case AND l.id <> link AND l.since >= a.decided_at))
$$;
""")

# Who asks founds the request, and could let itself into the part that says whether it arrived; only the delivery does.
# Who is kept away from the case that asks does not read that it asks.
REQUESTS = """
CREATE POLICY delivered ON privacy_grant AS RESTRICTIVE FOR INSERT WITH CHECK (kind <> 'request' OR part <> 'regie');
CREATE POLICY kept_away ON casework_requestarrival AS RESTRICTIVE FOR SELECT
    USING (joining_id IS NULL OR NOT privacy_kept_away(ARRAY[joining_id]));
"""

# A partner writes in its own line, which the policies of every table let it: its actions, consents and assessments, and
# not what only who works on the whole plan writes.
WHOLE = "".join(
    only_whole_writes(f"casework_{table}")
    for table in (
        "goal",
        "member",
        "householddecision",
        "safetyagreement",
        "phasedecision",
        "planversion",
        "planlink",
        "evaluation",
        "familycontact",
    )
)
