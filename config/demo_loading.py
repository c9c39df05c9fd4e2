"""Loads Voorbeeldstad by letting its people do what they did: through the same verbs as the screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from casework.models import (
    Audience,
    Case,
    Contribution,
    ItemAudience,
    ItemKind,
    RegieKind,
    Severity,
    SubjectKind,
    Told,
)
from casework.services import (
    asking,
    cases,
    contributions,
    disclosing,
    drafts,
    emergency,
    groups,
    participants,
    signals,
    triage,
)
from casework.services.groups import GroupMemberInput
from casework.values import (
    CaseInput,
    CaseSubjectInput,
    ContributionInput,
    CriterionAnswer,
    ItemInput,
    PlaceInput,
    SignalInput,
    SubjectInput,
)
from config import demo_data as demo
from config.demo_accounting import load_accounting
from config.demo_breaches import load_breaches
from config.demo_extension import load_extension
from config.demo_households import load_households
from config.demo_ladder import load_deciders, load_ladder
from config.demo_logbook import load_logbook
from config.demo_meetings import load_meetings
from config.demo_retention import load_retention
from config.demo_review import load_review
from config.demo_rights import load_rights
from config.demo_town import Town
from partners.models import CaseTable, Covenant, Organisation, User
from partners.services.organisations import save_covenant, save_organisation
from partners.services.seats import save_table, seat, sign_secrecy
from privacy.acting import acting
from privacy.actor import Actor, system_actor
from privacy.audit import record
from privacy.roles import Role

PASSWORD = "Voorbeeldstad-2026"
KINDS = {"table": Audience.TABLE, "regie": Audience.REGIE, "organisations": Audience.CHOSEN, "own": Audience.OWN}


def _builder() -> Actor:
    return replace(system_actor("demo laden"), roles=frozenset({Role.BEHEERDER}))


def _load_organisations(town: Town, by: Actor) -> None:
    for one in town.data.organisations:
        town.organisations[one.key] = save_organisation(Organisation(name=one.name, kind=one.kind), by=by)
    names = {one.key: one.name for one in town.data.neighbourhoods}
    for table in town.data.tables:
        area = ", ".join(names[key] for key in table.area)
        town.tables[table.key] = save_table(
            CaseTable(
                name=table.name,
                code=table.key.replace("_", "-"),
                theme=table.theme,
                area=area[:120],
                profile=table.profile,
            ),
            by=by,
        )
    for covenant in town.data.covenants:
        save_covenant(
            Covenant(
                name=covenant.name,
                themes=list(covenant.themes),
                categories=list(covenant.categories),
                valid_from=town.today - timedelta(days=covenant.from_days_ago),
                valid_until=town.today + timedelta(days=covenant.until_days),
            ),
            organisations=[town.organisations[key] for key in covenant.organisations],
            by=by,
        )


def _load_people(town: Town, by: Actor) -> None:
    password = User()
    password.set_password(PASSWORD)  # hashed once: a slow hash for forty people would be forty times slow
    for one in town.data.people:
        user = User(
            email=one.email,
            name=one.name,
            function=one.function,
            organisation=town.organisations[one.organisation],
            roles=list(one.roles),
            password=password.password,
        )
        user.save()
        record.change("user.saved", obj=user, fields=["email", "name", "organisation", "roles"], by=by)
        town.people[one.key] = user
    for one in town.data.people:
        for given in one.seats:
            until = None if given.until_days is None else timezone.now() + timedelta(days=given.until_days)
            since = timezone.now() - timedelta(days=given.from_days_ago)
            table, user, role = town.tables[given.table], town.people[one.key], Role(given.role)
            seat(table, user, role, since=since, until=until, now=timezone.now(), by=by)


def _sign(town: Town) -> None:
    for one in town.data.people:
        if one.signed and one.seats:
            with town.doing(one.key) as by:
                for key in dict.fromkeys(given.table for given in one.seats):
                    sign_secrecy(town.tables[key], town.people[one.key], by=by)


def _place(town: Town, place: demo.Place) -> PlaceInput:
    return PlaceInput(place.street, place.house.upper(), place.postcode, place.town, place.note)


def _signal_input(town: Town, one: demo.Signal) -> SignalInput:
    reporter = town.people[one.reporter]
    names = {area.key: area.name for area in town.data.neighbourhoods}
    told = None if one.told is None else (Told.YES if one.told else Told.NO)
    return SignalInput(
        table_id=town.tables[one.table].pk,
        source_id=reporter.organisation_id,
        reporter_name=reporter.name,
        reporter_function=reporter.function,
        items=tuple(
            ItemInput(
                ItemKind(i.kind), i.text, i.category, ItemAudience(i.audience), i.source, one.observed.on(town.today)
            )
            for i in one.items
        ),
        subjects=tuple(
            SubjectInput(SubjectKind(s.kind), s.name, s.birth.on(town.today) if s.birth else None, s.bsn)
            for s in one.subjects
        ),
        place=_place(town, one.place),
        severity=Severity(one.severity),
        neighbourhood=names.get(one.place.neighbourhood, ""),
        observed_on=one.observed.on(town.today),
        answers={key: list(value) if isinstance(value, tuple) else value for key, value in one.answers.items()},
        told=told,
        not_told_reason=one.told_reason,
    )


def _draft(town: Town, one: demo.Signal) -> None:
    text = one.items[0].text if one.items else ""
    with town.doing(one.reporter) as by:
        now = one.sent.at(town.today)
        draft = drafts.start(one.theme, now=now, by=by)
        body = {
            "table": [str(town.tables[one.table].pk)],
            "street": [one.place.street],
            "text_0": [text],
            "step_1": ["1"],
        }
        drafts.keep(draft, body, now=now, by=by)


def _submit(town: Town, one: demo.Signal) -> None:
    with town.doing(one.reporter) as by:
        town.signals[one.key] = signals.submit(_signal_input(town, one), now=one.sent.at(town.today), by=by)


def _questions(town: Town, one: demo.Signal) -> None:
    signal = town.signals[one.key]
    for question in one.questions:
        with town.doing(question.by, signal.dossier_id) as by:
            triage.ask(signal, question.text, now=question.asked.at(town.today), by=by)
        if question.answer and question.answered:
            with town.doing(one.reporter, signal.dossier_id) as by:
                signals.answer(signal, question.answer, now=question.answered.at(town.today), by=by)


def _outcome(town: Town, one: demo.Signal) -> None:
    if one.outcome is None or one.outcome.case:
        return
    signal, outcome = town.signals[one.key], one.outcome
    with town.doing(outcome.by, signal.dossier_id) as by:
        now = outcome.moment.at(town.today)
        if outcome.to_table:
            triage.forward(signal, town.tables[outcome.to_table], outcome.feedback, now=now, by=by)
        else:
            triage.reject(signal, outcome.reason, now=now, by=by)


def _load_signals(town: Town) -> None:
    for one in town.data.signals:
        if one.state == "draft":
            _draft(town, one)
            continue
        _submit(town, one)
        _questions(town, one)
        _outcome(town, one)


def _case_input(town: Town, one: demo.Case) -> CaseInput:
    return CaseInput(
        short_name=one.name,
        summary=one.summary,
        criteria=tuple(CriterionAnswer(c.key, c.met, c.reason) for c in one.criteria),
        subjects=tuple(
            CaseSubjectInput(
                SubjectKind(s.kind), s.name, s.role, s.birth.on(town.today) if s.birth else None,
                s.place.line if s.place else "", s.bsn,
            )
            for s in one.subjects
        ),
    )  # fmt: skip


def _open(town: Town, one: demo.Case) -> Case:
    bundled = [(key, town.data.signal(key).outcome) for key in one.signals]
    first = [town.signals[key] for key, outcome in bundled if outcome is None or outcome.moment == one.opened]
    later = [(key, outcome) for key, outcome in bundled if outcome is not None and outcome.moment != one.opened]
    with town.doing(one.opened_by, *(signal.dossier_id for signal in first)) as by:
        case = cases.open_from_signals(first, _case_input(town, one), now=one.opened.at(town.today), by=by)
    for key, outcome in later:
        signal = town.signals[key]
        with town.doing(outcome.by, case.dossier_id, signal.dossier_id) as by:
            cases.add_signal(case, signal, (), now=outcome.moment.at(town.today), by=by)
    return case


def _invite(town: Town, one: demo.Case, case: Case) -> None:
    for participant in one.participants:
        until = None
        if participant.until_days is not None:
            until = timezone.now() + timedelta(days=participant.until_days)
        for person in participant.people:
            with town.doing(one.opened_by, case.dossier_id) as by:
                participants.invite(
                    case,
                    town.people[person],
                    ground=participant.ground,
                    until=until,
                    hidden=participant.hidden,
                    now=participant.joined.at(town.today),
                    by=by,
                )
    if one.casusregisseur and one.casusregisseur_since:
        with town.doing(one.opened_by, case.dossier_id) as by:
            user, since = town.people[one.casusregisseur], one.casusregisseur_since.at(town.today)
            cases.assign_regie(case, RegieKind.CASE, user.pk, now=since, by=by)


def _contribution_input(town: Town, given: demo.Contribution, text: str) -> ContributionInput:
    return ContributionInput(
        kind=ItemKind(given.kind),
        category=given.category,
        ground=given.ground,
        text=text,
        audience=KINDS[given.audience.kind],
        recipients=tuple(town.organisations[key].pk for key in given.audience.organisations),
        decision_ref=given.decision_ref,
        origin=given.source,
        conditions=given.conditions,
        occurred_on=given.moment.on(town.today),
    )


def _contribute(town: Town, one: demo.Case, case: Case) -> None:
    for given in one.contributions:
        with town.doing(given.person, case.dossier_id) as by:
            now = given.moment.at(town.today)
            made = contributions.contribute(case, _contribution_input(town, given, given.text), now=now, by=by)
        if given.correction:
            with town.doing(given.person, case.dossier_id) as by:
                better = _contribution_input(town, given, given.correction.text)
                contributions.correct(made, better, now=given.correction.moment.at(town.today), by=by)
        elif given.withdrawn:
            _withdraw(town, given.person, made, case, given.withdrawn.at(town.today))


def _withdraw(town: Town, person: str, made: Contribution, case: Case, now: datetime) -> None:
    with town.doing(person, case.dossier_id) as by:
        contributions.withdraw(made, now=now, by=by)


def _share(town: Town, one: demo.Case, case: Case) -> None:
    for share in one.signal_shares:
        signal = town.signals[share.signal]
        with town.doing(share.by, case.dossier_id, signal.dossier_id) as by:
            disclosing.share_signal(
                case,
                signal,
                town.organisations[share.organisation],
                ground=share.ground,
                decision_ref=share.decision_ref,
                now=share.moment.at(town.today),
                by=by,
            )


def _load_cases(town: Town) -> None:
    for one in town.data.cases:
        case = town.cases[one.key] = _open(town, one)
        _group(town, one, case)
        _invite(town, one, case)
        _share(town, one, case)
        _contribute(town, one, case)
    load_households(town)
    for one in town.data.cases:
        if one.closing:
            case = town.cases[one.key]
            with town.doing(one.closing.by, case.dossier_id) as by:
                closing = one.closing
                cases.close(case, closing.outcome, closing.reason, now=closing.moment.at(town.today), by=by)


def _group(town: Town, one: demo.Case, case: Case) -> None:
    members = [(subject.name, member) for subject in one.subjects for member in subject.members]
    if not members:
        return
    with town.doing(one.opened_by, case.dossier_id) as by:
        named = {row.name: row for row in case.subjects.all()}
        for name, member in members:
            given = GroupMemberInput(
                member.name,
                member.role,
                member.birth.on(town.today) if member.birth else None,
                member.since.on(town.today),
                member.until.on(town.today) if member.until else None,
            )
            groups.add(case, named[name], given, by=by)


ASKED = "Ik bezoek deze bewoner elke week en hoor van de wijkagent dat er een casus loopt. Ik wil afstemmen."
EMERGENCY = "Melding van geweld op dit adres, wij rijden er nu heen. De regisseur nam de telefoon niet op."


def _load_access(town: Town) -> None:
    """One request that waits for the regisseur, and one use of emergency access to judge."""
    asked, opened = town.cases["merelhof-9-11"].dossier.reference, town.cases["gezin-toneel"].dossier.reference
    with town.doing("bemoeizorg") as by:
        asking.ask(asked, ASKED, town.today + timedelta(days=90), now=timezone.now() - timedelta(days=2), by=by)
    with town.doing("noodhulp") as by:
        emergency.open_in_emergency(opened, EMERGENCY, now=timezone.now(), by=by)


@transaction.atomic
def load(today: date) -> Town:
    """Makes the whole municipality, relative to today; all of it or nothing."""
    town = Town(demo.load(), today)
    with acting(_builder()):
        by = _builder()
        _load_organisations(town, by)
        _load_people(town, by)
        load_deciders(town, by)
    _sign(town)
    _load_signals(town)
    _load_cases(town)
    load_ladder(town)
    load_meetings(town)
    load_rights(town)
    load_extension(town)
    _load_access(town)
    load_logbook(town)
    load_review(town)
    load_breaches(town)
    load_accounting(town)
    load_retention(town)
    return town
