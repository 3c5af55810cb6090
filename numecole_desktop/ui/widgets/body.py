"""The inside of a dialog: as high as its parts, and it scrolls where the screen is lower."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from numecole_desktop.ui.widgets.scroll import dress_bars

_LEAST_HEIGHT = 60


class _Inside(QWidget):
    """Parts that can be lower than they wish (a table, a text) are, before anything scrolls."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return -1 if layout is None else layout.totalMinimumHeightForWidth(width)


class Body(QScrollArea):
    """``column`` receives the parts; ``changed`` when they ask for another height."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress_bars(self)
        self._width = 0
        inside = _Inside()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.setWidget(inside)
        for ground in (inside, self.viewport()):
            ground.setAutoFillBackground(False)
        inside.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(self._scrolls)

    def fit(self, width: int) -> None:
        """Ask for the height that the parts need at ``width``."""
        self._width = width
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        self.column.activate()
        height = self.column.totalSizeHint().height()
        if self._width and self.column.hasHeightForWidth():
            height = self.column.totalHeightForWidth(self._width)
        return QSize(self.column.totalSizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        least = self.column.totalMinimumSize()
        return QSize(least.width(), min(least.height(), _LEAST_HEIGHT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.changed.emit()
        return False

    def _scrolls(self, _: int, most: int) -> None:
        """What is only to be read is scrolled by keys too."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if most else Qt.FocusPolicy.NoFocus)
