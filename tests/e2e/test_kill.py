"""kill -9 at random moments of import and entry: nothing said is lost, nothing is half-done.

Children are forked from a warm process, so that two hundred of them cost little; each works on its
own copy of a prepared base, and dies at a moment drawn from a printed seed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.uai import check_letter
from numecole_desktop.services import declarations, importing, maintenance
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage import engine, reads
from tests.conftest import finish

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are POSIX"),
]

YEAR = SchoolYear(2023)
SCHOOLS = 3_000
IMPORT_KILLS = 105
ENTRY_KILLS = 110


def uai(number: int) -> str:
    digits = f"{300_000 + number:07d}"
    return digits + check_letter(digits)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with an empty base, one with a directory, their keys, and two files to import."""
    folder = tmp_path_factory.mktemp("kill")
    directory = ["uai;nom;commune;secteur"]
    directory += [f"{uai(n)};École {n};Commune {n % 90};Public" for n in range(SCHOOLS)]
    (folder / "annuaire.csv").write_text("\n".join(directory), "utf-8")
    lines = ["uai;annee_scolaire;A1;A3;B1;B2;B3;C1;C2;C3"]
    lines += [f"{uai(n)};2023-2024;{n % 9 + 1};0;1;1;0;{n % 2};0;1" for n in range(SCHOOLS)]
    (folder / "declarations.csv").write_text("\n".join(lines), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        Workspace.open(folder / "empty.numecole").close()
        with Workspace.open(folder / "schools.numecole") as workspace:
            finish(run_import(workspace, "annuaire", folder / "annuaire.csv"))
    return folder


def killed_after(work: Callable[[int], None], delay: float) -> list[str]:
    """Run ``work`` in a forked child, kill it after ``delay`` seconds; the lines it had written."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            work(writer)
        finally:
            os._exit(0)
    os.close(writer)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "r", encoding="ascii") as stream:
        return stream.read().split("\n")


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("kind", "large"),
    [("annuaire", False), ("declarations", False), ("declarations", True)],
    ids=["annuaire", "declarations", "declarations-large"],
)
def test_a_killed_import_is_all_or_nothing(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, large: bool
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(prepared / "config"))
    if large:
        # A large file goes another way, and pages reach the disk before the end.
        monkeypatch.setattr(importing, "_LARGE", 0)
        monkeypatch.setattr(engine, "_SPARING_KIB", 128)
    start = "empty" if kind == "annuaire" else "schools"
    base = tmp_path / "base.numecole"
    file = prepared / f"{kind}.csv"

    def work(pipe: int) -> None:
        with Workspace.open(base) as workspace:
            os.write(pipe, b"open\n")
            finish(run_import(workspace, kind, file))
        os.write(pipe, b"done\n")

    shutil.copyfile(prepared / f"{start}.numecole", base)
    began = time.perf_counter()
    with Workspace.open(base) as workspace:
        finish(run_import(workspace, kind, file))
    whole = time.perf_counter() - began
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)
    draw = random.Random(seed)
    outcomes = {0: 0, SCHOOLS: 0}
    for _ in range(IMPORT_KILLS // 3):
        for suffix in ("", "-wal", "-shm"):
            base.with_name(base.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(prepared / f"{start}.numecole", base)
        said = killed_after(work, draw.uniform(0, 1.3 * whole))
        with Workspace.open(base) as workspace:
            table = "school" if kind == "annuaire" else "declaration"
            rows = workspace.base.connection.execute(f"SELECT count(*) FROM {table}")
            count = rows.fetchone()[0]
            assert count in outcomes, f"{count} lines, seed {seed}"
            assert count == SCHOOLS or "done" not in said
            assert finished(maintenance.verify(workspace)).ok, f"seed {seed}"
            outcomes[count] += 1
    assert outcomes[0], "no kill came before the end: the test proves nothing"


@pytest.mark.timeout(180)
def test_no_acknowledged_answer_is_lost_when_entry_is_killed(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(prepared / "config"))
    base = tmp_path / "base.numecole"
    shutil.copyfile(prepared / "schools.numecole", base)
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)
    draw = random.Random(seed)
    acknowledged = 0
    kept: dict[str, object] = {}
    for turn in range(ENTRY_KILLS):
        school = uai(turn)

        def work(pipe: int, school: str = school) -> None:
            with Workspace.open(base) as workspace:
                form = declarations.open_form(workspace, school, YEAR)
                for value in range(1, 100_000):
                    form = declarations.save_answers(workspace, form, {"A3": value}).form
                    os.write(pipe, b"%d\n" % value)

        said = killed_after(work, draw.uniform(0.01, 0.12))
        last = int(next((line for line in reversed(said[:-1]) if line), 0))
        with Workspace.open(base) as workspace:
            held = reads.declaration(workspace.base.connection, school, YEAR)
            stored = held.answers["A3"] if held else 0
            assert stored in (last, last + 1), f"{stored} stored, {last} said, seed {seed}"
            if stored:
                kept[school] = stored
            if turn % 10 == 0:
                assert finished(maintenance.verify(workspace)).ok, f"seed {seed}"
        acknowledged += last
    with Workspace.open(base) as workspace:
        # None of the kills took away what an earlier one had left.
        assert {
            d.uai: d.answers["A3"] for d in reads.declarations(workspace.base.connection)
        } == kept
        assert finished(maintenance.verify(workspace)).ok
    assert acknowledged, "no answer was acknowledged: the test proves nothing"
