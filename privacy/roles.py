"""Which role may attempt which verb: the whole answer, on one screen (DESIGN section 2, wall 1).

Whether a verb is possible *now* is a matter of state (`casework/states.py`); whether it may touch *this* dossier is
a matter of grants (`privacy/access.py`). This table knows neither.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    PROFESSIONAL = "professional"
    PROCESREGISSEUR = "procesregisseur"
    CASUSREGISSEUR = "casusregisseur"
    DECIDER = "decider"
    PRIVACY_OFFICER = "privacy_officer"
    CONTACT_POINT = "contact_point"
    CONTROLLER = "controller"
    BEHEERDER = "beheerder"
    IMPORTER = "importer"

    @property
    def label(self) -> str:
        """The role as a person reads it."""
        return ROLE_LABELS[self]


ROLE_LABELS: dict[Role, str] = {
    Role.PROFESSIONAL: "professional van een partner",
    Role.PROCESREGISSEUR: "procesregisseur",
    Role.CASUSREGISSEUR: "casusregisseur",
    Role.DECIDER: "beslisser",
    Role.PRIVACY_OFFICER: "privacy officer",
    Role.CONTACT_POINT: "contactpunt voor betrokkenen",
    Role.CONTROLLER: "controleur van de privacy officer",
    Role.BEHEERDER: "beheerder",
    Role.IMPORTER: "importeur van signalen",
}


class Verb(StrEnum):
    WORKLIST = "worklist.read"
    SECRECY_SIGN = "secrecy.sign"
    SIGNAL_SUBMIT = "signal.submit"
    SIGNAL_FOLLOW = "signal.follow"
    SIGNAL_TRIAGE = "signal.triage"
    SIGNAL_IMPORT = "signal.import"
    CASE_READ = "case.read"
    CASE_CONTRIBUTE = "case.contribute"
    CASE_DIRECT = "case.direct"
    HOUSEHOLD_READ = "household.read"
    PLAN_WRITE = "plan.write"
    ACTION_REPORT = "action.report"
    DECIDE = "decision.take"
    MEETING_ATTEND = "meeting.attend"
    MEETING_LEAD = "meeting.lead"
    MEETING_OVERSEE = "meeting.oversee"
    FILE_OPEN = "file.open"
    SEARCH = "search"
    ACCESS_ASK = "access.ask"
    ACCESS_EMERGENCY = "access.emergency"
    KNOWN_ASK = "known.ask"
    LOG_REVIEW = "log.review"
    LOG_SEAL = "log.seal"
    LOG_OWN = "log.own_organisation"
    LOOK_EXPLAIN = "look.explain"
    OFFICERS_REVIEW = "log.review_officers"
    RULES_SET = "review.rules"
    BREACH_REPORT = "breach.report"
    BREACH_HANDLE = "breach.handle"
    RIGHTS_HANDLE = "rights.handle"
    RIGHTS_WATCH = "rights.watch"
    RIGHTS_ANSWER = "rights.answer"
    INFORMING = "informing.note"
    RETENTION_MANAGE = "retention.manage"
    RETENTION_OBJECT = "retention.object"
    RETENTION_CONSENT = "retention.consent"
    ACCOUNT_READ = "accountability.read"
    ACCOUNT_WRITE = "accountability.write"
    FIGURES_READ = "accountability.figures"
    EXCLUDE = "exclusion.set"
    MANAGE = "organisations.manage"
    SYSTEM_WATCH = "system.watch"


PURPOSES: dict[Verb, str] = {
    Verb.WORKLIST: "werkvoorraad bekijken",
    Verb.SECRECY_SIGN: "geheimhouding vastleggen",
    Verb.SIGNAL_SUBMIT: "signaal melden",
    Verb.SIGNAL_FOLLOW: "eigen signaal volgen",
    Verb.SIGNAL_TRIAGE: "signaal beoordelen",
    Verb.SIGNAL_IMPORT: "signalen inlezen",
    Verb.CASE_READ: "deelnemen aan de casus",
    Verb.CASE_CONTRIBUTE: "inbreng in de casus",
    Verb.CASE_DIRECT: "regie op de casus",
    Verb.HOUSEHOLD_READ: "gezin en plan bekijken",
    Verb.PLAN_WRITE: "werken aan het plan",
    Verb.ACTION_REPORT: "melden hoe een eigen actie staat",
    Verb.DECIDE: "beslissen over een stap op de ladder",
    Verb.MEETING_ATTEND: "deelnemen aan een overleg",
    Verb.MEETING_LEAD: "overleg voorbereiden en leiden",
    Verb.MEETING_OVERSEE: "overzicht van overleggen",
    Verb.FILE_OPEN: "bijlage openen",
    Verb.SEARCH: "zoeken in eigen dossiers",
    Verb.ACCESS_ASK: "om toegang vragen",
    Verb.ACCESS_EMERGENCY: "noodtoegang",
    Verb.KNOWN_ASK: "navragen of iemand al bekend is",
    Verb.LOG_REVIEW: "controle op rechtmatigheid",
    Verb.LOG_SEAL: "controle of het logboek klopt",
    Verb.LOG_OWN: "controle binnen de eigen organisatie",
    Verb.LOOK_EXPLAIN: "uitleg geven over eigen kijken",
    Verb.OFFICERS_REVIEW: "controle op de privacy officer",
    Verb.RULES_SET: "regels van de controle vaststellen",
    Verb.BREACH_REPORT: "mogelijk datalek melden",
    Verb.BREACH_HANDLE: "datalek afhandelen",
    Verb.RIGHTS_HANDLE: "verzoek van een betrokkene behandelen",
    Verb.RIGHTS_WATCH: "toezicht op verzoeken van betrokkenen",
    Verb.RIGHTS_ANSWER: "meewerken aan een verzoek van een betrokkene",
    Verb.INFORMING: "vastleggen of een betrokkene is geïnformeerd",
    Verb.RETENTION_MANAGE: "bewaren en vernietigen",
    Verb.RETENTION_OBJECT: "nagaan wat binnenkort verdwijnt",
    Verb.RETENTION_CONSENT: "antwoorden of een casus langer bewaard mag blijven",
    Verb.ACCOUNT_READ: "verantwoording bekijken",
    Verb.ACCOUNT_WRITE: "verantwoording bijhouden",
    Verb.FIGURES_READ: "cijfers van het jaar bekijken",
    Verb.EXCLUDE: "uitsluiten wegens een persoonlijke band",
    Verb.MANAGE: "beheer van organisaties en tafels",
    Verb.SYSTEM_WATCH: "toezien of het systeem werkt",
}

# Whoever logs in may be asked why they looked, and tells of a breach.
_EVERYBODY = {Verb.WORKLIST, Verb.LOOK_EXPLAIN, Verb.BREACH_REPORT}

_EVERY_PROFESSIONAL = _EVERYBODY | {
    Verb.SECRECY_SIGN,
    Verb.SIGNAL_SUBMIT,
    Verb.SIGNAL_FOLLOW,
    Verb.CASE_READ,
    Verb.CASE_CONTRIBUTE,
    Verb.HOUSEHOLD_READ,
    Verb.PLAN_WRITE,
    Verb.ACTION_REPORT,
    Verb.DECIDE,
    Verb.MEETING_ATTEND,
    Verb.FILE_OPEN,
    Verb.SEARCH,
    Verb.ACCESS_ASK,
    Verb.ACCESS_EMERGENCY,
    Verb.LOG_OWN,
    Verb.RIGHTS_ANSWER,
    Verb.RETENTION_CONSENT,
}

ROLE_VERBS: dict[Role, frozenset[Verb]] = {
    Role.PROFESSIONAL: frozenset(_EVERY_PROFESSIONAL),
    # The legal profile of the table says which of these three may really ask (`[known] who`).
    Role.CASUSREGISSEUR: frozenset(_EVERY_PROFESSIONAL | {Verb.KNOWN_ASK, Verb.INFORMING}),
    Role.PROCESREGISSEUR: frozenset(
        _EVERY_PROFESSIONAL
        | {Verb.SIGNAL_TRIAGE, Verb.CASE_DIRECT, Verb.KNOWN_ASK, Verb.MEETING_LEAD, Verb.MEETING_OVERSEE}
        | {Verb.INFORMING, Verb.RETENTION_OBJECT}
    ),
    Role.DECIDER: frozenset(
        _EVERYBODY
        | {
            Verb.SECRECY_SIGN,
            Verb.CASE_READ,
            Verb.HOUSEHOLD_READ,
            Verb.ACTION_REPORT,
            Verb.DECIDE,
            Verb.MEETING_ATTEND,
            Verb.FILE_OPEN,
            Verb.SEARCH,
            Verb.KNOWN_ASK,
            Verb.LOG_OWN,
        }
    ),
    # Who checks or manages never reads content: no verb here opens a dossier of a signal, case or household.
    Role.PRIVACY_OFFICER: frozenset(
        _EVERYBODY
        | {Verb.LOG_REVIEW, Verb.LOG_SEAL, Verb.EXCLUDE, Verb.RULES_SET, Verb.BREACH_HANDLE, Verb.RIGHTS_WATCH}
        | {Verb.RETENTION_MANAGE, Verb.ACCOUNT_READ, Verb.ACCOUNT_WRITE, Verb.FIGURES_READ}
    ),
    # Reads what was collected for a person who asked, and no dossier (BGS 1.1, 1.2).
    Role.CONTACT_POINT: frozenset(_EVERYBODY | {Verb.RIGHTS_HANDLE, Verb.INFORMING}),
    Role.CONTROLLER: frozenset(
        _EVERYBODY | {Verb.OFFICERS_REVIEW, Verb.RULES_SET, Verb.ACCOUNT_READ, Verb.FIGURES_READ}
    ),
    Role.BEHEERDER: frozenset(
        _EVERYBODY | {Verb.MANAGE, Verb.SYSTEM_WATCH, Verb.MEETING_OVERSEE, Verb.RETENTION_MANAGE, Verb.ACCOUNT_READ}
    ),
    Role.IMPORTER: frozenset(_EVERYBODY | {Verb.SIGNAL_IMPORT}),
}

# Roles that come with a seat at one table; the others belong to the person.
SEAT_ROLES = (Role.PROFESSIONAL, Role.PROCESREGISSEUR, Role.CASUSREGISSEUR, Role.DECIDER)
PERSONAL_ROLES = (Role.PRIVACY_OFFICER, Role.CONTACT_POINT, Role.CONTROLLER, Role.BEHEERDER, Role.IMPORTER)
# These must be free of the work they watch over (AVG 38(6): no conflict of interests), and of each other: who checks
# reads no content, and the contact point reads what was collected for a person who asked.
KEPT_APART = (Role.PRIVACY_OFFICER, Role.CONTACT_POINT, Role.CONTROLLER, Role.BEHEERDER)


def verbs_of(roles: frozenset[Role]) -> frozenset[Verb]:
    """Every verb that one of these roles may attempt."""
    return frozenset(verb for role in roles for verb in ROLE_VERBS[role])
