"""Territories: the tree at the left, the figures of the one chosen, the schools behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.own_territory import EVERYWHERE
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.dialogs.saving import TableSaver
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.screens.school_lines import BehindPage
from numecole_desktop.ui.screens.territory_view import TerritoryView
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.empty import EmptyState
from numecole_desktop.ui.widgets.exported import ExportedBar
from numecole_desktop.ui.widgets.territory_tree import TreePicker

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.territories import TreeNode
    from numecole_desktop.services.territory_pages import BehindLine, Scope, TerritoryPage
    from numecole_desktop.ui.models.territory_tree import Place

_CHOSEN = "territories/chosen"
_SPLIT = "territories/split"
_TREE_WIDTH = 250
_LEAST_TREE = 206


class TerritoriesScreen(Screen):
    """Tree, territory, schools behind a figure."""

    help_page = "territoires"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._nodes: Sequence[TreeNode] | None = None
        self._wanted: Scope | None = None
        self._reading = False
        self._notice = ""
        self._selection: tuple[str, ...] = ()
        self.picker = TreePicker()
        self.saver = TableSaver(session, self)
        self.view = TerritoryView(session, self.saver)
        self.behind = BehindPage(self.saver)
        self.behind.table.keep_layout(session.state, "behind")
        self._blank: EmptyState | None = None
        self.exported = ExportedBar()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._stale = True
        self._own = EVERYWHERE
        self._open_own()
        session.scope_changed.connect(self._open_own)

    def handlers(self) -> Handlers:
        if self.stack.currentWidget() is self.behind:
            return {"back": self._close_behind}
        found: dict[str, Callable[[], None]] = {
            f"tab_{n + 1}": partial(self.view.tabs.show_tab, n) for n in range(4)
        }
        if self.view.page is not None and self.view.page.scope.level:
            found["export_pdf"] = self.view.files.ask_profile
            found["town_halls"] = self.view.files.ask_town_halls
        if self._selection:
            found["back"] = self._leave_selection
        return found

    def reload(self) -> None:
        from numecole_desktop.services import territories

        if self.session.ready:
            read = partial(territories.territory_tree, year=self.session.year)
            self.session.tasks.run(read, self._show_tree, self._failed)

    def show_selection(self, uais: Sequence[str]) -> None:
        """Show the figures of schools, across territories."""
        from numecole_desktop.services.territory_pages import Scope

        self._selection = tuple(uais)
        self._notice = (
            f"Chiffres des {plural(len(uais), 'école')} de la liste. Choisissez un territoire à "
            f"gauche pour revenir à ses chiffres."
        )
        self.picker.forget()
        self._read(Scope("", "", self._selection))

    def show_territory(self, level: str, code: str) -> None:
        """Show the figures of a territory."""
        self._selection = ()
        self.session.state.put(_CHOSEN, f"{level} {code}")
        if self._nodes is not None:
            self.stack.setCurrentWidget(self.view)
            self.picker.go_to(level, code)

    def _open_own(self) -> None:
        """Begin with the territory that is looked after, each time it becomes another."""
        own = self.session.territory
        if own and own != self._own:
            self.session.state.put(_CHOSEN, f"{own.level} {own.codes[0]}")
            self.mark_stale()
        self._own = own

    def leave(self) -> None:
        self.session.state.put_data(_SPLIT, self._splitter.saveState())

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(14, 10, 0, 8)
        column.addWidget(self.picker)
        left.setMinimumWidth(scaled(_LEAST_TREE))
        nothing_yet = QWidget()
        for page in (nothing_yet, self.view, self.behind):
            self.stack.addWidget(page)
        right = QWidget()
        bars = QVBoxLayout()
        bars.setContentsMargins(14, 6, 14, 0)
        bars.addWidget(self.exported)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(bars)
        inside.addWidget(self.stack, 1)
        self._splitter = QSplitter()
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        remembered = self.session.state.data(_SPLIT)
        if remembered.isEmpty() or not self._splitter.restoreState(remembered):
            self._splitter.setSizes([_TREE_WIDTH, 4 * _TREE_WIDTH])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picker.setFocus(event.reason())

    def _connect(self) -> None:
        self.picker.chosen.connect(self._chosen)
        self.picker.entered.connect(self._enter)
        self.view.figure_opened.connect(self._open_figure)
        self.view.part_opened.connect(self.picker.go_to)
        self.view.school_opened.connect(self._open_school)
        self.view.tab_changed.connect(self.handlers_changed)
        self.view.files.saved.connect(self._saved)
        self.behind.closed.connect(self._close_behind)
        self.behind.school_opened.connect(self._open_behind)
        self.saver.saved.connect(self._saved)

    def _show_tree(self, nodes: Sequence[TreeNode]) -> None:
        level, _, code = self.session.state.text(_CHOSEN).partition(" ")
        self._nodes = nodes
        selection = self._selection
        blocked = self.picker.blockSignals(True)
        self.picker.set_nodes(nodes, (level, code))
        self.picker.blockSignals(blocked)
        if not nodes:
            self._show_blank(
                "Aucune école publique ouverte",
                f"Il n’y a pas de territoire à montrer pour {self.session.year}{NBSP}: importez "
                f"l’annuaire des écoles, ou choisissez une autre année scolaire.",
            )
            return
        if selection:
            self.show_selection(selection)
            return
        place = self.picker.current()
        if place is not None:
            self._chosen(place)

    def _chosen(self, place: Place) -> None:
        from numecole_desktop.services.territory_pages import Scope

        node = place.node
        self._selection = ()
        if not node.code:
            self._show_blank(
                "Territoire non renseigné",
                f"L’annuaire ne dit pas de quel territoire dépendent "
                f"{plural(node.schools, 'école')}. Elles comptent dans les niveaux au-dessus.",
            )
            return
        self.session.state.put(_CHOSEN, f"{node.level} {node.code}")
        self._notice = ""
        if node.level == "commune" and self.picker.model.spread(node.level, node.code) > 1:
            self._notice = (
                f"{node.name} relève de plusieurs circonscriptions{NBSP}: ces chiffres sont ceux "
                f"de toute la commune."
            )
        self._read(Scope(node.level, node.code))

    def _read(self, scope: Scope) -> None:
        self._wanted = scope
        if not self._reading:
            self._read_wanted()

    def _read_wanted(self) -> None:
        from numecole_desktop.services import territory_pages

        if self._wanted is not None:
            self._reading = True
            work = partial(
                territory_pages.territory_page, scope=self._wanted, year=self.session.year
            )
            self.session.tasks.run(work, self._show_page, self._page_failed)

    def _show_page(self, page: TerritoryPage) -> None:
        self._reading = False
        if page.scope != self._wanted or page.year != self.session.year:
            self._read_wanted()
            return
        if self.view.page is not None and page.scope != self.view.page.scope:
            self.exported.hide()  # what it says is of another territory
        self.view.show_page(page, self._part_names(page), self._notice)
        self.stack.setCurrentWidget(self.view)
        self.handlers_changed.emit()

    def _part_names(self, page: TerritoryPage) -> list[tuple[str, str]]:
        place = self.picker.current()
        if place is None or (place.node.level, place.node.code) != (
            page.scope.level,
            page.scope.code,
        ):
            return []
        return [(child.code, child.name) for child in place.node.children]

    def _open_figure(self, figure: str, year: SchoolYear) -> None:
        from numecole_desktop.services import territory_pages

        page = self.view.page
        if page is None:
            return
        title = territory_pages.figure_words(figure)
        place = f"{page.name}, {year}"
        work = partial(territory_pages.behind, scope=page.scope, figure=figure, year=year)
        self.session.tasks.run(work, partial(self._show_behind, title, place), self._failed)

    def _show_behind(self, title: str, place: str, lines: Sequence[BehindLine]) -> None:
        self.stack.setCurrentWidget(self.behind)
        self.behind.show_behind(title, place, lines)
        self.handlers_changed.emit()

    def _close_behind(self) -> None:
        self.stack.setCurrentWidget(self.view)
        self.view.focus_tab()
        self.handlers_changed.emit()

    def _leave_selection(self) -> None:
        level, _, code = self.session.state.text(_CHOSEN).partition(" ")
        self.picker.go_to(level, code)

    def _open_behind(self, uai: str) -> None:
        self._open_school(uai, self.behind.table.order())

    def _open_school(self, uai: str, order: Sequence[str]) -> None:
        self.session.school_asked.emit(uai, tuple(order), "territories")

    def _enter(self) -> None:
        if self.stack.currentWidget() is self.view:
            self.view.figures.table.setFocus()
            self.view.tabs.show_tab(0)

    def _show_blank(self, heading: str, sentence: str) -> None:
        if self._blank is not None:
            self.stack.removeWidget(self._blank)
            self._blank.deleteLater()
        self._wanted = None
        self._blank = EmptyState("territory", heading, sentence)
        self.stack.addWidget(self._blank)
        self.stack.setCurrentWidget(self._blank)
        self.handlers_changed.emit()

    def _saved(self, words: str, path: Path) -> None:
        self.exported.exported(words, path)
        self.session.say(words, "success")

    def _page_failed(self, problem: Problem) -> None:
        self._reading = False
        self._failed(problem)

    def _failed(self, problem: Problem) -> None:
        self.session.tasks.refused.emit(problem)
