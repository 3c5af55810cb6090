"""Opening a base: what is created, what is refused and how it is said, what stays untouched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.services import maintenance
from numecole_desktop.services.import_undo import imports
from numecole_desktop.services.schools import school_page, school_rows
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage import keys
from numecole_desktop.storage.engine import APPLICATION_ID
from numecole_desktop.storage.errors import (
    KeyMissingError,
    LockedBaseError,
    NewerBaseError,
    StorageError,
)
from numecole_desktop.storage.migrations import STEPS
from tests.conftest import YEAR, add_schools
from tests.services.support import assert_sound, everything, files

HOLD = """
import sys
from pathlib import Path
from numecole_desktop.services.workspace import Workspace
with Workspace.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


def pragma(workspace: Workspace, name: str) -> object:
    return workspace.base.connection.execute(f"PRAGMA {name}").fetchone()[0]


def closed_base(path: Path) -> Path:
    """A base with a few schools, closed."""
    with Workspace.open(path) as workspace:
        add_schools(workspace)
    return path


def flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 0x10
    path.write_bytes(data)


def test_a_new_base_begins_a_journal_with_no_predecessor(base_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        (event,) = everything(workspace)["event"]
        assert event["kind"] == "journal"
        assert b'["id","predecessor"]' in event["body"]
        assert b",null]" in event["body"]
        assert pragma(workspace, "user_version") == len(STEPS)
        assert pragma(workspace, "application_id") == APPLICATION_ID
        assert_sound(workspace)


def test_reopening_changes_nothing_and_keeps_the_journal(base_path: Path) -> None:
    closed_base(base_path)
    with Workspace.open(base_path) as workspace:
        first = everything(workspace)
    bytes_before = files(base_path.parent)
    with Workspace.open(base_path, create=False) as workspace:
        assert everything(workspace) == first
    assert files(base_path.parent) == bytes_before


def test_two_new_bases_have_two_journals_and_two_keys(tmp_path: Path) -> None:
    found: set[object] = set()
    for name in ("a", "b"):
        path = tmp_path / f"{name}.numecole"
        with Workspace.open(path) as workspace:
            found.add((workspace.base.meta("journal"), workspace.base.key.key))
            found.add((str(path), keys.salt_of(path)))
    assert len(found) == 4


def test_the_connection_is_as_durable_as_it_says(workspace: Workspace) -> None:
    assert pragma(workspace, "journal_mode") == "wal"
    assert pragma(workspace, "synchronous") == 2
    assert pragma(workspace, "locking_mode") == "exclusive"
    assert pragma(workspace, "foreign_keys") == 1
    assert pragma(workspace, "trusted_schema") == 0
    assert pragma(workspace, "cell_size_check") == 1
    assert pragma(workspace, "cache_size") == -65_536
    assert str(pragma(workspace, "cipher_version")).startswith("4.")
    # No shared memory file: the lock and the index of the journal file stay in this process.
    assert not workspace.path.with_name(workspace.path.name + "-shm").exists()


def test_nothing_of_a_school_can_be_read_in_the_files(base_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        add_schools(workspace)
        open_files = files(base_path.parent)
    for name, data in {**open_files, **files(base_path.parent)}.items():
        if name.startswith(base_path.name):
            assert b"Carcassonne" not in data
            assert b"0110160P" not in data
            assert not data.startswith(b"SQLite format 3")


def test_a_second_instance_is_refused_with_its_sentence(base_path: Path) -> None:
    closed_base(base_path)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(base_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        before = files(base_path.parent)
        with pytest.raises(LockedBaseError, match=r"déjà ouverte par une autre .* Fermez-la"):
            Workspace.open(base_path)
        assert files(base_path.parent) == before
        other.stdin.write(b"\n")
        other.stdin.close()
        other.wait(10)
    with Workspace.open(base_path) as workspace:
        assert_sound(workspace)


def test_the_lock_goes_with_a_killed_process(base_path: Path) -> None:
    closed_base(base_path)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(base_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        other.kill()
        other.wait(10)
    with Workspace.open(base_path) as workspace:
        assert_sound(workspace)


def test_a_second_instance_in_the_same_process_is_refused(workspace: Workspace) -> None:
    with pytest.raises(LockedBaseError):
        Workspace.open(workspace.path)
    add_schools(workspace)


def test_a_newer_base_is_refused_untouched(base_path: Path) -> None:
    with Workspace.open(base_path, steps=(*STEPS, "CREATE TABLE later (x INTEGER) STRICT;\n")):
        pass
    before = files(base_path.parent)
    with pytest.raises(NewerBaseError) as refusal:
        Workspace.open(base_path)
    assert "version plus récente" in str(refusal.value)
    assert f"format {len(STEPS) + 1}" in str(refusal.value)
    assert "rien n’a été modifié" in str(refusal.value)
    assert files(base_path.parent) == before


def test_a_base_of_another_application_is_refused_untouched(base_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        workspace.base.connection.execute("PRAGMA application_id = 7")
    before = files(base_path.parent)
    with pytest.raises(StorageError, match="n’est pas une base Numécole"):
        Workspace.open(base_path)
    assert files(base_path.parent) == before


def plain_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE school (uai TEXT)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "write",
    [
        plain_sqlite,
        lambda path: path.write_bytes(os.urandom(3 * 4096)),
        lambda path: path.write_bytes(b"uai;annee_scolaire\n0110160P;2023-2024\n"),
        lambda path: path.write_bytes(b"court"),
        lambda path: path.write_bytes(bytes(4096)),
    ],
    ids=["plain-sqlite", "random", "csv", "five-bytes", "zeros"],
)
def test_another_file_is_refused_untouched(base_path: Path, write: Callable[[Path], None]) -> None:
    write(base_path)
    before = files(base_path.parent)
    for create in (True, False):
        with pytest.raises(StorageError, match="n’est pas une base Numécole"):
            Workspace.open(base_path, create=create)
    assert files(base_path.parent) == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="est un dossier"):
        Workspace.open(tmp_path)


def test_a_missing_base_is_not_created_when_it_is_only_read(base_path: Path) -> None:
    with pytest.raises(StorageError, match=r"n’existe pas\. Importez un annuaire"):
        Workspace.open(base_path, create=False)
    assert not base_path.exists()
    assert not keys.key_folder().exists()


@pytest.mark.parametrize(
    "path", ["fichier/base.numecole", f"{'x' * 300}.numecole"], ids=["under-a-file", "too-long"]
)
def test_a_path_that_cannot_be_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(StorageError, match=r"ne peut pas être (créée|lue)"):
        Workspace.open(tmp_path / path)


def test_without_its_key_a_base_is_refused_untouched(
    base_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_base(base_path)
    before = files(base_path.parent)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "autre-compte"))
    with pytest.raises(KeyMissingError, match="code de récupération"):
        Workspace.open(base_path)
    assert files(base_path.parent) == before


@pytest.mark.parametrize("size", [17, 100, 4095, 4096, 6000])
def test_a_truncated_base_is_refused_untouched(base_path: Path, size: int) -> None:
    closed_base(base_path)
    base_path.write_bytes(base_path.read_bytes()[:size])
    before = files(base_path.parent)
    with pytest.raises(StorageError, match=r"endommagée|n’est pas une base|restaurez"):
        Workspace.open(base_path)
    assert files(base_path.parent) == before


def what_is_wrong(path: Path) -> str:
    """What opening, or else verifying, says of a base."""
    try:
        with Workspace.open(path) as workspace:
            return "" if (report := finished(maintenance.verify(workspace))).ok else report.lines[0]
    except StorageError as refusal:
        return str(refusal)


def test_every_flipped_bit_is_seen(base_path: Path) -> None:
    closed_base(base_path)
    sound = base_path.read_bytes()
    for offset in range(3, len(sound), len(sound) // 40):
        base_path.write_bytes(sound)
        flip(base_path, offset)
        damaged = base_path.read_bytes()
        assert "estaurez" in what_is_wrong(base_path), offset
        assert base_path.read_bytes() == damaged


@pytest.mark.parametrize(
    ("table", "reading"),
    [
        ("school", lambda workspace: school_rows(workspace, YEAR)),
        ("import_run", imports),
        ("event", lambda workspace: school_page(workspace, "0110160P", YEAR)),
    ],
    ids=["school", "import_run", "event"],
)
def test_reading_a_damaged_page_says_so(
    base_path: Path, table: str, reading: Callable[[Workspace], object]
) -> None:
    """A page that opening does not read is refused where it is read, in French too."""
    closed_base(base_path)
    with Workspace.open(base_path) as workspace:
        root = workspace.base.connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()[0]
    flip(base_path, (int(root) - 1) * 4096 + 100)
    with (
        pytest.raises(StorageError, match="endommagée"),
        Workspace.open(base_path) as workspace,
        workspace.guarded(),
    ):
        reading(workspace)


def test_the_base_of_an_interrupted_creation_gets_its_journal(base_path: Path) -> None:
    """Killed between the schema and the first event: the next opening ends the work."""
    with Workspace.open(base_path) as workspace, workspace.writing():
        workspace.base.connection.execute("DELETE FROM event")
        workspace.base.connection.execute("DELETE FROM meta")
    with Workspace.open(base_path) as workspace:
        assert workspace.base.meta("journal")
        add_schools(workspace)
        assert {e["journal"] for e in everything(workspace)["event"]} == {
            workspace.base.meta("journal")
        }
        assert_sound(workspace)


def test_an_empty_file_becomes_a_base(base_path: Path) -> None:
    base_path.touch()
    with Workspace.open(base_path) as workspace:
        assert_sound(workspace)


def test_a_leftover_journal_file_is_not_read_into_a_new_base(base_path: Path) -> None:
    """The base was deleted by hand, not the file beside it."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(base_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        other.kill()
        other.wait(10)
    assert base_path.with_name(base_path.name + "-wal").stat().st_size > 0
    base_path.unlink()
    with Workspace.open(base_path) as workspace:
        assert len(everything(workspace)["event"]) == 1
        assert_sound(workspace)


def obeying_rights(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a program that the rights of files bind, even when the tests run as root."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root passes over the rights of files, and setpriv is not installed")
        command = [setpriv, "--bounding-set=-dac_override,-dac_read_search", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


OPEN = """
import sys
from pathlib import Path
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.workspace import Workspace
from tests.conftest import add_schools
try:
    with Workspace.open(Path(sys.argv[1])) as workspace:
        add_schools(workspace)
except Problem as problem:
    print(type(problem).__name__, problem)
else:
    print("written")
"""


def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "lecture"
    folder.mkdir(mode=0o555)
    done = obeying_rights(OPEN, folder / "base.numecole")
    assert done.stdout.startswith("StorageError La base "), done
    assert "ne peut pas être créée (accès refusé)" in done.stdout
    assert files(folder) == {}


def test_a_base_in_a_read_only_folder_is_refused_untouched(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    folder.mkdir()
    path = closed_base(folder / "b.numecole")
    before = files(folder)
    folder.chmod(0o555)
    path.chmod(0o444)
    done = obeying_rights(OPEN, path)
    folder.chmod(0o755)
    assert done.stdout.startswith("StorageError La base "), done
    assert "Vérifiez vos droits" in done.stdout or "que vous pouvez y écrire" in done.stdout
    assert files(folder) == before


def test_an_unreadable_base_is_refused(base_path: Path) -> None:
    closed_base(base_path).chmod(0o000)
    done = obeying_rights(OPEN, base_path)
    assert "ne peut pas être lue (accès refusé)" in done.stdout, done


def test_an_unreadable_key_is_refused(base_path: Path) -> None:
    closed_base(base_path)
    for file in keys.key_folder().iterdir():
        file.chmod(0o000)
    done = obeying_rights(OPEN, base_path)
    assert done.stdout.startswith("KeyMissingError La clé de la base"), done


def test_an_unreadable_folder_of_keys_is_refused(base_path: Path) -> None:
    closed_base(base_path)
    keys.key_folder().chmod(0o000)
    done = obeying_rights(OPEN, base_path)
    keys.key_folder().chmod(0o700)
    assert done.stdout.startswith("KeyMissingError La clé de la base"), done


def test_one_driver_recent_enough() -> None:
    """SQLite before 3.51.3 may damage a base in WAL mode."""
    assert sqlite.sqlite_version_info >= (3, 51, 3)
