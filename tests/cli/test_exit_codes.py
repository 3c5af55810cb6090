"""Exit codes, and what is left behind: nothing when nothing was done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import keys
from tests.cli.conftest import Run
from tests.conftest import DATA, add_schools
from tests.services.support import GOOD, HEADER, content, everything, files, line

DIRECTORY = DATA / "directory" / "annuaire-2024.csv"
YEAR = ("--annee", "2023-2024")


def write(folder: Path, *lines: str) -> Path:
    path = folder / "declarations.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def all_of(base: Path) -> object:
    with Workspace.open(base, create=False) as workspace:
        return everything(workspace)


def test_done_is_0(numecole: Run, schools: Path, tmp_path: Path) -> None:
    path = write(tmp_path, line("0110160P", **GOOD))
    outcome = numecole("importer", "declarations", path, "--json")
    assert outcome.code == 0
    assert outcome.err == ""
    assert outcome.document["findings"] == []


def test_warnings_alone_are_0(numecole: Run, schools: Path, tmp_path: Path) -> None:
    outcome = numecole(
        "importer", "declarations", write(tmp_path, line("0110160P", A1="41")), "--json"
    )
    assert outcome.code == 0
    assert outcome.document["warnings"] == 1


def test_a_refused_line_is_3_and_the_good_ones_are_stored(
    numecole: Run, schools: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, line("0110160P", **GOOD), line("0110161R", A1="0"), "", line("x"))
    outcome = numecole("importer", "declarations", path, "--json")
    assert outcome.code == 3
    assert outcome.document == {
        "kind": "declarations",
        "file": "declarations.csv",
        "lines": 3,
        "accepted": 1,
        "unchanged": 0,
        "refused": 2,
        "warnings": 0,
        "findings": outcome.document["findings"],
    }
    first, second = (f for f in outcome.document["findings"] if f["severity"] == "error")
    assert (first["line"], first["column"], first["value"]) == (3, "A1", "0")
    assert (second["line"], second["column"], second["value"]) == (5, "uai", "x")
    assert type(first["line"]) is int
    assert type(outcome.document["lines"]) is int
    with Workspace.open(schools) as workspace:
        assert [r["uai"] for r in content(workspace)["declaration"]] == ["0110160P"]


def test_a_simulation_has_the_code_of_the_import(
    numecole: Run, schools: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, line("0110160P", **GOOD), line("x", A1="4"))
    before = all_of(schools)
    said = numecole("importer", "declarations", path, "--simulation", "--json")
    assert all_of(schools) == before
    done = numecole("importer", "declarations", path, "--json")
    assert (said.code, said.document) == (done.code, done.document)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("importer", "annuaire", "absent.csv"), 2),
        (("importer", "inconnu", DIRECTORY), 2),
        (("importer", "annuaire", DIRECTORY, "--annee", "2023"), 2),
        (("importer", "annuaire", DIRECTORY, "--simulation"), 0),
        (("importer", "declarations", DIRECTORY), 3),
        (("saisir", "0110160P", *YEAR, "A1=4"), 2),
        (("ecole", "0110160P", *YEAR), 2),
        (("indices", *YEAR), 2),
        (("verifier",), 2),
        (("exporter", "csv", "sortie"), 2),
        (("sauvegarder", "copie"), 2),
        (("restaurer", "copie"), 2),
    ],
)
def test_what_stores_nothing_leaves_no_base_behind(
    numecole: Run,
    base_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[object, ...],
    code: int,
) -> None:
    (tmp_path / "ici").mkdir()
    monkeypatch.chdir(tmp_path / "ici")
    assert numecole(*arguments).code == code
    assert not base_path.exists()
    assert files(tmp_path) == {}
    assert not keys.key_folder().exists() or not any(keys.key_folder().iterdir())


def test_missing_columns_are_named(numecole: Run, schools: Path, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("Code de l’école;Classes\n0110160P;4\n", encoding="utf-8")
    before = all_of(schools)
    outcome = numecole("importer", "declarations", path, "--json")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Il manque la colonne «\u00a0UAI\u00a0»" in outcome.err
    assert "«\u00a0Code de l’école\u00a0»" in outcome.err
    assert all_of(schools) == before


def test_an_empty_base_that_was_there_stays(numecole: Run, base_path: Path) -> None:
    with Workspace.open(base_path):
        pass
    before = all_of(base_path)
    assert numecole("importer", "annuaire", "absent.csv").code == 2
    assert numecole("importer", "annuaire", DIRECTORY, "--simulation").code == 0
    assert all_of(base_path) == before


@pytest.mark.parametrize("place", ["before", "after", "environment"])
def test_the_base_is_named_before_or_after_the_verb_or_in_the_environment(
    numecole: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    other = tmp_path / "autre.numecole"
    with Workspace.open(other) as workspace:
        add_schools(workspace)
    if place == "environment":
        import sys as system

        from numecole_desktop import cli

        monkeypatch.setenv("NUMECOLE_BASE", str(other))
        monkeypatch.setattr(system, "argv", ["numecole", "indices", *YEAR, "--json"])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert not left.value.code
        return
    base = ("--base", other)
    command = ("indices", *YEAR, "--json")
    outcome = numecole(*((*base, *command) if place == "before" else (*command, *base)))
    assert len(outcome.document) == 5


def test_json_may_be_asked_before_the_verb(numecole: Run, schools: Path) -> None:
    assert len(numecole("--json", "indices", *YEAR).document) == 5


def test_a_refused_submission_says_why_in_json(numecole: Run, schools: Path) -> None:
    before = all_of(schools)
    values = [f"{code}={text}" for code, text in {**GOOD, "A1": "45"}.items()]
    outcome = numecole("saisir", "0110160P", *YEAR, "--valider", "--json", *values)
    assert outcome.code == 2
    assert [f["code"] for f in outcome.document["findings"]] == ["many_classes"]
    assert "confirmation" in outcome.document["error"]
    assert all_of(schools) == before


def test_verifying_a_base_whose_state_is_wrong_is_2_until_it_is_rebuilt(
    numecole: Run, schools: Path
) -> None:
    assert numecole("verifier").code == 0
    with Workspace.open(schools) as workspace, workspace.writing():
        workspace.base.connection.execute("UPDATE school SET name = 'x'")
    outcome = numecole("verifier", "--json")
    assert (outcome.code, outcome.document["ok"]) == (2, False)
    assert "--reconstruire" in outcome.document["lines"][-1]
    assert numecole("verifier", "--reconstruire").code == 0
    assert numecole("verifier").code == 0


def test_a_locked_base_is_2_with_its_sentence(numecole: Run, schools: Path) -> None:
    with Workspace.open(schools):
        outcome = numecole("saisir", "0110160P", *YEAR, "A1=4")
    assert outcome.code == 2
    assert outcome.out == ""
    assert "déjà ouverte par une autre" in outcome.err


def test_help_is_0_and_no_command_is_2(numecole: Run) -> None:
    outcome = numecole("--help")
    assert outcome.code == 0
    assert "importer" in outcome.out
    outcome = numecole("profil")
    assert outcome.code == 2
    assert "ecole" in outcome.err


def test_the_recovery_code_is_given_only_when_asked(
    numecole: Run, schools: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copie.numecole"
    assert set(numecole("sauvegarder", copy, "--json").document) == {"file"}
    code = numecole("sauvegarder", copy, "--code", "--json").document["recovery_code"]
    with Workspace.open(schools) as workspace:
        assert code == workspace.base.key.recovery_code


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT is sent to one process")
def test_an_interrupted_import_changes_nothing(schools: Path, tmp_path: Path) -> None:
    """Ctrl+C in the middle: a sentence, a code, the base as it was."""
    uais = ["0110160P", "0110161R", "0110182N", "0110151E", "0110191Y"]
    lines = [line(u, f"{y}-{y + 1}", **GOOD) for y in range(2020, 2099) for u in uais * 100]
    path = write(tmp_path, *lines)
    before = all_of(schools)
    # A shell that runs the tests in the background has its children ignore SIGINT.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from numecole_desktop.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "--base", str(schools), "importer", "declarations"]
    with subprocess.Popen(
        [*command, str(path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "FORCE_COLOR": "1", "TERM": "xterm"},
    ) as child:
        assert child.stderr is not None
        shown = b""
        while b"0:00:0" not in shown:  # the time that is left, shown once lines are stored
            shown += os.read(child.stderr.fileno(), 4096)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (2, b"")
    assert "Interrompu" in err.decode("utf-8")
    assert b"Traceback" not in err
    assert all_of(schools) == before
