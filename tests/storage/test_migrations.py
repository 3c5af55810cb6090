"""Steps of the schema: frozen, preceded by a copy, all or nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite
from sqlmodel import SQLModel

from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import tables
from numecole_desktop.storage.engine import memory_base
from numecole_desktop.storage.errors import StorageError
from numecole_desktop.storage.migrations import STEPS
from numecole_desktop.storage.projection import STATE_TABLES
from tests.conftest import add_schools
from tests.services.support import assert_sound, everything, files, state

RELEASED = ("6a265a48", "0baec60c", "aa5d6052", "94ed1912", "62a575b2")
"""First digits of the SHA-256 of each step that was released. A step is never edited: to change
the schema, add a step and its line here."""

NEXT = (
    "CREATE TABLE visit (uai TEXT NOT NULL PRIMARY KEY) STRICT;\n"
    "ALTER TABLE setting ADD COLUMN origin TEXT;\n"
)


def old_base(path: Path) -> dict[str, list[dict[str, object]]]:
    """A base of the current format with a few schools, closed; what it held."""
    with Workspace.open(path) as workspace:
        add_schools(workspace)
        return everything(workspace)


def copies(path: Path) -> list[Path]:
    return sorted(p for p in path.parent.iterdir() if ".avant-format-" in p.name)


def test_a_released_step_is_never_edited() -> None:
    found = tuple(hashlib.sha256(step.encode()).hexdigest()[:8] for step in STEPS)
    assert found == RELEASED


def test_the_classes_are_those_of_the_schema() -> None:
    connection = memory_base()
    try:
        mapped = {
            name: [column.name for column in table.columns]
            for name, table in SQLModel.metadata.tables.items()
        }
        assert set(mapped) == {"event", "import_run"}
        assert tables.EventRow.__tablename__ == "event"
        for name, columns in mapped.items():
            cursor = connection.execute(f"SELECT * FROM {name}")
            assert columns == [column[0] for column in cursor.description]
    finally:
        connection.close()


def test_every_table_is_strict() -> None:
    connection = memory_base()
    try:
        listed = connection.execute("PRAGMA table_list").fetchall()
        strict = {row[1]: row[5] for row in listed if not row[1].startswith("sqlite_")}
        assert set(strict) >= {"meta", "setting", "event", *STATE_TABLES}
        assert set(strict.values()) == {1}
    finally:
        connection.close()


def test_a_step_copies_migrates_and_rebuilds(base_path: Path) -> None:
    before = old_base(base_path)
    steps = (*STEPS, NEXT)
    with Workspace.open(base_path, steps=steps) as workspace:
        connection = workspace.base.connection
        assert connection.execute("PRAGMA user_version").fetchone() == (len(steps),)
        assert connection.execute("SELECT count(*) FROM visit").fetchone() == (0,)
        after = everything(workspace)
        assert {**after, "setting": []} == {**before, "setting": []}
        assert_sound(workspace)
    (copy,) = copies(base_path)
    assert f".avant-format-{len(steps)}." in copy.name
    with Workspace.open(copy, create=False) as workspace:
        assert everything(workspace) == before


def test_a_step_rebuilds_the_state_from_the_journal(base_path: Path) -> None:
    before = old_base(base_path)
    with Workspace.open(base_path) as workspace, workspace.writing():
        workspace.base.connection.execute("UPDATE school SET name = 'x', folded = 'x'")
    with Workspace.open(base_path, steps=(*STEPS, NEXT)) as workspace:
        assert state(workspace) == {name: before[name] for name in state(workspace)}


def test_a_failing_step_leaves_the_base_as_it_was(base_path: Path) -> None:
    before = old_base(base_path)
    with pytest.raises(sqlite.OperationalError):
        Workspace.open(base_path, steps=(*STEPS, NEXT + "ALTER TABLE nowhere ADD COLUMN x TEXT;\n"))
    with Workspace.open(base_path) as workspace:
        assert everything(workspace) == before
        names = {
            row[0] for row in workspace.base.connection.execute("SELECT name FROM sqlite_schema")
        }
        assert "visit" not in names
        assert_sound(workspace)
    with Workspace.open(base_path, steps=(*STEPS, NEXT)) as workspace:
        assert_sound(workspace)


def test_no_copy_no_migration(base_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the copy cannot be written, nothing is migrated."""
    before = old_base(base_path)

    def nowhere(base: Path, label: str) -> Path:
        return base.parent / "absent" / label

    monkeypatch.setattr("numecole_desktop.storage.snapshots.snapshot_path", nowhere)
    with pytest.raises(StorageError):
        Workspace.open(base_path, steps=(*STEPS, NEXT))
    with Workspace.open(base_path) as workspace:
        assert everything(workspace) == before


def test_opening_without_a_new_step_copies_nothing(base_path: Path) -> None:
    old_base(base_path)
    with Workspace.open(base_path):
        pass
    assert copies(base_path) == []
    assert [n for n in files(base_path.parent) if n.endswith(".numecole")] == [base_path.name]
