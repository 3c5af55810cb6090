"""What the tests of storage, services and command line share: looking at a base, asking again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numecole_desktop.services import maintenance
from numecole_desktop.services.derived import rules_of
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage.engine import memory_base
from numecole_desktop.storage.projection import STATE_TABLES, Projection

PROVENANCE = ("head", "heads")
HEADER = "uai;annee_scolaire;A1;A2;A3;A4;A5;A6;A7;B1;B2;B3;C1;C2;C3;D1"
GOOD = {
    "A1": "4",
    "A2": "FIBRE",
    "A3": "2",
    "A4": "OUI",
    "A5": "NON",
    "A6": "NON",
    "A7": "OUI",
    "B1": "4",
    "B2": "2",
    "B3": "2",
    "C1": "1",
    "C2": "0",
    "C3": "0",
    "D1": "ROBOTIQUE",
}
"""Answers with nothing to say against them: index 3."""

Tables = dict[str, list[dict[str, Any]]]


def rows(workspace: Workspace, table: str) -> list[dict[str, Any]]:
    """Every row of a table, as a dictionary, in a fixed order."""
    cursor = workspace.base.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def state(workspace: Workspace, *, without: tuple[str, ...] = ()) -> Tables:
    """The state tables, less the columns ``without``."""
    return {
        table: [
            {name: cell for name, cell in row.items() if name not in without}
            for row in rows(workspace, table)
        ]
        for table in STATE_TABLES
    }


def content(workspace: Workspace) -> Tables:
    """What schools and declarations say, whoever wrote it and whenever."""
    found = state(workspace, without=PROVENANCE)
    return {table: found[table] for table in ("school", "declaration")}


def everything(workspace: Workspace) -> Tables:
    """All that the base holds: journal, state, settings, identity."""
    return {table: rows(workspace, table) for table in ("event", "meta", "setting", *STATE_TABLES)}


def replayed(workspace: Workspace) -> Tables:
    """The state tables that the journal gives in an empty base."""
    copy = memory_base()
    try:
        list(Projection(copy, rules_of(workspace.catalogue)).replay(workspace.base.connection))
        found: Tables = {}
        for table in STATE_TABLES:
            cursor = copy.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor]
        return found
    finally:
        copy.close()


def assert_sound(workspace: Workspace) -> None:
    """The base is verified, and its state is the one that its journal gives."""
    report = finished(maintenance.verify(workspace))
    assert report.ok, report.lines
    assert replayed(workspace) == state(workspace)


def line(uai: str, year: str = "2023-2024", **answers: str) -> str:
    """One line of a file of declarations under ``HEADER``."""
    codes = HEADER.split(";")[2:]
    assert set(answers) <= set(codes)
    return ";".join([uai, year, *(answers.get(code, "") for code in codes)])


def declarations(*lines: str) -> str:
    """A file of declarations."""
    return "\n".join([HEADER, *lines]) + "\n"


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(folder: Path, text: str, name: str = "f.csv") -> Path:
    """Write a file to import."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path
