"""Territories as plain view-models: screens and PDF show these same words and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from numecole_desktop.domain.profile import Source
from numecole_desktop.domain.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Beside:
    """The same figure for a level above: French name of it, text, whole percentage or None."""

    name: str
    text: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a territory, ready to be shown.

    ``text`` is the count (« 1 234 »), « n.c. » where no school answers: ``count`` is then zero, and
    not ``known``. ``percent`` is its whole percentage over ``base`` (a French plural: « écoles »,
    « classes », « écoles labellisées »), None where it has none. ``missing`` is the whole
    percentage of schools without an answer, None when it has no sense.
    """

    name: str
    label: str
    count: int
    text: str
    percent: int | None
    base: str
    missing: int | None
    beside: tuple[Beside, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that go together, under a French title (« Équipement », « ENT »)."""

    code: str
    title: str
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a distribution: French label, count of schools."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Evolution:
    """A figure over the years: label and (year, count, whole percentage) from old to new."""

    name: str
    label: str
    points: tuple[tuple[SchoolYear, int, int | None], ...]


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school of a territory in one line; figures are French texts, « n.c. » when unknown.

    ``teacher`` and ``pupil`` count the classes with that base. ``ent`` is the ENT index and
    ``label`` the level, « non » without, « n.c. » where no file says; ``declared_year`` is empty
    when none was ever submitted.
    """

    uai: str
    name: str
    type_label: str
    commune: str
    classes: str
    pupils: str
    index: int | None
    teacher: str
    pupil: str
    ent: str
    label: str
    declared_year: str


@dataclass(frozen=True, slots=True)
class TerritoryProfile:
    """All that the profile of a circonscription, département or académie says for a year.

    ``kind`` is the French word for the level, ``name`` the territory's, ``parents`` the levels
    above it in words, smallest first (« Département : Aude »). ``parts_kind`` is the French plural
    of the territories inside it (« Communes »). ``not_declared`` names the schools that have not
    declared that year.
    """

    level: str
    code: str
    kind: str
    name: str
    parents: tuple[str, ...]
    year: SchoolYear
    issued_on: date
    sample: bool
    schools: int
    groups: tuple[FigureGroup, ...]
    distribution: tuple[Share, ...]
    evolution: tuple[Evolution, ...]
    parts_kind: str
    parts: tuple[tuple[str, Mapping[str, int], Mapping[str, int | None]], ...]
    not_declared: tuple[SchoolLine, ...]
    captions: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    assumptions: tuple[str, ...]
    service: str = ""


@dataclass(frozen=True, slots=True)
class CommuneSchool:
    """A school of a commune's profile, for the town hall: plain words, no jargon."""

    line: SchoolLine
    headline: str
    reasons: tuple[str, ...]
    next_title: str
    missing_for_next: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommuneProfile:
    """The profile of a commune for its town hall: its schools side by side, what is missing."""

    code: str
    name: str
    department: str
    year: SchoolYear
    issued_on: date
    sample: bool
    groups: tuple[FigureGroup, ...]
    schools: tuple[CommuneSchool, ...]
    captions: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    assumptions: tuple[str, ...]
    service: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of the académie chapter: title, sentence, column headings, rows of French texts.

    ``shares`` gives, for a bar chart, (label, whole percentage) pairs; empty when none.
    """

    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ReportChapter:
    """A part of the académie chapter (« Équipement », « ENT », « GAR », « Labels »).

    ``key_figures`` are (what is counted, French text of the figure) pairs, the foremost first.
    ``distribution`` and ``evolution`` are drawn as charts before the tables; either may be empty.
    """

    title: str
    key_figures: tuple[tuple[str, str], ...]
    tables: tuple[ReportTable, ...]
    distribution: tuple[Share, ...] = ()
    evolution: tuple[Evolution, ...] = ()


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """The yearly « état du numérique » of an académie: its chapters, then its circonscriptions."""

    academy: str
    year: SchoolYear
    issued_on: date
    sample: bool
    chapters: tuple[ReportChapter, ...]
    circonscriptions: tuple[TerritoryProfile, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    assumptions: tuple[str, ...]
    service: str = ""
