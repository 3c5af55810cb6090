"""Composition root of the window: the only place where its parts are put together.

The order is what makes it quick: the empty frame is painted first, then the base opens on its
own thread while the shell is built, its first rows are shown, and only then comes the rest.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.services.opening import Opening

EXIT_AFTER_PAINT = "NUMECOLE_EXIT_AFTER_PAINT"
"""Environment: leave after the first paint, of the frame (« window ») or of the rows (« 1 »)."""
REPORT_MODULES = "NUMECOLE_REPORT_MODULES"
"""Environment: file to which the names of ``sys.modules`` are written at that moment."""

USAGE = """\
numecole-desktop [--demo] [--base FICHIER]

Ouvre la fenêtre de Numécole.
  --demo          sur les données d’exemple (déclarations inventées)
  --base FICHIER  sur une autre base que celle de votre compte
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; the result is the exit code of the process."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        wanted = _wanted(given)
    except ValueError:
        sys.stderr.write(USAGE)
        return 2
    if wanted.get("help"):
        sys.stdout.write(USAGE)
        return 0
    return _open(wanted)


def _wanted(given: list[str]) -> Mapping[str, str]:
    wanted = {}
    words = iter(given)
    for word in words:
        if word in ("-h", "--help"):
            wanted["help"] = word
        elif word == "--demo":
            wanted["demo"] = word
        elif word == "--base":
            wanted["base"] = next(words, "")
        elif word.startswith("--base="):
            wanted["base"] = word.removeprefix("--base=")
        else:
            raise ValueError(word)
    if wanted.get("base") == "":
        raise ValueError("--base")
    return wanted


def _open(wanted: Mapping[str, str]) -> int:
    from numecole_desktop.ui.application import APPLICATION_NAME, create_application
    from numecole_desktop.ui.frame import Frame
    from numecole_desktop.ui.state import WindowState, state_file
    from numecole_desktop.ui.theme import AUTOMATIC, TEXT_SIZE, apply_font, apply_theme

    gc.disable()  # what a start makes lives on; ui/sweeper.py takes over after the first rows
    leave = os.environ.get(EXIT_AFTER_PAINT, "")
    app = create_application(sys.argv[:1])
    state = WindowState(state_file())
    home = {name: value for name, value in wanted.items() if name != "demo"}
    opening, shown = partial(_opening, wanted), ""
    _watch_crashes(state.folder)
    while True:
        apply_font(app, state.text(TEXT_SIZE))
        apply_theme(app, state.text("window/theme", AUTOMATIC))
        frame = Frame(APPLICATION_NAME, state.data("window/geometry"))
        frame.keep_on_screens()
        frame.show()
        app.processEvents()
        if leave == "window":
            _leave()

        from numecole_desktop.ui.start import Start

        start = Start(app, frame, state, opening, partial(_opening, home), shown)
        start.rows_painted.connect(partial(_sweep, app))
        if leave:
            start.rows_painted.connect(_leave)
            start.not_opened.connect(frame.close)
        code = start.run()
        if not start.begins_again:
            return code
        opening, shown = partial(_opening, {"base": str(start.session.path)}), start.shown
        frame.deleteLater()
        start.deleteLater()


def _sweep(app: QApplication) -> None:
    from numecole_desktop.ui.sweeper import Sweeper

    if app.findChild(Sweeper) is None:
        Sweeper(app)


def _opening(wanted: Mapping[str, str]) -> Opening:
    from numecole_desktop.services.folders import default_base
    from numecole_desktop.services.opening import Opening

    if "base" in wanted:
        return Opening(lambda: Path(wanted["base"]))
    if "demo" in wanted:
        from numecole_desktop.ui.maintenance import sample_base

        return Opening(sample_base)
    return Opening(default_base)


def _watch_crashes(folder: Path) -> None:
    """Where the interpreter itself falls, the places it was in go to a file of the data folder."""
    from numecole_desktop.ui.crash import CRASH_FILE

    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / CRASH_FILE).open("a", encoding="utf-8")
    except OSError:
        return  # no folder to write in: the base will say so
    faulthandler.enable(file)


def _leave() -> None:
    """End at once: nothing was entered, and what closing costs is not what is measured."""
    path = os.environ.get(REPORT_MODULES)
    if path:
        Path(path).write_text("\n".join(sorted(sys.modules)) + "\n", "utf-8")
    os._exit(0)
