"""For what the log may be used (WGS 1.8(4)): said once in a working session, and written in each entry that follows."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused

LASTS = timedelta(hours=4)
KEY = "log_purpose"
ARTICLE = "WGS artikel 1.8, vierde lid"


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that somebody may want the log for. `no` says why not; empty for what is allowed."""

    label: str
    hint: str
    no: str = ""


_ONLY = (
    f"Het logboek is er voor controle op rechtmatigheid, interne controle, beveiliging, de rechter of toezichthouder "
    f"en voor wie vraagt wie naar de eigen gegevens keek ({ARTICLE})."
)
USES: dict[str, Use] = {
    "lawful": Use("Controle op rechtmatigheid", "Mocht iemand dit zien of doen?"),
    "security": Use("Beveiliging en integriteit", "Is er ingebroken, of klopt er iets niet?"),
    "internal": Use("Interne controle", "Werkt de tafel zoals is afgesproken?"),
    "subject": Use("Verzoek van een betrokkene", "Iemand vraagt wie er keek (AVG 15)."),
    "court": Use("Rechter of toezichthouder", "Er is een vordering of een vraag van de AP. Vul het kenmerk in."),
    "staff": Use(
        "Beoordeling van een medewerker",
        "Hoe hard of hoe goed iemand werkt.",
        f"Het logboek mag niet worden gebruikt om een medewerker te beoordelen. {_ONLY}",
    ),
    "other": Use(
        "Iets anders",
        "Bijvoorbeeld onderzoek, beleid of nieuwsgierigheid.",
        f"Daarvoor mag u het logboek niet gebruiken. {_ONLY} Voor aantallen is er het rapport.",
    ),
}
NEEDS_REFERENCE = "court"


def choose(session: MutableMapping[str, Any], use: str, reference: str = "", *, now: datetime, by: Actor) -> None:
    """Keeps for what the log is used; raises Refused for what is not allowed. Both are in the log."""
    found = USES[use]
    if found.no:
        record.look("log.purpose_refused", outcome="refused", purpose=found.label.lower(), by=by)
        raise Refused(found.no)
    said = found.label.lower() + (f" ({reference})" if use == NEEDS_REFERENCE else "")
    record.look("log.purpose", purpose=said, by=by)
    session[KEY] = {"said": said, "until": (now + LASTS).isoformat()}


def chosen(session: MutableMapping[str, Any], *, now: datetime) -> str:
    """For what the log is used in this session; empty when nothing was said, or too long ago."""
    kept = session.get(KEY)
    return str(kept["said"]) if kept and datetime.fromisoformat(kept["until"]) > now else ""


def using(session: MutableMapping[str, Any], *, now: datetime, by: Actor) -> Actor | None:
    """The officer with the purpose that was said; None when none was, and then nothing of the log is shown."""
    said = chosen(session, now=now)
    return replace(by, purpose=said) if said else None
