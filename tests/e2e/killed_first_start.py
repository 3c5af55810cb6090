"""A first start in a process of its own, that answers two steps by keys and waits to be killed.

Arguments: the base, the file that the window remembers by. It says « tapé » as soon as the window
knows the territory, with nothing closed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt

from tests.e2e.killed_window import TYPED, opened, press, serve, write

_NO = Qt.KeyboardModifier.NoModifier
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Tab)


def main(base: Path, remembered: Path) -> None:
    """Answer, say so, and wait."""
    app, frame, start = opened(base, remembered)
    write("cpn-limoux")
    for key in _KEYS:
        press(frame, key, _NO)
    write("aude")
    serve(lambda: start.session.territory)
    print(TYPED, flush=True)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
