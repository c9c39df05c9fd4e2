"""A file goes when what it hangs on goes, and stays when that is made better."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from casework.attaching import MOST_FILES, take_in
from casework.models import Attachment, AttachmentChunk, Case, Contribution, Signal, SignalDraft
from casework.services import attachments, contributions, drafts, triage
from privacy.access import open_one, visible
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.attachments.hands import a_real_case, brought, files_of, given
from tests.attachments.makers import GOOD
from tests.casework.conftest import Browsers
from tests.commits import committed
from tests.conftest import Log
from tests.world import Cast, a_signal, as_, confidential, item


def left() -> tuple[int, int]:
    """Committed files and chunks, past every policy."""
    return tuple(model.objects.using("maintenance").count() for model in (Attachment, AttachmentChunk))  # type: ignore


def test_withdrawing_takes_the_files_of_every_version(cast: Cast, browser: Browsers) -> None:
    case = a_real_case(cast)
    old = committed(lambda: brought(case, cast.wilma, GOOD["txt"], GOOD["pdf"]))
    keep = [str(pk) for pk in files_of(cast.wilma)]
    better = given(text="Beter.", keep=keep)
    committed(lambda: browser(cast.wilma).do("case-correct", case.pk, old.pk, **better))
    assert left() == (4, 4)
    new = _newest(cast)
    assert committed(lambda: browser(cast.wilma).do("case-withdraw", case.pk, new.pk)).status_code == 302
    assert left() == (0, 0)


def _newest(cast: Cast) -> Contribution:
    with as_(cast.wilma) as (by, _):
        return visible(Contribution, by=by).get(corrected_at=None)


def test_a_better_version_keeps_the_chosen_files_for_its_own_readers(cast: Cast, case: Case, browser: Browsers) -> None:
    wilma, pieter = browser(cast.wilma), browser(cast.pieter)
    old = brought(case, cast.wilma, GOOD["txt"], GOOD["pdf"], audience="regie")
    assert files_of(cast.pieter) == []
    first = files_of(cast.wilma)[0]
    page = wilma.see("case-correct", case.pk, old.pk)
    assert GOOD["txt"][0] in page.content.decode()
    wilma.do("case-correct", case.pk, old.pk, **given(GOOD["odt"], text="Beter.", keep=[str(first)]))
    names = {pieter.see("attachment", pk).headers["Content-Disposition"] for pk in files_of(cast.pieter)}
    assert names == {'attachment; filename="notitie.txt"', 'attachment; filename="brief.odt"'}


def test_a_file_of_another_contribution_cannot_be_carried_over(cast: Cast, case: Case, browser: Browsers) -> None:
    brought(case, cast.wilma, GOOD["txt"], audience="own")
    stolen = files_of(cast.wilma)
    mine = brought(case, cast.pieter)
    answer = browser(cast.pieter).do("case-correct", case.pk, mine.pk, **given(text="x", keep=[str(stolen[0])]))
    assert answer.status_code in (302, 422)
    assert files_of(cast.pieter) == []


def test_a_rejected_signal_loses_its_files(cast: Cast) -> None:
    files = (take_in(*GOOD["txt"]),)
    signal = committed(lambda: a_signal(cast.wilma, cast.overlast, item(files=files), confidential("x", files=files)))
    assert left() == (2, 2)

    def reject() -> None:
        with as_(cast.rosa) as (by, _):
            triage.reject(open_one(Signal, signal.pk, by=by), "te_weinig", now=timezone.now(), by=by)

    committed(reject)
    assert left() == (0, 0)


def a_draft(cast: Cast) -> SignalDraft:
    with as_(cast.wilma) as (by, _):
        draft = drafts.start("woonoverlast", now=timezone.now(), by=by)
        drafts.keep(draft, {"table": [str(cast.overlast.pk)]}, now=timezone.now(), by=by)
        drafts.add_files(draft, 0, [take_in(*GOOD["txt"])], now=timezone.now(), by=by)
    return draft


def test_a_draft_that_is_thrown_away_takes_its_files_along(cast: Cast, browser: Browsers) -> None:
    draft = committed(lambda: a_draft(cast))
    assert files_of(cast.wilma)
    assert files_of(cast.wout) == files_of(cast.rosa) == []
    assert left() == (1, 1)
    assert committed(lambda: browser(cast.wilma).do("signal-draft-drop", draft.pk)).status_code == 302
    assert left() == (0, 0)


def test_an_act_that_fails_leaves_no_file(cast: Cast) -> None:
    case = a_real_case(cast)

    def fail() -> None:
        with transaction.atomic():
            brought(case, cast.wilma, GOOD["txt"])
            raise RuntimeError("afterwards")

    with pytest.raises(RuntimeError):
        committed(fail)
    assert left() == (0, 0)


def test_no_more_files_than_there_is_room_for(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="ten hoogste 10 bijlagen"):
        brought(case, cast.wilma, *[GOOD["txt"]] * (MOST_FILES + 1))
    assert files_of(cast.wilma) == []


def test_no_more_of_one_organisation_in_a_dossier_than_there_is_room_for(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_OF_ORGANISATION", 60)
    brought(case, cast.wilma, ("a.txt", b"a" * 40))
    with pytest.raises(Refused, match="Haal eerst bijlagen weg"):
        brought(case, cast.wilma, ("b.txt", b"b" * 40))
    brought(case, cast.pieter, ("b.txt", b"b" * 40))


def test_a_file_taken_off_is_gone_and_its_contribution_stays(
    cast: Cast, case: Case, browser: Browsers, log: Log
) -> None:
    kept = brought(case, cast.wilma, GOOD["txt"])
    [pk] = files_of(cast.wilma)
    wilma = browser(cast.wilma)
    assert GOOD["txt"][0] in wilma.see("case-attachment-remove", case.pk, kept.pk, pk).content.decode()
    assert wilma.do("case-attachment-remove", case.pk, kept.pk, pk).status_code == 302
    assert files_of(cast.wilma) == []
    assert "Zie bijlage." in wilma.see("case-contributions", case.pk).content.decode()
    assert [entry.object_pk for entry in log.changes(event="file.removed")] == [str(pk)]
    # Twice, from two windows.
    assert wilma.do("case-attachment-remove", case.pk, kept.pk, pk).status_code == 404


def test_what_was_removed_a_moment_ago_in_another_window_is_left_at_that(cast: Cast, case: Case) -> None:
    kept = brought(case, cast.wilma, GOOD["txt"])
    [pk] = files_of(cast.wilma)
    for _ in range(2):
        with as_(cast.wilma) as (by, _ring):
            unlock([case.dossier_id], by=by)
            contributions.remove_file(kept, pk, by=by)
    assert files_of(cast.wilma) == []
