"""A mother asks what is known of her: the file holds hers and nothing of the others, each block with its ground."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from casework.models import RightsPassage, RightsRelease, RightsRequest
from casework.services.rights.releasing import release
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
    for other in (*home.of_others, *home.secret):
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
