"""What the window does beyond its shell: opens schools and forms, runs the commands of the menus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.window import Shell

if TYPE_CHECKING:
    from numecole_desktop.ui.screens.form import FormScreen
    from numecole_desktop.ui.screens.school import SchoolScreen


class Desk(QObject):
    """Listens to the screens and brings others."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self.shell = shell
        self.session = session
        self.school: SchoolScreen | None = None
        self.form: FormScreen | None = None
        self._origin = "schools"
        self._listed: Sequence[str] = ()
        shell.schools.opened.connect(self.open_school)
        shell.schools.edit_asked.connect(self._edit_from_list)
        session.school_asked.connect(self.open_listed)
        session.figures_asked.connect(self.show_figures)

    def open_listed(self, uai: str, listed: Sequence[str], origin: str) -> None:
        """Show the page of a school of another list; the way back leads to that list."""
        self._origin, self._listed = origin, listed
        self._show_school(uai)

    def show_figures(self, uais: Sequence[str]) -> None:
        """Show the figures of a list of schools."""
        from numecole_desktop.ui.screens.territories import TerritoriesScreen

        self.shell.show_place("territories")
        screen = self.shell.screen("territories")
        if isinstance(screen, TerritoriesScreen):
            screen.show_selection(uais)

    def open_school(self, uai: str) -> None:
        """Show the page of a school of the list."""
        self.open_listed(uai, self.shell.schools.order(), "schools")

    def _show_school(self, uai: str) -> None:
        from numecole_desktop.ui.screens.school import SchoolScreen

        if self.school is None:
            self.school = SchoolScreen(self.session)
            self.school.closed.connect(self.back_to_list)
            self.school.refused.connect(self.refuse)
            self.school.edit_asked.connect(self.open_form)
        self.shell.show_screen(self.school)
        self.school.show_school(uai, self._listed)

    def open_form(self, uai: str) -> None:
        """Show the form of a school."""
        from numecole_desktop.ui.screens.form import FormScreen

        if self.form is None:
            self.form = FormScreen(self.session)
            self.form.closed.connect(self._form_closed)
            self.form.next_asked.connect(self.open_form)
            self.form.refused.connect(self.refuse)
        self.shell.show_screen(self.form)
        self.form.open_form(uai, self._listed)

    def _edit_from_list(self, uai: str) -> None:
        self._origin, self._listed = "schools", self.shell.schools.order()
        self.open_form(uai)

    def _form_closed(self) -> None:
        if self.form is not None:
            self._show_school(self.form.uai)

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
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Numécole",
            str(problem),
            QMessageBox.StandardButton.Ok,
            self.shell.frame,
        )
        box.open()
