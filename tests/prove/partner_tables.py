"""Tables that meet in a world of partners: items hidden, open and closed; what was asked, refused and wished."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from casework.models import AgendaItem, ItemQuestion, Meeting, Participation
from partners.models import CaseTable, User
from tests.meetings.scene import a_guest, a_meeting, an_item, asked, closed, knows_nothing, published, refused, wished
from tests.prove.partner_oracle import Circle, Joint, Oracle, Point, Taking
from tests.world import as_

if TYPE_CHECKING:
    from tests.prove.partner_world import Builder


def meet(builder: Builder) -> None:
    """Every table meets; its open cases stand on the agenda, and one more is put on it after publication."""
    for table in builder.world.tables:
        there = [case for case in builder.world.cases if case.table.pk == table.pk and not case.closed]
        if there:
            _meet(builder, table, there)


def _meet(builder: Builder, table: CaseTable, there: list[Joint]) -> None:
    world, leader = builder.world, builder._regisseur(table)
    meeting, later = (a_meeting(table, leader, in_days=days) for days in (7, 14))
    for one in (meeting, later):
        world.secret("overleg", None, lambda o, u: o.at_table(u, table), str(world.keep("meeting", one.pk)))
        world.meetings[one.pk] = table
    points = [_put_on(builder, meeting, case, leader) for case in there]
    published(meeting, leader, *(case.row for case in there))
    for point in points:
        _sit_down(builder, point, leader)
        _ask(builder, point, leader)
        _wish(builder, point)
        if builder.chance.random() < 0.4:
            _close(builder, point, leader)
    _put_on(builder, later, builder.chance.choice(there), leader)


def _may_sit(builder: Builder, case: Joint) -> list[User]:
    """Who takes part openly, and who never did: of an organisation of which nobody takes part unseen."""
    unseen = {taking.user.organisation_id for taking in case.taking if taking.hidden}
    before = {taking.user.pk for taking in case.taking}
    open_ones = [taking.user for taking in case.taking if not taking.hidden and not taking.over]
    fresh = [user for user in builder._seated(case.table) if user.pk not in before]
    return [user for user in (*open_ones, *fresh) if user.organisation_id not in unseen]


def _put_on(builder: Builder, meeting: Meeting, case: Joint, leader: User) -> Point:
    world, able = builder.world, _may_sit(builder, case)
    sits = builder.chance.sample(able, min(len(able), builder.chance.randint(1, 3)))
    point = Point(None, case, frozenset(user.pk for user in sits), meeting.chair_id)  # type: ignore[arg-type]
    reads: Circle = lambda o, u: o.point_read(u, point)  # noqa: E731
    point.row = an_item(meeting, case.row, leader, *sits, goal=world.secret("doel", case, reads))
    case.points.append(point)
    world.secret("punt bestaat", case, reads, str(world.keep("agendaitem", point.row.pk, case.row)))
    guest = a_guest(point.row, leader, name=world.secret("gast", case, reads), why=world.secret("gast", case, reads))
    world.secret("gast bestaat", case, reads, str(world.keep("guest", guest.pk, case.row)))
    return point


def _sit_down(builder: Builder, point: Point, leader: User) -> None:
    """Published: who did not take part does now, for this item, and got what was meant for all participants."""
    case = point.case
    point.published = True
    taking = {one.user.pk for one in case.taking}
    for user in builder._seated(case.table):
        if user.pk in point.sits and user.pk not in taking:
            case.taking.append(Taking(user, False))
            point.guests_of_case.append(case.taking[-1])
            for brought in case.brought:
                if brought.audience == "table" and brought.open_to(user.organisation_id):
                    brought.circle.add(user.organisation_id)
            with as_(leader):
                row = Participation.objects.get(case=case.row, user=user, ended_at=None)
            builder.world.keep("participation", row.pk, case.row)


def _people(builder: Builder, point: Point) -> list[User]:
    return [user for user in builder._seated(point.case.table) if user.pk in point.sits]


def _of_one(point: Point, home: UUID) -> Circle:
    """The regie, and the people of one organisation who sit at an item."""
    return lambda o, u: o.point_read(u, point) and (u.organisation_id == home or o.case_regie(u, point.case))


def _ask(builder: Builder, point: Point, leader: User) -> None:
    world, case = builder.world, point.case
    for user in {user.organisation_id: user for user in _people(builder, point)}.values():
        reads = _of_one(point, user.organisation_id)
        asked(point.row, leader, world.secret("vraag voor overleg", case, reads), user.organisation)
        with as_(leader):
            question = ItemQuestion.objects.get(item=point.row, organisation=user.organisation_id)
        world.secret("vraag bestaat", case, reads, str(world.keep("question", question.pk, case.row)))
        luck = builder.chance.random()
        if luck < 0.4:
            _refuse(builder, point, user)
        elif luck < 0.6:
            knows_nothing(user, point.row)


def _refuse(builder: Builder, point: Point, author: User) -> None:
    """Why nothing is shared: the chair, and who wrote it for as long as that person sits there."""

    def reads(oracle: Oracle, user: User) -> bool:
        if user.pk == point.chair:
            return oracle.case_regie(user, point.case)
        return user.pk == author.pk and oracle.point_read(user, point)

    refused(author, point.row, builder.world.secret("weigering", point.case, reads))


def _wish(builder: Builder, point: Point) -> None:
    case = point.case
    able = [taking.user for taking in case.taking if not taking.over]
    if not able or builder.chance.random() < 0.4:
        return
    user = builder.chance.choice(able)
    home = user.organisation_id
    reads: Circle = lambda o, u: o.case_regie(u, case) or (u.organisation_id == home and o.takes_part(u, case))  # noqa: E731
    wish = wished(user, case.row, builder.world.secret("wens", case, reads))
    builder.world.secret("wens bestaat", case, reads, str(builder.world.keep("agendawish", wish.pk, case.row)))


def _close(builder: Builder, point: Point, leader: User) -> None:
    with as_(leader):
        row = AgendaItem.objects.select_related("case__dossier", "meeting", "dossier").get(pk=point.row.pk)
    closed(row, leader)
    point.closed = True
    for taking in point.guests_of_case:
        taking.over = True
