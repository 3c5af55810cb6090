"""P1, P2, P16: cold start of the window and its memory, against a bare Qt window."""

from __future__ import annotations

from benchmarks import bases
from benchmarks.harness import (
    Options,
    Result,
    compare,
    peak_memory,
    private_environment,
    process_seconds,
)

_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1280, 720)
window.show()
app.exec()
"""


def first_paint(options: Options) -> Result:
    """P1: the application's first paint, against an empty QMainWindow painted."""
    environment = private_environment()
    small = bases.fresh(bases.schools_base(), "start.numecole")
    arguments = ["-m", "numecole_desktop", "--base", str(small)]
    return compare(
        "P1",
        "premier affichage / fenêtre Qt vide",
        1.3,
        lambda: process_seconds(arguments, {**environment, "NUMECOLE_EXIT_AFTER_PAINT": "window"}),
        lambda: process_seconds(["-c", _BARE], environment),
        options.few(11),
    )


def first_rows(options: Options) -> Result:
    """P2: the first forty real rows of a base of 630 000 declarations, against the same window."""
    environment = private_environment()
    large = bases.fresh(bases.ten_years_base(), "rows.numecole")
    arguments = ["-m", "numecole_desktop", "--base", str(large)]
    return compare(
        "P2",
        "40 premières lignes de 630 000 déclarations / fenêtre Qt vide",
        2.0,
        lambda: process_seconds(arguments, {**environment, "NUMECOLE_EXIT_AFTER_PAINT": "1"}),
        lambda: process_seconds(["-c", _BARE], environment),
        options.few(9),
    )


def window_memory(options: Options) -> Result:
    """P16: memory with the list of 63 000 schools shown, against a bare window."""
    environment = private_environment()
    bases.schools_base()
    return compare(
        "P16",
        "mémoire, liste de 63 000 écoles / fenêtre Qt vide",
        2.0,
        lambda: peak_memory(["-m", "benchmarks.window", "memory"], environment),
        lambda: peak_memory(
            ["-c", _BARE + "from benchmarks.harness import print_peak\nprint_peak()"], environment
        ),
        options.few(3),
        "Mio",
    )
