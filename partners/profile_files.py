"""Legal profiles as data: what a table may do at all, and on which article (DESIGN section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from privacy.datafiles import DataFile, Section, refuse_mistakes
from privacy.retention.terms import years_after
from privacy.roles import Role

ALL = "*"
# Roles that may be let ask; the database knows these three as well (privacy/rls/known.py).
MAY_BE_LET_ASK = (Role.PROCESREGISSEUR, Role.CASUSREGISSEUR, Role.DECIDER)
MISSING = ("warn", "refuse")
ANSWERS = ("regisseur", "never")
# Grounds and years of an extension by law (BGS 1.16(2)-(3)); the database knows these too (privacy/rls/extension.py).
EXTENDS_ON = ("a", "b")
MOST_YEARS = 2


class ShareForbidden(Exception):
    """A share that the profile does not allow; its text names the article."""


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """A kind of partner: whether it may sit, direct, see a BSN, and what its information usually is."""

    code: str
    label: str
    may_sit: bool
    may_direct: bool
    bsn: bool
    private: bool
    category: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category of data."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal ground for taking part or sharing; some need the reference of a decision."""

    code: str
    label: str
    article: str
    needs_decision: bool


@dataclass(frozen=True, slots=True)
class ShareRule:
    """Whether a category may go to these kinds: freely (no grounds named), on certain grounds, or never."""

    categories: tuple[str, ...]
    recipients: tuple[str, ...]
    allowed: bool
    grounds: tuple[str, ...]
    article: str
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """Which roles may ask whether somebody is known at another table, and whether this table answers that."""

    who: tuple[str, ...]
    answers: bool
    article: str


@dataclass(frozen=True, slots=True)
class ConsentRule:
    """A decision that needs the consent of these kinds of organisation, as far as they are at the table.

    Never of a private one: only government participants judge (WGS 2.31(2), (4) and (8)).
    """

    code: str
    label: str
    article: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """How long screening and training of who works here count (BGS 1.11 and 1.17); `refuses`: no new seat without."""

    screening_years: int = 5
    training_years: int = 1
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionGround:
    """On which a term is extended, and for which themes; a is for a case that runs, b for one that was closed."""

    code: str
    label: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """By how many years a term is extended each time, and on which grounds (BGS 1.16(2)-(3))."""

    years: int
    article: str
    grounds: tuple[ExtensionGround, ...]

    def ground(self, code: str, theme: str) -> ExtensionGround | None:
        """The ground with this code, when it counts for this theme."""
        for ground in self.grounds:
            if ground.code == code and {theme, ALL} & set(ground.themes):
                return ground
        return None


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile in one version."""

    code: str
    version: str
    name: str
    purpose: str
    basis: str
    secrecy: str
    admission: str
    closing: str
    notice: str
    notice_days: int
    retention_years: int
    retention_least: int
    retention_source: str
    kinds: Mapping[str, OrganisationKind]
    categories: Mapping[str, Category]
    grounds: tuple[Ground, ...]
    rules: tuple[ShareRule, ...]
    known: Known
    consents: tuple[ConsentRule, ...]
    people: People
    extension: Extension | None = None

    def retain_until(self, first_processed: date) -> date:
        """The day on which it goes, counted from first processing (WGS 1.8(7))."""
        return years_after(first_processed, self.retention_years)

    def may_sit(self, kind: str) -> bool:
        """Whether this kind of organisation takes part with access; others only as an occasional third party."""
        return kind in self.kinds and self.kinds[kind].may_sit

    def may_direct(self, kind: str) -> bool:
        """Whether somebody of this kind of organisation may be procesregisseur of a table."""
        return self.may_sit(kind) and self.kinds[kind].may_direct

    def may_see_bsn(self, kind: str) -> bool:
        """Whether this kind of organisation has a basis for a BSN (WGS 2.29, UAVG 46)."""
        return kind in self.kinds and self.kinds[kind].bsn

    def default_category(self, kind: str) -> str:
        """What information of this kind of organisation usually is."""
        return self.kinds[kind].category

    def ground(self, code: str) -> Ground | None:
        """The ground with this code."""
        return next((ground for ground in self.grounds if ground.code == code), None)

    def consent(self, code: str) -> ConsentRule | None:
        """What asks for consent under this code; None for everything else."""
        return next((rule for rule in self.consents if rule.code == code), None)

    def share_rule(self, category: str, recipient_kind: str) -> ShareRule:
        """The first rule that speaks of this category and this kind; the loader holds that there always is one."""
        for rule in self.rules:
            if {category, ALL} & set(rule.categories) and {recipient_kind, ALL} & set(rule.recipients):
                return rule
        raise KeyError(f"no rule for {category} to {recipient_kind}")

    def check_share(self, *, category: str, recipient_kind: str, ground: str, decision_ref: str) -> None:
        """Raises ShareForbidden with the article unless this category may go to this kind on this ground."""
        known = self.ground(ground)
        if known is None:
            raise ShareForbidden("Kies een grondslag.")
        rule = self.share_rule(category, recipient_kind)
        if not rule.allowed:
            raise ShareForbidden(f"{rule.reason} ({rule.article})")
        if rule.grounds and ground not in rule.grounds:
            labels = " of ".join(g.label for g in self.grounds if g.code in rule.grounds)
            raise ShareForbidden(f"{rule.reason} ({rule.article}) Wel mogelijk met: {labels}.")
        if known.needs_decision and not decision_ref.strip():
            raise ShareForbidden(f"Vul bij '{known.label}' het kenmerk van het besluit in ({known.article}).")


@dataclass(frozen=True, slots=True)
class ProfileSet:
    """All profiles in all versions."""

    versions: tuple[Profile, ...]

    def newest(self, code: str) -> Profile:
        """The newest version of a profile; raises KeyError."""
        found = [profile for profile in self.versions if profile.code == code]
        if not found:
            raise KeyError(code)
        return max(found, key=lambda profile: profile.version)

    def get(self, code: str, version: str) -> Profile:
        """A profile as it was in one version; raises KeyError."""
        for profile in self.versions:
            if (profile.code, profile.version) == (code, version):
                return profile
        raise KeyError(f"{code} {version}")

    def active(self) -> tuple[Profile, ...]:
        """The newest version of each profile."""
        return tuple(self.newest(code) for code in sorted({profile.code for profile in self.versions}))


def _kinds(top: Section, categories: set[str]) -> dict[str, OrganisationKind]:
    kinds = {}
    for section in top.sections("kinds", least=1):
        kind = OrganisationKind(
            section.text("code"),
            section.text("label"),
            section.flag("may_sit"),
            section.flag("may_direct"),
            section.flag("bsn"),
            section.flag("private"),
            section.choice("category", categories),
        )
        section.close()
        kinds[kind.code] = kind
    return kinds


def _categories(top: Section) -> dict[str, Category]:
    categories = {}
    for section in top.sections("categories", least=1):
        category = Category(section.text("code"), section.text("label"))
        section.close()
        categories[category.code] = category
    return categories


def _grounds(top: Section) -> tuple[Ground, ...]:
    grounds = []
    for section in top.sections("grounds", least=1):
        grounds.append(
            Ground(section.text("code"), section.text("label"), section.text("article"), section.flag("needs_decision"))
        )
        section.close()
    return tuple(grounds)


def _rules(top: Section, categories: set[str], kinds: set[str], grounds: set[str]) -> tuple[ShareRule, ...]:
    rules = []
    for section in top.sections("rules", least=1, unique=""):
        rule = ShareRule(
            section.texts("categories", among={*categories, ALL}),
            section.texts("recipients", among={*kinds, ALL}),
            section.flag("allowed"),
            section.texts("grounds", among=grounds, default=()),
            section.text("article"),
            section.text("reason"),
        )
        section.close()
        rules.append(rule)
    if not rules or rules[-1].categories != (ALL,) or rules[-1].recipients != (ALL,):
        top.wrong("rules", 'de laatste regel moet voor alles gelden: categories = ["*"], recipients = ["*"]')
    return tuple(rules)


def _known(top: Section) -> Known:
    section = top.section("known")
    known = Known(
        section.texts("who", among=MAY_BE_LET_ASK),
        section.choice("answer", ANSWERS) == "regisseur",
        section.text("article"),
    )
    section.close()
    return known


def _consents(top: Section, kinds: Mapping[str, OrganisationKind]) -> tuple[ConsentRule, ...]:
    """What asks for consent; `who` is every kind that is not private, unless the profile names fewer."""
    public = [kind.code for kind in kinds.values() if not kind.private]
    rules = []
    for section in top.sections("consents"):
        rules.append(
            ConsentRule(
                section.text("code"),
                section.text("label"),
                section.text("article"),
                section.texts("who", among=public, default=public),
            )
        )
        section.close()
    return tuple(rules)


def _people(top: Section) -> People:
    """A profile that is silent has the terms that stand with `People`."""
    if not top.has("people"):
        return People()
    section = top.section("people")
    people = People(
        section.number("screening_years", least=1),
        section.number("training_years", least=1),
        section.choice("missing", MISSING) == "refuse",
    )
    section.close()
    return people


def _least(retention: Section, years: int) -> int:
    """The shortest term that a table with this profile may choose; without it a year."""
    least = retention.number("least_years", least=1, default=1)
    if least > years:
        retention.wrong("least_years", "'least_years' mag niet langer zijn dan 'years'")
    return least


def _extension(retention: Section) -> Extension | None:
    """A profile that is silent extends no term."""
    if not retention.has("extension"):
        return None
    section = retention.section("extension")
    grounds = []
    for ground in section.sections("grounds", least=1):
        grounds.append(ExtensionGround(ground.choice("code", EXTENDS_ON), ground.text("label"), ground.texts("themes")))
        if not grounds[-1].themes:
            ground.wrong("themes", 'noem ten minste één thema, of alle: ["*"]')
        ground.close()
    extension = Extension(section.number("years", least=1), section.text("article"), tuple(grounds))
    if extension.years > MOST_YEARS:
        section.wrong("years", f"'years' mag ten hoogste {MOST_YEARS} zijn (BGS 1.16)")
    section.close()
    return extension


def _profile(file: DataFile) -> Profile:
    top = file.top()
    retention, notice = top.section("retention"), top.section("notice")
    years = retention.number("years", least=1)
    categories = _categories(top)
    kinds = _kinds(top, set(categories))
    grounds = _grounds(top)
    profile = Profile(
        code=top.text("code"),
        version=top.text("version"),
        name=top.text("name"),
        purpose=top.text("purpose"),
        basis=top.text("basis"),
        secrecy=top.text("secrecy"),
        admission=top.text("admission"),
        closing=top.text("closing"),
        notice=notice.text("text"),
        notice_days=notice.number("days", least=1),
        retention_years=years,
        retention_least=_least(retention, years),
        retention_source=retention.text("source"),
        kinds=kinds,
        categories=categories,
        grounds=grounds,
        rules=_rules(top, set(categories), set(kinds), {ground.code for ground in grounds}),
        known=_known(top),
        consents=_consents(top, kinds),
        people=_people(top),
        extension=_extension(retention),
    )
    for section in (retention, notice, top):
        section.close()
    return profile


def load_profiles(directory: Path) -> ProfileSet:
    """Reads every profile in the folder; raises DataFileError with all mistakes of all files."""
    files = [DataFile(path) for path in sorted(directory.glob("*.toml"))]
    profiles = [(file, _profile(file)) for file in files if file.readable]
    seen: set[tuple[str, str]] = set()
    for file, profile in profiles:
        if (profile.code, profile.version) in seen:
            file.wrong(("version",), f"{profile.code} {profile.version} staat er al")
        seen.add((profile.code, profile.version))
    refuse_mistakes(files)
    return ProfileSet(tuple(profile for _, profile in profiles))
