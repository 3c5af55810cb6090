"""The schools last opened, in the menu « École » and on the screen « Accueil »."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card

if TYPE_CHECKING:
    from numecole_desktop.services.school_list import SchoolRow

_ON_CARD = 5


class RecentMenu(QMenu):
    """Filled when it opens; ``chosen`` carries a UAI."""

    chosen = Signal(str)

    def __init__(self, rows: Callable[[], Sequence[SchoolRow]], parent: QWidget) -> None:
        super().__init__("Écoles réc&entes", parent)
        self._rows = rows
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._tell)

    def _fill(self) -> None:
        self.clear()
        for number, row in enumerate(self._rows(), 1):
            words = _words(row).replace("&", "&&")
            key = f"&{number} " if number < 10 else ""
            self.addAction(f"{key}{words}").setData(row.uai)
        if self.isEmpty():
            self.addAction("Aucune école ouverte jusqu’ici").setEnabled(False)

    def _tell(self, action: object) -> None:
        self.chosen.emit(str(action.data()))  # type: ignore[attr-defined]  # a QAction


class RecentCard(Card):
    """The last ones as buttons; ``chosen`` carries a UAI."""

    chosen = Signal(str)

    def __init__(
        self, rows: Callable[[], Sequence[SchoolRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__("Écoles récentes", parent)
        self._rows = rows
        self.buttons: list[Button] = []
        self.hide()

    def refresh(self) -> None:
        """Show the schools last opened, and nothing at all when there is none."""
        rows = self._rows()[:_ON_CARD]
        for button in self.buttons:
            self.body.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for row in rows:
            button = Button(_words(row), icon_name="school", code=row.uai, left=True)
            button.pressed_code.connect(self.chosen)
            self.body.addWidget(button)
            self.buttons.append(button)
        self.setVisible(bool(rows))


def _words(row: SchoolRow) -> str:
    return " · ".join(filter(None, (row.name, row.commune, row.uai)))
