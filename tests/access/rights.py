"""Requests of persons concerned, in each state that has an address of its own."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from casework.models import RightsObjection, RightsPassage
from casework.services.rights.releasing import refuse
from privacy.unlock import unlock
from tests.rights.scene import a_home, collected, identified, put, registered
from tests.world import Cast, as_

ABOUT: dict[str, dict[str, Any]] = {
    "rights-detail": {"pk": "rightsasked"}, "rights-identity": {"pk": "rightsnew"},
    "rights-settle": {"pk": "rightsdoubt"}, "rights-extend": {"pk": "rightsnew"},
    "rights-search": {"pk": "rightsfound"}, "rights-confirm": {"pk": "rightsfound"},
    "rights-collect": {"pk": "rightsfound"}, "rights-refuse": {"pk": "rightsnew"},
    "rights-release": {"pk": "rightsasked"}, "rights-letter": {"pk": "rightsdone"},
    "rights-file": {"pk": "rightsdone"},
    "rights-passage": {"pk": "rightsasked", "passage_id": "rightspassage"},
    "rights-question": {"pk": "rightsquestion"}, "rights-all-may": {"pk": "rightsquestion"},
    "rights-remind": {"pk": "rightsquestion"},
    "rights-say": {"pk": "rightsasked", "passage_id": "rightspassage"},
    "rights-restrict": {"pk": "rightsasked"}, "rights-lift": {"pk": "rightsasked"},
    "rights-looked": {"pk": "rightsasked"},
    "rights-reply": {"pk": "rightsquestion", "passage_id": "rightspassage"},
    "rights-take-over": {"pk": "rightsasked"}, "rights-hand-over": {"pk": "rightsasked"},
    "rights-put": {"pk": "rightsfound"}, "rights-weigh": {"pk": "rightsobjection"},
    "rights-weigh-again": {"pk": "rightsobjection"},
    "rights-erase-decide": {"pk": "rightserasequestion", "passage_id": "rightserase"},
    "rights-erase": {"pk": "rightserasing", "passage_id": "rightserase"},
    "rights-answer": {"pk": "rightsquestion", "passage_id": "rightspassage"},
}  # fmt: skip


def at_the_desk(cast: Cast) -> dict[str, Any]:
    """Of every moment in the life of a request one. Wilma's corporation is asked about the one that is being judged."""
    a_home(cast)
    asked = collected(cast)
    new, found = registered(cast), identified(cast, registered(cast))
    doubt = identified(cast, registered(cast), doubt="party")
    done = registered(cast)
    with as_(cast.conny) as (by, _):
        unlock([done.dossier_id, asked.dossier_id], by=by)
        refuse(done, "avg_12_6", "", now=timezone.now(), today=timezone.localdate(), by=by)
        passage = RightsPassage.objects.filter(request=asked, organisation=cast.corporatie, own=False).first()
    assert passage is not None
    erasing = collected(cast, registered(cast, kind="wissing"))
    with as_(cast.conny):
        erased = RightsPassage.objects.filter(request=erasing, organisation=cast.corporatie, own=False).first()
    assert erased is not None
    put(cast)
    with as_(cast.rosa):
        objection = RightsObjection.objects.order_by("about_reference").first()
    assert objection is not None
    return {
        "rightsasked": asked.pk, "rightsnew": new.pk, "rightsfound": found.pk, "rightsdoubt": doubt.pk,
        "rightsdone": done.pk, "rightspassage": passage.pk, "rightsquestion": passage.question_id,
        "rightsobjection": objection.pk, "rightserasing": erasing.pk, "rightserase": erased.pk,
        "rightserasequestion": erased.question_id,
    }  # fmt: skip
