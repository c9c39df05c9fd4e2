"""A mother asks what is known of her: the file holds hers and nothing of the others, each block with its ground."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from casework.models import RightsPassage, RightsRelease, RightsRequest
from casework.rights_rules import GROUNDS
from casework.services.rights import judging
from casework.services.rights.judging import Judgement
from casework.services.rights.releasing import composed, pairs_of, release
from privacy.models import Grant
from privacy.unlock import unlock
from tests.pdf import text_of_pdf
from tests.rights.scene import FAMILY, a_home, answered, collected, judged, registered
from tests.world import Cast, as_


def released(cast: Cast, request: RightsRequest) -> tuple[str, str]:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        later = timezone.localdate() + timedelta(days=20)
        release(request, "", None, now=timezone.now(), today=later, by=by)
        made = RightsRelease.objects.get(request=request)
        return text_of_pdf(made.letter), text_of_pdf(made.file)


def test_the_file_of_a_mother_holds_hers_and_nothing_of_the_others(cast: Cast) -> None:
    home = a_home(cast)
    request = collected(cast)
    assert answered(cast, request, cast.wilma) > 2
    assert answered(cast, request, cast.pieter) == 1
    judged(cast, request, home)
    letter, file = released(cast, request)
    bare = "".join(file.split())
    for mine in home.hers:
        assert mine in bare, mine
    for other in (*home.of_others, *home.goals_of_others, *home.secret):
        assert other not in bare, other
    for name in FAMILY:
        assert name not in file
        assert name.split()[0] not in file
    assert "artikel 15, lid 4, AVG" in file
    assert "zes weken" in letter
    assert "Autoriteit Persoonsgegevens" in letter


def test_who_told_is_not_named(cast: Cast) -> None:
    a_home(cast)
    request = collected(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        told = RightsPassage.objects.filter(source="Melding").get()
        assert told.shielded
        assert told.text
        assert not RightsPassage.objects.filter(own=True).exclude(text=None).exists()


def test_nothing_is_left_of_the_access_of_collecting(cast: Cast) -> None:
    a_home(cast)
    request = registered(cast)
    collected(cast, request)
    with as_(cast.conny):
        left = Grant.objects.exclude(given_for__startswith="desk:")
        assert not left.exists()


def test_every_block_has_a_ground_of_the_list_and_the_list_explains_it(cast: Cast) -> None:
    home = a_home(cast)
    request = collected(cast)
    answered(cast, request, cast.wilma)
    answered(cast, request, cast.pieter, verdict="refused", ground="wpg_27", reason="Er loopt een onderzoek.")
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        for passage in RightsPassage.objects.filter(organisation=cast.politie):
            judging.judge(passage, Judgement(refused_on="wpg_27"), now=timezone.now(), by=by)
        judged(cast, request, home, but=cast.politie)
        content = composed(request, pairs_of(request)).content
    listed = {one["sign"]: one["law"] for one in content["grounds"]}
    pieces = [piece for part in content["parts"] for passage in part["passages"] for piece in passage["pieces"]]
    blocks = [piece for piece in pieces if piece["ground"]]
    assert {piece["ground"] for piece in blocks} == {"avg_15_4", "wpg_27"}
    for block in blocks:
        assert listed[block["sign"]] == GROUNDS[block["ground"]][0]
        assert not block["text"]
    assert set(listed) == {block["sign"] for block in blocks}


def test_goals_of_others_are_not_taken_over(cast: Cast) -> None:
    home = a_home(cast)
    request = collected(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        text = " ".join(row.text or "" for row in RightsPassage.objects.all())
    assert len(home.goals_of_others) == len(FAMILY)
    assert home.hers[-1] in text
    assert not any(goal in text for goal in home.goals_of_others)
