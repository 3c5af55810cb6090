"""Mapping assistant: which column of the file is which of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from numecole_desktop.domain.french import joined, quoted
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numecole_desktop.services.importing import MappingNeeded

_NONE = ""
_LEAST_HEIGHT = 110


class MappingDialog(Dialog):
    """One line by column of ours, required ones first; ``chosen`` carries the mapping.

    Args:
        needed: by sort of file that was tried, what it lacks; the first sort is shown first.
        labels: name and label of every sort of file.
        parent: the window.
    """

    chosen = Signal(object)

    help_page = "imports#a-quoi-correspond-chaque-colonne"

    def __init__(
        self,
        needed: Mapping[str, MappingNeeded],
        labels: Sequence[tuple[str, str]],
        parent: QWidget | None,
    ) -> None:
        super().__init__("À quoi correspond chaque colonne\u00a0?", parent, accept_text="Continuer")
        self._needed = needed
        self.pickers: dict[str, Picker] = {}
        self.kind = Picker("Sorte de fichier", [one for one in labels if one[0] in needed])
        self.kind.set_value(next(iter(needed)))
        self.kind.setVisible(len(needed) > 1)
        self.kind.chosen.connect(self._show_kind)
        self.body.addWidget(self.kind)
        self.sentence = self.say("", "muted")
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("Colonnes")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        dress_bars(self._scroll)
        self._scroll.setMinimumHeight(_LEAST_HEIGHT)
        self.body.addWidget(self._scroll, 1)
        self.problem = self.say("", "warning")
        self.say(
            "* obligatoire. Ce choix sera repris pour les fichiers qui ont les mêmes en-têtes.",
            "muted",
        )
        self._show_kind()

    def mapping(self) -> dict[str, str]:
        """Header of the file to name of our column."""
        chosen = {name: picker.value() for name, picker in self.pickers.items()}
        return {header: name for name, header in chosen.items() if header}

    def accept(self) -> None:
        self.chosen.emit(self.mapping())
        super().accept()

    def _show_kind(self) -> None:
        needed = self._needed[self.kind.value() or ""]
        self.sentence.setText(str(needed))
        known = {name: header for header, name in needed.known.items()}
        options = [(_NONE, "(aucune)"), *((header, header) for header in needed.headers if header)]
        self.pickers = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setColumnStretch(1, 1)
        columns = sorted(needed.columns, key=lambda c: not c.required)
        for row, column in enumerate(columns):
            mark = " *" if column.required else ""
            grid.addWidget(Text(column.label + mark, bold=column.required), row, 0)
            picker = Picker(f"Colonne du fichier pour {column.label}", options)
            picker.set_value(known.get(column.name, _NONE))
            picker.chosen.connect(self._check)
            self.pickers[column.name] = picker
            grid.addWidget(picker, row, 1)
        self._scroll.setWidget(inside)
        self._check()

    def _check(self) -> None:
        chosen = [header for picker in self.pickers.values() if (header := picker.value())]
        twice = sorted({header for header in chosen if chosen.count(header) > 1})
        missing = [
            column.label
            for column in self._needed[self.kind.value() or ""].missing
            if not self.pickers[column.name].value()
        ]
        if twice:
            self.problem.setText(f"{quoted(twice[0])} est choisie deux fois.")
        elif missing:
            self.problem.setText(f"À choisir encore\u00a0: {joined(missing)}.")
        else:
            self.problem.setText("")
        if self.accept_button is not None:
            self.accept_button.setEnabled(not (twice or missing))
