"""Findings beside a field: what is wrong, what asks for a confirmation, what was confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.entry import NarrowingEntry


class NoteLine(Notice):
    """A sentence, and a note to type beside it: Entrée keeps it, Échap leaves things as they were.

    ``kept`` carries the note, ``closed`` gives the keyboard back.
    """

    kept = Signal(str)
    closed = Signal()

    def __init__(self, text: str, name: str, hint: str, yes: str, no: str) -> None:
        super().__init__(text, "warning")
        self.note = NarrowingEntry(name, hint=hint)
        self.note.setMinimumWidth(230)
        self.yes_button = Button(yes, primary=True)
        self.yes_button.setAutoDefault(True)
        self.yes_button.clicked.connect(self.accept)
        self.no_button = Button(no)
        self.no_button.setAutoDefault(True)
        self.no_button.clicked.connect(self.give_up)
        for part in (self.note, self.yes_button, self.no_button):
            self.row.addWidget(part)

    def accept(self) -> None:
        """Keep the note typed; without one, ask again."""
        text = self.note.text().strip()
        if text:
            self.kept.emit(text)
        else:
            self.note.setPlaceholderText("Écrivez en quelques mots pourquoi c’est juste.")
            self.note.setFocus()

    def give_up(self) -> None:
        """Leave things as they were."""
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = self.note.hasFocus() and not event.modifiers() & ~_KEYPAD
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)


class SoftLine(NoteLine):
    """An implausible answer; « Confirmer… » asks for a note, on the spot.

    ``confirmed`` carries the check and the note.
    """

    confirmed = Signal(str, str)

    def __init__(self, check: str, text: str) -> None:
        hint = "Pourquoi est-ce juste\u00a0? (une classe a fermé, par exemple)"
        super().__init__(text, "Note de confirmation", hint, "Confirmer", "Abandonner")
        self.check = check
        self.ask_button = Button("Confirmer…", tip="Confirmer avec une note (F9)")
        self.ask_button.setAutoDefault(True)
        self.ask_button.setAccessibleName(f"Confirmer{NBSP}: {text}")
        self.ask_button.clicked.connect(self.ask)
        self.row.insertWidget(self.row.indexOf(self.note), self.ask_button)
        self.kept.connect(self._confirm)
        self._asking(False)

    def ask(self) -> None:
        """Ask for the note."""
        self._asking(True)
        self.note.setFocus()

    def _confirm(self, note: str) -> None:
        self.confirmed.emit(self.check, note)
        self.closed.emit()

    def give_up(self) -> None:
        self._asking(False)
        super().give_up()

    def _asking(self, asking: bool) -> None:
        self.ask_button.setVisible(not asking)
        for part in (self.note, self.yes_button, self.no_button):
            part.setVisible(asking)


class ReasonLine(NoteLine):
    """An answer typed over a disagreement: its reason settles it, Échap leaves it."""

    def __init__(self) -> None:
        super().__init__(
            "Pas encore enregistrée\u00a0: pourquoi cette réponse est-elle juste\u00a0?",
            "Motif",
            "Compté sur place, confirmé par la directrice…",
            "Trancher",
            "Laisser le désaccord",
        )
        self.hide()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Messages(QWidget):
    """The findings of one field; a note being typed survives the recomputation."""

    confirmed = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._errors: list[Notice] = []
        self._done: list[Notice] = []
        self.soft: dict[str, SoftLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 2)
        self._column.setSpacing(4)
        self.hide()

    def show_findings(
        self, errors: Sequence[str], soft: Mapping[str, str], confirmed: Sequence[str]
    ) -> None:
        """Sentences of the hard findings, of the soft ones by check, of the confirmed ones."""
        self._fit(self._errors, errors, "error")
        self._fit(self._done, confirmed, "success")
        for check in [check for check in self.soft if check not in soft]:
            self._drop(self.soft.pop(check))
        for check, text in soft.items():
            if check in self.soft:
                self.soft[check].say(text)
                continue
            line = SoftLine(check, text)
            line.confirmed.connect(self.confirmed)
            line.closed.connect(self.closed)
            self.soft[check] = line
            self._column.addWidget(line)
        self.setVisible(bool(errors or soft or confirmed))

    @property
    def pressing(self) -> bool:
        """Whether something here keeps the declaration from being submitted."""
        return bool(self.soft or self._errors)

    def _fit(self, lines: list[Notice], texts: Sequence[str], tone: str) -> None:
        while len(lines) > len(texts):
            self._drop(lines.pop())
        for place, text in enumerate(texts):
            if place < len(lines):
                lines[place].say(text)
            else:
                line = Notice(text, tone)
                lines.append(line)
                self._column.addWidget(line)

    def _drop(self, line: Notice) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
