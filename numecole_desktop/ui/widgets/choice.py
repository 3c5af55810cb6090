"""A row of exclusive buttons: filters of a list, answers of a closed question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from numecole_desktop.ui.roles import GROUP
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.text import sized

_HEIGHT = 28
_PADDING = 11
_DOT = 14


class ChoiceButton(QRadioButton):
    """A radio button drawn as a pill; the chosen one is bold, filled and outlined."""

    def __init__(self, code: str, label: str, dot: bool) -> None:
        super().__init__(label)
        self.code = code
        self._dot = dot
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(sized(self.font(), 0, bold=True))
        width = metrics.horizontalAdvance(self.text()) + 2 * _PADDING + (_DOT if self._dot else 0)
        return QSize(width, max(_HEIGHT, metrics.height() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def enterEvent(self, event: QEvent) -> None:
        self.update()
        super().enterEvent(event)  # type: ignore[arg-type]  # an enter event

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        edge = theme.action if chosen else theme.border
        painter.setPen(QPen(edge, 1.4 if chosen else 1.0))
        fill = theme.action_surface if chosen else theme.base
        painter.setBrush(theme.alternate if self.underMouse() and not chosen else fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        text = QRectF(self.rect()).adjusted(_PADDING, 0, -_PADDING, 0)
        if self._dot:
            self._draw_dot(painter, QRectF(text.left(), text.center().y() - 4.5, 9, 9))
            text.setLeft(text.left() + _DOT)
        painter.setPen(theme.action if chosen else theme.text)
        painter.setFont(sized(self.font(), 0, bold=chosen))
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.action, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _draw_dot(self, painter: QPainter, where: QRectF) -> None:
        theme = colours()
        painter.setPen(QPen(theme.action if self.isChecked() else theme.border, 1.3))
        painter.setBrush(theme.base)
        painter.drawEllipse(where)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.action)
            painter.drawEllipse(where.adjusted(2.2, 2.2, -2.2, -2.2))


class ChoiceBar(Through):
    """Exclusive choices in a row.

    Arrows move; where ``keys`` is set, digits and first letters choose, and Suppr. empties. Where
    the codes are digits themselves, a digit chooses the code, not the place.
    ``chosen`` carries the code when a person chooses, "" when the choice is emptied.
    """

    said_as = GROUP

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str]],
        *,
        keys: bool = False,
        dot: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._group = QButtonGroup(self)
        self.buttons = [ChoiceButton(code, label, dot) for code, label in options]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self.buttons:
            self._group.addButton(button)
            row.addWidget(button)
            button.setAccessibleName(f"{name}\u00a0: {button.text()}")
        row.addStretch(1)
        self.setAccessibleName(name)
        self._group.buttonClicked.connect(self._clicked)
        self._one_stop()

    def value(self) -> str | None:
        """Code of the choice made; None when there is none."""
        button = self._group.checkedButton()
        return button.code if isinstance(button, ChoiceButton) else None

    def set_value(self, code: str | None) -> None:
        """Show a choice without telling anyone; None, or a code not in the list, empties."""
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(button.code == code)
        self._group.setExclusive(True)
        self._one_stop()

    def choice_of(self, text: str) -> str | None:
        """Code of the choice that the key ``text`` makes; None when it makes none."""
        numbered = all(button.code.isdecimal() for button in self.buttons)
        for place, button in enumerate(self.buttons, 1):
            keys = (button.code,) if numbered else (str(place), button.text()[:1].casefold())
            if text and text.casefold() in keys:
                return button.code
        return None

    def choose(self, code: str) -> None:
        """Choose as a person does: the keyboard comes here, and ``chosen`` is told."""
        button = next(button for button in self.buttons if button.code == code)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        button.setChecked(True)
        self._clicked(button)

    def set_label(self, code: str, label: str) -> None:
        """Change the words of one choice (to show a count)."""
        for button in self.buttons:
            if button.code == code:
                button.setText(label)
                button.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._keys and self._choose(event)):
            super().keyPressEvent(event)

    def _choose(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_value(None)
            self.chosen.emit("")
            return True
        code = self.choice_of(event.text())
        if code is None:
            return False
        self.choose(code)
        return True

    def _clicked(self, button: QRadioButton) -> None:
        self._one_stop()
        if isinstance(button, ChoiceButton):
            self.chosen.emit(button.code)

    def _one_stop(self) -> None:
        stop = self._group.checkedButton() or self.buttons[0]
        for button in self.buttons:
            click = Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else click)
        self.pass_to(stop)
