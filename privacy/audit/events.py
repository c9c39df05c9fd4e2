"""Every event the log knows, with the sentence a person reads and the register entry it belongs to (AVG art. 30)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """`sentence` follows the actor's name; `processing` is the key in the register of processing."""

    sentence: str
    processing: str


SIGNALS = "signalen"
CASES = "casussen"
HOUSEHOLDS = "gezinnen"
LOG = "logging"
ACCESS = "toegang"
ADMIN = "beheer"

EVENTS: dict[str, Event] = {
    # looking
    "list": Event("bekeek een lijst met dit dossier", CASES),
    "read": Event("opende het dossier", CASES),
    "search": Event("zocht in eigen dossiers", CASES),
    "export": Event("maakte een uitdraai", CASES),
    "count": Event("bekeek aantallen", CASES),
    "file.opened": Event("opende een bijlage", CASES),
    "file.damaged": Event("kreeg een beschadigde bijlage niet te zien", CASES),
    "refused": Event("kreeg geen toegang", ACCESS),
    "known.asked": Event("vroeg of iemand al bekend is", CASES),
    "known.about": Event("vroeg naar iemand uit dit dossier", CASES),
    "known.nothing": Event("vroeg naar iemand die nergens bekend is", CASES),
    "known.limited": Event("vroeg te vaak of iemand al bekend is", ACCESS),
    "log.read": Event("bekeek het logboek van dit dossier", LOG),
    "access.read": Event("bekeek wie dit kan zien", ACCESS),
    "preview": Event("bekeek het dossier zoals een ander het ziet", CASES),
    "log.own": Event("bekeek wie van de eigen organisatie keek", LOG),
    "log.seals": Event("bekeek de zegels van het logboek", LOG),
    "log.check": Event("liet het logboek controleren", LOG),
    "log.anchor": Event("nam een ankerbestand van het logboek mee", LOG),
    "log.compare": Event("vergeleek een ankerbestand met het logboek", LOG),
    "log.proof": Event("nam een bewijs van het logboek van dit dossier mee", LOG),
    "page": Event("bekeek een beheerpagina", ADMIN),
    # logging in
    "login": Event("logde in", ACCESS),
    "login.failed": Event("kon niet inloggen", ACCESS),
    "logout": Event("logde uit", ACCESS),
    "stepup": Event("bevestigde opnieuw wie het is", ACCESS),
    "stepup.failed": Event("kon niet bevestigen wie het is", ACCESS),
    "password.set": Event("stelde een wachtwoord in", ACCESS),
    "secrecy.signed": Event("tekende voor geheimhouding", ACCESS),
    # walls
    "dossier.founded": Event("legde het dossier aan", CASES),
    "dossier.destroyed": Event("vernietigde de inhoud", CASES),
    "dossier.shielded": Event("schermde het dossier af", CASES),
    "grant.given": Event("gaf toegang", ACCESS),
    "grant.ended": Event("beëindigde toegang", ACCESS),
    "exclusion.set": Event("sloot iemand uit van het dossier", ACCESS),
    "exclusion.lifted": Event("hief een uitsluiting op", ACCESS),
    # files
    "file.added": Event("voegde een bijlage toe", CASES),
    "file.removed": Event("haalde een bijlage weg", CASES),
    # keys and back-ups
    "keys.rotation_begun": Event("begon met nieuwe sleutels", ADMIN),
    "keys.rewrapped": Event("pakte sleutels opnieuw in", ADMIN),
    "keys.rotated": Event("rondde het vernieuwen van de sleutels af", ADMIN),
    "keys.epoch_destroyed": Event("vernietigde een oude sleutel", ADMIN),
    "keys.index_rotated": Event("vernieuwde de zoeksleutel", ADMIN),
    "keys.root_replaced": Event("zette de sleutels onder een andere hoofdsleutel", ADMIN),
    "keys.reencrypted": Event("versleutelde het dossier opnieuw", ADMIN),
    "escrow.split": Event("verdeelde de hoofdsleutel", ADMIN),
    "escrow.drilled": Event("oefende met de delen van de hoofdsleutel", ADMIN),
    "backup.made": Event("maakte een back-up", ADMIN),
    "backup.restored": Event("zette een back-up terug", ADMIN),
    "backup.tested": Event("noteerde een proef met terugzetten", ADMIN),
    "dossier.destroyed_again": Event("vernietigde na terugzetten opnieuw", ADMIN),
    # asking for access
    "access.asked": Event("vroeg om toegang", ACCESS),
    "access.arrived": Event("bracht een verzoek om toegang bij de regisseurs", ACCESS),
    "access.given": Event("gaf toegang op verzoek", ACCESS),
    "access.refused": Event("wees een verzoek om toegang af", ACCESS),
    "access.withdrawn": Event("trok een verzoek om toegang in", ACCESS),
    # emergency access
    "emergency.opened": Event("opende het dossier met noodtoegang", ACCESS),
    "emergency.refused": Event("kreeg geen noodtoegang", ACCESS),
    "emergency.ended": Event("beëindigde noodtoegang", ACCESS),
    "emergency.read": Event("bekeek een noodtoegang", ACCESS),
    "emergency.asked": Event("stelde een vraag over een noodtoegang", ACCESS),
    "emergency.answered": Event("beantwoordde een vraag over een noodtoegang", ACCESS),
    "emergency.reviewed": Event("beoordeelde een noodtoegang", ACCESS),
    # signals
    "draft.saved": Event("bewaarde een concept", SIGNALS),
    "draft.dropped": Event("gooide een concept weg", SIGNALS),
    "signal.submitted": Event("meldde het signaal", SIGNALS),
    "signal.asked": Event("vroeg de melder om meer", SIGNALS),
    "signal.answered": Event("vulde het signaal aan", SIGNALS),
    "signal.bundled": Event("voegde het signaal bij een casus", SIGNALS),
    "signal.forwarded": Event("stuurde het signaal door", SIGNALS),
    "signal.rejected": Event("wees het signaal af", SIGNALS),
    "signal.shared": Event("deelde het signaal met een deelnemer", SIGNALS),
    "signal.reporter_succeeded": Event("gaf het signaal aan een opvolger van de melder", SIGNALS),
    "signal.imported": Event("las het signaal in", SIGNALS),
    "import.started": Event("begon met inlezen", SIGNALS),
    "import.finished": Event("rondde het inlezen af", SIGNALS),
    # cases
    "case.opened": Event("opende een casus", CASES),
    "case.changed": Event("paste de casus aan", CASES),
    "case.invited": Event("nodigde een deelnemer uit", CASES),
    "case.participation_ended": Event("beëindigde een deelname", CASES),
    "case.subject_added": Event("voegde een betrokkene toe", CASES),
    "case.subject_removed": Event("haalde een betrokkene weg", CASES),
    "case.contributed": Event("bracht informatie in", CASES),
    "case.contribution_shared": Event("deelde een inbreng", CASES),
    "case.contribution_corrected": Event("verbeterde een inbreng", CASES),
    "case.contribution_withdrawn": Event("trok een inbreng in", CASES),
    "case.consent_asked": Event("vroeg of een inbreng verder mag", CASES),
    "case.consent_answered": Event("antwoordde of een inbreng verder mag", CASES),
    "case.closed": Event("sloot de casus", CASES),
    # households and their plan
    "household.founded": Event("legde het gezin vast", HOUSEHOLDS),
    "household.changed": Event("wijzigde het gezin", HOUSEHOLDS),
    "household.linked": Event("sloot een casus aan bij het plan", HOUSEHOLDS),
    "household.member_joined": Event("nam iemand op in het gezin", HOUSEHOLDS),
    "household.member_left": Event("noteerde dat iemand niet meer bij het gezin hoort", HOUSEHOLDS),
    "household.one_plan": Event("legde vast welk plan geldt voor wie in twee gezinnen hoort", HOUSEHOLDS),
    "household.split": Event("splitste het gezin", HOUSEHOLDS),
    "household.merged": Event("voegde gezinnen samen", HOUSEHOLDS),
    "household.regie": Event("legde vast wie casusregisseur is", HOUSEHOLDS),
    "household.regie_vacant": Event("noteerde dat niemand nu casusregisseur is", HOUSEHOLDS),
    "household.closed": Event("sloot het plan af", HOUSEHOLDS),
    # managing
    "organisation.saved": Event("wijzigde een organisatie", ADMIN),
    "user.saved": Event("wijzigde een gebruiker", ADMIN),
    "user.left": Event("zette iemand uit dienst", ADMIN),
    "looks.judged": Event("beoordeelde het kijken van wie vertrok", LOG),
    "user.invited": Event("stuurde een nieuwe uitnodiging", ADMIN),
    "table.saved": Event("wijzigde een tafel", ADMIN),
    "covenant.saved": Event("wijzigde een convenant", ADMIN),
    "seat.given": Event("gaf een zetel aan een tafel", ADMIN),
    "seat.wanted": Event("vroeg om nog een procesregisseur", ADMIN),
    "seat.ended": Event("beëindigde een zetel", ADMIN),
}
