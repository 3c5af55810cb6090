"""A command whose outputs are closed, or read by someone who leaves, does its work all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from numecole_desktop.services.workspace import Workspace
from tests.cli.conftest import Run
from tests.conftest import add_schools
from tests.services.support import GOOD, HEADER, content, line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells of POSIX")

NUMECOLE = f"{sys.executable} -c 'from numecole_desktop.cli import main; main()'"
ROOT = Path(__file__).parents[2]


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script of a shell; ``numecole`` is the command line."""
    return subprocess.run(
        ["/bin/bash", "-c", script.replace("numecole ", f"{NUMECOLE} ")],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def base(base_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with Workspace.open(base_path) as workspace:
        add_schools(workspace)
    monkeypatch.setenv("NUMECOLE_BASE", str(base_path))
    return base_path


@pytest.mark.parametrize("arguments", ["indices --annee 2023-2024", "verifier --json", "--help"])
def test_a_reader_who_leaves_at_once_is_no_failure(base: Path, arguments: str) -> None:
    done = shell(f"numecole {arguments} | true; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_what_is_stored_does_not_depend_on_open_outputs(
    base: Path, tmp_path: Path, closed: str
) -> None:
    path = tmp_path / "f.csv"
    path.write_text(f"{HEADER}\n{line('0110160P', **GOOD)}\n{line('x', A1='4')}\n", "utf-8")
    done = shell(f"numecole importer declarations {path} --json {closed}")
    assert done.returncode == 3
    assert "inattendue" not in done.stderr
    with Workspace.open(base) as workspace:
        assert [row["uai"] for row in content(workspace)["declaration"]] == ["0110160P"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("label", "decisions", "--annee", "2023-2024", "--csv", ""),
        ("poste", "montrer", "--carte", ""),
        ("lot", "conflits", "\udcff"),
        ("profil", "commune", "\ud800", "--annee", "2023-2024", "-o", "x"),
    ],
)
def test_a_word_that_cannot_be_a_name_is_refused(
    numecole: Run, base: Path, arguments: tuple[str, ...]
) -> None:
    outcome = numecole(*arguments)
    assert outcome.code == 2
    assert "inattendue" not in outcome.err


def test_a_file_never_takes_the_place_of_a_pipe(numecole: Run, base: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "tube"
    os.mkfifo(pipe)
    for arguments in (
        ("profil", "ecole", "0110160P", "--annee", "2023-2024", "-o", pipe),
        ("sauvegarder", pipe),
    ):
        outcome = numecole(*arguments)
        assert outcome.code == 2
        assert "n’est pas un fichier ordinaire" in outcome.err
        assert pipe.is_fifo()
