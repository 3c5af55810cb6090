"""The rail at the left of the window, and the strip at the top of every screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.icons import icon, pixmap
from numecole_desktop.ui.roles import GROUP, STATUS
from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.widgets.entry import NarrowingEntry
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.text import SMALL, Text, sized

_RAIL = 148
_NARROW_RAIL = 56
_MANY = 100
_SCOPE_LETTERS = 38


class RailButton(QAbstractButton):
    """One place to go; the present one is bold, filled and marked by a bar."""

    def __init__(self, icon_name: str, text: str, tip: str) -> None:
        super().__init__()
        self._icon = icon_name
        self._count = 0
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_count(self, count: int) -> None:
        """Show how many things wait there."""
        self._count = count
        waiting = f"{NBSP}: {count} à trancher" if count else ""
        self.setAccessibleName(f"{self.text()}{waiting}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from numecole_desktop.ui.widgets.buttons import entered

        if not entered(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(_NARROW_RAIL, scaled(40))

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 2, -8, -2)
        ink = theme.action if self.isChecked() else theme.text
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.base if self.isChecked() else theme.action_surface)
            painter.drawRoundedRect(box, 6, 6)
        if self.isChecked():
            painter.setBrush(theme.action)
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 8, 3, box.height() - 16), 1, 1)
        wide = self.width() > _NARROW_RAIL
        left = box.left() + 11 if wide else box.center().x() - 10
        painter.drawPixmap(round(left), round(box.center().y() - 10), pixmap(self._icon, ink))
        if wide:
            painter.setPen(ink)
            painter.setFont(sized(self.font(), 0, bold=self.isChecked()))
            painter.drawText(box.adjusted(40, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            self._draw_count(painter, box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.action, 2))
            painter.drawRoundedRect(box, 6, 6)

    def _draw_count(self, painter: QPainter, box: QRectF) -> None:
        theme = colours()
        text = str(self._count) if self._count < _MANY else f"{_MANY - 1}+"
        font = sized(self.font(), SMALL, bold=True)
        painter.setFont(font)
        tall = scaled(16)
        width = max(tall, painter.fontMetrics().horizontalAdvance(text) + 8)
        badge = QRectF(box.right() - width - 2, box.top() + 3, width, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.warning)
        painter.drawRoundedRect(badge, tall / 2, tall / 2)
        painter.setPen(theme.base)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QWidget):
    """Places of the window, by name; ``chosen`` carries the name."""

    said_as = GROUP

    chosen = Signal(str)

    def __init__(self, places: Sequence[tuple[str, str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setAccessibleName("Navigation")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        for place, (name, icon_name, text, tip) in enumerate(places):
            button = RailButton(icon_name, text, tip)
            self._group.addButton(button, place)
            self.buttons[name] = button
            column.addWidget(button)
        column.addStretch(1)
        self._group.idClicked.connect(self._clicked)
        self._dress()
        self.set_narrow(False)

    def show_place(self, name: str) -> None:
        """Mark the present place."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def show_count(self, name: str, count: int) -> None:
        """Show beside a place how many things wait there; nothing for none."""
        self.buttons[name].show_count(count)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, where the window is small."""
        self.setFixedWidth(_NARROW_RAIL if narrow else scaled(_RAIL))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colours().line)
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _clicked(self, place: int) -> None:
        self.chosen.emit(tuple(self.buttons)[place])

    def _dress(self) -> None:
        palette = self.palette()
        if palette.color(QPalette.ColorRole.Window) != colours().surface:
            palette.setColor(QPalette.ColorRole.Window, colours().surface)
            self.setPalette(palette)


class SearchField(NarrowingEntry):
    """The search of the list. Down or Enter go to it; Escape empties, then gives up the focus.

    Signals: ``down`` and ``accepted``.
    """

    down = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Rechercher une école",
            hint="École, UAI, commune (Ctrl+F)\u00a0; partout\u00a0: Ctrl+K",
            parent=parent,
        )
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # a file dropped here is for the window
        self._magnifier = self.addAction(
            icon("search", colours().muted), QLineEdit.ActionPosition.LeadingPosition
        )
        self._magnifier.setText("Chercher une école")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_magnifier"):
            self._magnifier.setIcon(icon("search", colours().muted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.down.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """Search, territory (hidden while the base has none), school year."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.search = SearchField(self)
        self.scope = Picker("Écoles affichées")
        self.scope.hide()
        self.years = Picker("Année scolaire affichée")
        label = Text("A&nnée scolaire", tone="muted")
        label.setBuddy(self.years)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 2)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        row.addWidget(self.scope)
        row.addWidget(label)
        row.addWidget(self.years)

    def show_scope(self, name: str, *, everywhere: bool) -> None:
        """Offer the territory called ``name``, or every school; nothing without a name.

        A long name is cut, for the search to keep its room; the tooltip says it whole.
        """
        self.scope.setVisible(bool(name))
        self.scope.setMaximumWidth(_SCOPE_LETTERS * self.scope.fontMetrics().averageCharWidth())
        self.scope.setToolTip(f"Mon territoire{NBSP}: {name}")
        self.scope.set_options(
            [("", f"Mon territoire{NBSP}: {name}"), ("all", "Toutes les écoles")]
        )
        self.scope.set_value("all" if everywhere else "")


class SampleBanner(QWidget):
    """Says on every screen that what is shown was invented."""

    said_as = STATUS

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Données d’exemple")
        self._picture = Text()
        self._picture.setPixmap(pixmap("sample", colours().warning, 16))
        self._text = Text(
            "Données d’exemple\u00a0: déclarations inventées",
            tone="warning",
            bold=True,
            size=SMALL,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 14, 3)
        row.addWidget(self._picture)
        row.addWidget(self._text)
        row.addStretch(1)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.warning_surface)
        painter.setPen(theme.warning)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._picture.setPixmap(pixmap("sample", colours().warning, 16))
