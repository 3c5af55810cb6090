"""A first start in a process of its own, that answers two steps by keys and waits to be killed.

Arguments: the base, the file that the window remembers by. It says « tapé » as soon as the window
knows the territory, with nothing closed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt

from numecole_desktop.ui.screens.first_start import FirstStart
from numecole_desktop.ui.screens.home import HomeScreen
from tests.e2e.killed_window import TYPED, opened, press, serve, write

_NO = Qt.KeyboardModifier.NoModifier


def main(base: Path, remembered: Path) -> None:
    """Answer, say so, and wait."""
    app, frame, start = opened(base, remembered)

    def asked() -> FirstStart | None:
        screen = start.shell.current()
        return screen.first if isinstance(screen, HomeScreen) else None

    serve(lambda: (first := asked()) and first.identity.code.hasFocus())
    first = asked()
    assert first is not None
    territory = first.territory
    write("cpn-limoux")
    press(frame, Qt.Key.Key_Return, _NO)
    serve(first.identity.role.hasFocus)
    press(frame, Qt.Key.Key_Return, _NO)
    serve(territory.level.hasFocus)
    press(frame, Qt.Key.Key_Down, _NO)
    press(frame, Qt.Key.Key_Down, _NO)
    serve(lambda: territory.one.isVisible() and territory.one.count() > 1)
    press(frame, Qt.Key.Key_Tab, _NO)
    serve(territory.one.hasFocus)
    write("aude")
    serve(lambda: start.session.territory)
    print(TYPED, flush=True)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
