"""Who was there when an item was discussed stands in the log as a reader: once, and with who noted it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Case, Meeting
from partners.models import User
from privacy.audit import mac, watching
from privacy.models import AuditEntry
from tests.conftest import Log
from tests.meetings.scene import a_meeting, an_item, begun, closed, published
from tests.meetings.scene_minutes import ended, noted
from tests.world import Cast, a_case, a_signal, invited

Login = Callable[[User], Client]
PRESENT = "meeting.present"
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


def present(log: Log) -> list[AuditEntry]:
    return log.changes(event=PRESENT)


def test_who_was_there_read_it_and_who_was_not_did_not(cast: Cast, case: Case, meeting: Meeting, log: Log) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet, cast.pieter, cast.wout)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa)
    noted(item, cast.rachid, cast.greet)
    noted(item, cast.rachid, cast.pieter, present=False)
    assert present(log) == []
    closed(item, cast.rosa)
    (entry,) = present(log)
    assert (entry.actor_id, entry.actor_name, entry.organisation_id) == (cast.greet.pk, "Greet Proef", cast.ggz.pk)
    assert (entry.dossiers, entry.references) == ([case.dossier_id], [case.dossier.reference])
    assert (entry.channel, entry.session, entry.remote_addr) == ("table", "", None)
    assert entry.purpose == "aan tafel, genoteerd door Rachid Proef"
    assert entry.action == AuditEntry.Action.ACCESS
    assert entry.compartments == [], "no key was opened for it"


def test_it_is_written_once_however_the_item_ends(cast: Cast, case: Case, meeting: Meeting, log: Log) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa)
    noted(item, cast.rosa, cast.greet)
    closed(item, cast.rosa)
    ended(meeting, cast.rosa)
    ended(meeting, cast.rosa)
    assert len(present(log)) == 1


def test_closing_the_meeting_writes_it_too(cast: Cast, case: Case, meeting: Meeting, log: Log) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa)
    noted(item, cast.rosa, cast.greet)
    ended(meeting, cast.rosa)
    assert [entry.actor_name for entry in present(log)] == ["Greet Proef"]


def test_the_own_organisation_and_the_privacy_officer_read_it_in_dutch(
    cast: Cast, case: Case, meeting: Meeting, login: Login
) -> None:
    invited(case, cast.rosa, cast.greet)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa)
    noted(item, cast.rosa, cast.greet)
    closed(item, cast.rosa)
    officer = login(cast.fatima)
    officer.post("/privacy/logboek/doel/", {"use": "lawful"})
    for client, there in (
        (login(cast.greet), f"/casussen/{case.pk}/wie-keek/"),
        (officer, f"/privacy/logboek/?ref={case.dossier.reference}"),
    ):
        text = client.get(there).content.decode()
        assert "was aanwezig toen dit werd besproken" in text, there
        assert "genoteerd door Rosa Proef" in text
        assert "aan tafel, niet op een scherm" in text


def test_the_entry_is_stamped_as_it_is_stored_and_both_accounts_agree(
    cast: Cast, case: Case, meeting: Meeting, log: Log
) -> None:
    # What other tests left behind, who really commit past the application, is counted before.
    left_by_others = watching.compare_traces(None, now=timezone.now()).wrong
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa)
    noted(item, cast.rosa, cast.greet)
    closed(item, cast.rosa)
    (entry,) = present(log)
    stored = bytes(entry.mac)
    mac.stamp(entry)
    assert entry.mac == stored, "nothing of it was changed after its MAC"
    assert watching.compare_traces(None, now=timezone.now()).wrong == left_by_others


def test_of_whom_nothing_was_noted_nothing_is_said(cast: Cast, case: Case, meeting: Meeting, log: Log) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa)
    closed(item, cast.rosa)
    assert present(log) == [], "nobody noted whether Greet was there"
