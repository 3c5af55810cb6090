"""A first start whose process is killed goes on at the same step, with what was said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from numecole_desktop.domain.own_territory import OwnTerritory
from numecole_desktop.services import settings
from numecole_desktop.ui.screens.home import HomeScreen
from tests.e2e.day_data import ROOT
from tests.e2e.killed_window import TYPED
from tests.ui.conftest import Desktop, focus

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX"),
]


def test_a_killed_first_start_goes_on(
    open_window: Callable[[Path], Desktop], base_path: Path, tmp_path: Path
) -> None:
    remembered = tmp_path / "fenetre.ini"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.killed_first_start", base_path, remembered],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == TYPED
        child.send_signal(signal.SIGKILL)
    desktop = open_window(base_path)
    screen = desktop.shell.current()
    assert isinstance(screen, HomeScreen)
    assert screen.first is not None
    assert screen.first.step == 2
    assert focus() is screen.first.territory.level
    assert screen.first.territory.one.currentText() == "Aude"
    assert desktop.session.territory == OwnTerritory("departement", ("011",))
    assert desktop.read(lambda ws: settings.get(ws, "operator")) == "cpn-limoux"
