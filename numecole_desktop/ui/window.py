"""The shell: rail, search, school year, screens, status bar. What screens do is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from numecole_desktop.ui.commands import MENUS, Handlers
from numecole_desktop.ui.navigation import Rail, SampleBanner, TopBar
from numecole_desktop.ui.screens.registry import PLACES
from numecole_desktop.ui.screens.schools import SchoolsScreen
from numecole_desktop.ui.session import SHOWN_YEAR, Session
from numecole_desktop.ui.status import StatusLine
from numecole_desktop.ui.theme import AUTOMATIC, apply_theme, is_enlarged, scaled
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.opening import FirstLook
    from numecole_desktop.services.workspace import Changes
    from numecole_desktop.ui.actions import Actions
    from numecole_desktop.ui.frame import Frame
    from numecole_desktop.ui.screens.base import Screen

_NARROW_BELOW = 1000
_LOW_BELOW = 560


class Shell(QWidget):
    """Everything inside the frame.

    Signals: ``built`` carries the name of a place when it is made, ``moved`` when it is shown.
    """

    built = Signal(str)
    moved = Signal(str)

    def __init__(self, session: Session, frame: Frame) -> None:
        super().__init__(frame)
        self.session = session
        self.frame = frame
        self.actions_by_name: Actions | None = None
        self._menus = [frame.menuBar().addMenu(title) for title in MENUS]
        self.rail = Rail(
            [(p.name, p.icon, p.text, f"{p.text} (Ctrl+{n})") for n, p in enumerate(PLACES)],
            self,
        )
        self.top = TopBar(self)
        self.banner = SampleBanner(self)
        self.stack = Stack(self)
        self._bars = QVBoxLayout()
        self._screens: dict[str, Screen] = {}
        self.schools = SchoolsScreen(session, self)
        self._add("schools", self.schools)
        self.status = StatusLine(frame)
        frame.setStatusBar(self.status)
        self._lay_out()
        self._connect()
        self.schools.setAccessibleName("Écoles")
        self.show_place("schools")
        frame.setCentralWidget(self._scrolling() if is_enlarged() else self)

    def complete(self, handlers: Handlers) -> None:
        """What can wait for the first rows: menus, shortcuts; ``handlers`` are the desk's."""
        from numecole_desktop.ui.actions import Actions
        from numecole_desktop.ui.widgets.busy import BusyBar

        self.busy = BusyBar(self.session.tasks, self.status, self.stack, self)
        self.actions_by_name = Actions(self.frame)
        self.actions_by_name.fill(self._menus)
        own = {f"go_{p.name}": getattr(self, f"_go_{p.name}") for p in PLACES}
        self.actions_by_name.set_own(
            {**handlers, **own, "find": self.search, "quit": self._quit, "reload": self.reload}
        )
        self._screen_changed()

    def look(self, look: FirstLook) -> None:
        """Show the base that was opened."""
        self.session.path = look.path
        self.session.sample = look.sample
        self.banner.setVisible(look.sample)
        self.status.show_base(look.path, look.sample)
        self._offer_years(look.years)
        self.top.years.set_value(str(look.year))
        self.session.setting_up = look.setting_up
        self.session.look_after(look.territory, look.territory_name)
        self.session.show_year(look.year)
        self._remember_year()
        self.schools.show_first(look.rows)

    def show_place(self, name: str) -> None:
        """Go to a place of the rail."""
        screen = self.place(name)
        self.rail.show_place(name)
        self._show(screen)
        self.moved.emit(name)

    def show_screen(self, screen: Screen) -> None:
        """Show a screen that is not a place of the rail (a school, a form)."""
        if self.stack.indexOf(screen) < 0:
            self.stack.addWidget(screen)
            screen.handlers_changed.connect(self._screen_changed)
        self.rail.show_place("schools")
        self._show(screen)

    def place(self, name: str) -> Screen:
        """The screen of a place, built at need."""
        if name not in self._screens:
            place = next(p for p in PLACES if p.name == name)
            self._add(name, place.build(self.session))
            self._screens[name].setAccessibleName(place.text)
            self.built.emit(name)
        return self._screens[name]

    def missing_places(self) -> list[str]:
        """Names of the places that are not built yet."""
        return [place.name for place in PLACES if place.name not in self._screens]

    def run(self, command: str) -> None:
        """Do a command, if something can."""
        if self.actions_by_name is not None:
            self.actions_by_name.run(command)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar between the search and the screens."""
        self._bars.addWidget(bar)

    def search(self) -> None:
        """Put the keyboard in the search."""
        self.top.show()
        self.top.search.setFocus()
        self.top.search.selectAll()

    def list_found(self, text: str) -> None:
        """Show the schools of the list that hold ``text``."""
        self.top.search.setText(text)
        self._to_list()

    def reload(self) -> None:
        """Read the screen shown again."""
        self.current().reload()

    def say_year(self, text: str) -> None:
        """Another school year was chosen."""
        self.current().leave()
        self.show_year(text)

    def show_year(self, text: str) -> None:
        """Show another school year (« 2023-2024 »), and remember it."""
        from numecole_desktop.domain.school_year import SchoolYear

        self.top.years.set_value(text)
        self.session.show_year(SchoolYear.parse(text))
        self._remember_year()

    def dress(self, theme: str) -> None:
        """Change the theme, and remember it."""
        self.session.state.put("window/theme", theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)

    def follow_system(self) -> None:
        """The system went light, dark or to high contrast."""
        if self.session.state.text("window/theme", AUTOMATIC) == AUTOMATIC:
            self.dress(AUTOMATIC)

    def menu(self, title: str) -> QMenu:
        """The menu called ``title`` in the table of commands."""
        return self._menus[MENUS.index(title)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(event.size().width() < scaled(_NARROW_BELOW))
        self._fit_top()

    def close_down(self) -> None:
        """Let every screen finish, and remember the window."""
        self.current().leave()
        for screen in self._screens.values():
            screen.leave()
        self.session.state.write_now()

    def _add(self, name: str, screen: Screen) -> None:
        self._screens[name] = screen
        self.stack.addWidget(screen)
        screen.handlers_changed.connect(self._screen_changed)

    def current(self) -> Screen:
        """The screen shown."""
        screen: Screen = self.stack.currentWidget()  # type: ignore[assignment]  # only screens are added
        return screen

    def _show(self, screen: Screen) -> None:
        former = self.current()
        if former is not screen:
            former.leave()
            self.stack.setCurrentWidget(screen)
            screen.setFocus()
        else:
            screen.asked_again()
        self._fit_top()
        self._screen_changed()

    def _fit_top(self) -> None:
        """In a low window, a screen that needs the room takes that of the search."""
        low = self.height() < scaled(_LOW_BELOW)
        self.top.setVisible(not (low and self.current().needs_room))

    def _scrolling(self) -> QScrollArea:
        """Large text may need more room than the window has: all of it is then scrolled to."""
        area = QScrollArea(self.frame)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(self)
        dress_bars(area)
        return area

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.top)
        self._bars.setContentsMargins(14, 4, 14, 0)
        right.addLayout(self._bars)
        right.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_place)
        self.top.search.textChanged.connect(self._search)
        self.top.search.down.connect(self._to_list)
        self.top.search.accepted.connect(self._open_found)
        self.top.years.chosen.connect(self.say_year)
        self.top.scope.chosen.connect(self.session.show_scope)
        self.session.scope_changed.connect(self._scope_changed)
        self.session.year_asked.connect(self.show_year)
        self.session.refresher.changed.connect(self._changed)
        self.schools.typed.connect(self._typed)
        self.session.said.connect(self.status.say)
        self.session.place_asked.connect(self._show_part)
        QApplication.styleHints().colorSchemeChanged.connect(self.follow_system)

    def _screen_changed(self) -> None:
        if self.actions_by_name is not None:
            self.actions_by_name.set_screen(self.current().handlers())

    def _remember_year(self) -> None:
        """The next start shows it again, even where nothing is declared yet for it."""
        if not self.session.sample:
            self.session.state.put(SHOWN_YEAR, str(self.session.year))

    def _changed(self, changes: Changes) -> None:
        from numecole_desktop.services import schools

        if changes.everything and self.session.ready:
            self.session.tasks.run(schools.years, self._offer_years)

    def _offer_years(self, years: Iterable[SchoolYear]) -> None:
        shown = {self.session.year} if self.session.ready else set()
        found = sorted({*years, *shown}, reverse=True)
        self.top.years.set_options([(str(year), str(year)) for year in found])

    def _search(self, text: str) -> None:
        if self.current() is not self.schools:
            self.show_place("schools")
            self.top.search.setFocus()
        self.schools.set_text(text)

    def _to_list(self) -> None:
        self.show_place("schools")
        self.schools.focus_table()

    def _open_found(self) -> None:
        self.show_place("schools")
        self.schools.open_first()

    def _typed(self, text: str) -> None:
        self.top.search.setFocus()
        self.top.search.setText(self.top.search.text() + text)

    def _show_part(self, place: str, part: str) -> None:
        self.top.search.clear()
        self.show_place(place)
        self.place(place).show_part(part)

    def _scope_changed(self) -> None:
        session = self.session
        self.top.show_scope(session.territory_name, everywhere=session.everywhere)

    def _go_home(self) -> None:
        self.show_place("home")

    def _go_schools(self) -> None:
        self.show_place("schools")
        self.schools.focus_table()

    def _go_territories(self) -> None:
        self.show_place("territories")

    def _go_labels(self) -> None:
        self.show_place("labels")

    def _go_imports(self) -> None:
        self.show_place("imports")

    def _go_exchanges(self) -> None:
        self.show_place("exchanges")

    def _quit(self) -> None:
        self.frame.close()

    def _go_tools(self) -> None:
        self.show_place("tools")
