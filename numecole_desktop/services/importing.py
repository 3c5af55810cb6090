"""Importing files: preview, one transaction, report, undo."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.domain.french import NBSP, joined
from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.importers.rows import Table
from numecole_desktop.services.duplicates import DuplicateKeys
from numecole_desktop.services.import_columns import find_columns, open_file, remember
from numecole_desktop.services.import_kinds import Closure, ImportKind, PreviewLine, Tally
from numecole_desktop.services.import_reading import (
    RECORDS_PER_EVENT,
    ImportedFile,
    NotInOrderError,
    store_at_once,
    store_in_order,
    survey_lines,
)
from numecole_desktop.services.import_registry import IMPORT_KINDS, import_kind
from numecole_desktop.services.uncollected import uncollected
from numecole_desktop.services.workspace import Job, Progress, Workspace
from numecole_desktop.storage import reads

__all__ = ["KINDS", "RECORDS_PER_EVENT", "ImportReport", "run_import"]

KINDS: tuple[tuple[str, str], ...] = tuple((k.name, k.label) for k in IMPORT_KINDS)
"""Name and French label of each kind of file."""

_LARGE = 1 << 24
"""Size in bytes above which a file is imported in less memory, and takes longer."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do when ``simulated``.

    ``lines`` are the lines that carry a record; ``accepted`` = ``new`` + ``changed``.
    ``import_id`` undoes it; it is empty when nothing was stored. ``sheet`` is the one that was
    read of a workbook, ``alike`` the others that have such columns.
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
    sheet: str = ""
    alike: tuple[str, ...] = ()


def run_import(
    workspace: Workspace,
    kind: str,
    path: Path,
    *,
    year: SchoolYear | None = None,
    simulate: bool = False,
    mapping: Mapping[str, str] | None = None,
    ask: bool = False,
    sheet: str = "",
) -> Job[ImportReport]:
    """Import a file in one transaction; the generator's return is an ``ImportReport``.

    Closing the generator before its end cancels: nothing is stored. ``mapping`` (header to our
    column name) is remembered for files with the same header. With ``ask``, a header that means
    nothing is asked about, where nobody said yet what it is. ``sheet`` is the one to read of a
    workbook, empty for the fullest one that has the columns.

    Raises:
        MappingNeeded: required columns are not recognised, or a header is to be asked about.
        Problem: the kind is unknown or the file cannot be read; nothing was changed.
    """
    return uncollected(
        _import(workspace, kind, path, year, simulate, mapping, ask=ask, sheet=sheet)
    )


def _import(
    workspace: Workspace,
    kind: str,
    path: Path,
    year: SchoolYear | None,
    simulate: bool,
    mapping: Mapping[str, str] | None,
    *,
    ask: bool,
    sheet: str,
) -> Job[ImportReport]:
    found = import_kind(kind)
    if found is None:
        known = joined([name for name, _ in KINDS], "ou")
        raise Problem(f"«{NBSP}{kind}{NBSP}» n’est pas une sorte de fichier{NBSP}: {known}.")
    importer = found(workspace, year)
    spec = importer.spec()
    columns = find_columns(workspace, kind, spec, open_file(path, sheet), mapping, ask=ask)
    file = ImportedFile(columns.table, columns.header, spec, columns.alike, columns.foreign)
    yield Progress(0, 0, f"Lecture de {path.name}")
    at_once = file.table.size <= _LARGE and not workspace.is_writing
    try:
        report = yield from _stored(importer, file, simulate, at_once)
    except NotInOrderError:
        importer = found(workspace, year)
        report = yield from _stored(importer, file, simulate, at_once=False)
    if mapping and not simulate:
        remember(workspace, kind, file.header.names, mapping)
    return replace(report, sheet=file.table.sheet or "", alike=file.alike)


def _stored(
    importer: ImportKind, file: ImportedFile, simulate: bool, at_once: bool
) -> Job[ImportReport]:
    survey = DuplicateKeys(file.header, importer.key_columns, importer.year)
    tally = Tally()
    file.say_header(tally)
    if not at_once:
        yield from survey_lines(file, survey, tally)
    importer.batch = uuid.uuid4().hex
    base = importer.workspace.base
    large = file.table.size > _LARGE
    with base.sparing() if large else nullcontext(), importer.workspace.writing(keep=not simulate):
        importer.begin(file.header, file.table)
        store = store_at_once if at_once else store_in_order
        yield from store(importer, file, survey, tally)
        importer.finish(tally)
        tally.findings.sort(key=lambda f: (f.line is None, f.line or 0))
        report = _report(importer, file.table.path, tally, simulate)
        if report.import_id and importer.stores_events:
            _record_run(importer, file.table, report)
    return report


def _report(importer: ImportKind, path: Path, tally: Tally, simulate: bool) -> ImportReport:
    accepted = tally.new + tally.changed
    return ImportReport(
        importer.name,
        # A name in another encoding than the system's holds half characters.
        path.name.encode("utf-8", "replace").decode("utf-8"),
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
        _named(importer, tally.first_lines()),
    )


def _named(importer: ImportKind, lines: Sequence[PreviewLine]) -> tuple[PreviewLine, ...]:
    """The preview, the school named where its line gives the UAI alone."""
    bare = [line.key for line in lines if line.label in ("", line.key)]
    names = reads.school_labels(importer.workspace.base.connection, bare)
    return tuple(replace(line, label=names.get(line.key, line.label)) for line in lines)


def _record_run(importer: ImportKind, table: Table, report: ImportReport) -> None:
    importer.workspace.record(
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
