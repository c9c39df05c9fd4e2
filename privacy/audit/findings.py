"""What a check of the log found, in words for somebody without technical knowledge. Places and moments, no content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from privacy.audit.heads import Head

SHOWN = 50


class Kind(StrEnum):
    """What can be wrong; the value is the sentence."""

    REMOVED = "een regel is verwijderd"
    CHANGED = "een regel is gewijzigd of verwisseld nadat hij was verzegeld"
    FORGED = "een regel is ingevoegd of gewijzigd vóór het zegel: hij is niet door Casustafel geschreven"
    WITHOUT_MAC = "een regel is ingevoegd zonder de code die Casustafel aan elke regel geeft"
    MOVED = "de plaatsen in dit blok lopen niet door: er is iets weg, dubbel of verplaatst"
    COMPOSITION = "de regels passen niet meer bij het zegel: er is iets weg, bij, gewijzigd of van volgorde veranderd"
    TWICE = "een regel staat in meer dan één blok: een blok is nagemaakt of herhaald"
    NO_HEAD = "het zegel van dit blok is verwijderd"
    CHAIN = "dit zegel sluit niet aan op het vorige: er is een zegel weg, gewijzigd of ingevoegd"
    SIGNATURE = "de handtekening onder dit zegel is niet van Casustafel: het zegel is gewijzigd of nagemaakt"
    BEFORE = "dit blok zegt dat het van vóór de verzegeling is, maar staat niet aan het begin"
    VANISHED = "een regel die op zijn zegel wachtte, is verwijderd"
    LATE = "regels wachten te lang op een zegel, of hun blok is verwijderd"
    NOTHING = "er is geen enkele regel en geen enkel zegel: het logboek is leeg, of onleesbaar voor wie controleert"
    ANCHOR = "dit zegel is niet meer wat het was toen het ankerbestand werd gemaakt: de geschiedenis is herschreven"
    ANCHOR_GONE = "dit zegel staat in het ankerbestand en is uit het logboek verdwenen"
    ANCHOR_FALSE = "dit zegel in het ankerbestand is niet door Casustafel ondertekend: het bestand is gewijzigd"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold, and where."""

    kind: Kind
    block: int | None = None
    place: int | None = None
    at: datetime | None = None
    reference: str = ""
    many: int = 1

    def __str__(self) -> str:
        where = [f"blok {self.block}"] if self.block is not None else []
        where += [f"plaats {self.place + 1}"] if self.place is not None else []
        where += [f"dossier {self.reference}"] if self.reference else []
        where += [spoken(self.at)] if self.at is not None else []
        where += [f"{self.many} keer"] if self.many > 1 else []
        sentence = self.kind.value[0].upper() + self.kind.value[1:]
        return f"{sentence} ({', '.join(where)})." if where else f"{sentence}."


def spoken(moment: datetime) -> str:
    """A moment on the clock of here."""
    return f"{timezone.localtime(moment):%d-%m-%Y %H:%M:%S}"


@dataclass
class Report:
    """A check of the log: what was looked at, and what does not hold."""

    entries: int = 0
    blocks: int = 0
    waiting: int = 0
    before: int = 0
    wrong: int = 0
    findings: list[Finding] = field(default_factory=list)
    newest: Head | None = None
    good: Head | None = None
    anchored: int = 0

    def add(self, finding: Finding) -> None:
        """Counts a finding; keeps the first ones."""
        self.wrong += finding.many
        if len(self.findings) < SHOWN:
            self.findings.append(finding)

    @property
    def clean(self) -> bool:
        """Whether everything holds."""
        return self.wrong == 0

    def seen(self) -> Iterator[str]:
        """What was looked at."""
        yield f"Gecontroleerd: {self.entries} regels in {self.blocks} blokken."
        if self.newest is not None:
            yield f"Laatste zegel: blok {self.newest.number}, {spoken(self.newest.sealed_at)}."
        if self.before:
            yield f"Daarvan zijn {self.before} regels van vóór de verzegeling: die zijn bewaard zoals ze toen waren."
        if self.anchored:
            yield f"Vergeleken met {self.anchored} zegels uit ankerbestanden."
        yield f"Nog niet verzegeld ({self.waiting})."

    def told(self) -> Iterator[str]:
        """What does not hold, and until when everything did."""
        yield from map(str, self.findings)
        if self.wrong > len(self.findings):
            yield f"En nog {self.wrong - len(self.findings)} andere bevindingen."
        if not self.clean and self.good is not None:
            yield f"Tot en met blok {self.good.number}, verzegeld op {spoken(self.good.sealed_at)}, klopt alles."
        elif not self.clean:
            yield "Er is geen blok waarvan zeker is dat alles ervoor klopt."

    def __str__(self) -> str:
        verdict = (
            "Het logboek klopt: er is niets verwijderd, gewijzigd, ingevoegd of verplaatst."
            if self.clean
            else "HET LOGBOEK KLOPT NIET."
        )
        return "\n".join([*self.seen(), verdict, *self.told()])
