"""What every kind of import has in common, and the directory of schools."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.journal import ABSENT, RecordKind, Source, Value
from numecole_desktop.domain.questionnaire import MISSING_TEXT
from numecole_desktop.domain.school import SCHOOL_FIELDS, School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.importers.annuaire import DirectoryReader
from numecole_desktop.importers.columns import Header, KindSpec, load_kind
from numecole_desktop.importers.headings import Headings, load_headings
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row, Table
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import read_toml
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads
from numecole_desktop.storage.declaration_rows import DeclarationKey, DeclarationState

PREVIEW_LINES = 500


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """What becomes of one line: ``outcome`` is new, changed, same or refused."""

    line: int
    key: str
    label: str
    outcome: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Closure:
    """A school that a newer directory no longer holds."""

    uai: str
    name: str
    commune: str


@dataclass(slots=True)
class Tally:
    """What an import has done so far."""

    lines: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)
    preview: list[PreviewLine] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)

    showing: bool = True

    def begin_block(self) -> None:
        """Decide whether the lines of the next block go into the preview."""
        self.showing = len(self.preview) < PREVIEW_LINES

    def first_lines(self) -> tuple[PreviewLine, ...]:
        """The preview: the first lines of the file that were counted."""
        return tuple(sorted(self.preview, key=lambda shown: shown.line)[:PREVIEW_LINES])

    def count_plain(self, new: int, unchanged: int) -> None:
        """Count lines of which nothing is to be said."""
        self.lines += new + unchanged
        self.new += new
        self.unchanged += unchanged

    def count(self, parsed: Parsed, outcome: str, details: str = "") -> None:
        """Count one line and keep its findings."""
        self.lines += 1
        setattr(self, _COUNTERS[outcome], getattr(self, _COUNTERS[outcome]) + 1)
        self.findings.extend(parsed.findings)
        if self.showing:
            key = parsed.key[0] if parsed.key else ""
            self.preview.append(PreviewLine(parsed.line, key, parsed.label, outcome, details))


@cache
def headings() -> Headings:
    """What headings say beyond the names that a kind knows."""
    path = "imports/entetes.toml"
    return load_headings(resource(path).read_bytes(), path)


@cache
def _kind(name: str) -> KindSpec:
    path = f"imports/{name}.toml"
    return load_kind(resource(path).read_bytes(), path)


Read = Callable[[Iterable[Row]], list[Parsed]]
"""Reads lines one by one, counts those that are refused and gives the good ones."""

_COUNTERS = {"new": "new", "changed": "changed", "same": "unchanged", "refused": "refused"}


class ImportKind(ABC):
    """One kind of file, during one import.

    ``begin`` gets the header; then, block by block inside the import's transaction, ``take`` gets
    the lines, has them read by ``parse`` one by one where need be and gives the good ones to
    ``store``; ``finish`` says what remains.
    """

    name: str
    label: str
    key_columns: tuple[str, ...]
    stores_events = True
    """Whether what is stored is events of the journal, and not a reference set."""

    def __init__(self, workspace: Workspace, year: SchoolYear | None) -> None:
        self.workspace = workspace
        self.year = year
        self.batch = ""

    def spec(self) -> KindSpec:
        """The columns of this kind, and the headers that mean nothing to it.

        Those of the directory tell a school to people, whatever the file is about.
        """
        directory = _kind(DirectoryImport.name).accepted()
        return replace(_kind(self.name), ignored=headings().ignored.union(directory))

    @abstractmethod
    def begin(self, header: Header, table: Table) -> None:
        """Prepare to read the lines of ``table`` under ``header``."""

    @abstractmethod
    def parse(self, row: Row) -> Parsed:
        """Read one line."""

    def take(self, rows: Sequence[Row], read: Read, tally: Tally) -> None:
        """Compare a block of lines with the base; store those that change it, count all."""
        self.store(read(rows), tally)

    @abstractmethod
    def store(self, chunk: Sequence[Parsed], tally: Tally) -> None:
        """Compare good lines with the base, store those that change it, count all."""

    @abstractmethod
    def finish(self, tally: Tally) -> None:
        """Add what concerns the file as a whole."""

    def _record(
        self,
        kind: RecordKind,
        fields: Sequence[str],
        rows: Sequence[tuple[Value, ...]],
        rules: str = "",
        known: Mapping[DeclarationKey, DeclarationState] | None = None,
    ) -> None:
        if rows:
            self.workspace.record(
                kind,
                (*kind.key_columns, *fields),
                rows,
                source=Source.IMPORTED,
                batch=self.batch,
                rules=rules,
                known=known,
            )


Change = tuple[tuple[str, ...], Mapping[str, Value]]
"""Key of a record, and the fields that change."""


def rows_of(changes: Sequence[Change], fields: Sequence[str]) -> list[tuple[Value, ...]]:
    """Rows of an event: key, then ``fields``."""
    return [(*key, *(values.get(f, ABSENT) for f in fields)) for key, values in changes]


def told(changes: Iterable[tuple[str, object, object]]) -> str:
    """What a line changes: name of each thing, before and after."""
    return f"{NBSP}; ".join(
        f"{name}{NBSP}: {_plainly(before)} → {_plainly(after)}" for name, before, after in changes
    )


def _plainly(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return MISSING_TEXT if value in (None, "") else str(value)


class DirectoryImport(ImportKind):
    """The directory of schools."""

    name = "annuaire"
    label = "Annuaire des écoles"
    key_columns = ("uai",)
    _reader: DirectoryReader

    def begin(self, header: Header, table: Table) -> None:  # noqa: ARG002 - others need it
        """Prepare; schools of the base are read once."""
        self._reader = DirectoryReader(header)
        self._schools = {s.uai: s for s in reads.schools(self.workspace.base.connection)}
        self._present: set[str] = set()

    def parse(self, row: Row) -> Parsed:
        """Read one line; a school is present in the file even when its line is refused."""
        parsed = self._reader.parse(row)
        if parsed.key:
            self._present.add(parsed.key[0])
        return parsed

    def store(self, chunk: Sequence[Parsed], tally: Tally) -> None:
        """Store new schools and changed facts."""
        changes: list[Change] = []
        for parsed in chunk:
            uai = parsed.key[0] if parsed.key else ""
            existing = self._schools.get(uai)
            if existing is None and "name" not in parsed.values:
                parsed.findings.append(
                    findings.error(
                        "missing_name",
                        f"L’école {uai} n’a pas de nom{NBSP}: elle n’est pas ajoutée.",
                        line=parsed.line,
                    )
                )
                tally.count(parsed, "refused")
                continue
            differing = _differences(existing, parsed.values)
            if not differing:
                tally.count(parsed, "same")
                continue
            if existing is None:
                tally.count(parsed, "new")
            else:
                shown = self._told(existing, differing) if tally.showing else ""
                tally.count(parsed, "changed", shown)
            changes.append(((uai,), differing))
        used = [f for f in SCHOOL_FIELDS[1:] if any(f in values for _, values in changes)]
        self._record(RecordKind.SCHOOL, used, rows_of(changes, used))

    def _told(self, existing: School, differing: Mapping[str, Value]) -> str:
        return told(
            (self._reader.column(name) or name, getattr(existing, name), value)
            for name, value in differing.items()
        )

    def finish(self, tally: Tally) -> None:
        """Propose the closing of schools that the file no longer holds."""
        year = SchoolYear.of(self.workspace.clock().date())
        share = _closure_coverage()
        by_department: dict[str, list[School]] = {}
        for school in self._schools.values():
            if school.is_open(year):
                by_department.setdefault(school.department_code or "", []).append(school)
        for schools in by_department.values():
            absent = [s for s in schools if s.uai not in self._present]
            if not absent or len(schools) - len(absent) < share * len(schools):
                continue
            for school in absent:
                tally.closures.append(Closure(school.uai, school.name, school.commune or ""))
                tally.findings.append(
                    findings.warning(
                        "school_absent",
                        f"L’école {school.uai} ({school.name}, {school.commune or 'commune n.c.'})"
                        f" n’est plus dans ce fichier{NBSP}: fermeture proposée, à confirmer.",
                        value=school.uai,
                    )
                )


def _differences(existing: School | None, values: Mapping[str, object]) -> dict[str, Value]:
    return {
        name: value  # type: ignore[misc]  # the reader gives values
        for name, value in values.items()
        if existing is None
        or (getattr(existing, name) != value and (value != "" or getattr(existing, name) is None))
    }


def _closure_coverage() -> Fraction:
    path = "imports/fermetures.toml"
    return read_toml(resource(path).read_bytes(), path).table("closures").fraction("coverage")
