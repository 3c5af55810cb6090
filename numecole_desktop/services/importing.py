"""Importing files: preview, one transaction, report, undo."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.domain.french import NBSP, fold_header, joined
from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.importers.columns import (
    ColumnsError,
    ColumnSpec,
    Header,
    KindSpec,
    find_header,
    header_key,
)
from numecole_desktop.importers.rows import Table
from numecole_desktop.importers.tables import Limits, load_limits, open_table
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services import settings
from numecole_desktop.services.duplicates import DuplicateKeys
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

__all__ = [
    "ANY_KIND",
    "KINDS",
    "RECORDS_PER_EVENT",
    "ImportReport",
    "KindNeeded",
    "MappingNeeded",
    "run_import",
]

KINDS: tuple[tuple[str, str], ...] = tuple((k.name, k.label) for k in IMPORT_KINDS)
"""Name and French label of each kind of file."""

ANY_KIND = ""
"""In the place of a kind: the one that the columns of the file tell."""

_LARGE = 1 << 24
"""Size in bytes above which a file is imported in less memory, and takes longer."""


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


class KindNeeded(Problem):
    """No kind has its columns in the file; ``needed`` says what each lacks, by name of kind."""

    def __init__(self, needed: Mapping[str, MappingNeeded]) -> None:
        nearest = max(needed, key=lambda kind: len(needed[kind].known))
        super().__init__(str(needed[nearest]))
        self.needed = {nearest: needed[nearest], **needed}


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
    column name) is remembered for files with the same header. ``kind`` may be ``ANY_KIND``.

    Raises:
        MappingNeeded: required columns are not recognised.
        KindNeeded: nor are those of any other kind, where ``kind`` was ``ANY_KIND``.
        ServiceError: the kind is unknown or the file cannot be read; nothing was changed.
    """
    return uncollected(_import(workspace, kind, path, year, simulate, mapping))


def _import(
    workspace: Workspace,
    kind: str,
    path: Path,
    year: SchoolYear | None,
    simulate: bool,
    mapping: Mapping[str, str] | None,
) -> Job[ImportReport]:
    found = import_kind(kind)
    if found is None and kind != ANY_KIND:
        known = joined([name for name, _ in KINDS], "ou")
        raise Problem(f"«{NBSP}{kind}{NBSP}» n’est pas une sorte de fichier{NBSP}: {known}.")
    table = open_table(path, _limits())
    found = found or _kind_told(workspace, table)
    importer = found(workspace, year)
    spec = importer.spec()
    file = ImportedFile(table, _find_header(workspace, importer, table, spec, mapping), spec)
    yield Progress(0, 0, f"Lecture de {path.name}")
    at_once = table.size <= _LARGE and not workspace.is_writing
    try:
        report = yield from _stored(importer, file, simulate, at_once)
    except NotInOrderError:
        importer = found(workspace, year)
        report = yield from _stored(importer, file, simulate, at_once=False)
    if mapping and not simulate:
        name = _mapping_setting(importer, file.header.names)
        settings.put(workspace, name, json.dumps(dict(mapping)))
    return report


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


def _kind_told(workspace: Workspace, table: Table) -> type[ImportKind]:
    """The kind of which the file has the largest part of the columns, none required lacking.

    Raises:
        KindNeeded: there is none.
    """
    parts: dict[type[ImportKind], float] = {}
    needed: dict[str, MappingNeeded] = {}
    for kind in IMPORT_KINDS:
        importer = kind(workspace, None)
        spec = importer.spec()
        try:
            header = _find_header(workspace, importer, table, spec, None)
        except MappingNeeded as problem:
            needed[kind.name] = problem
        else:
            parts[kind] = len(header.positions) / len(spec.columns)
    if not parts:
        raise KindNeeded(needed)
    return max(parts, key=lambda kind: parts[kind])


def _recognised(names: Sequence[str], spec: KindSpec) -> dict[str, str]:
    accepted = spec.accepted()
    folded = ((name, accepted.get(fold_header(name))) for name in names)
    return {name: column.name for name, column in folded if column is not None}


def _mapping_setting(importer: ImportKind, names: Sequence[str]) -> str:
    return f"mapping.{importer.name}.{header_key(names)}"


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
