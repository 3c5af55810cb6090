"""A disk that is full or fails, at every step: a sentence, and a base that is before or after.

strace makes the n-th write or flush of a command fail, or kills the command there; a small memory
disk is really full.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from numecole_desktop.services import maintenance
from numecole_desktop.services.workspace import Workspace, finished
from tests.conftest import add_schools
from tests.services.support import GOOD, assert_sound, content, declarations, line, rows

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
NUMECOLE = [sys.executable, "-c", "from numecole_desktop.cli import main; main()"]
UAIS = ("0110160P", "0110161R", "0110182N", "0110151E", "0110191Y")
YEAR = ("--annee", "2023-2024")
STEPS = 4
"""Injections of each fault in each command, spread over all its steps."""


def run(
    *command: object, before: Sequence[str] = (), numecole: Sequence[str] = NUMECOLE
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, *numecole, *map(str, command)],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_refused(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert re.search(r"disque|place|espace|écrite?", done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert "Erreur inattendue" not in done.stderr


def large_file(folder: Path) -> Path:
    path = folder / "grand.csv"
    lines = [line(u, f"{y}-{y + 1}", **GOOD) for y in range(2020, 2099) for u in UAIS]
    path.write_text(declarations(*lines), encoding="utf-8")
    return path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A closed base with the small directory and one answer."""
    path = tmp_path / "base.numecole"
    with Workspace.open(path) as workspace:
        add_schools(workspace)
    assert run("--base", path, "saisir", UAIS[0], *YEAR, "A1=4").returncode == 0
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, in memory."""
    folder = tmp_path / "disque"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root may mount a small disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path, leave: int) -> None:
    """Take the room of the disk, less ``leave`` bytes."""
    free = shutil.disk_usage(folder).free
    (folder / "plein").write_bytes(bytes(max(0, free - leave)))


@pytest.mark.parametrize("leave", [0, 8_192, 65_536])
def test_an_import_on_a_full_disk_changes_nothing(
    base: Path, small_disk: Path, tmp_path: Path, leave: int
) -> None:
    target = small_disk / base.name
    shutil.copyfile(base, target)
    fill(small_disk, leave)
    with Workspace.open(base) as workspace:
        before = content(workspace)
    done = run("--base", target, "importer", "declarations", large_file(tmp_path), "--json")
    assert_refused(done)
    assert "disque est plein" in done.stderr
    (small_disk / "plein").unlink()
    with Workspace.open(target) as workspace:
        assert content(workspace) == before
        assert_sound(workspace)
    again = run("--base", target, "importer", "declarations", large_file(tmp_path), "--json")
    assert again.returncode == 0, again.stderr


def test_a_save_on_a_full_disk_says_so_and_the_next_one_is_kept(
    base: Path, small_disk: Path
) -> None:
    target = small_disk / base.name
    shutil.copyfile(base, target)
    fill(small_disk, 0)
    done = run("--base", target, "saisir", UAIS[0], *YEAR, "A1=9")
    assert_refused(done)
    assert "rien n’a été enregistré" in done.stderr
    (small_disk / "plein").unlink()
    with Workspace.open(target) as workspace:
        assert '"A1":4' in rows(workspace, "declaration")[0]["answers"]
        assert_sound(workspace)
    assert run("--base", target, "saisir", UAIS[0], *YEAR, "A1=9").returncode == 0
    with Workspace.open(target) as workspace:
        assert '"A1":9' in rows(workspace, "declaration")[0]["answers"]


def test_a_save_that_failed_does_not_spoil_the_open_base(base: Path, small_disk: Path) -> None:
    """The window stays open: once there is room again, it saves as if nothing had happened."""
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services import declarations as forms
    from tests.conftest import YEAR as SCHOOL_YEAR

    target = small_disk / base.name
    shutil.copyfile(base, target)
    with Workspace.open(target) as workspace:
        form = forms.open_form(workspace, UAIS[1], SCHOOL_YEAR)
        form = forms.save_answers(workspace, form, {"A1": 1}).form
        fill(small_disk, 0)
        kept, refused = 1, 0
        for classes in range(2, 400):
            try:
                form = forms.save_answers(workspace, form, {"A1": classes}).form
                kept = classes
            except Problem:
                refused += 1
                if refused == 3:
                    break
        assert refused == 3
        assert form.declaration.answers == {"A1": kept}
        (small_disk / "plein").unlink()
        form = forms.save_answers(workspace, form, {"A3": 2}).form
        assert form.declaration.answers == {"A1": kept, "A3": 2}
        assert_sound(workspace)
    with Workspace.open(target) as workspace:
        assert_sound(workspace)


@pytest.mark.parametrize(
    "command",
    [
        ("sauvegarder", "ici"),
        ("restaurer", "ici"),
        *(("exporter", fmt) for fmt in ("csv", "xlsx", "sqlite", "json")),
    ],
    ids=" ".join,
)
def test_other_writings_on_a_full_disk_are_refused_and_leave_nothing(
    base: Path, small_disk: Path, command: tuple[str, str]
) -> None:
    fill(small_disk, 0)
    target = small_disk / "ici"
    verb, word = command
    arguments: tuple[object, ...] = {
        "sauvegarder": ("--base", base, "sauvegarder", target),
        "restaurer": ("--base", target, "restaurer", base),
        "exporter": ("--base", base, "exporter", word, small_disk),
    }[verb]
    assert_refused(run(*arguments))
    assert {path.name for path in small_disk.iterdir()} == {"plein"}
    with Workspace.open(base) as workspace:
        assert_sound(workspace)


def test_a_base_that_a_full_disk_kept_from_being_created_is_created_later(
    small_disk: Path, tmp_path: Path
) -> None:
    target = small_disk / "base.numecole"
    for room in (0, 4_096, 20_000):
        fill(small_disk, room)
        command = ("--base", target, "importer", "declarations", large_file(tmp_path))
        assert_refused(run(*command))
        (small_disk / "plein").unlink()
    with Workspace.open(target) as workspace:
        assert_sound(workspace)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are POSIX")
def test_a_file_that_may_not_grow_is_refused(base: Path, tmp_path: Path) -> None:
    limit = base.stat().st_size // 512 + 16
    shell = ("/bin/sh", "-c", f'ulimit -f {limit}; exec "$@"', "sh")
    with Workspace.open(base) as workspace:
        before = content(workspace)
    done = run(
        "--base", base, "importer", "declarations", large_file(tmp_path), "--json", before=shell
    )
    assert_refused(done)
    with Workspace.open(base) as workspace:
        assert content(workspace) == before
        assert_sound(workspace)


def strace(log: Path, *options: str) -> tuple[str, ...]:
    tool = shutil.which("strace")
    if tool is None:
        pytest.skip("strace is not installed: faults cannot be injected")
    return (tool, "-f", "-qq", "-o", str(log), *options)


def count(log: Path, call: str, *command: object, numecole: Sequence[str] = NUMECOLE) -> int:
    """How many times a command calls the system for ``call``."""
    done = run(*command, before=strace(log, "-e", f"trace={call}"), numecole=numecole)
    if "ptrace" in done.stderr.lower():
        pytest.skip(f"strace cannot trace here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return len(re.findall(rf"\b{call}\(", log.read_text(errors="replace")))


@pytest.mark.parametrize(
    ("command", "call", "fault"),
    [
        ("saisir", "pwrite64", "signal=SIGKILL"),
        ("saisir", "pwrite64", "error=ENOSPC"),
        ("saisir", "pwrite64", "error=EIO"),
        ("saisir", "fsync", "signal=SIGKILL"),
        ("saisir", "fsync", "error=EIO"),
        ("importer", "pwrite64", "signal=SIGKILL"),
        ("importer", "pwrite64", "error=ENOSPC"),
        ("importer", "fsync", "error=EIO"),
    ],
)
def test_a_fault_at_any_step_leaves_the_base_before_or_after(
    base: Path, tmp_path: Path, command: str, call: str, fault: str
) -> None:
    log = tmp_path / "calls"
    small = tmp_path / "petit.csv"
    small.write_text(declarations(*(line(u, **GOOD) for u in UAIS)), encoding="utf-8")
    arguments: tuple[object, ...] = {
        "saisir": ("--base", base, "saisir", UAIS[0], *YEAR, "A1=9"),
        "importer": ("--base", base, "importer", "declarations", small),
    }[command]
    pristine = tmp_path / "pristine"
    shutil.copyfile(base, pristine)
    with Workspace.open(base) as workspace:
        before = said(workspace)
    total = count(log, call, *arguments)
    with Workspace.open(base) as workspace:
        after = said(workspace)
    assert before != after
    seen = set()
    steps = sorted({1, total, *(1 + k * total // STEPS for k in range(STEPS))})
    for step in (s for s in steps if 0 < s <= total):
        for path in tmp_path.glob("base.numecole*"):
            path.unlink()
        shutil.copyfile(pristine, base)
        done = run(*arguments, before=strace(log, "-e", f"inject={call}:{fault}:when={step}"))
        assert "Traceback" not in done.stderr
        assert "Erreur inattendue" not in done.stderr
        if "error" in fault and done.returncode:
            assert_refused(done)
        with Workspace.open(base) as workspace:
            found = said(workspace)
            assert finished(maintenance.verify(workspace)).ok
        assert found in (before, after), f"{call} {step} of {total}"
        if done.returncode == 0:
            assert found == after
        elif "ENOSPC" in fault:
            assert found == before
        seen.add(found == after)
    assert seen == {True, False} or total < STEPS, (total, seen)


def said(workspace: Workspace) -> list[tuple[object, ...]]:
    """What the declarations say, without the moment at which they were submitted."""
    return [
        (row["uai"], row["year"], row["status"], row["answers"])
        for row in rows(workspace, "declaration")
    ]
