"""The list of shortcuts, from the table of commands: by menu, filtered as one types."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from numecole_desktop.domain.french import fold, quoted
from numecole_desktop.ui.commands import COMMANDS, MENUS, Command, keys_shown
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.widgets.card import Page
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.grid import Grid
from numecole_desktop.ui.widgets.text import HEADING, Text

_SIZE = (640, 460)
_KEYS_WIDTH = 170
FIELDS = "Dans les listes et les champs"
"""Heading of the keys that belong to no menu."""


class ShortcutsDialog(Dialog):
    """Every key and what it does."""

    help_page = "raccourcis"

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("Raccourcis clavier", parent)
        self.search = Entry("Filtrer les raccourcis", hint="Filtrer\u00a0: une touche, un mot")
        self.search.setClearButtonEnabled(True)
        self.page = Page("Raccourcis clavier")
        self.page.column.setContentsMargins(0, 0, 8, 0)
        self.sections = [Section(heading, commands) for heading, commands in _grouped() if commands]
        for section in self.sections:
            self.page.column.addWidget(section)
        self.nothing = Text(tone="muted", wrap=True)
        self.nothing.hide()
        self.page.column.addWidget(self.nothing)
        self.page.column.addStretch(1)
        self.body.addWidget(self.search)
        self.body.addWidget(self.page, 1)
        self.search.textChanged.connect(self._filter)
        self.search.setFocus()
        self.prefer(*_SIZE)

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        found = [section.keep(words) for section in self.sections]
        self.nothing.say("" if any(found) else f"Aucun raccourci pour {quoted(text.strip())}.")


class Section(QWidget):
    """The shortcuts of a menu, under its name."""

    def __init__(self, heading: str, commands: Iterable[Command]) -> None:
        super().__init__()
        self._grid = Grid(("", ""), wide=1)
        self._grid.grid.setColumnMinimumWidth(0, _KEYS_WIDTH)
        self._texts: list[str] = []
        for command in commands:
            keys = keys_shown(command)
            self._grid.add([Text(keys, bold=True), Text(command.said, wrap=True)])
            self._texts.append(f"{fold(keys)} {fold(command.said)} {fold(heading)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(heading, size=HEADING, bold=True))
        column.addWidget(self._grid)

    def keep(self, words: list[str]) -> bool:
        """Show the shortcuts that hold every word; false when none does."""
        kept = [all(word in text for word in words) for text in self._texts]
        for row, shown in enumerate(kept):
            self._grid.set_row_visible(row, shown)
        self.setVisible(any(kept))
        return any(kept)


def _grouped() -> Iterable[tuple[str, list[Command]]]:
    for menu in (*MENUS, ""):
        heading = menu.replace("&", "") if menu else FIELDS
        yield heading, [c for c in COMMANDS if c.keys and c.menu == menu]
