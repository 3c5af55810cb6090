"""The list of shortcuts, from the table of commands."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from numecole_desktop.ui.commands import COMMANDS, keys_shown
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.widgets.grid import Grid
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.text import Text

_SIZE = (640, 460)


class ShortcutsDialog(Dialog):
    """Every key and what it does."""

    help_page = "raccourcis"

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("Raccourcis clavier", parent)
        grid = Grid(("Touches", "Ce qu’elles font"), wide=1)
        for command in COMMANDS:
            if command.keys:
                grid.add([Text(keys_shown(command), bold=True), Text(command.said, wrap=True)])
        scroll = QScrollArea()
        scroll.setAccessibleName("Raccourcis clavier")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        dress_bars(scroll)
        scroll.setWidget(grid)
        self.body.addWidget(scroll, 1)
        self.prefer(*_SIZE)
