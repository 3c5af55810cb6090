"""Mapping assistant: which column of the file is which of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from numecole_desktop.domain.french import joined, quoted
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numecole_desktop.services.import_columns import MappingNeeded

_NONE = ""
_LEAST_HEIGHT = 110
_LEAST_WIDTH = 170
_WIDTH = 640
_LONGEST_EXAMPLE = 24
"""Letters of a cell that is shown as an example."""


class MappingDialog(Dialog):
    """One line by column of ours, required ones first; ``chosen`` carries the mapping.

    What is recognised or suggested is chosen beforehand, and a few cells of the column are shown.

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
        self._examples: dict[str, Text] = {}
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
        self.setMinimumWidth(scaled(_WIDTH))
        self.body.addWidget(self._scroll, 1)
        self.problem = self.say("", "warning")
        self.say(
            "* obligatoire. Ce choix sera repris pour les fichiers qui ont les mêmes en-têtes.",
            "muted",
        )
        self._show_kind()

    def mapping(self) -> dict[str, str]:
        """Header of the file to name of our column; empty for a header that is not to be read."""
        headers = self._needed[self.kind.value() or ""].headers
        chosen = {picker.value(): name for name, picker in self.pickers.items()}
        return {header: chosen.get(header, "") for header in headers if header}

    def accept(self) -> None:
        self.chosen.emit(self.mapping())
        super().accept()

    def _show_kind(self) -> None:
        needed = self._needed[self.kind.value() or ""]
        self.sentence.setText(str(needed))
        likely = {**needed.suggested, **needed.known}
        known = {name: header for header, name in likely.items()}
        options = [(_NONE, "(aucune)"), *((header, header) for header in needed.headers if header)]
        self.pickers = {}
        self._examples = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        columns = sorted(needed.columns, key=lambda c: not c.required)
        for row, column in enumerate(columns):
            mark = " *" if column.required else ""
            grid.addWidget(Text(column.label + mark, bold=column.required), row, 0)
            picker = Picker(f"Colonne du fichier pour {column.label}", options)
            picker.set_value(known.get(column.name, _NONE))
            picker.chosen.connect(self._check)
            self.pickers[column.name] = picker
            grid.addWidget(picker, row, 1)
            picker.setMinimumWidth(scaled(_LEAST_WIDTH))
            self._examples[column.name] = Text(tone="muted", size=SMALL, wrap=True)
            grid.addWidget(self._examples[column.name], row, 2)
        self._scroll.setWidget(inside)
        self._check()

    def _check(self) -> None:
        needed = self._needed[self.kind.value() or ""]
        for name, picker in self.pickers.items():
            cells = needed.samples.get(picker.value() or "", ())
            words = ", ".join(text[:_LONGEST_EXAMPLE] for text in cells)
            self._examples[name].setText(f"ex.\u00a0{words}" if words else "")
        chosen = [header for picker in self.pickers.values() if (header := picker.value())]
        twice = sorted({header for header in chosen if chosen.count(header) > 1})
        missing = [
            column.label
            for column in needed.columns
            if column.required and not self.pickers[column.name].value()
        ]
        if twice:
            self.problem.setText(f"{quoted(twice[0])} est choisie deux fois.")
        elif missing:
            self.problem.setText(f"À choisir encore\u00a0: {joined(missing)}.")
        else:
            self.problem.setText("")
        if self.accept_button is not None:
            self.accept_button.setEnabled(not (twice or missing))
