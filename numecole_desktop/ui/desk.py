"""What the window does beyond its shell: opens schools and forms, answers the menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.appearance import add_appearance
from numecole_desktop.ui.assistance import Assistance
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.dialogs.base import MessageDialog, UnsavedDialog
from numecole_desktop.ui.everywhere import Everywhere
from numecole_desktop.ui.maintenance import Maintenance
from numecole_desktop.ui.recent_views import RecentCard, RecentMenu
from numecole_desktop.ui.screens.form import OPEN_FORM, FormScreen
from numecole_desktop.ui.screens.home import HomeScreen
from numecole_desktop.ui.screens.imports import ImportsScreen
from numecole_desktop.ui.screens.school import SchoolScreen
from numecole_desktop.ui.screens.tools import ToolsScreen
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.exported import ExportedBar
from numecole_desktop.ui.widgets.offer import OfferBar

if TYPE_CHECKING:
    from numecole_desktop.services.school_list import SchoolRow
    from numecole_desktop.ui.finder import Finder
    from numecole_desktop.ui.screens.base import Screen
    from numecole_desktop.ui.screens.exchanges import ExchangesScreen
    from numecole_desktop.ui.screens.labels import LabelsScreen
    from numecole_desktop.ui.screens.territories import TerritoriesScreen
    from numecole_desktop.ui.window import Shell


class Desk(QObject):
    """Listens to the screens and brings others; ``base_changed`` when another base is open."""

    base_changed = Signal()

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self.shell = shell
        self.session = session
        self.school: SchoolScreen | None = None
        self.form: FormScreen | None = None
        self.labels: LabelsScreen | None = None
        self._origin = "schools"
        self._listed: Sequence[str] = ()
        self._recovered = ""
        self._gives_up = False
        self._finder: Finder | None = None
        self.maintenance = Maintenance(session, shell.frame)
        self.maintenance.refused.connect(self.refuse)
        self.maintenance.exported.connect(self._exported)
        self.maintenance.opened.connect(self._base_opened)
        self.everywhere = Everywhere(shell, session)
        self.everywhere.saved.connect(self._exported)
        self.assistance = Assistance(shell, session)
        shell.schools.opened.connect(self.open_school)
        shell.schools.edit_asked.connect(self.edit_school)
        session.school_asked.connect(self.open_listed)
        session.figures_asked.connect(self.show_figures)
        session.conflicts_asked.connect(self.show_conflicts)
        session.year_changed.connect(self.count_conflicts)
        session.refresher.changed.connect(self.count_conflicts)
        shell.schools.asked.connect(shell.run)
        shell.built.connect(self._built)
        shell.moved.connect(self._moved)
        shell.frame.dropped.connect(self._dropped)
        self.offered = OfferBar(shell)
        self.exported = ExportedBar(shell)
        shell.add_bar(self.offered)
        shell.add_bar(self.exported)
        add_appearance(shell, session)
        recent_menu = RecentMenu(self.recent_rows, shell)
        recent_menu.chosen.connect(self.open_school)
        shell.menu("É&cole").addMenu(recent_menu)
        self.count_conflicts()

    def handlers(self) -> Handlers:
        """Commands that belong to no screen."""
        return {
            **self.maintenance.handlers(),
            **self.everywhere.handlers(),
            **self.assistance.handlers(),
            "import": self._import,
            "prepare_batch": self._prepare_batch,
            "receive_file": self._receive_file,
            "palette": self._find,
            "personal_data": partial(self.session.place_asked.emit, "tools", "personal_data"),
            "settings": self._settings,
            "operator": self._operator,
            "first_start": self._first_start,
        }

    def open_listed(self, uai: str, listed: Sequence[str], origin: str) -> None:
        """Show the page of a school of another list; the way back leads to that list."""
        self._origin, self._listed = origin, listed
        self._show_school(uai)

    def show_figures(self, uais: Sequence[str]) -> None:
        """Show the figures of a list of schools."""
        self._at_territories(lambda screen: screen.show_selection(uais))

    def show_territory(self, level: str, code: str) -> None:
        """Show the figures of a territory."""
        self._at_territories(lambda screen: screen.show_territory(level, code))

    def show_conflicts(self, uai: str) -> None:
        """Show the answers of a school that are in conflict."""
        self._at_exchanges(lambda screen: screen.show_conflicts(uai))

    def count_conflicts(self) -> None:
        """Show beside « Échanges » how many conflicts are open."""
        from numecole_desktop.services import disputed

        self.session.tasks.run(disputed.disputed_count, self._counted)

    def open_school(self, uai: str) -> None:
        """Show the page of a school of the list."""
        self.open_listed(uai, self.shell.schools.order(), "schools")

    def _open_from_home(self, uai: str) -> None:
        self.open_listed(uai, self.shell.schools.order(), "home")

    def _show_school(self, uai: str) -> None:
        if self.school is None:
            self.school = SchoolScreen(self.session)
            self.school.closed.connect(self.back_to_list)
            self.school.refused.connect(self.refuse)
            self.school.edit_asked.connect(self.open_form)
            self.school.all_asked.connect(self.maintenance.ask_all_profiles)
            self.school.label_asked.connect(self.open_label)
        self.shell.show_screen(self.school)
        self.school.show_school(uai, self._listed)

    def open_label(self, uai: str) -> None:
        """Show the label dossier of a school; the way back leads to its page."""
        self.shell.show_place("labels")
        if self.labels is not None:
            self.labels.open_dossier(uai, self.session.year, from_school=True)

    def open_form(self, uai: str, *, recovered: bool = False) -> None:
        """Show the form of a school; ``recovered`` when its draft outlived a crash."""
        if self.form is None:
            self.form = FormScreen(self.session)
            self.form.closed.connect(self._form_closed)
            self.form.next_asked.connect(self.open_form)
            self.form.refused.connect(self.refuse)
        self.shell.show_screen(self.form)
        if uai == self._recovered:
            self.offered.withdraw(self._recover)
        listed = self._listed or self.shell.schools.order()
        self.form.open_form(uai, listed, recovered=recovered)

    def shown(self) -> str:
        """What ``show_again`` takes: the school on screen, its page or its form, or nothing."""
        current = self.shell.current()
        for kind, screen in (("form", self.form), ("school", self.school)):
            if screen is not None and screen is current:
                return f"{kind} {screen.uai}"
        return ""

    def show_again(self, shown: str) -> None:
        """Show what a window that is replaced had on screen."""
        kind, _, uai = shown.partition(" ")
        if kind == "form":
            self.open_form(uai)
        else:
            self.open_school(uai)

    def open_dossier(self, uai: str) -> None:
        """Show the label dossier of a school; the way back leads to the list of dossiers."""
        self.shell.show_place("labels")
        if self.labels is not None:
            self.labels.open_dossier(uai, self.session.year)

    def recent_rows(self) -> list[SchoolRow]:
        """The schools last opened that the base holds, the latest first."""
        schools = self.shell.schools
        return self.session.recent.among(schools.model.rows, whole=schools.complete)

    def edit_school(self, uai: str) -> None:
        """Show the form of a school of the list."""
        self._origin, self._listed = "schools", self.shell.schools.order()
        self.open_form(uai)

    def back_to_list(self) -> None:
        """Show the list again, on the school just seen."""
        if self._origin != "schools":
            self.shell.show_place(self._origin)
            return
        self.shell.show_place("schools")
        if self.school is not None:
            self.shell.schools.select(self.school.uai)
        self.shell.schools.focus_table()

    def refuse(self, problem: Problem) -> None:
        """Say what was refused."""
        MessageDialog("Ce n’est pas possible", (str(problem),), self.shell.frame).open()

    def may_close(self) -> bool:
        """Whether nothing typed would be lost; else say so, and let the person decide."""
        stuck = self.labels.stuck if self.labels is not None else None
        saved = self.form is None or self.form.is_saved
        if self._gives_up or (saved and stuck is None):
            return True
        sheet = self.form.sheet if self.form is not None else None
        waits = sheet.settling.waits if sheet is not None else ""
        dialog = UnsavedDialog(self.shell.frame, str(stuck or waits))
        dialog.accepted.connect(self._give_up)
        dialog.open()
        return False

    def _give_up(self) -> None:
        self._gives_up = True
        self.shell.frame.close()

    def offer_recovery(self) -> None:
        """Where the former session stopped during an entry, offer to go on."""
        uai, _, said = self.session.state.text(OPEN_FORM).partition(" ")
        year, _, name = said.partition(" ")
        if uai and year == str(self.session.year):
            self._recovered = uai
            self.offered.offer(
                f"Numécole s’est arrêté pendant la saisie{NBSP}: {name or uai}. Le brouillon est "
                f"récupéré.",
                "&Reprendre la saisie",
                self._recover,
            )
            self.offered.button.setFocus()

    def _recover(self) -> None:
        self.open_form(self._recovered, recovered=True)

    def _form_closed(self) -> None:
        if self.form is not None:
            self.open_school(self.form.uai)

    def _built(self, name: str) -> None:
        screen = self.shell.place(name)
        if name == "labels":
            self._take_labels(screen)
        elif isinstance(screen, (HomeScreen, ToolsScreen)):
            screen.asked.connect(self.shell.run)
        if isinstance(screen, HomeScreen):
            recent = RecentCard(self.recent_rows)
            recent.chosen.connect(self._open_from_home)
            screen.add_card(recent)
            screen.filled.connect(recent.refresh)
            screen.resumed.connect(self._resume_first_start)
        if isinstance(screen, (ImportsScreen, ToolsScreen)):
            screen.refused.connect(self.refuse)

    def _take_labels(self, screen: Screen) -> None:
        from numecole_desktop.ui.screens.labels import LabelsScreen

        if isinstance(screen, LabelsScreen):
            self.labels = screen
            screen.refused.connect(self.refuse)
            screen.school_back.connect(self._show_school)

    def _settings(self) -> None:
        self.session.place_asked.emit("tools", "settings")

    def _first_start(self) -> None:
        self.shell.show_place("home")
        home = self.shell.place("home")
        if isinstance(home, HomeScreen):
            home.begin_again()

    def _resume_first_start(self) -> None:
        self.offered.offer(
            "Vos écoles sont dans la base.",
            "Contin&uer la mise en route",
            self._to_first_start,
        )

    def _to_first_start(self) -> None:
        self.shell.show_place("home")

    def _moved(self, place: str) -> None:
        if place == "home":
            self.offered.withdraw(self._to_first_start)

    def _operator(self) -> None:
        self.session.place_asked.emit("tools", "settings identity")

    def _import(self) -> None:
        self.shell.show_place("imports")
        screen = self.shell.place("imports")
        if isinstance(screen, ImportsScreen):
            screen.choose_file()

    def _at_exchanges(self, act: Callable[[ExchangesScreen], None]) -> None:
        from numecole_desktop.ui.screens.exchanges import ExchangesScreen

        self.shell.show_place("exchanges")
        screen = self.shell.place("exchanges")
        if isinstance(screen, ExchangesScreen):
            act(screen)

    def _at_territories(self, act: Callable[[TerritoriesScreen], None]) -> None:
        from numecole_desktop.ui.screens.territories import TerritoriesScreen

        self.shell.show_place("territories")
        screen = self.shell.place("territories")
        if isinstance(screen, TerritoriesScreen):
            act(screen)

    def _find(self) -> None:
        from numecole_desktop.ui.finder import Finder

        if self._finder is None and self.shell.actions_by_name is not None:
            self._finder = Finder(self, self.shell.actions_by_name)
        if self._finder is not None:
            self._finder.open()

    def _prepare_batch(self) -> None:
        self._at_exchanges(lambda screen: screen.prepare())

    def _receive_file(self) -> None:
        self._at_exchanges(lambda screen: screen.choose_file())

    def _counted(self, count: int) -> None:
        self.shell.rail.show_count("exchanges", count)

    def _dropped(self, paths: str) -> None:
        files = paths.split("\n")
        signed = [path for path in files if ".json" in Path(path.lower()).suffixes]
        tables = [path for path in files if path not in signed]
        if signed:
            self._at_exchanges(lambda screen: screen.take_in(signed, tables))
            return
        self.shell.show_place("imports")
        screen = self.shell.place("imports")
        if isinstance(screen, ImportsScreen):
            screen.look_at(*tables)

    def _exported(self, words: str, path: Path) -> None:
        self.session.say(words, "success")
        self.exported.exported(words, path)

    def _base_opened(self) -> None:
        if self.form is not None:
            self.form.forget()
        if self.labels is not None:
            self.labels.forget()
        self.session.undo_log.forget()
        self.shell.show_place("schools")
        self.shell.schools.focus_table()
        self.base_changed.emit()
