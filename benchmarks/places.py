"""The screen of territories over 63 000 schools and ten years, in repaints of itself."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks import bases
from benchmarks.harness import Options, Result, cache_folder, private_environment, timed
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.ui.screens.territories import TerritoriesScreen
    from numecole_desktop.ui.session import Session

_SIZE = (1280, 720)
_LONGEST = 60.0
_OPENED, _SWITCHED = 10.0, 4.0


def screen_in_repaints(options: Options) -> list[Result]:
    """T1 and T2: the screen opened, then other territories chosen, until they are painted."""
    os.environ.update(private_environment())
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.ui.session import Session
    from numecole_desktop.ui.state import WindowState
    from numecole_desktop.ui.tasks import Tasks

    app = QApplication.instance() or QApplication([])
    path = bases.fresh(bases.figures_base(), "places.numecole")
    remembered = cache_folder() / "places.ini"
    remembered.unlink(missing_ok=True)
    tasks = Tasks(lambda: Workspace.open(path))
    session = Session(tasks, WindowState(remembered), lambda: Workspace.open(path))
    session.show_year(SchoolYear(bases.TEN_YEARS[-1]))
    try:
        return _measured(app, session, options)  # type: ignore[arg-type]  # the instance is ours
    finally:
        tasks.close()


def _measured(app: QApplication, session: Session, options: Options) -> list[Result]:
    opened: list[float] = []
    switched: list[float] = []
    # Kept to the end: what Qt owns must not be collected in the base's thread.
    screens = [_opened(app, session)]
    for _ in range(options.few(5)):
        began = time.perf_counter()
        screens.append(_opened(app, session))
        opened.append(time.perf_counter() - began)
        screens[-2].hide()
    screen = screens[-1]
    repaints = [_repaint(app, screen) for _ in range(30)]
    repaint = statistics.median(repaints)
    for level, code in _places(screen):
        switched.append(_switch(app, screen, level, code))
    worst = statistics.quantiles(switched, n=20)[18]
    return [
        Result("T1", "écran Territoires ouvert et affiché / un affichage", _OPENED,
               tuple(o / repaint for o in opened), statistics.median(opened), repaint),
        Result("T2", "autre territoire choisi et affiché, p95 / un affichage", _SWITCHED,
               (worst / repaint,), worst, repaint),
    ]  # fmt: skip


def _opened(app: QApplication, session: Session) -> TerritoriesScreen:
    from numecole_desktop.ui.screens.territories import TerritoriesScreen

    screen = TerritoriesScreen(session)
    screen.resize(*_SIZE)
    screen.show()
    _until(app, lambda: screen.stack.currentWidget() is screen.view)
    app.processEvents()
    return screen


def _places(screen: TerritoriesScreen) -> list[tuple[str, str]]:
    """Territories of each level but the communes, far from each other in the tree."""
    nodes = list(screen.picker.model._roots)
    places = []
    for _ in range(3):
        places += [(place.node.level, place.node.code) for place in nodes[:: len(nodes) // 8]]
        nodes = [child for place in nodes for child in place.children]
    return places[1:]


def _switch(app: QApplication, screen: TerritoriesScreen, level: str, code: str) -> float:
    def work() -> None:
        screen.picker.go_to(level, code)
        _until(app, lambda: _shown(screen) == (level, code))
        app.processEvents()

    return timed(work)


def _shown(screen: TerritoriesScreen) -> tuple[str, str]:
    page = screen.view.page
    return (page.scope.level, page.scope.code) if page is not None else ("", "")


def _repaint(app: QApplication, screen: TerritoriesScreen) -> float:
    """Seconds of painting the whole screen, every widget of it."""
    from PySide6.QtWidgets import QWidget

    widgets = [screen, *screen.findChildren(QWidget)]

    def work() -> None:
        for widget in widgets:
            widget.update()
        app.processEvents()

    return timed(work)


def _until(app: QApplication, arrived: Callable[[], bool]) -> None:
    end = time.perf_counter() + _LONGEST
    while not arrived():
        assert time.perf_counter() < end, "the screen shows nothing"
        app.processEvents()
        time.sleep(0.0002)
