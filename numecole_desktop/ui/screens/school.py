"""The page of a school: who it is, and five tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, of_place, plural
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.screens.evolutions import EvolutionsTab
from numecole_desktop.ui.screens.printing import PrintTab
from numecole_desktop.ui.screens.profile import ProfileTab
from numecole_desktop.ui.screens.school_read import ReadSchool, read_school
from numecole_desktop.ui.screens.usages import UsagesTab
from numecole_desktop.ui.screens.what_if import WhatIfTab
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.exported import ExportedBar
from numecole_desktop.ui.widgets.status_chip import StatusChip
from numecole_desktop.ui.widgets.tabs import Tabs
from numecole_desktop.ui.widgets.text import TITLE, ElidedText

if TYPE_CHECKING:
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.workspace import Changes
    from numecole_desktop.ui.models.lines import Content

PRINT_TAB = 3
WHAT_IF_TAB = 4
_TAB = "school/tab"


class SchoolScreen(Screen):
    """One school.

    Signals: ``edit_asked`` (UAI) to enter its declaration, ``closed`` to go back to the list,
    ``all_asked`` for the profiles of all schools, ``label_asked`` (UAI) for its label dossier,
    ``refused`` (a Problem) when it cannot be read.
    """

    edit_asked = Signal(str)
    closed = Signal()
    all_asked = Signal()
    label_asked = Signal(str)
    refused = Signal(object)
    help_page = "fiche-ecole"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.uai = ""
        self._order: Sequence[str] = ()
        self._to_fill: dict[QWidget | None, Callable[[], None]] = {}
        self.back_button = IconButton("back", "Revenir à la liste (Échap)")
        self.back_button.clicked.connect(self.closed)
        self.title = ElidedText(size=TITLE, bold=True)
        self.identity = ElidedText(tone="muted")
        self.chip = StatusChip()
        self.up_button = IconButton("up", "École précédente de la liste (Ctrl+Page précédente)")
        self.up_button.clicked.connect(self.previous_school)
        self.down_button = IconButton("down", "École suivante de la liste (Ctrl+Page suivante)")
        self.down_button.clicked.connect(self.next_school)
        self.edit_button = Button("Saisir la déclaration", icon_name="edit", primary=True)
        self.edit_button.setToolTip("Saisir ou corriger la déclaration (F2)")
        self.edit_button.clicked.connect(self._edit)
        self.tabs = Tabs("Onglets de la fiche")
        self.profile = ProfileTab()
        self.evolutions = EvolutionsTab()
        self.usages = UsagesTab()
        self.printing = PrintTab(session)
        self.what_if = WhatIfTab(session)
        for text, page in (
            ("Profil", self.profile),
            ("Évolutions", self.evolutions),
            ("Usages", self.usages),
            ("Impression", self.printing),
            ("Et si…\u00a0?", self.what_if),
        ):
            self.tabs.add(text, page)
        self.usages.edit_asked.connect(self._edit)
        self.profile.label_asked.connect(self._open_label)
        self.profile.conflicts_asked.connect(self._ask_conflicts)
        self.profile.reopen_asked.connect(self._reopen)
        self.exported = ExportedBar()
        self.saver = TableSaver(session, self)
        self.saver.saved.connect(self.exported.exported)
        for tab in (self.evolutions, self.usages):
            tab.export_asked.connect(self._export)
        self.printing.all_asked.connect(self.all_asked)
        self.tabs.show_tab(session.state.number(_TAB))
        self.tabs.row.currentChanged.connect(self._tab_changed)
        self._lay_out()

    def handlers(self) -> Handlers:
        found: dict[str, Callable[[], None]] = {
            "back": self.closed.emit,
            "edit": self._edit,
            "label_open": self._open_label,
            "tab_1": partial(self.tabs.show_tab, 0),
            "tab_2": partial(self.tabs.show_tab, 1),
            "tab_3": partial(self.tabs.show_tab, 2),
            "tab_4": partial(self.tabs.show_tab, PRINT_TAB),
            "tab_5": partial(self.tabs.show_tab, WHAT_IF_TAB),
            "export_pdf": self.printing.export,
            "print": self.printing.print,
        }
        if self._beside(-1):
            found["previous_school"] = self.previous_school
        if self._beside(1):
            found["next_school"] = self.next_school
        if self.tabs.row.currentIndex() == PRINT_TAB:
            found.update(zoom_in=self.printing.zoom_in, zoom_out=self.printing.zoom_out)
        return found

    def concerns(self, changes: Changes) -> bool:
        return changes.everything or self.uai in changes.schools

    def show_school(self, uai: str, order: Sequence[str]) -> None:
        """Show a school; ``order`` is the list it comes from."""
        self.uai, self._order = uai, order
        self.session.state.put("window/school", uai)
        self.session.recent.add(uai)
        self.reload()

    def reload(self) -> None:
        if self.uai:
            read = partial(read_school, uai=self.uai, year=self.session.year)
            self.session.tasks.run(read, self._show, self._failed)

    def next_school(self) -> None:
        """Show the next school of the list."""
        self.show_school(self._beside(1) or self.uai, self._order)

    def previous_school(self) -> None:
        """Show the previous school of the list."""
        self.show_school(self._beside(-1) or self.uai, self._order)

    def _beside(self, step: int) -> str:
        if self.uai not in self._order:
            return ""
        place = self._order.index(self.uai) + step
        return self._order[place] if 0 <= place < len(self._order) else ""

    def _show(self, read: ReadSchool) -> None:
        page = read.page
        if page.school.uai != self.uai:
            return
        commune = page.school.commune
        self.title.setText(page.school.name + (f" · {commune}" if commune else ""))
        self.identity.setText(identity(read))
        self.setAccessibleName(f"Fiche{NBSP}: {self.title.text()}")
        status = page.declaration.status.value if page.declaration else ""
        self.chip.show_status(status, str(page.year))
        self.edit_button.setText(
            "Corriger la déclaration" if status == "submitted" else "Saisir la déclaration"
        )
        self.up_button.setEnabled(bool(self._beside(-1)))
        self.down_button.setEnabled(bool(self._beside(1)))
        self.printing.show_school(read)
        self.what_if.show_school(read)
        # Each is made of hundreds of texts, which may not be looked at.
        self._to_fill = {
            tab: partial(tab.show_school, read)
            for tab in (self.profile, self.evolutions, self.usages)
        }
        self._fill_tab()
        self.handlers_changed.emit()

    def _fill_tab(self) -> None:
        fill = self._to_fill.pop(self.tabs.pages.currentWidget(), None)
        if fill is not None:
            fill()

    def _failed(self, problem: Problem) -> None:
        self.refused.emit(problem)

    def _edit(self) -> None:
        self.edit_asked.emit(self.uai)

    def _open_label(self) -> None:
        self.label_asked.emit(self.uai)

    def _ask_conflicts(self) -> None:
        self.session.conflicts_asked.emit(self.uai)

    def _reopen(self) -> None:
        from numecole_desktop.services import import_undo

        reopen = partial(import_undo.reopen_school, uai=self.uai)
        watched = self.session.undo_log.watched("réouverture d’une école", reopen)
        self.session.tasks.run(watched, self.session.refresher.publish, self._failed)

    def _export(self, title: str, content: Content) -> None:
        self.saver.ask(f"Exporter{NBSP}: {title}", file_name(title, self.uai), lambda: content)

    def _tab_changed(self, place: int) -> None:
        self.session.state.put(_TAB, str(place))
        self._fill_tab()
        self.handlers_changed.emit()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.identity)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 14, 4)
        row.setSpacing(6)
        row.addWidget(self.back_button)
        row.addLayout(words, 1)
        row.addWidget(self.chip)
        row.addSpacing(8)
        row.addWidget(self.edit_button)
        row.addWidget(self.up_button)
        row.addWidget(self.down_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        bars = QVBoxLayout()
        bars.setContentsMargins(14, 0, 14, 0)
        bars.addWidget(self.exported)
        column.addLayout(bars)
        column.addWidget(self.tabs, 1)


def identity(read: ReadSchool) -> str:
    """« 0110069R · École primaire · 11200 Aigues-Vives (Aude) · circonscription … · REP »."""
    school = read.page.school
    place = " ".join(filter(None, (school.postcode, school.commune)))
    department = read.page.profile.department
    if department:
        place = f"{place} ({department})"
    parts = [school.uai, school.type_label, place]
    if school.circonscription_label:
        parts.append(f"circonscription {school.circonscription_label}")
    if school.academy:
        parts.append(f"académie {of_place(school.academy)}")
    if school.priority:
        parts.append(school.priority)
    if school.public is False:
        parts.append("école privée")
    if school.pupils:
        parts.append(plural(school.pupils, "élève"))
    return " · ".join(parts)
