"""Background work in plain words: what a job does, and why it failed."""

from __future__ import annotations

WHAT: dict[str, str] = {
    "audit.check_seals": "Controleren of het logboek klopt",
    "audit.compare": "Elke wijziging zoeken in het logboek",
    "audit.mail_anchor": "Het nieuwste zegel van het logboek mailen",
    "dossier.shredded": "De vernietigingslijst bijwerken",
    "ladder.review": "Kijken of een casus opnieuw beoordeeld moet worden",
    "ladder.term": "Kijken of een termijn bijna om is",
    "leaver.drafts": "Concepten vernietigen van wie vertrok",
    "mandate.day": "Een mandaat laten ingaan of aflopen",
    "meeting.call": "Een uitnodiging voor een overleg mailen",
    "meeting.night": "De volgende overleggen van een reeks maken",
    "notice.something_waits": "Mailen dat er iets klaarstaat",
    "regie.offer_lapses": "Kijken of een aanbod van de regie is beantwoord",
    "regie.vacant": "Melden dat niemand de regie heeft",
    "request.arrives": "Een verzoek om toegang bezorgen",
    "request.joins": "Een vraag om aan te sluiten bij een plan bezorgen",
    "retention.line": "Een dossier vernietigen na de bewaartermijn",
    "retention.term": "Een kortere termijn van een tafel doorvoeren",
    "review.draw": "De wekelijkse steekproef uit het logboek trekken",
    "review.evaluate": "De regels over het logboek laten gaan",
    "rights.morning": "Herinneren aan verzoeken van betrokkenen",
    "seat.ends": "Een zetel beëindigen",
    "seat.starts": "Een zetel laten ingaan",
    "stagnation.digest": "Mailen dat er iets vastloopt",
    "user.identity": "Een link mailen om een eigen account te koppelen",
    "user.invitation": "Iemand uitnodigen om in te loggen",
    "user.login_changed": "Mailen dat iets aan het inloggen veranderde",
    "user.password_link": "Een link voor een nieuw wachtwoord mailen",
}

_MAIL = "De mailserver nam de mail niet aan. Kijk bij Mail hierboven, en probeer het dan opnieuw."
_LINE = "Een andere server gaf geen antwoord. Is die er weer? Probeer het dan opnieuw."
_DATABASE = "De database gaf een fout of was even weg. Probeer het opnieuw."
_DISK = "Een bestand kon niet worden gelezen of geschreven. Kijk of de schijf vol is en of de worker er mag schrijven."
_KEYS = "De sleutels zijn niet bereikbaar. Kijk bij Hoofdsleutel hierboven, en probeer het dan opnieuw."
_LOG = "Er kon niet in het logboek worden geschreven. Kijk bij Logboek hierboven, en probeer het dan opnieuw."

WHY: dict[str, str] = {
    "SMTPAuthenticationError": "De mailserver weigert onze naam of ons wachtwoord. Kijk EMAIL_URL na.",
    "SMTPConnectError": _MAIL,
    "SMTPDataError": _MAIL,
    "SMTPException": _MAIL,
    "SMTPHeloError": _MAIL,
    "SMTPRecipientsRefused": "De mailserver weigert dit adres. Kijk bij Mensen of het adres nog klopt.",
    "SMTPSenderRefused": "De mailserver weigert ons adres als afzender. Kijk DEFAULT_FROM_EMAIL na.",
    "SMTPServerDisconnected": _MAIL,
    "BadHeaderError": _MAIL,
    "ConnectionRefusedError": _LINE,
    "ConnectionResetError": _LINE,
    "TimeoutError": _LINE,
    "gaierror": "De naam van een andere server is niet te vinden. Kijk de instellingen na.",
    "OperationalError": _DATABASE,
    "InterfaceError": _DATABASE,
    "DatabaseError": _DATABASE,
    "OSError": _DISK,
    "PermissionError": _DISK,
    "FileNotFoundError": _DISK,
    "RootUnavailable": _KEYS,
    "TamperedValue": "Een waarde is veranderd buiten Casustafel om. Waarschuw de privacy officer.",
    "AuditUnavailable": _LOG,
    "KeyError": "Deze versie kent deze taak niet. Draaien de webserver en de worker dezelfde versie?",
}


def what(kind: str) -> str:
    """What a job of this kind does."""
    return WHAT.get(kind, f"Onbekende taak ({kind})")


def why(error: str) -> str:
    """What went wrong the last time, and what to do; `error` is the kind of error, which is all that was kept."""
    if not error:
        return ""
    unknown = f"Er ging iets mis dat wij niet herkennen ({error}). Kijk in het log van de worker, of meld dit."
    return WHY.get(error, unknown)
