"""Importing files: preview, one transaction, report, undo."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.domain.french import NBSP, fold_header, joined, plural
from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.importers.columns import (
    ColumnsError,
    ColumnSpec,
    Header,
    KindSpec,
    classify,
    find_header,
    header_key,
)
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row, Table
from numecole_desktop.importers.tables import Limits, load_limits, open_table
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services import settings
from numecole_desktop.services.duplicates import DuplicateKeys
from numecole_desktop.services.import_kinds import (
    Closure,
    DeclarationImport,
    DirectoryImport,
    ImportKind,
    PreviewLine,
    Tally,
    iter_chunks,
)
from numecole_desktop.services.reference_kinds import reference_kinds
from numecole_desktop.services.workspace import Job, Progress, Workspace

_KINDS: tuple[type[ImportKind], ...] = (DirectoryImport, DeclarationImport, *reference_kinds())
KINDS: tuple[tuple[str, str], ...] = tuple((k.name, k.label) for k in _KINDS)
"""Name and French label of each kind of file."""

RECORDS_PER_EVENT = 1_000
"""Records of one columnar event (spec 5.1)."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do when ``simulated``.

    ``lines`` are the lines that carry a record; ``accepted`` = ``new`` + ``changed``.
    ``import_id`` undoes it; it is empty when nothing was stored.
    """

    kind: str
    file: str
    lines: int
    accepted: int
    unchanged: int
    refused: int
    warnings: int
    findings: tuple[Finding, ...]
    import_id: str
    new: int
    changed: int
    simulated: bool
    closures: tuple[Closure, ...]
    preview: tuple[PreviewLine, ...]


class MappingNeeded(Problem):
    """The columns of a file are not recognised: a person must say which is which.

    ``headers`` are those of the file, ``columns`` ours, ``known`` what was recognised (header to
    our name), ``missing`` the required ones that were not.
    """

    def __init__(
        self,
        message: str,
        headers: Sequence[str],
        columns: Sequence[ColumnSpec],
        known: Mapping[str, str],
        missing: Sequence[ColumnSpec],
    ) -> None:
        super().__init__(message)
        self.headers = tuple(headers)
        self.columns = tuple(columns)
        self.known = dict(known)
        self.missing = tuple(missing)


def run_import(
    workspace: Workspace,
    kind: str,
    path: Path,
    *,
    year: SchoolYear | None = None,
    simulate: bool = False,
    mapping: Mapping[str, str] | None = None,
) -> Job[ImportReport]:
    """Import a file in one transaction; the generator's return is an ``ImportReport``.

    Closing the generator before its end cancels: nothing is stored. ``mapping`` (header to our
    column name) is remembered for files with the same header.

    Raises:
        MappingNeeded: required columns are not recognised.
        ServiceError: the kind is unknown or the file cannot be read; nothing was changed.
    """
    found = next((k for k in _KINDS if k.name == kind), None)
    if found is None:
        known = joined([name for name, _ in KINDS], "ou")
        raise Problem(f"«{NBSP}{kind}{NBSP}» n’est pas une sorte de fichier{NBSP}: {known}.")
    importer = found(workspace, year)
    table = open_table(path, _limits())
    spec = importer.spec()
    header = _find_header(workspace, importer, table, spec, mapping)
    yield Progress(0, 0, f"Lecture de {path.name}")
    survey = DuplicateKeys(header, importer.key_columns)
    for row in _data_rows(table, header, spec):
        survey.see(row)
    tally = Tally()
    _say_what_is_left_out(table, header, spec, tally)
    importer.batch = uuid.uuid4().hex
    with workspace.writing(keep=not simulate):
        importer.begin(header, table)
        yield from _store_lines(importer, table, header, spec, survey, tally)
        importer.finish(tally)
        tally.findings.sort(key=lambda f: (f.line is None, f.line or 0))
        report = _report(importer, path, tally, simulate)
        if report.import_id and importer.stores_events:
            _record_run(workspace, importer, table, report)
    if mapping and not simulate:
        settings.put(workspace, _mapping_setting(importer, header.names), json.dumps(dict(mapping)))
    return report


def _limits() -> Limits:
    path = "imports/limits.toml"
    return load_limits(resource(path).read_bytes(), path)


def _find_header(
    workspace: Workspace,
    importer: ImportKind,
    table: Table,
    spec: KindSpec,
    mapping: Mapping[str, str] | None,
) -> Header:
    try:
        return find_header(table.rows(), spec, mapping)
    except ColumnsError as problem:
        remembered = settings.get(workspace, _mapping_setting(importer, problem.names))
        if remembered and mapping is None:
            return find_header(table.rows(), spec, json.loads(remembered))
        raise MappingNeeded(
            str(problem),
            problem.names,
            spec.columns,
            _recognised(problem.names, spec),
            problem.missing,
        ) from problem


def _recognised(names: Sequence[str], spec: KindSpec) -> dict[str, str]:
    accepted = spec.accepted()
    folded = ((name, accepted.get(fold_header(name))) for name in names)
    return {name: column.name for name, column in folded if column is not None}


def _mapping_setting(importer: ImportKind, names: Sequence[str]) -> str:
    return f"mapping.{importer.name}.{header_key(names)}"


def _data_rows(table: Table, header: Header, spec: KindSpec) -> Iterator[Row]:
    for row in table.rows():
        if row.line > header.line and classify(row, header, spec) == "data":
            yield row


def _say_what_is_left_out(table: Table, header: Header, spec: KindSpec, tally: Tally) -> None:
    words = {
        "subtotal": "Ligne de total reconnue",
        "note": "Ligne de note reconnue",
        "repeated_header": "En-tête répété reconnu",
    }
    for row in header.skipped:
        tally.findings.append(
            findings.info(
                "title_row",
                f"Ligne de titre reconnue, non enregistrée{NBSP}: {_text(row)}.",
                line=row.line,
            )
        )
    for row in table.rows():
        outcome = classify(row, header, spec) if row.line > header.line else "data"
        if outcome != "data":
            tally.findings.append(
                findings.info(
                    f"{outcome}_row",
                    f"{words[outcome]}, non enregistrée{NBSP}: {_text(row)}.",
                    line=row.line,
                )
            )
    if header.unknown:
        tally.findings.append(
            findings.info(
                "unknown_columns",
                f"Colonnes non utilisées{NBSP}: {', '.join(header.unknown)}.",
                line=header.line,
            )
        )


def _text(row: Row) -> str:
    return " ".join(cell for cell in row.cells if cell)


def _store_lines(
    importer: ImportKind,
    table: Table,
    header: Header,
    spec: KindSpec,
    survey: DuplicateKeys,
    tally: Tally,
) -> Iterator[Progress]:
    skipped: dict[str, int] = {}
    mended: dict[tuple[str, str], list[Finding]] = {}
    doubtful: dict[tuple[str, ...], list[Parsed]] = {}

    def good_lines(rows: Iterator[Row]) -> Iterator[Parsed]:
        for row in rows:
            parsed = importer.parse(row)
            if parsed.skipped:
                skipped[parsed.skipped] = skipped.get(parsed.skipped, 0) + 1
                tally.lines += 1
                continue
            _gather_mended(parsed, mended)
            if parsed.refused or parsed.key is None:
                tally.count(parsed, "refused")
            elif survey.is_doubtful(row):
                doubtful.setdefault(parsed.key, []).append(parsed)
            else:
                yield parsed

    done = 0
    for rows in survey.passes(lambda: _data_rows(table, header, spec)):
        for chunk in iter_chunks(good_lines(rows), RECORDS_PER_EVENT):
            importer.store(chunk, tally)
            done += len(chunk)
            yield Progress(done, survey.lines, f"{plural(done, 'ligne lue', 'lignes lues')}")
    column = header.names[header.positions["uai"]]
    for chunk in iter_chunks(_settle_duplicates(doubtful, column, tally), RECORDS_PER_EVENT):
        importer.store(chunk, tally)
        yield Progress(survey.lines, survey.lines, "Doublons examinés")
    for reason, count in skipped.items():
        tally.findings.append(
            findings.info(
                "skipped_lines",
                f"{plural(count, 'ligne ignorée', 'lignes ignorées')}{NBSP}: {reason}.",
                value=str(count),
            )
        )
    for (_, column), group in mended.items():
        first = group[0]
        tally.findings.append(
            first
            if len(group) == 1
            else findings.info(
                first.code,
                f"{first.message} Idem sur {plural(len(group) - 1, 'autre ligne', 'autres lignes')}"
                f" de cette colonne.",
                line=first.line,
                column=column,
                value=first.value,
            )
        )


def _gather_mended(parsed: Parsed, mended: dict[tuple[str, str], list[Finding]]) -> None:
    """Keep the mends that a whole column shares for one sentence instead of one per line."""
    if not parsed.findings:
        return
    for finding in [f for f in parsed.findings if f.code == "cell_mended"]:
        parsed.findings.remove(finding)
        mended.setdefault((finding.code, finding.column or ""), []).append(finding)


def _settle_duplicates(
    doubtful: Mapping[tuple[str, ...], list[Parsed]], column: str, tally: Tally
) -> Iterator[Parsed]:
    """Lines that share a key: identical ones count once, differing ones are all refused."""
    for key, lines in sorted(doubtful.items(), key=lambda item: (item[0][1:], item[0])):
        first = lines[0]
        if all(dict(line.values) == dict(first.values) for line in lines):
            yield first
            for line in lines[1:]:
                line.findings.append(
                    findings.warning(
                        "repeated_line",
                        f"La ligne répète la ligne {first.line}{NBSP}: elle compte une fois.",
                        line=line.line,
                        column=column,
                        value=key[0],
                    )
                )
                tally.count(line, "same")
            continue
        numbers = joined([str(line.line) for line in lines])
        for line in lines:
            line.findings.append(
                findings.error(
                    "duplicate_key",
                    f"Les lignes {numbers} portent le même identifiant ({' '.join(key)}) avec des "
                    f"contenus différents{NBSP}: gardez la bonne et importez à nouveau.",
                    line=line.line,
                    column=column,
                    value=key[0],
                )
            )
            tally.count(line, "refused")


def _report(importer: ImportKind, path: Path, tally: Tally, simulate: bool) -> ImportReport:
    accepted = tally.new + tally.changed
    return ImportReport(
        importer.name,
        path.name,
        tally.lines,
        accepted,
        tally.unchanged,
        tally.refused,
        sum(f.severity is Severity.WARNING for f in tally.findings),
        tuple(tally.findings),
        importer.batch if accepted and not simulate else "",
        tally.new,
        tally.changed,
        simulate,
        tuple(tally.closures),
        tuple(sorted(tally.preview, key=lambda p: p.line)),
    )


def _record_run(
    workspace: Workspace, importer: ImportKind, table: Table, report: ImportReport
) -> None:
    workspace.record(
        RecordKind.IMPORT,
        (
            "id",
            "kind",
            "file",
            "sha256",
            "lines",
            "accepted",
            "unchanged",
            "refused",
            "warnings",
        ),
        [
            (
                report.import_id,
                importer.name,
                report.file,
                table.sha256,
                report.lines,
                report.accepted,
                report.unchanged,
                report.refused,
                report.warnings,
            )
        ],
        source=Source.IMPORTED,
    )
