"""Fields of a label dossier: persons, texts, numbers, dates, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, short_date
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.ui.moments import iso_day, read_day
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.entry import FormEntry
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.text import Text

YES, NO = "oui", "non"
_PERSON = ("Nom", "Fonction", "Adresse électronique")
_NARROW = 110
Read = Callable[[Sequence[str]], Answer | None]
Write = Callable[[Answer | None], Sequence[str]]


class LineEntry(FormEntry):
    """A line that Entrée leaves for the next one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)


class Words(Through):
    """Lines that make one value."""

    edited = Signal()

    def __init__(
        self, label: str, hints: Sequence[str], read: Read, write: Write, width: int = 0
    ) -> None:
        super().__init__()
        self._read, self._write = read, write
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.entries = []
        for hint in hints:
            name = f"{label}, {hint.lower()}" if len(hints) > 1 else label
            entry = LineEntry(name, hint=hint)
            if width:
                entry.setFixedWidth(scaled(width))
            entry.textEdited.connect(self._tell)
            row.addWidget(entry, 1)
            self.entries.append(entry)
        if width:
            row.addStretch(1)
        self.pass_to(self.entries[0])

    def answer(self) -> Answer | None:
        """What was typed, read; the text itself when it cannot be."""
        return self._read([entry.text() for entry in self.entries])

    def show_answer(self, value: Answer | None) -> None:
        """Show a value without telling anyone."""
        if value != self.answer():
            for entry, text in zip(self.entries, self._write(value), strict=True):
                entry.setText(text)
                entry.setCursorPosition(len(text) if entry.hasFocus() else 0)

    def _tell(self) -> None:
        self.edited.emit()


class YesNo(ChoiceBar):
    """Yes or no, chosen by O, N, 1 or 2; Suppr. empties."""

    edited = Signal()

    def __init__(self, label: str) -> None:
        super().__init__(label, ((YES, "Oui"), (NO, "Non")), keys=True, dot=True)
        self.chosen.connect(self._tell)

    def answer(self) -> Answer | None:
        """The choice made; None when there is none."""
        code = self.value()
        return None if code is None else code == YES

    def show_answer(self, value: Answer | None) -> None:
        """Show a choice without telling anyone."""
        self.set_value({True: YES, False: NO}[value] if isinstance(value, bool) else None)

    def _tell(self) -> None:
        self.edited.emit()


class DossierField(QWidget):
    """One thing to enter: its label above, what is refused below.

    Signals: ``edited`` (key) when a person changed it, ``left`` when the keyboard goes elsewhere,
    ``erase_asked`` (key) where a person can be erased.
    """

    edited = Signal(str)
    left = Signal()
    erase_asked = Signal(str)

    def __init__(self, key: str, label: str, part: Words | YesNo) -> None:
        super().__init__()
        self.key = key
        self.part = part
        self._focused: QWidget | None = None
        self.message = Text(tone="error", wrap=True)
        self.message.hide()
        top = QHBoxLayout()
        top.addWidget(Text(label, bold=True, wrap=True), 1)
        self.erase_button = Button("Effacer…", tip="Effacer cette personne")
        self.erase_button.setAccessibleName(f"Effacer cette personne{NBSP}: {label}")
        self.erase_button.clicked.connect(self._ask_erase)
        self.erase_button.hide()
        top.addWidget(self.erase_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(part)
        column.addWidget(self.message)
        part.edited.connect(self._tell)

    def say(self, text: str) -> None:
        """What is refused, or that the person was erased; nothing hides the line."""
        self.message.say(text)
        self.part.setAccessibleDescription(text)

    def focus(self) -> None:
        """Put the keyboard here."""
        self.part.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> Sequence[QWidget]:
        """What takes the keyboard here, in order."""
        return self.part.entries if isinstance(self.part, Words) else self.part.buttons

    def focus_moved(self) -> None:
        """The application's focus went somewhere."""
        widget = QApplication.focusWidget()
        former = self._focused
        self._focused = widget if widget is not None and self.isAncestorOf(widget) else None
        if former is not None and former is not self._focused:
            self.left.emit()

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        return self._focused is not None

    def _tell(self) -> None:
        self.edited.emit(self.key)

    def _ask_erase(self) -> None:
        self.erase_asked.emit(self.key)


def person_field(key: str, label: str) -> DossierField:
    """Name, function and e-mail of a person."""
    return DossierField(key, label, Words(label, _PERSON, _read_person, _write_person))


def text_field(key: str, label: str, hint: str) -> DossierField:
    """A line of text."""
    return DossierField(key, label, Words(label, (hint,), _read_text, _write_text))


def number_field(key: str, label: str) -> DossierField:
    """A whole number."""
    return DossierField(key, label, Words(label, ("",), _read_number, _write_text, _NARROW))


def date_field(key: str, label: str) -> DossierField:
    """A day."""
    return DossierField(key, label, Words(label, ("jj/mm/aaaa",), _read_date, _write_date, _NARROW))


def choice_field(key: str, label: str) -> DossierField:
    """A yes or a no."""
    return DossierField(key, label, YesNo(label))


def _read_person(texts: Sequence[str]) -> Answer | None:
    return tuple(texts) if any(text.strip() for text in texts) else None


def _write_person(value: Answer | None) -> Sequence[str]:
    return value if isinstance(value, tuple) else ("",) * len(_PERSON)


def _read_text(texts: Sequence[str]) -> Answer | None:
    return texts[0] or None


def _read_number(texts: Sequence[str]) -> Answer | None:
    text = texts[0].strip()
    return int(text) if text.isdecimal() else text or None


def _write_text(value: Answer | None) -> Sequence[str]:
    return ("" if value is None else str(value),)


def _read_date(texts: Sequence[str]) -> Answer | None:
    day = read_day(texts[0])
    return day.isoformat() if day else texts[0].strip() or None


def _write_date(value: Answer | None) -> Sequence[str]:
    day = iso_day(str(value))
    return (short_date(day) if day else str(value or ""),)
