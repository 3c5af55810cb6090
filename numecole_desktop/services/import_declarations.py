"""The import of declarations: how a line is checked, compared with the base and stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache
from itertools import compress

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.checks import Known, hard_findings, school_findings, soft_findings
from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP, joined
from numecole_desktop.domain.journal import RecordKind, Value
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.screens import Screens, Stored
from numecole_desktop.importers.cell_words import CellWords, load_cell_words
from numecole_desktop.importers.columns import ColumnSpec, Header, KindSpec
from numecole_desktop.importers.declarations import DeclarationReader
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row, Table
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services.import_kinds import (
    Change,
    ImportKind,
    PreviewLine,
    Read,
    Tally,
    rows_of,
    told,
)
from numecole_desktop.services.plain_lines import PlainLines, sort_out
from numecole_desktop.storage import listing, reads, reference_sets
from numecole_desktop.storage.conflicts import conflicts
from numecole_desktop.storage.declaration_rows import (
    DeclarationKey,
    DeclarationState,
    load_declarations,
    same_answer,
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

    def begin(self, header: Header, table: Table) -> None:  # noqa: ARG002 - others need it
        """Prepare; schools of the base are read once."""
        catalogue = self.workspace.catalogue
        self._reader = DeclarationReader(header, catalogue.questionnaire, self.year, _words())
        self._open: tuple[SchoolYear | None, Set[str]] = (None, frozenset())
        declared = listing.declared_years(self.workspace.base.connection)
        self._held_before = {year.first for year in declared}
        self._held = set(self._held_before)
        self._connections: dict[SchoolYear, Mapping[str, int]] = {}
        self._conflicts: dict[SchoolYear, Set[tuple[str, str]]] = {}

    def take(self, rows: Sequence[Row], read: Read, tally: Tally) -> None:
        """Store the lines of a block: by columns those of which nothing is to be said."""
        lines = self._reader.read_columns(rows) if rows else None
        if lines is None:
            self.store(read(rows), tally)
            return
        year = lines.year
        states, before = self._known(lines.uais, year)
        held = {p: states[uai] for p, uai in enumerate(lines.uais) if uai in states}
        previous = list(map(before.get, lines.uais))
        screens = Screens(self.workspace.catalogue.questionnaire(year))
        connected = self._connected(year)
        plain, odd = sort_out(lines, held, previous, screens, self._open_in(year), connected)
        if tally.showing:
            tally.preview += [
                PreviewLine(row.line, uai, uai, "new" if taken else "same")
                for row, uai, taken, left in zip(rows, lines.uais, plain.taken, odd, strict=True)
                if not left
            ]
        tally.count_plain(plain.count, plain.unchanged)
        self._store(read(compress(rows, odd)), tally, plain)

    def parse(self, row: Row) -> Parsed:
        """Read one line."""
        return self._reader.parse(row)

    def store(self, chunk: Sequence[Parsed], tally: Tally) -> None:
        """Check each declaration as it would become, and store those that change."""
        if chunk:
            self._store(chunk, tally, PlainLines.none(SchoolYear.parse(_key(chunk[0])[1])))

    def _store(self, chunk: Sequence[Parsed], tally: Tally, plain: PlainLines) -> None:
        year = plain.year
        states, before = self._known([_key(parsed)[0] for parsed in chunk], year)
        changes: list[Change] = []
        touched: dict[DeclarationKey, DeclarationState] = {}
        for parsed in chunk:
            uai = _key(parsed)[0]
            state = states.get(uai)
            outcome, differing = self._compare(parsed, uai, year, state, before.get(uai))
            shown = self._told(year, state, differing) if state and tally.showing else ""
            tally.count(parsed, outcome, shown)
            if differing:
                changes.append((_key(parsed), differing))
                if state is not None:
                    touched[uai, year.first] = state
        questionnaire = self.workspace.catalogue.questionnaire(year)
        used = [
            field
            for field in (*questionnaire.codes, "status")
            if plain.fill(field) or any(field in values for _, values in changes)
        ]
        rows = plain.rows(used) + rows_of(changes, used)
        self._record(RecordKind.DECLARATION, used, rows, questionnaire.version, touched)
        self._held.add(year.first)

    def _told(
        self, year: SchoolYear, state: DeclarationState, differing: Mapping[str, Value]
    ) -> str:
        questionnaire = self.workspace.catalogue.questionnaire(year)
        before, after = _answers(state.answers), _answers(differing)
        changes: list[tuple[str, object, object]] = [
            (
                q.code,
                questionnaire.show(q, before.get(q.code)),
                questionnaire.show(q, after[q.code]),
            )
            for q in questionnaire.questions
            if q.code in after
        ]
        if "status" in differing:
            became = Status(str(differing["status"]))
            changes.append(("état", Status(state.status).label, became.label))
        return told(changes)

    def finish(self, tally: Tally) -> None:
        """Nothing concerns the file as a whole: a school that it leaves out is left as it is."""

    def _known(
        self, uais: Sequence[str], year: SchoolYear
    ) -> tuple[Mapping[str, DeclarationState], Mapping[str, Stored]]:
        """By UAI, declarations of the year that the base held, and submitted answers before it."""
        connection = self.workspace.base.connection
        states: dict[str, DeclarationState] = {}
        before: dict[str, Stored] = {}
        if uais and year.first in self._held_before:
            found = load_declarations(connection, [(uai, year.first) for uai in uais])
            states = {uai: state for (uai, _), state in found.items()}
        if uais and year.first - 1 in self._held:
            before = reads.submitted_answers(connection, uais, year.previous)
        return states, before

    def _open_in(self, year: SchoolYear) -> Set[str]:
        """UAIs of the schools that are open in ``year``; those of one year are kept."""
        if self._open[0] != year:
            found: set[str] = set()
            for closed, opened, uais in reads.school_openings(self.workspace.base.connection):
                if School("", "", closed_from=closed, opened_on=opened).is_open(year):
                    found.update(uais)
            self._open = year, found
        return self._open[1]

    def _disputed(self, year: SchoolYear) -> Set[tuple[str, str]]:
        """UAI and field of what awaits a person's choice for the year: a file settles nothing."""
        if year not in self._conflicts:
            self._conflicts[year] = {
                (found.uai, found.unit)
                for found in conflicts(self.workspace.base.connection)
                if found.kind is RecordKind.DECLARATION and found.year == str(year)
            }
        return self._conflicts[year]

    def _connected(self, year: SchoolYear) -> Mapping[str, int]:
        """ENT connections of the year by UAI, of the schools that have some."""
        if year not in self._connections:
            connection = self.workspace.base.connection
            self._connections[year] = reference_sets.connected_schools(connection, year)
        return self._connections[year]

    def _compare(
        self,
        parsed: Parsed,
        uai: str,
        year: SchoolYear,
        state: DeclarationState | None,
        before: Stored | None,
    ) -> tuple[str, dict[str, Value]]:
        questionnaire = self.workspace.catalogue.questionnaire(year)
        hard: tuple[Finding, ...] = ()
        if uai not in self._open_in(year):
            school = reads.school(self.workspace.base.connection, uai)
            hard = school_findings(school, uai, year)
        answers = {} if state is None else _answers(state.answers)
        status = parsed.values["status"]
        given = {c: v for c, v in parsed.values.items() if c != "status"}
        answers.update(given)  # type: ignore[arg-type]  # the reader gives answers
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
            if state is None or not same_answer(state.answers.get(code), value)
        }
        if state is not None and state.status == Status.SUBMITTED.value and not differing:
            status = state.status
        if state is None or state.status != status:
            differing["status"] = str(status)
        for code in [c for c in differing if (uai, c) in self._disputed(year)]:
            del differing[code]
            parsed.findings.append(
                findings.warning(
                    "in_conflict",
                    f"Un désaccord est à trancher pour {uai} sur {code}{NBSP}: la valeur du "
                    f"fichier n’est pas enregistrée. Tranchez-le dans Échanges.",
                    line=parsed.line,
                    column=self._reader.column(code),
                )
            )
        last_year = None if before is None else _answers(before)
        known = Known(last_year, self._connected(year).get(uai))
        parsed.findings += [
            s.finding.at(parsed.line, self._reader.column(s.finding.field))
            for s in soft_findings(answers, questionnaire, known)
        ]
        if state is not None and state.status == Status.DRAFT.value and len(differing) > 1:
            parsed.findings.append(
                findings.warning(
                    "draft_replaced",
                    f"Une saisie en brouillon existait pour {uai}{NBSP}: ses réponses "
                    f"{joined([c for c in differing if c != 'status'])} sont remplacées.",
                    line=parsed.line,
                )
            )
        if not differing:
            return "same", {}
        return ("new" if state is None else "changed"), differing


@cache
def _words() -> CellWords:
    path = "imports/cellules.toml"
    return load_cell_words(resource(path).read_bytes(), path)


def _key(parsed: Parsed) -> tuple[str, ...]:
    return parsed.key or ("", "")


def _answers(stored: Stored) -> dict[str, Answer]:
    return {code: tuple(v) if isinstance(v, list) else v for code, v in stored.items()}  # type: ignore[misc]  # JSON
