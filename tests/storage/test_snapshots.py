"""Backups, and putting one back: whole, checked, and never a mixture of two bases."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import declarations, maintenance
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage import keys
from numecole_desktop.storage.errors import KeyMissingError, LockedBaseError, StorageError
from numecole_desktop.storage.migrations import STEPS
from tests.conftest import YEAR, add_schools
from tests.services.support import assert_sound, content, everything, files

SAVE_AND_HANG = """
import sys, time
from pathlib import Path
from numecole_desktop.services import declarations
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR
workspace = Workspace.open(Path(sys.argv[1]))
form = declarations.open_form(workspace, "0110161R", YEAR)
declarations.save_answers(workspace, form, {"A1": 31})
print("saved", flush=True)
time.sleep(60)
"""


@pytest.fixture
def saved(base_path: Path) -> Path:
    """A backup of a base that holds one answer; the base went on after it."""
    backup = base_path.with_name("sauvegarde du 5 mars (100 %), clé n°1 #2?.numecole")
    with Workspace.open(base_path) as workspace:
        add_schools(workspace)
        answer(workspace, 4)
        finished(maintenance.backup(workspace, backup))
        answer(workspace, 9)
    return backup


def answer(workspace: Workspace, classes: int) -> None:
    form = declarations.open_form(workspace, "0110160P", YEAR)
    declarations.save_answers(workspace, form, {"A1": classes})


def answered(path: Path) -> object:
    with Workspace.open(path, create=False) as workspace:
        assert_sound(workspace)
        form = declarations.open_form(workspace, "0110160P", YEAR)
        return form.declaration.answers.get("A1")


def kept_aside(path: Path) -> list[Path]:
    return sorted(p for p in path.parent.iterdir() if ".avant-restauration." in p.name)


def leftovers(folder: Path) -> list[str]:
    names = [p.name for p in folder.iterdir()]
    return [n for n in names if n.endswith((".part", "-wal", "-journal")) or ".restauration." in n]


def killed_after_a_save(path: Path) -> None:
    """Leave beside the base a journal file that holds a save."""
    child = subprocess.Popen(
        [sys.executable, "-c", SAVE_AND_HANG, str(path)], stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"saved\n"
        child.send_signal(signal.SIGKILL)
        child.wait(10)
    assert path.with_name(path.name + "-wal").stat().st_size > 0


def test_a_backup_is_the_base(base_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copie.numecole"
    with Workspace.open(base_path) as workspace:
        add_schools(workspace)
        answer(workspace, 4)
        finished(maintenance.backup(workspace, target))
        before = everything(workspace)
        answer(workspace, 5)
    with Workspace.open(target, create=False) as copy:
        assert everything(copy) == before
        assert_sound(copy)
    assert b"Carcassonne" not in target.read_bytes()
    assert leftovers(tmp_path) == []


def test_a_backup_replaces_an_older_one_whole(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "copie.numecole"
    finished(maintenance.backup(workspace, target))
    answer(workspace, 4)
    finished(maintenance.backup(workspace, target))
    assert answered(target) == 4


def test_a_backup_on_the_base_itself_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    link = tmp_path / "lien.numecole"
    link.symlink_to(workspace.path)
    hard = tmp_path / "autre-lien.numecole"
    os.link(workspace.path, hard)
    for target in (workspace.path, link, hard, workspace.path.parent / "." / workspace.path.name):
        with pytest.raises(StorageError, match="est la base elle-même"):
            finished(maintenance.backup(workspace, target))
    answer(workspace, 4)
    workspace.close()
    assert answered(workspace.path) == 4


@pytest.mark.parametrize("name", ["absent/copie.numecole", "fichier/copie.numecole", "dossier"])
def test_a_backup_that_cannot_be_written_is_refused(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    (tmp_path / "fichier").write_text("")
    (tmp_path / "dossier").mkdir()
    with pytest.raises(Problem) as refusal:
        finished(maintenance.backup(workspace, tmp_path / name))
    assert str(refusal.value).endswith(".")
    assert "[Errno" not in str(refusal.value)
    assert leftovers(tmp_path) in ([], [f"{workspace.path.name}-wal"])


def test_restoring_puts_the_backup_back_and_keeps_the_base(saved: Path, base_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        former = everything(workspace)
    kept = finished(maintenance.restore(saved, base_path))
    assert kept is not None
    assert kept_aside(base_path) == [kept]
    assert answered(base_path) == 4
    with Workspace.open(kept, create=False) as workspace:
        assert everything(workspace) == former
    assert leftovers(base_path.parent) == []


def test_the_restored_base_begins_a_journal_that_names_the_former(
    saved: Path, base_path: Path
) -> None:
    with Workspace.open(base_path) as workspace:
        former = workspace.base.meta("journal")
    finished(maintenance.restore(saved, base_path))
    with Workspace.open(base_path) as workspace:
        journal = workspace.base.meta("journal")
        assert journal != former
        (first,) = [e for e in everything(workspace)["event"] if e["journal"] == journal]
        body = json.loads(first["body"])
        assert body["rows"] == [[journal, former]]
        # What is entered from now on can never be taken for what was entered after the backup.
        assert body["ctx"] == {former: 3}
        answer(workspace, 6)
        assert everything(workspace)["event"][-1]["n"] == 2
        assert workspace.writer.context == {former: 3, journal: 2}
        assert_sound(workspace)


def test_restoring_twice_gives_two_journals(saved: Path, base_path: Path) -> None:
    found = set()
    for _ in range(3):
        finished(maintenance.restore(saved, base_path))
        with Workspace.open(base_path) as workspace:
            found.add(workspace.base.meta("journal"))
    assert len(found) == 3
    assert len(kept_aside(base_path)) == 3


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_a_restoration_stopped_at_any_step_leaves_base_keys_and_folders_as_they_were(
    saved: Path, base_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    with Workspace.open(saved) as workspace:
        code = maintenance.recovery_code(workspace)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "autre"))
    monkeypatch.setenv("NUMECOLE_DOSSIER", str(tmp_path / "autre"))
    before = files(tmp_path)
    job = maintenance.restore(saved, base_path, code)
    for _ in range(steps):
        next(job)
    job.close()
    assert files(tmp_path) == before
    with pytest.raises(KeyMissingError):
        Workspace.open(base_path)
    finished(maintenance.restore(saved, base_path, code))
    assert answered(base_path) == 4


def test_restoring_elsewhere(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "ailleurs" / "base.numecole"
    assert finished(maintenance.restore(saved, target)) is None
    assert answered(target) == 4


def test_restoring_on_another_account_needs_the_recovery_code(
    saved: Path, base_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(base_path) as workspace:
        code = maintenance.recovery_code(workspace)
    stick = tmp_path / "cle-usb" / saved.name
    stick.parent.mkdir()
    shutil.copyfile(saved, stick)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "autre"))
    target = tmp_path / "autre-poste" / "base.numecole"
    with pytest.raises(KeyMissingError, match="code de récupération"):
        finished(maintenance.restore(stick, target))
    for wrong in ("ABCD", code[:-6], code[5:], "-".join(["AAAA"] * 13)):
        with pytest.raises(Problem):
            finished(maintenance.restore(stick, target, wrong))
    assert not target.parent.exists()
    assert not keys.key_folder().exists()
    finished(maintenance.restore(stick, target, code.lower()))
    assert answered(target) == 4
    # The key is now this account's: the code is not asked again.
    assert answered(target) == 4


@pytest.mark.parametrize("offset", [3, 40, 5000, -200])
def test_a_damaged_backup_is_refused_and_the_base_untouched(
    saved: Path, base_path: Path, offset: int
) -> None:
    data = bytearray(saved.read_bytes())
    data[offset] ^= 1
    saved.write_bytes(data)
    before = files(base_path.parent)
    with pytest.raises(StorageError):
        finished(maintenance.restore(saved, base_path))
    assert files(base_path.parent) == before
    assert answered(base_path) == 9


@pytest.mark.parametrize("size", [0, 10, 5000])
def test_a_truncated_backup_is_refused(saved: Path, base_path: Path, size: int) -> None:
    saved.write_bytes(saved.read_bytes()[:size])
    with pytest.raises(StorageError):
        finished(maintenance.restore(saved, base_path))
    assert answered(base_path) == 9


def test_a_missing_backup_is_refused(base_path: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="n’existe pas"):
        finished(maintenance.restore(tmp_path / "absent.numecole", base_path))
    with pytest.raises(StorageError):
        finished(maintenance.restore(tmp_path / ("x" * 300), base_path))
    assert not base_path.exists()


def test_a_base_that_is_open_is_not_replaced(saved: Path, base_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        before = files(base_path.parent)
        with pytest.raises(LockedBaseError):
            finished(maintenance.restore(saved, base_path))
        assert files(base_path.parent) == before
        answer(workspace, 10)
    assert answered(base_path) == 10


def test_a_base_is_not_restored_from_itself(saved: Path, base_path: Path) -> None:
    with pytest.raises(StorageError, match="est la base elle-même"):
        finished(maintenance.restore(base_path, base_path))
    assert answered(base_path) == 9
    assert kept_aside(base_path) == []


@pytest.mark.parametrize("damage", ["flip", "header", "cut", "empty", "short", "other"])
def test_a_damaged_base_can_be_replaced(saved: Path, base_path: Path, damage: str) -> None:
    """It is the very reason for a backup."""
    data = bytearray(base_path.read_bytes())
    data[5000 if damage == "flip" else 30] ^= 1
    broken = {
        "flip": bytes(data),
        "header": bytes(data),
        "cut": bytes(data[:5000]),
        "empty": b"",
        "short": b"court",
        "other": b"un autre fichier, sans rapport",
    }[damage]
    base_path.write_bytes(broken)
    kept = finished(maintenance.restore(saved, base_path))
    assert answered(base_path) == 4
    assert kept is not None
    if damage != "empty":
        assert kept.read_bytes() == broken


def test_a_newer_base_can_be_replaced(saved: Path, base_path: Path) -> None:
    with Workspace.open(base_path, steps=(*STEPS, "CREATE TABLE later (x INTEGER) STRICT;\n")):
        pass
    finished(maintenance.restore(saved, base_path))
    assert answered(base_path) == 4


def test_a_folder_is_not_replaced(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "dossier").mkdir()
    with pytest.raises(StorageError, match="est un dossier"):
        finished(maintenance.restore(saved, tmp_path / "dossier"))


def test_what_a_killed_process_left_is_kept_with_the_base_and_not_read_into_the_backup(
    saved: Path, base_path: Path
) -> None:
    killed_after_a_save(base_path)
    kept = finished(maintenance.restore(saved, base_path))
    assert answered(base_path) == 4
    with Workspace.open(base_path) as workspace:
        assert [r["uai"] for r in content(workspace)["declaration"]] == ["0110160P"]
    assert kept is not None
    with Workspace.open(kept) as workspace:
        assert [r["uai"] for r in content(workspace)["declaration"]] == ["0110160P", "0110161R"]


def test_a_leftover_journal_file_of_a_base_without_key_is_not_read_into_the_backup(
    saved: Path, base_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The former base cannot be opened here: its journal file stays beside the copy of it."""
    killed_after_a_save(base_path)
    with monkeypatch.context() as account:
        with Workspace.open(saved) as workspace:
            code = maintenance.recovery_code(workspace)
        account.setenv("XDG_CONFIG_HOME", str(tmp_path / "autre"))
        kept = finished(maintenance.restore(saved, base_path, code))
        assert answered(base_path) == 4
    assert kept is not None
    with Workspace.open(kept) as workspace:
        assert [r["uai"] for r in content(workspace)["declaration"]] == ["0110160P", "0110161R"]


def test_what_another_account_left_is_kept_with_its_base_and_not_read_into_the_backup(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That base cannot be opened here: its journal file goes with the copy of it, untouched."""
    target = tmp_path / "partage.numecole"
    other = str(tmp_path / "autre-compte")
    with monkeypatch.context() as account:
        account.setenv("XDG_CONFIG_HOME", other)
        with Workspace.open(target) as workspace:
            add_schools(workspace)
        killed_after_a_save(target)
    journal = target.with_name(target.name + "-wal").read_bytes()
    kept = finished(maintenance.restore(saved, target))
    assert answered(target) == 4
    assert kept is not None
    assert kept.with_name(kept.name + "-wal").read_bytes() == journal
    monkeypatch.setenv("XDG_CONFIG_HOME", other)
    with Workspace.open(kept) as workspace:
        assert [r["uai"] for r in content(workspace)["declaration"]] == ["0110161R"]
        assert_sound(workspace)


def test_a_restoration_that_fails_at_the_end_leaves_the_base(
    saved: Path, base_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(base_path.parent)

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(StorageError, match="le disque est plein"):
            finished(maintenance.restore(saved, base_path))
    after = files(base_path.parent)
    assert {name: after[name] for name in before} == before
    assert leftovers(base_path.parent) == []
    assert answered(base_path) == 9
