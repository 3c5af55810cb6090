"""What the screens share: the base's thread, the school year shown, what the window remembers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from numecole_desktop.domain.own_territory import EVERYWHERE
from numecole_desktop.ui.recent import RecentSchools
from numecole_desktop.ui.refresh import Refresher
from numecole_desktop.ui.state import WindowState
from numecole_desktop.ui.tasks import Tasks
from numecole_desktop.ui.undo_log import UndoLog

if TYPE_CHECKING:
    from collections.abc import Callable

    from numecole_desktop.domain.own_territory import OwnTerritory
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.workspace import Workspace


SHOWN_YEAR = "window/year"
"""Key of the window's state: the school year last shown over a person's own base."""
SCOPE = "window/scope"
ALL_SCHOOLS = "all"
OUT_FOLDER = "folders/out"


class Session(QObject):
    """Given to every screen by its constructor; holds no screen and no data of a school.

    Args:
        tasks: the base's thread.
        state: what the window remembers.
        open_home: opens the user's own base, to come back from the sample.
        parent: Qt's owner.

    Signals: ``year_changed`` when another school year is shown; ``said`` carries a line for the
    status bar (text, tone); ``school_asked`` asks for the page of a school (UAI, UAIs of the list
    it is in, place to come back to), ``figures_asked`` for the figures of schools (UAIs),
    ``conflicts_asked`` for the answers of a school that are in conflict (UAI), ``chase_asked`` to
    remind those of some schools that have not declared (UAIs),
    ``place_asked`` for a place of the rail and a part of it (a filter, a tab); ``scope_changed``
    when the schools that are looked after, or whether all are shown, changed. ``year_asked`` and
    ``theme_asked`` carry the school year or the theme to show from now on; ``rebuild_asked`` closes
    the window and builds it anew, for the size of the text.
    """

    year_changed = Signal()
    scope_changed = Signal()
    year_asked = Signal(str)
    theme_asked = Signal(str)
    rebuild_asked = Signal()
    said = Signal(str, str)
    school_asked = Signal(str, object, str)
    figures_asked = Signal(object)
    conflicts_asked = Signal(str)
    chase_asked = Signal(object)
    place_asked = Signal(str, str)

    def __init__(
        self,
        tasks: Tasks,
        state: WindowState,
        open_home: Callable[[], Workspace],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.state = state
        self.open_home = open_home
        self.refresher = Refresher(self)
        self.undo_log = UndoLog(self)
        self.path = Path()
        self.sample = False
        self.recent = RecentSchools(state, lambda: self.path)
        self._year: SchoolYear | None = None
        self.territory = EVERYWHERE
        self.territory_name = ""
        self.setting_up = False

    @property
    def year(self) -> SchoolYear:
        """The school year shown.

        Raises:
            RuntimeError: the base is not open yet.
        """
        if self._year is None:
            raise RuntimeError("the base is not open yet")
        return self._year

    @property
    def ready(self) -> bool:
        """Whether the base is open and a school year is shown."""
        return self._year is not None

    def show_year(self, year: SchoolYear) -> None:
        """Show another school year on every screen."""
        if year != self._year:
            self._year = year
            self.year_changed.emit()

    @property
    def folder(self) -> str:
        """Where files are proposed; empty for the last folder used."""
        chosen = self.state.text(OUT_FOLDER)
        return chosen if chosen and Path(chosen).is_dir() else ""

    @property
    def everywhere(self) -> bool:
        """Whether schools outside the territory are shown as well."""
        return not self.territory or self.state.text(SCOPE) == ALL_SCHOOLS

    @property
    def within(self) -> OwnTerritory:
        """The territory that lists and counts are about."""
        return EVERYWHERE if self.everywhere else self.territory

    def look_after(self, territory: OwnTerritory, name: str) -> None:
        """The territory of this base is now ``territory``, called ``name``."""
        self.territory, self.territory_name = territory, name
        self.scope_changed.emit()

    def show_scope(self, scope: str) -> None:
        """Show every school (``ALL_SCHOOLS``), or those of the territory."""
        if scope != self.state.text(SCOPE):
            self.state.put(SCOPE, scope)
            self.scope_changed.emit()

    def say(self, text: str, tone: str = "muted") -> None:
        """A line for the status bar; ``tone`` is a colour name of the theme."""
        self.said.emit(text, tone)
