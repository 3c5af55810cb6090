"""The kinds of file that can be imported: how a line is read, compared and stored."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.checks import Known, hard_findings, school_findings, soft_findings
from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP, joined, plural
from numecole_desktop.domain.journal import ABSENT, RecordKind, Source, Value
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school import SCHOOL_FIELDS, School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.importers.annuaire import DirectoryReader
from numecole_desktop.importers.columns import ColumnSpec, Header, KindSpec, load_kind
from numecole_desktop.importers.declarations import DeclarationReader
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row, Table
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import read_toml
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads
from numecole_desktop.storage.projection import DeclarationState, load_declarations

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

    def count(self, parsed: Parsed, outcome: str, details: str = "") -> None:
        """Count one line and keep its findings."""
        self.lines += 1
        setattr(self, _COUNTERS[outcome], getattr(self, _COUNTERS[outcome]) + 1)
        self.findings.extend(parsed.findings)
        if len(self.preview) < PREVIEW_LINES:
            key = parsed.key[0] if parsed.key else ""
            self.preview.append(PreviewLine(parsed.line, key, parsed.label, outcome, details))


_COUNTERS = {"new": "new", "changed": "changed", "same": "unchanged", "refused": "refused"}


class ImportKind(ABC):
    """One kind of file, during one import.

    ``begin`` gets the header, then ``parse`` each line, ``store`` the good ones chunk by chunk
    inside the import's transaction, ``finish`` what remains to be said.
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
        """The columns of this kind."""
        path = f"imports/{self.name}.toml"
        return load_kind(resource(path).read_bytes(), path)

    @abstractmethod
    def begin(self, header: Header, table: Table) -> None:
        """Prepare to read the lines of ``table`` under ``header``."""

    @abstractmethod
    def parse(self, row: Row) -> Parsed:
        """Read one line."""

    @abstractmethod
    def store(self, chunk: Sequence[Parsed], tally: Tally) -> None:
        """Compare lines with the base, store those that change it, count all."""

    @abstractmethod
    def finish(self, tally: Tally) -> None:
        """Add what concerns the file as a whole."""

    def _record(
        self,
        kind: RecordKind,
        fields: Sequence[str],
        changes: Sequence[tuple[tuple[str, ...], Mapping[str, Value]]],
        rules: str = "",
        known: Mapping[tuple[str, int], DeclarationState] | None = None,
    ) -> None:
        if changes:
            used = [f for f in fields if any(f in values for _, values in changes)]
            self.workspace.record(
                kind,
                (*kind.key_columns, *used),
                [(*key, *(values.get(f, ABSENT) for f in used)) for key, values in changes],
                source=Source.IMPORTED,
                batch=self.batch,
                rules=rules,
                known=known,
            )


class DirectoryImport(ImportKind):
    """The directory of schools."""

    name = "annuaire"
    label = "Annuaire des écoles"
    key_columns = ("uai",)
    _reader: DirectoryReader

    def begin(self, header: Header, table: Table) -> None:  # noqa: ARG002 - other kinds need it
        """Prepare; schools of the base are read once."""
        self._reader = DirectoryReader(header)
        self._schools = {s.uai: s for s in reads.schools(self.workspace.base.connection)}
        self._present: set[str] = set()

    def parse(self, row: Row) -> Parsed:
        """Read one line."""
        return self._reader.parse(row)

    def store(self, chunk: Sequence[Parsed], tally: Tally) -> None:
        """Store new schools and changed facts."""
        changes: list[tuple[tuple[str, ...], Mapping[str, Value]]] = []
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
            self._present.add(uai)
            differing = _differences(existing, parsed.values)
            if not differing:
                tally.count(parsed, "same")
                continue
            tally.count(parsed, "new" if existing is None else "changed", _named(differing))
            changes.append(((uai,), differing))
        self._record(RecordKind.SCHOOL, SCHOOL_FIELDS[1:], changes)

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


class DeclarationImport(ImportKind):
    """Declarations of a year or several."""

    name = "declarations"
    label = "Déclarations"
    key_columns = ("uai", "year")
    _reader: DeclarationReader

    def spec(self) -> KindSpec:
        """The fixed columns, and one for each question of any questionnaire."""
        questions = {
            q.code: ColumnSpec(q.code, f"{q.code}, {q.short}", (q.code, q.label), False, "text")
            for questionnaire in self.workspace.catalogue.questionnaires
            for q in questionnaire.questions
        }
        return super().spec().with_columns(tuple(questions.values()))

    def begin(self, header: Header, table: Table) -> None:  # noqa: ARG002 - other kinds need it
        """Prepare; schools of the base are read once."""
        catalogue = self.workspace.catalogue
        self._reader = DeclarationReader(header, catalogue.questionnaire, self.year)
        self._schools = {s.uai: s for s in reads.schools(self.workspace.base.connection)}
        self._empty = not reads.declared_years(self.workspace.base.connection)

    def parse(self, row: Row) -> Parsed:
        """Read one line."""
        return self._reader.parse(row)

    def store(self, chunk: Sequence[Parsed], tally: Tally) -> None:
        """Check each declaration as it would become, and store those that change."""
        keys = [_declaration_key(p) for p in chunk]
        wanted = [*keys, *((uai, year - 1) for uai, year in keys)]
        held = {} if self._empty else load_declarations(self.workspace.base.connection, wanted)
        self._empty = False
        changes: list[tuple[tuple[str, ...], Mapping[str, Value]]] = []
        touched: dict[tuple[str, int], DeclarationState] = {}
        for parsed, key in zip(chunk, keys, strict=True):
            state = held.get(key)
            outcome, differing = self._compare(parsed, key, state, held.get((key[0], key[1] - 1)))
            tally.count(parsed, outcome, joined(list(differing)) if state else "")
            if differing:
                changes.append((parsed.key or (), differing))
                if state is not None:
                    touched[key] = state
        if changes:
            questionnaire = self.workspace.catalogue.questionnaire(SchoolYear(keys[0][1]))
            self._record(
                RecordKind.DECLARATION,
                (*questionnaire.codes, "status"),
                changes,
                questionnaire.version,
                touched,
            )

    def finish(self, tally: Tally) -> None:
        """Nothing concerns the file as a whole: a school that it leaves out is left as it is."""

    def _compare(
        self,
        parsed: Parsed,
        key: tuple[str, int],
        state: DeclarationState | None,
        before: DeclarationState | None,
    ) -> tuple[str, dict[str, Value]]:
        year = SchoolYear(key[1])
        questionnaire = self.workspace.catalogue.questionnaire(year)
        school = self._schools.get(key[0])
        answers: dict[str, Answer] = {}
        if state is not None:
            answers.update((c, _as_answer(v)) for c, v in state.answers.items())
        status = parsed.values["status"]
        given = {c: v for c, v in parsed.values.items() if c != "status"}
        answers.update(given)  # type: ignore[arg-type]  # the reader gives answers
        hard = school_findings(school, key[0], year)
        if status == Status.SUBMITTED.value:
            hard += hard_findings(answers, questionnaire)
        if hard:
            parsed.findings += [f.at(parsed.line, self._reader.column(f.field)) for f in hard]
        if not given:
            parsed.findings.append(
                findings.error(
                    "empty_declaration",
                    f"La ligne ne contient aucune réponse{NBSP}: elle n’est pas enregistrée.",
                    line=parsed.line,
                )
            )
        if parsed.refused:
            return "refused", {}
        differing: dict[str, Value] = {
            code: list(value) if isinstance(value, tuple) else value  # type: ignore[misc]
            for code, value in given.items()
            if state is None or not _same(state.answers.get(code), value)
        }
        if state is not None and state.status == Status.SUBMITTED.value and not differing:
            status = state.status
        if state is None or state.status != status:
            differing["status"] = str(status)
        known = Known(_submitted_answers(before))
        parsed.findings += [
            s.finding.at(parsed.line, self._reader.column(s.finding.field))
            for s in soft_findings(answers, questionnaire, known)
        ]
        if state is not None and state.status == Status.DRAFT.value and len(differing) > 1:
            parsed.findings.append(
                findings.warning(
                    "draft_replaced",
                    f"Une saisie en brouillon existait pour {key[0]}{NBSP}: ses réponses "
                    f"{joined([c for c in differing if c != 'status'])} sont remplacées.",
                    line=parsed.line,
                )
            )
        if not differing:
            return "same", {}
        return ("new" if state is None else "changed"), differing


def _declaration_key(parsed: Parsed) -> tuple[str, int]:
    uai, year = parsed.key or ("", "")
    return uai, int(year[:4])


def _differences(existing: School | None, values: Mapping[str, object]) -> dict[str, Value]:
    return {
        name: value  # type: ignore[misc]  # the reader gives values
        for name, value in values.items()
        if existing is None
        or (getattr(existing, name) != value and (value != "" or getattr(existing, name) is None))
    }


def _named(differing: Mapping[str, Value]) -> str:
    return plural(len(differing), "champ")


def _same(held: object, given: object) -> bool:
    if isinstance(given, tuple):
        return held == list(given)
    return held == given and isinstance(held, bool) == isinstance(given, bool)


def _as_answer(value: object) -> Answer:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # JSON


def _submitted_answers(state: DeclarationState | None) -> dict[str, Answer] | None:
    if state is None or state.status != Status.SUBMITTED.value:
        return None
    return {code: _as_answer(value) for code, value in state.answers.items()}


def _closure_coverage() -> Fraction:
    path = "imports/fermetures.toml"
    return read_toml(resource(path).read_bytes(), path).table("closures").fraction("coverage")


def iter_chunks(parsed: Iterator[Parsed], size: int) -> Iterator[list[Parsed]]:
    """Groups of at most ``size`` lines, each of one school year."""
    chunk: list[Parsed] = []
    for line in parsed:
        if chunk and (len(chunk) == size or (chunk[0].key or ())[1:] != (line.key or ())[1:]):
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk
