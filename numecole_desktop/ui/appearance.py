"""The menus « Apparence » and « Taille du texte »: one choice each, remembered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.state import WindowState
from numecole_desktop.ui.theme import (
    AUTOMATIC,
    TEXT_SIZE,
    text_size,
    text_sizes,
    theme,
    theme_names,
)

if TYPE_CHECKING:
    from numecole_desktop.ui.session import Session
    from numecole_desktop.ui.window import Shell


class ChoiceMenu(QMenu):
    """One choice among a few, the present one ticked; ``picked`` carries its code."""

    picked = Signal(str)

    def __init__(
        self, title: str, options: Iterable[tuple[str, str]], chosen: str, parent: QWidget
    ) -> None:
        super().__init__(title, parent)
        self.choices = QActionGroup(self)
        for code, label in options:
            action = self.addAction(label)
            action.setCheckable(True)
            action.setData(code)
            self.choices.addAction(action)
        self.tick(chosen)
        self.choices.triggered.connect(self._tell)

    def tick(self, code: str) -> None:
        """Show another choice without telling anyone."""
        for action in self.choices.actions():
            action.setChecked(action.data() == code)

    def _tell(self, action: object) -> None:
        self.picked.emit(str(action.data()))  # type: ignore[attr-defined]  # a QAction


class ThemeMenu(ChoiceMenu):
    """The palettes, and the one of the system, whether asked here or elsewhere (``ask``)."""

    def __init__(self, state: WindowState, parent: QWidget) -> None:
        names = [(AUTOMATIC, "Comme le système"), *((n, theme(n).label) for n in theme_names())]
        super().__init__("Appare&nce", names, state.text("window/theme", AUTOMATIC), parent)

    def ask(self, name: str) -> None:
        """Choose a palette as a person does in the menu."""
        self.tick(name)
        self.picked.emit(name)


class TextSizeMenu(ChoiceMenu):
    """The sizes of ``theme.ini``.

    Sizes are taken when the widgets are built, so that nothing has to follow a change: the window
    is built anew.
    """

    def __init__(self, state: WindowState, parent: QWidget) -> None:
        sizes = [str(size) for size in text_sizes()]
        labels = [(size, f"{size}{NBSP}%") for size in sizes]
        super().__init__("&Taille du texte", labels, state.text(TEXT_SIZE, sizes[0]), parent)
        self._state = state
        self.picked.connect(self._keep)
        self.aboutToShow.connect(self._show_kept)

    def _show_kept(self) -> None:
        self.tick(self._state.text(TEXT_SIZE, str(text_sizes()[0])))

    def _keep(self, size: str) -> None:
        self._state.put(TEXT_SIZE, size)


def add_appearance(shell: Shell, session: Session) -> None:
    """Put both menus in « Affichage »; the palette picked is worn at once."""
    themes = ThemeMenu(session.state, shell)
    themes.picked.connect(shell.dress)
    session.theme_asked.connect(themes.ask)
    sizes = TextSizeMenu(session.state, shell)
    sizes.picked.connect(partial(_resize, session))
    for menu in (themes, sizes):
        shell.menu("&Affichage").addMenu(menu)


def _resize(session: Session, size: str) -> None:
    if size != str(text_size()):
        session.rebuild_asked.emit()
