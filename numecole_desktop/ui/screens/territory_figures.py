"""Tab « Chiffres » of a territory: the index, and every figure beside the levels above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from numecole_desktop.ui.models.figures import (
    BAR,
    COUNT,
    FIRST_ABOVE,
    LABEL,
    MISSING,
    SHARE,
    FiguresModel,
    opens,
)
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.comparison import ComparisonCell, Marks
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.share import Distribution
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import SMALL, ElidedText

if TYPE_CHECKING:
    from numecole_desktop.services.territory_pages import TerritoryPage

_WIDTHS = {LABEL: 250, COUNT: 72, SHARE: 58, MISSING: 56}
_LOW = 360
_LEAST_ABOVE, _MOST_ABOVE, _SPARE = 70, 170, 20


class FiguresTable(Table):
    """Figures; Enter, a double click, or a click on a value opens the schools behind it.

    ``figure_opened`` carries the name of the figure, ``missing_`` before it from the n.c. column.
    """

    figure_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Chiffres du territoire", parent)
        self.figures = FiguresModel(self)
        self.setModel(self.figures)
        self.setItemDelegate(ComparisonCell(self))
        self.setAlternatingRowColors(False)
        self.setMouseTracking(True)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setFirstSectionMovable(False)
        self.first_stays = True
        header.setMinimumSectionSize(44)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._clicked)
        self.figures.modelReset.connect(self._span_titles)

    def show_page(self, page: TerritoryPage) -> None:
        """Show the figures of a territory."""
        top = self.verticalScrollBar().value()
        if self.layout_keeper is not None:
            self.layout_keeper.flush()
        if len(page.above) != len(self.figures.above):
            self.hide_filters()
        self.figures.set_groups(page.groups, page.above)
        header = self.horizontalHeader()
        for column, width in _WIDTHS.items():
            header.resizeSection(column, scaled(width))
        for column, name in enumerate(page.above, FIRST_ABOVE):
            wanted = header.fontMetrics().horizontalAdvance(name) + _SPARE
            header.resizeSection(
                column, min(max(scaled(_LEAST_ABOVE), wanted), scaled(_MOST_ABOVE))
            )
        header.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        if self.layout_keeper is not None:
            self.layout_keeper.rebuilt()
        self.verticalScrollBar().setValue(top)

    def _span_titles(self) -> None:
        self.clearSpans()
        for row in self.figures.titles():
            self.setSpan(row, LABEL, 1, self.figures.columnCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.column() == LABEL:
            self._open(index)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            index = self.indexAt(event.position().toPoint())
            hand = index.column() in (COUNT, SHARE, BAR, MISSING) and self._behind(index)
            shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        return super().viewportEvent(event)

    def go_to(self, row: int) -> None:
        line = self.figures.line(row)
        super().go_to(row if line is not None else row + 1)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() in (COUNT, SHARE, BAR, MISSING):
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        figure = self._behind(index)
        if figure:
            self.figure_opened.emit(figure)

    def _behind(self, index: QModelIndex) -> str:
        line = self.figures.line(index.row())
        return "" if line is None else opens(line, index.column())


class FiguresTab(Through):
    """Distribution, marks, table; ``figure_opened`` carries the figure whose schools are asked."""

    figure_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.distribution = Distribution()
        self.distribution.chosen.connect(self.figure_opened)
        self.marks = Marks()
        self.table = FiguresTable()
        self.table.figure_opened.connect(self.figure_opened)
        self.captions = ElidedText(tone="muted", size=SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(self.distribution)
        column.addWidget(self.marks)
        column.addWidget(self.table, 1)
        column.addWidget(self.captions)
        self.pass_to(self.table)

    def show_page(self, page: TerritoryPage) -> None:
        """Show another territory."""
        self.distribution.show_shares(
            [(s.figure, s.label, s.count, s.percent) for s in page.distribution]
        )
        self.marks.show_names(page.name, page.above)
        self.table.show_page(page)
        self.captions.say(" ".join(page.captions))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.distribution.set_low(event.size().height() < _LOW)
