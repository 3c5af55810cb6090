"""The window on a real X server: it is painted, takes keys, and leaves when told to."""

from __future__ import annotations

import os
import select
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from numecole_desktop.services.workspace import Workspace
from tests.e2e.day_data import ROOT

TOOLS = ("Xvfb", "xdotool")
WIDTH, HEIGHT, DEPTH = 1280, 720, 4
LONGEST = 30
PROCESS = """
import sys
from PySide6.QtWidgets import QApplication
from numecole_desktop import app
from numecole_desktop.ui.start import Start
from numecole_desktop.ui.widgets.setting_field import KeptEntry

run = Start.run

def moved(_, now):
    if isinstance(now, KeptEntry):
        print("ready", flush=True)

def ran(start):
    QApplication.instance().focusChanged.connect(moved)
    return run(start)

Start.run = ran
sys.exit(app.main(["--base", sys.argv[1]]))
"""
"""The application, which says when the keyboard is in the first field."""

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not all(map(shutil.which, TOOLS)), reason="Xvfb and xdotool: installer/debian-packages.txt"
    ),
]


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """Name of the display of a server of our own, which chose its number; it dies with the test."""
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"),
            *("-fbdir", str(tmp_path), "-nolisten", "tcp"),
        ],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as said:
        number = said.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait()


def colours(folder: Path) -> int:
    """How many colours the screen shows; Xvfb keeps it in a file (XWD: header, map, pixels)."""
    data = (folder / "Xvfb_screen0").read_bytes()
    (header,) = struct.unpack(">I", data[:4])
    (mapped,) = struct.unpack(">I", data[19 * 4 : 20 * 4])
    pixels = data[header + 12 * mapped :][: WIDTH * HEIGHT * DEPTH]
    return len(set(struct.unpack(f"<{len(pixels) // DEPTH}I", pixels)))


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + LONGEST
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def test_the_first_screen_is_painted_and_takes_keys(
    display: str, base_path: Path, tmp_path: Path
) -> None:
    assert colours(tmp_path) == 1
    here = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}

    def do(*words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=here,
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=LONGEST,
        )
        return done.stdout

    window = subprocess.Popen(
        [sys.executable, "-c", PROCESS, base_path],
        cwd=ROOT,
        env=here,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        (shown,) = do("search", "--sync", "--onlyvisible", "--name", "Numécole").split()
        # No window manager gives the keyboard.
        do("windowfocus", "--sync", shown)
        until(lambda: colours(tmp_path) > 100, "nothing is painted")
        assert window.stdout is not None
        assert select.select([window.stdout], [], [], LONGEST)[0], "nothing has the keyboard"
        assert window.stdout.readline() == "ready\n"
        do("type", "--delay", "40", "cpn-couserans")
        do("key", "Return")
        do("key", "ctrl+q")
        assert window.wait(LONGEST) == 0
    finally:
        window.kill()
        window.communicate()
    with Workspace.open(base_path) as workspace:
        assert workspace.operator == "cpn-couserans"
