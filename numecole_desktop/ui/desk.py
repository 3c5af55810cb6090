"""What the window does beyond its shell: opens schools and forms, runs the commands of the menus."""

from __future__ import annotations

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
        shell.schools.opened.connect(self.open_school)
        shell.schools.edit_asked.connect(self.open_form)

    def open_school(self, uai: str) -> None:
        """Show the page of a school."""
        from numecole_desktop.ui.screens.school import SchoolScreen

        if self.school is None:
            self.school = SchoolScreen(self.session)
            self.school.closed.connect(self.back_to_list)
            self.school.refused.connect(self.refuse)
            self.school.edit_asked.connect(self.open_form)
        self.shell.show_screen(self.school)
        self.school.show_school(uai, self.shell.schools.order())

    def open_form(self, uai: str) -> None:
        """Show the form of a school."""
        from numecole_desktop.ui.screens.form import FormScreen

        if self.form is None:
            self.form = FormScreen(self.session)
            self.form.closed.connect(self._form_closed)
            self.form.next_asked.connect(self.open_form)
            self.form.refused.connect(self.refuse)
        self.shell.show_screen(self.form)
        self.form.open_form(uai, self.shell.schools.order())

    def _form_closed(self) -> None:
        if self.form is not None:
            self.open_school(self.form.uai)

    def back_to_list(self) -> None:
        """Show the list again, on the school just seen."""
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
