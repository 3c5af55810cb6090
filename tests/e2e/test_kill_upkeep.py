"""kill -9 while a base is created, undone, saved aside or put back: it opens, whole, each time."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.services import import_undo, maintenance
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage import keys
from tests.conftest import finish
from tests.e2e.test_kill import killed_after, uai
from tests.services.support import GOOD, assert_sound, content, declarations, line, rows

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(180),
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are POSIX"),
]

SCHOOLS = 800
KILLS = 20


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a base of schools, the same with declarations, a backup, and their keys."""
    folder = tmp_path_factory.mktemp("upkeep")
    file = folder / "declarations.csv"
    file.write_text(declarations(*(line(uai(n), **GOOD) for n in range(SCHOOLS))), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        with Workspace.open(folder / "schools.numecole") as workspace:
            workspace.record(
                RecordKind.SCHOOL,
                ("uai", "name"),
                [(uai(n), f"École {n}") for n in range(SCHOOLS)],
                source=Source.IMPORTED,
            )
            finished(maintenance.backup(workspace, folder / "backup.numecole"))
        shutil.copyfile(folder / "schools.numecole", folder / "declared.numecole")
        with Workspace.open(folder / "declared.numecole") as workspace:
            finish(run_import(workspace, "declarations", file))
    return folder


@pytest.fixture(autouse=True)
def _account_of_the_module(account: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(account / "config"))


def moments(work: Callable[[int], None], reset: Callable[[], None]) -> list[float]:
    """Moments at which to kill, up to a third more than the work lasts; their seed is printed."""
    reader, writer = os.pipe()
    whole = 0.0
    for _ in range(2):  # the first time, modules are read as well
        reset()
        began = time.perf_counter()
        work(writer)
        whole = time.perf_counter() - began
    os.close(reader)
    os.close(writer)
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)
    draw = random.Random(seed)
    return [draw.uniform(0, 1.3 * whole) for _ in range(KILLS)]


def test_a_base_killed_while_it_is_created_is_created_by_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    base = tmp_path / "base.numecole"

    def reset() -> None:
        for path in tmp_path.glob("base.numecole*"):
            path.unlink()

    def work(pipe: int) -> None:
        with Workspace.open(base):
            os.write(pipe, b"done\n")

    outcomes: Counter[str] = Counter()
    for delay in moments(work, reset):
        reset()
        said = killed_after(work, delay)
        outcomes["done" if "done" in said else "killed"] += 1
        with Workspace.open(base) as workspace:
            assert len(rows(workspace, "event")) == 1
            assert workspace.base.meta("journal")
            assert_sound(workspace)
        with Workspace.open(base, create=False) as workspace:
            assert_sound(workspace)
    assert outcomes["killed"]


def test_an_undo_that_is_killed_is_all_or_nothing(account: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.numecole"

    def reset() -> None:
        for path in tmp_path.glob("base.numecole*"):
            path.unlink()
        shutil.copyfile(account / "declared.numecole", base)

    def work(pipe: int) -> None:
        with Workspace.open(base) as workspace:
            (run,) = import_undo.imports(workspace)
            finished(import_undo.undo_import(workspace, run.id))
        os.write(pipe, b"done\n")

    outcomes: Counter[int] = Counter()
    for delay in moments(work, reset):
        reset()
        said = killed_after(work, delay)
        with Workspace.open(base) as workspace:
            left = len(content(workspace)["declaration"])
            (run,) = import_undo.imports(workspace)
            assert (left, run.undone) in {(0, True), (SCHOOLS, False)}
            assert left == 0 or "done" not in said
            assert_sound(workspace)
            outcomes[left] += 1
    assert outcomes[SCHOOLS], outcomes


def test_a_backup_that_is_killed_leaves_the_older_one(account: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copie.numecole"

    def reset() -> None:
        for path in tmp_path.glob("copie.numecole*"):
            path.unlink()
        shutil.copyfile(account / "backup.numecole", copy)

    def work(pipe: int) -> None:
        with Workspace.open(account / "declared.numecole") as workspace:
            finished(maintenance.backup(workspace, copy))
        os.write(pipe, b"done\n")

    outcomes: Counter[int] = Counter()
    for delay in moments(work, reset):
        reset()
        said = killed_after(work, delay)
        with Workspace.open(copy, create=False) as workspace:
            held = len(content(workspace)["declaration"])
            assert held in {0, SCHOOLS}
            assert held or "done" not in said
            assert_sound(workspace)
            outcomes[held] += 1
        with Workspace.open(account / "declared.numecole") as workspace:
            assert_sound(workspace)
    assert outcomes[0], outcomes


def test_a_restoration_that_is_killed_leaves_the_one_or_the_other(
    account: Path, tmp_path: Path
) -> None:
    """And never the backup under the journal that went on after it."""
    base = tmp_path / "base.numecole"
    journals = set()

    def reset() -> None:
        for path in tmp_path.glob("base*"):
            path.unlink()
        shutil.copyfile(account / "declared.numecole", base)

    def work(pipe: int) -> None:
        finished(maintenance.restore(account / "backup.numecole", base))
        os.write(pipe, b"done\n")

    with Workspace.open(account / "declared.numecole") as workspace:
        former = workspace.base.meta("journal")
    outcomes: Counter[int] = Counter()
    for delay in moments(work, reset):
        reset()
        said = killed_after(work, delay)
        assert base.exists()
        with Workspace.open(base, create=False) as workspace:
            held = len(content(workspace)["declaration"])
            journal = workspace.base.meta("journal")
            assert (held == SCHOOLS) == (journal == former)
            assert held == 0 or "done" not in said
            assert_sound(workspace)
            if held == 0:
                assert journal not in journals
                journals.add(journal)
            outcomes[held] += 1
    assert outcomes[SCHOOLS], outcomes
    assert keys.key_folder().is_relative_to(account)
