"""Tab « Carte » of a territory: the schools by index on a map, and the same ones in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, joined, plural
from numecole_desktop.domain.lambert import in_metropole, lambert93
from numecole_desktop.ui.screens.school_lines import SchoolTable
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.text import SMALL, ElidedText, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath, QShowEvent

    from numecole_desktop.services.territory_pages import PlacedSchool, TerritoryPage
    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.widgets.map_view import MapView, Spot

_LEAST_LIST = 230
_SPARE = 60
_MOST_DEPARTMENTS = 2
"""Départements up to which the communes are drawn: beyond, their lines would cover the map."""


class ReadMap:
    """What the map draws, made ready away from the window.

    Outlines by weight, schools, how many schools by mark (placed or not), credit of the outlines.
    """

    __slots__ = ("counts", "credit", "outlines", "spots")

    def __init__(
        self,
        outlines: Mapping[str, QPainterPath],
        spots: Sequence[Spot],
        counts: Counter[str],
        credit: str,
    ) -> None:
        self.outlines = outlines
        self.spots = spots
        self.counts = counts
        self.credit = credit


class MapTab(Through):
    """Map and list; ``school_opened`` carries a UAI, ``drawn`` when the map shows them all."""

    school_opened = Signal(str)
    drawn = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.view: MapView | None = None
        self._asked = 0
        self._circled = ""
        self.waiting = Text("Préparation de la carte…", tone="muted")
        self.unplaced = Text(tone="muted", size=SMALL, wrap=True)
        self.credit = ElidedText(tone="muted", size=SMALL)
        self.current = ElidedText()
        self.all_button = Button("Tout voir", tip="Ramener toutes les écoles dans la carte")
        self.out_button = IconButton("minus", "Réduire la carte")
        self.in_button = IconButton("plus", "Agrandir la carte")
        self._tools = (self.out_button, self.in_button, self.all_button)
        for button in self._tools:
            button.hide()
        self.table = SchoolTable("Écoles de la carte")
        self.table.narrow()
        self.table.school_opened.connect(self.school_opened)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self._legend = QVBoxLayout()
        self._legend.setSpacing(2)
        self._legend_words: dict[str, Text] = {}
        self._left: Callable[[], None] | None = None
        self._lay_out()

    def show_schools(self, page: TerritoryPage, schools: Sequence[PlacedSchool]) -> None:
        """Show the schools of a territory; the map follows once its outlines are read."""
        self.table.show_lines([school.line for school in schools])
        self._asked += 1
        read = partial(_read, schools=schools, level=page.scope.level)
        self.session.tasks.run(read, partial(self._draw, self._asked, page.name, schools))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._left is not None:
            QTimer.singleShot(0, self, self._left)
            self._left = None

    def _draw(self, asked: int, name: str, schools: Sequence[PlacedSchool], read: ReadMap) -> None:
        if asked != self._asked:
            return
        if not self.isVisible():
            self._left = partial(self._draw, asked, name, schools, read)
            return
        from numecole_desktop.ui.widgets.map_view import MapView

        if self.view is None:
            self.view = MapView()
            self.view.opened.connect(self.school_opened)
            self.view.pointed.connect(self._pointed)
            self.all_button.clicked.connect(self.view.show_all)
            self.in_button.clicked.connect(self.view.zoom_in)
            self.out_button.clicked.connect(self.view.zoom_out)
            self._frame.insertWidget(0, self.view, 1)
            focus.order([(self.table, self.view)])
            self.waiting.hide()
            for button in self._tools:
                button.show()
            # In its own turn: building the view takes a frame already.
            QTimer.singleShot(0, partial(self._draw, asked, name, schools, read))
            return
        self.view.show_map(read.outlines, read.spots)
        self._circled = ""
        self.current.clear()
        self.credit.setText(read.credit)
        counted = self._show_legend(read.counts)
        lacking = len(schools) - len(read.spots)
        have = "n’a pas de coordonnées" if lacking == 1 else "n’ont pas de coordonnées"
        self.unplaced.say(
            f"{plural(lacking, 'école')} {have} sur ce fond de carte{NBSP}: la liste à côté les "
            f"montre toutes."
            if lacking
            else ""
        )
        placed = plural(len(read.spots), "école placée", "écoles placées")
        self.view.setAccessibleDescription(
            f"{name}{NBSP}: {placed}. {counted}. Les flèches vont à l’école la plus proche, Page "
            f"suivante à la suivante, Entrée l’ouvre. Liste équivalente à côté."
        )
        self.drawn.emit()

    def _show_legend(self, counts: Counter[str]) -> str:
        """Show what the marks stand for, with their counts; the same as one sentence."""
        from numecole_desktop.ui.widgets.map_view import INDICES, LegendMark, legend_words

        if not self._legend_words:
            for mark in INDICES:
                self._legend_words[mark] = Text(size=SMALL, wrap=True)
                row = QHBoxLayout()
                row.setSpacing(6)
                row.addWidget(LegendMark(mark))
                row.addWidget(self._legend_words[mark], 1)
                self._legend.addLayout(row)
        said = {mark: legend_words(mark, counts[mark]) for mark in INDICES}
        for mark, words in said.items():
            self._legend_words[mark].setText(words)
        return joined(list(said.values()))

    def _row_changed(self) -> None:
        row = self.table.current_row()
        if row >= 0:
            self._circle(self.table.uai(row))

    def _pointed(self, uai: str) -> None:
        if uai:
            self.table.go_to_school(uai)
            self._circle(uai)

    def _circle(self, uai: str) -> None:
        """Circle a school once, and say it above the map; the list may not show it."""
        if self.view is not None and uai != self._circled:
            self._circled = uai
            self.current.setText(self.view.point_at(uai))

    def _lay_out(self) -> None:
        left = QWidget()
        self._frame = QVBoxLayout(left)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._frame.setSpacing(4)
        self._frame.addWidget(self.waiting)
        self._frame.addWidget(self.current)
        foot = QHBoxLayout()
        foot.addWidget(self.credit, 1)
        for button in self._tools:
            foot.addWidget(button)
        self._frame.addLayout(foot)
        right = QWidget()
        right.setMinimumWidth(scaled(_LEAST_LIST))
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._legend)
        column.addWidget(self.unplaced)
        column.addWidget(self.table, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([2 * _LEAST_LIST, _LEAST_LIST + _SPARE])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 8)
        outer.addWidget(split)
        self.pass_to(self.table)


def _mark(school: PlacedSchool) -> str:
    return "none" if school.line.index is None else str(school.line.index)


def _spots(schools: Sequence[PlacedSchool]) -> list[Spot]:
    from numecole_desktop.ui.widgets.map_view import Spot

    spots = []
    for school in schools:
        if school.place is not None and in_metropole(*school.place):
            line = school.line
            index = "indice inconnu" if line.index is None else f"indice {line.index}"
            words = f"{line.name}, {line.commune}{NBSP}: {index}"
            spots.append(Spot(line.uai, words, _mark(school), *lambert93(*school.place)))
    return spots


def _read(_: Workspace, schools: Sequence[PlacedSchool], level: str) -> ReadMap:
    from numecole_desktop.services import geography
    from numecole_desktop.ui.widgets.map_view import outline_path

    departments = geography.department_outlines()
    outlines = {}
    held = {school.department_code for school in schools if school.department_code}
    if level != "academie" and len(held) <= _MOST_DEPARTMENTS:
        communes = geography.commune_outlines().lines
        prefixes = tuple(code.lstrip("0").zfill(2) for code in held)
        outlines["commune"] = outline_path(
            lines for code, lines in communes.items() if prefixes and code.startswith(prefixes)
        )
        if level in ("commune", "circonscription"):
            own = {school.commune_code for school in schools}
            outlines["own"] = outline_path(communes[code] for code in sorted(own & set(communes)))
    outlines["department"] = outline_path(departments.lines.values())
    counts = Counter(_mark(school) for school in schools)
    return ReadMap(outlines, _spots(schools), counts, departments.credit)
