"""The log says what happened and where in the program, and nothing that was typed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from numecole_desktop.ui.crash import CRASH_FILE
from numecole_desktop.ui.dialogs.columns import ColumnsDialog
from numecole_desktop.ui.dialogs.incident import IncidentDialog
from numecole_desktop.ui.log import LOG_FILE, Log
from tests.ui.conftest import Desktop

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Madame Dupont, 0110160P : 6 classes"


def failing() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as cause:
        raise ValueError(SECRET) from cause


def failure() -> ValueError:
    with pytest.raises(ValueError, match="Dupont") as caught:
        failing()
    return caught.value


def test_an_incident_keeps_its_places_and_not_its_message(tmp_path: Path) -> None:
    log = Log(tmp_path / "nouveau")
    log.incident(failure())
    log.ended()
    said = log.path.read_text("utf-8")
    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert "test_log.py" in said
    assert " failing" in said
    assert "Dupont" not in said
    assert "0110160P" not in said


def test_the_home_folder_is_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: ROOT)
    log = Log(tmp_path)
    log.incident(failure())
    said = log.path.read_text("utf-8")
    assert str(ROOT) not in said
    assert f"~{os.sep}tests" in said


def test_the_log_turns_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numecole_desktop.ui.log._LARGEST", 400)
    log = Log(tmp_path)
    for _ in range(200):
        log.command("verify")
    log.ended()
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [LOG_FILE, *(f"{LOG_FILE}.{n}" for n in (1, 2, 3))]
    assert all(path.stat().st_size <= 400 for path in tmp_path.iterdir())


def test_a_folder_that_refuses_stops_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "occupé").write_text("")
    log = Log(tmp_path / "occupé")
    log.started()
    log.incident(failure())
    log.ended()
    assert capsys.readouterr().err == ""


def test_the_window_writes_starts_commands_and_incidents(desktop: Desktop) -> None:
    desktop.shell.run("columns")
    desktop.dialog(ColumnsDialog).close()
    desktop.start.incidents.happened.emit(failure())
    dialog = desktop.dialog(IncidentDialog)
    dialog.close()
    path = desktop.session.state.folder / LOG_FILE
    said = path.read_text("utf-8")
    assert said.index("ouverture, Numécole") < said.index("commande columns")
    assert said.index("commande columns") < said.index("incident")
    assert "Dupont" not in said


@pytest.mark.skipif(os.name == "nt", reason="a signal is how a process falls here")
def test_a_fault_of_the_interpreter_leaves_its_trace(tmp_path: Path) -> None:
    script = (
        "import faulthandler, pathlib; from numecole_desktop.app import _watch_crashes; "
        f"_watch_crashes(pathlib.Path({str(tmp_path)!r})); faulthandler._sigsegv()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=30)
    assert done.returncode == -signal.SIGSEGV
    said = (tmp_path / CRASH_FILE).read_text("utf-8")
    assert "Segmentation fault" in said
