"""Which sheet of a file is read, what its columns are, and of which kind the file is.

What a person said of a header is kept with it, and holds for every file that has the same one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from numecole_desktop.domain.french import NBSP, fold_header, joined, plural, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.importers.columns import (
    ColumnsError,
    ColumnSpec,
    Header,
    KindSpec,
    find_header,
    header_key,
)
from numecole_desktop.importers.rows import Table
from numecole_desktop.importers.tables import load_limits, open_table
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services import settings
from numecole_desktop.services.import_kinds import headings
from numecole_desktop.services.import_registry import IMPORT_KINDS, import_kind
from numecole_desktop.services.workspace import Job, Progress, Workspace

_LIMITS_FILE = "imports/limits.toml"
_SAMPLED_ROWS = 40
_SAMPLES = 3
_SHOWN = 12


class MappingNeeded(Problem):
    """The columns of a file are not recognised: a person must say which is which.

    ``headers`` are those of the file, ``columns`` ours, ``known`` what was recognised (header to
    our name), ``missing`` the required ones that were not. ``suggested`` (header to our name) is
    for the person to check; ``samples`` gives a few cells found under each header. ``unexplained``
    counts the headers of which nothing is known.
    """

    def __init__(
        self,
        message: str,
        headers: Sequence[str],
        columns: Sequence[ColumnSpec],
        known: Mapping[str, str],
        missing: Sequence[ColumnSpec],
        suggested: Mapping[str, str] | None = None,
        samples: Mapping[str, Sequence[str]] | None = None,
        unexplained: int = 0,
    ) -> None:
        super().__init__(message)
        self.headers = tuple(headers)
        self.columns = tuple(columns)
        self.known = dict(known)
        self.missing = tuple(missing)
        self.suggested = dict(suggested or {})
        self.samples = dict(samples or {})
        self.unexplained = unexplained

    @property
    def closeness(self) -> int:
        """How much the file looks like one of this kind."""
        return len(self.known) + len(self.suggested) - self.unexplained


class KindUnsure(Problem):
    """No kind of file is sure: ``needed`` says, by kind, what a person must settle."""

    def __init__(self, needed: Mapping[str, MappingNeeded]) -> None:
        nearest = max(needed, key=lambda kind: needed[kind].closeness)
        super().__init__(str(needed[nearest]))
        self.needed = {nearest: needed[nearest], **needed}


@dataclass(frozen=True, slots=True)
class FoundColumns:
    """The sheet that is read and its header.

    ``alike`` are the other sheets with such columns, ``foreign`` those without them.
    """

    table: Table
    header: Header
    alike: tuple[str, ...]
    foreign: tuple[str, ...]


def open_file(path: Path, sheet: str = "") -> Table:
    """Open a table within the limits of files that are imported.

    Of a workbook, only ``sheet`` where a person chose one.

    Raises:
        Problem: it cannot be read, or has no such sheet; the sentence says why.
    """
    table = open_table(path, load_limits(resource(_LIMITS_FILE).read_bytes(), _LIMITS_FILE))
    if not sheet:
        return table
    for one in (table, *table.others):
        if one.sheet == sheet:
            return replace(one, others=())
    names = joined([quoted(one.sheet or "") for one in (table, *table.others)])
    raise Problem(
        f"{quoted(path.name)} n’a pas de feuille remplie {quoted(sheet)}{NBSP}: {names}."
        if table.sheet
        else f"{quoted(path.name)} n’est pas un classeur{NBSP}: il n’a pas de feuille à choisir."
    )


def find_columns(
    workspace: Workspace,
    kind: str,
    spec: KindSpec,
    table: Table,
    mapping: Mapping[str, str] | None,
    *,
    ask: bool = False,
) -> FoundColumns:
    """The first sheet, fullest first, that has the required columns.

    ``mapping`` gives the column that a person chose for a header, empty to ignore it; without it,
    what was once chosen for that header holds. With ``ask``, a header that means nothing is asked
    about, unless it was before.

    Raises:
        MappingNeeded: no sheet has them, or something is to be asked.
    """
    sheets = (table, *table.others)
    found: list[tuple[Table, Header, bool]] = []
    needed: list[MappingNeeded] = []
    foreign: list[str] = []
    for sheet in sheets:
        try:
            header, decided = _header(workspace, kind, spec, sheet, mapping)
        except ColumnsError as problem:
            foreign.append(sheet.sheet or "")
            needed.append(_unread(kind, spec, sheet, problem, several=len(sheets) > 1))
        else:
            found.append((sheet, header, decided))
    if not found:
        raise max(needed, key=lambda problem: problem.closeness)
    (sheet, header, decided), *others = found
    if ask and not decided and header.puzzling(spec):
        raise _to_ask(kind, spec, sheet, header)
    alike = tuple(other.sheet or "" for other, _, _ in others)
    # The other sheets do not stay in memory as long as the import.
    return FoundColumns(replace(sheet, others=()), header, alike, tuple(foreign))


def columns_to_settle(
    workspace: Workspace,
    kind: str,
    path: Path,
    mapping: Mapping[str, str] | None,
    sheet: str = "",
) -> Job[MappingNeeded]:
    """What the columns of a file are taken for, for a person to change it.

    Raises:
        Problem: the kind is unknown or the file cannot be read.
    """
    yield Progress(0, 0, f"Lecture de {path.name}")
    spec = next(found(workspace, None).spec() for found in IMPORT_KINDS if found.name == kind)
    try:
        found = find_columns(workspace, kind, spec, open_file(path, sheet), mapping)
    except MappingNeeded as needed:
        return needed
    return _to_ask(kind, spec, found.table, found.header)


def chosen_columns(workspace: Workspace, kind: str, pairs: Iterable[str]) -> dict[str, str]:
    """The mapping that « en-tête=colonne » pairs say; a column by its name, code or label.

    Raises:
        Problem: a pair has another form, or there is no such column.
    """
    found = import_kind(kind)
    accepted: dict[str, str] = {}
    if found is not None:
        spec = found(workspace, None).spec()
        accepted = {fold_header(column.name): column.name for column in spec.columns}
        accepted |= {header: column.name for header, column in spec.accepted().items()}
    mapping = {}
    for pair in pairs:
        header, equals, column = pair.rpartition("=")
        name = accepted.get(fold_header(column), "")
        if not equals or not header.strip() or (column.strip() and not name):
            raise Problem(
                f"{quoted(pair)} ne dit pas une colonne{NBSP}: écrivez l’en-tête du fichier, le "
                f"signe = et notre colonne, par exemple «{NBSP}Nb TBI=B3{NBSP}»."
            )
        mapping[header.strip()] = name
    return mapping


def guess_kind(workspace: Workspace, path: Path, first: str) -> Job[str]:
    """The kind of which a file has the most columns, every header meaning something.

    ``first`` wins where two have as many.

    Raises:
        KindUnsure: no kind knows every header.
        TableError: the file cannot be read.
    """
    yield Progress(0, 0, f"Lecture de {path.name}")
    table = open_file(path)
    needed: dict[str, MappingNeeded] = {}
    columns: dict[str, int] = {}
    for kind in sorted(IMPORT_KINDS, key=lambda kind: kind.name != first):
        spec = kind(workspace, None).spec()
        try:
            found = find_columns(workspace, kind.name, spec, table, None, ask=True)
        except MappingNeeded as problem:
            needed[kind.name] = problem
        else:
            columns[kind.name] = len(found.header.positions)
    if not columns:
        raise KindUnsure(needed)
    return max(columns, key=lambda kind: columns[kind])


def remember(
    workspace: Workspace, kind: str, names: Iterable[str], mapping: Mapping[str, str]
) -> None:
    """Keep what was chosen for a header of ``names``."""
    settings.put(workspace, _setting(kind, names), json.dumps(dict(mapping)))


def _setting(kind: str, names: Iterable[str]) -> str:
    return f"mapping.{kind}.{header_key(names)}"


def _header(
    workspace: Workspace,
    kind: str,
    spec: KindSpec,
    table: Table,
    mapping: Mapping[str, str] | None,
) -> tuple[Header, bool]:
    """The header of a sheet, and whether a person said what its columns are.

    Raises:
        ColumnsError: see ``find_header``.
    """
    if mapping is not None:
        return find_header(table.rows(), spec, mapping), True
    try:
        header = find_header(table.rows(), spec)
    except ColumnsError as problem:
        remembered = settings.get(workspace, _setting(kind, problem.names))
        if not remembered:
            raise
    else:
        remembered = settings.get(workspace, _setting(kind, header.names))
        if not remembered:
            return header, False
    return find_header(table.rows(), spec, json.loads(remembered)), True


def _unread(
    kind: str, spec: KindSpec, table: Table, problem: ColumnsError, *, several: bool
) -> MappingNeeded:
    message = str(problem)
    if several:
        message = f"Feuille {quoted(table.sheet or '')}. {message}"
    if any(column.kind == "uai" for column in problem.missing):
        message += (
            f" Si le fichier n’a pas les UAI, ajoutez-les{NBSP}: la liste Écoles, copiée dans le "
            f"tableur, donne celui de chaque école."
        )
    accepted = spec.accepted()
    known: dict[str, str] = {}
    for name in problem.names:
        column = accepted.get(fold_header(name))
        if column is not None and column.name not in known.values():
            known[name] = column.name
    return _needed(message, kind, spec, table, problem.line, problem.names, known, problem.missing)


def _to_ask(kind: str, spec: KindSpec, table: Table, header: Header) -> MappingNeeded:
    known = {header.names[place]: name for name, place in header.positions.items()}
    message = "Vérifiez à quoi correspond chaque colonne."
    puzzling = header.puzzling(spec)
    if puzzling:
        shown = joined([quoted(name) for name in puzzling[:_SHOWN]])
        more = f" et {plural(len(puzzling) - _SHOWN, 'autre')}" if len(puzzling) > _SHOWN else ""
        message = (
            f"Colonnes que Numécole ne connaît pas{NBSP}: {shown}{more}. Vérifiez ce qui est "
            f"proposé et complétez{NBSP}; une colonne laissée de côté n’est pas lue."
        )
    return _needed(message, kind, spec, table, header.line, header.names, known, ())


def _needed(
    message: str,
    kind: str,
    spec: KindSpec,
    table: Table,
    line: int,
    names: Sequence[str],
    known: Mapping[str, str],
    missing: Sequence[ColumnSpec],
) -> MappingNeeded:
    free = [
        name
        for name in names
        if name and name not in known and fold_header(name) not in spec.ignored
    ]
    taken = set(known.values())
    columns = [column.name for column in spec.columns if column.name not in taken]
    suggested = headings().suggested(kind, free, columns)
    return MappingNeeded(
        message,
        names,
        spec.columns,
        known,
        missing,
        suggested,
        _samples(table, line, names),
        len(free) - len(suggested),
    )


def _samples(table: Table, line: int, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """A few different cells below each header."""
    below = [row for row in islice(table.rows(), _SAMPLED_ROWS) if row.line > line]
    found: dict[str, tuple[str, ...]] = {}
    for place, name in enumerate(names):
        cells = dict.fromkeys(row.cells[place] for row in below if place < len(row.cells))
        found[name] = tuple(text for text in cells if text)[:_SAMPLES]
    return found
