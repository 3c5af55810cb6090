"""P13, P14, P15, P18: the list of 63 000 schools in repaints of itself, and the window at work."""

from __future__ import annotations

import os
import statistics
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import bases
from benchmarks.harness import Options, Result, private_environment, timed
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import schools
from numecole_desktop.services.workspace import Workspace, finished

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.ui.models.schools import SchoolsModel
    from numecole_desktop.ui.widgets.table import Table

YEAR = SchoolYear(2023)
WORDS = ("villeneuve", "jules ferry", "0420", "evreux 12", "saint")
_SIZE = (1900, 1000)
_IDLE_SECONDS = 2.0


def list_in_repaints(options: Options) -> list[Result]:
    """P13 to P15: keystroke, sort and scroll, in units of one full repaint of the same view."""
    app, table, model = _shown_list()
    rounds = 1 if options.quick else 3
    keys: list[float] = []
    clicks: list[float] = []
    frames: list[float] = []
    bar = table.verticalScrollBar()
    repaints: list[float] = []
    for _ in range(rounds):
        repaints += _repaints(app, table, 15)
        for word in WORDS:
            typed = (word[:length] for length in range(1, len(word) + 1))
            keys += [_painted(app, partial(model.set_text, text)) for text in typed]
            model.set_text("")
        columns = range(model.columnCount())
        clicks += [_painted(app, partial(model.sort, column)) for column in columns]
        places = range(0, 60_000, 2_000)
        frames += [_painted(app, partial(bar.setValue, place)) for place in places]
    repaint = statistics.median(repaints)
    p95 = statistics.quantiles(keys, n=20)[18]
    floor = _cells_painted(app, table)
    return [
        Result("P13", "touche filtrée et affichée, p95 / un affichage", 2.5, (p95 / repaint,), p95,
               repaint),
        Result("P14", "tri affiché / un affichage", 4, tuple(c / repaint for c in clicks),
               statistics.median(clicks), repaint),
        Result("P15", "défilement / les mêmes cellules par QPainter", 5,
               tuple(f / floor for f in frames), statistics.median(frames), floor),
    ]  # fmt: skip


def longest_gap(options: Options) -> Result:
    """P18: longest gap of the event loop while a file is imported in a thread, against idle."""
    from PySide6.QtCore import QThread

    app, _, _ = _shown_list()
    file = bases.declarations_file()

    class Import(QThread):
        def run(self) -> None:
            from numecole_desktop.services.importing import run_import

            with Workspace.open(bases.fresh(bases.schools_base(), "gap.numecole")) as workspace:
                finished(run_import(workspace, "declarations", file))

    ratios, busy_gaps, idle_gaps = [], [], []
    for _ in range(options.few(3)):
        idle = _gap(app, lambda: False, _IDLE_SECONDS)
        work = Import()
        work.start()
        busy = _gap(app, work.isFinished, 60)
        work.wait()
        ratios.append(busy / idle)
        busy_gaps.append(busy)
        idle_gaps.append(idle)
    return Result(
        "P18",
        "plus long blocage pendant un import / au repos",
        3,
        tuple(ratios),
        statistics.median(busy_gaps),
        statistics.median(idle_gaps),
    )


def _shown_list() -> tuple[QApplication, Table, SchoolsModel]:
    os.environ.update(private_environment())
    with Workspace.open(bases.fresh(bases.schools_base(), "list.numecole")) as workspace:
        return _shown(workspace)


def _shown(workspace: Workspace) -> tuple[QApplication, Table, SchoolsModel]:
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.ui.models.schools import SchoolsModel, rank_rows
    from numecole_desktop.ui.widgets.signs import Signs
    from numecole_desktop.ui.widgets.table import Table

    app = QApplication.instance() or QApplication([])
    rows = schools.school_rows(workspace, YEAR)
    table = Table("Liste des écoles")
    model = SchoolsModel(Signs(), table)
    table.setModel(model)
    model.set_rows(rows)
    model.set_ranks(rank_rows(rows))
    table.resize(*_SIZE)
    table.show()
    app.processEvents()
    return app, table, model  # type: ignore[return-value]  # the instance is ours


def _repaints(app: QApplication, table: Table, times: int) -> list[float]:
    return [_painted(app, table.viewport().update) for _ in range(times)]


def _painted(app: QApplication, change: object) -> float:
    def work() -> None:
        # The change asks for the painting: asking again would paint twice.
        change()  # type: ignore[operator]  # a callable without argument
        app.processEvents()

    return timed(work)


def _cells_painted(app: QApplication, table: Table) -> float:
    """Seconds of a loop that draws the texts of the same visible cells with QPainter."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QPainter, QPixmap

    model = table.model()
    height = table.rowHeight(0)
    shown = table.viewport().height() // height + 1
    cells = [
        (
            QRect(table.columnViewportPosition(c), r * height, table.columnWidth(c), height),
            str(model.index(r, c).data() or ""),
        )
        for r in range(shown)
        for c in range(model.columnCount())
    ]
    target = QPixmap(table.viewport().size())

    def draw() -> None:
        target.fill(Qt.GlobalColor.white)
        painter = QPainter(target)
        for where, text in cells:
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()

    app.processEvents()
    return statistics.median(timed(draw) for _ in range(30))


def _gap(app: QApplication, finished: object, seconds: float) -> float:
    longest, last = 0.0, time.perf_counter()
    end = last + seconds
    while last < end and not finished():  # type: ignore[operator]  # a callable
        app.processEvents()
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest


if __name__ == "__main__" and sys.argv[1:] == ["memory"]:
    from benchmarks.harness import print_peak

    with Workspace.open(bases.fresh(bases.schools_base(), "list.numecole")) as opened:
        _shown(opened)
        print_peak()
