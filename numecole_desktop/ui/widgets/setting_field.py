"""One setting: its name, a line that explains it, its fields, and why what was typed is refused."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.text import SMALL, Text


class SettingField(QWidget):
    """``fields`` stand in a row under the name and its explanation; the first takes the room."""

    def __init__(self, name: str, explanation: str, *fields: QWidget) -> None:
        super().__init__()
        self.name = name
        self.problem = Text(tone="error", size=SMALL, wrap=True)
        self.problem.hide()
        label = Text(name, bold=True)
        first = fields[0].focusProxy() or fields[0]
        label.setBuddy(first)
        row = QHBoxLayout()
        row.setSpacing(8)
        for place, field in enumerate(fields):
            row.addWidget(field, 0 if place else 1)
        first.setAccessibleDescription(explanation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(label)
        column.addWidget(Text(explanation, tone="muted", size=SMALL, wrap=True))
        column.addLayout(row)
        column.addWidget(self.problem)

    def refuse(self, sentence: str) -> None:
        """Say why what was typed is not kept; nothing when it is."""
        self.problem.say(sentence)


class KeptEntry(Entry):
    """A text that is kept on Enter, which goes on to the next field, or when the focus leaves.

    ``kept`` carries the text, once for each change; ``show_kept`` or ``refused`` answers.
    """

    kept = Signal(str)

    def __init__(self, name: str, longest: int = 0, hint: str = "") -> None:
        super().__init__(name, hint=hint)
        self._known = ""
        self._told: str | None = None
        self._answered = True
        if longest:
            self.setMaxLength(longest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self.keep)

    def show_kept(self, text: str) -> None:
        """Show what is kept, unless something else was typed meanwhile."""
        if self.text().strip() in (self._known, self._told) and text != self.text():
            self.setText(text)
            if self.hasFocus():
                self.selectAll()
        self._known, self._told, self._answered = text, None, True

    def keep(self) -> None:
        """Tell what was typed, if it was not yet."""
        text = self.text().strip()
        if text != self._known and (self._answered or text != self._told):
            self._told, self._answered = text, False
            self.kept.emit(text)

    def refused(self) -> None:
        """What was told is not kept: it will be told again."""
        self._answered = True

    def event(self, event: QEvent) -> bool:
        """Where the field has nothing to take back, the window's own undo comes."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if (event.matches(undo) and not self.isUndoAvailable()) or (
                event.matches(redo) and not self.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
