"""What a save costs on the disk: one flush, and no more."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from numecole_desktop.services.workspace import Workspace
from tests.conftest import add_schools

SAVES = 20
SAVE = """
import os, sys
from pathlib import Path
from numecole_desktop.services import declarations
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR
with Workspace.open(Path(sys.argv[1])) as workspace:
    form = declarations.open_form(workspace, "0110160P", YEAR)
    form = declarations.save_answers(workspace, form, {"A1": 1}).form
    for classes in range(2, 2 + int(sys.argv[2])):
        if os.path.exists("/mark-before-save"):
            raise SystemExit("the mark exists")
        form = declarations.save_answers(workspace, form, {"A1": classes}).form
        if os.path.exists("/mark-after-save"):
            raise SystemExit("the mark exists")
"""
FLUSH = re.compile(r"\b(fsync|fdatasync|sync_file_range|msync|sync|syncfs)\(")


def traced(path: Path, log: Path) -> list[str]:
    """System calls of the saves, in order."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: flushes cannot be counted")
    calls = "trace=fsync,fdatasync,msync,sync,syncfs,sync_file_range,stat,newfstatat,statx"
    command = [strace, "-f", "-q", "-o", str(log), "-e", calls]
    probe = subprocess.run([*command, sys.executable, "-c", ""], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip(f"strace cannot trace here: {probe.stderr.decode(errors='replace').strip()}")
    subprocess.run([*command, sys.executable, "-c", SAVE, str(path), str(SAVES)], check=True)
    return log.read_text(errors="replace").splitlines()


def test_each_saved_answer_is_flushed_exactly_once(base_path: Path, tmp_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        add_schools(workspace)
    counts: list[int] = []
    inside = False
    for call in traced(base_path, tmp_path / "calls"):
        if "/mark-before-save" in call:
            counts.append(0)
            inside = True
        elif "/mark-after-save" in call:
            inside = False
        elif inside and FLUSH.search(call):
            counts[-1] += 1
    assert counts == [1] * SAVES
