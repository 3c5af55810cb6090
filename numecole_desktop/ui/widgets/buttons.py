"""Push buttons of the window: plain or primary, with an icon of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from numecole_desktop.ui.icons import icon, icon_size
from numecole_desktop.ui.theme import colours


class Button(QPushButton):
    """A button with words; the ``primary`` one of a screen is filled.

    ``pressed_code`` carries ``code`` when it is clicked.
    """

    pressed_code = Signal(str)

    def __init__(
        self,
        text: str,
        *,
        icon_name: str = "",
        code: str = "",
        primary: bool = False,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon_name
        self._primary = primary
        self._code = code
        self.setToolTip(tip)
        self.setAutoDefault(False)
        self.setMinimumHeight(30)
        self.clicked.connect(self._tell)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _tell(self) -> None:
        self.pressed_code.emit(self._code)

    def _dress(self) -> None:
        theme = colours()
        ink = theme.on_action if self._primary else theme.text
        if self._icon:
            self.setIcon(icon(self._icon, ink))
        if self._primary and self.palette().color(QPalette.ColorRole.Button) != theme.action:
            palette = self.palette()
            normal = QPalette.ColorGroup.Active
            for group in (normal, QPalette.ColorGroup.Inactive):
                palette.setColor(group, QPalette.ColorRole.Button, theme.action)
                palette.setColor(group, QPalette.ColorRole.ButtonText, ink)
            self.setPalette(palette)


class IconButton(QToolButton):
    """A button with an icon alone; its name is read aloud and shown as a tooltip."""

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon_name
        self.setAutoRaise(True)
        self.setIconSize(icon_size())
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        self.setIcon(icon(self._icon, colours().text))
