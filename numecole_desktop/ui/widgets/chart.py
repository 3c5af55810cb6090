"""The index year after year, as columns of steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.roles import GRAPHIC
from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.widgets.gauge import HIGHEST
from numecole_desktop.ui.widgets.text import sized

_COLUMN = 74


class IndexChart(QWidget):
    """One column of three steps by year, the index above, the year below."""

    said_as = GRAPHIC

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._years: Sequence[tuple[str, int | None]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Indice d’équipement par année")

    def show_years(self, years: Sequence[tuple[str, int | None]]) -> None:
        """Show (school year, index) pairs, oldest first."""
        self._years = years
        said = [f"{year}{NBSP}: {'n.c.' if v is None else v}" for year, v in years]
        self.setAccessibleDescription(", ".join(said))
        self.setToolTip("\n".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(1, len(self._years)) * scaled(_COLUMN) + 8, scaled(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor = self.height() - scaled(26)
        wide = scaled(_COLUMN)
        step = (floor - scaled(26)) / HIGHEST
        for place, (year, value) in enumerate(self._years):
            left = 4 + place * wide
            for rank in range(1, HIGHEST + 1):
                filled = value is not None and rank <= value
                painter.setPen(QPen(theme.action if filled else theme.border, 1))
                painter.setBrush(theme.action if filled else theme.base)
                top = floor - rank * step + 3
                painter.drawRoundedRect(QRectF(left + 19, top, wide - 38, step - 3), 2, 2)
            painter.setPen(theme.text)
            painter.setFont(sized(self.font(), 0, bold=True))
            centre = Qt.AlignmentFlag.AlignCenter
            shown = "n.c." if value is None else str(value)
            painter.drawText(QRectF(left, 0, wide, scaled(22)), centre, shown)
            painter.setFont(sized(self.font(), -1))
            painter.setPen(theme.muted)
            painter.drawText(QRectF(left, floor + 4, wide, scaled(20)), centre, year)
