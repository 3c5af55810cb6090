"""Quick entry: the keyboard goes on by itself where an answer is whole (decision 10).

Only for a question that had no answer when the keyboard came to it: what is corrected is left with
Entrée, as always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.entry import is_whole_number
from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.forms.editors import ChoiceEditor, NumberEditor, UsagesEditor
from numecole_desktop.ui.forms.field import Field

if TYPE_CHECKING:
    from numecole_desktop.ui.forms.sheet import Sheet

QUICK, OFF = "form/quick", "non"
"""Key of the window's state, and its value when a person does without."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_LETTER = (*_PLAIN, Qt.KeyboardModifier.ShiftModifier)


class QuickEntry(QObject):
    """Watches the keys of one sheet, and moves the keyboard for them."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._codes: dict[QObject, str] = {}
        self._empty = ""
        self._typed = False
        self._came_alone = ""
        self._left_alone = ""
        self._before_digit = ""
        self._said_both = False

    @property
    def enabled(self) -> bool:
        """Whether the keyboard goes on by itself; the person's own choice, kept."""
        return self._sheet.session.state.text(QUICK) != OFF

    def set_enabled(self, enabled: bool) -> None:
        """Choose whether the keyboard goes on by itself."""
        self._sheet.session.state.put(QUICK, "" if enabled else OFF)

    def watch(self, field: Field) -> None:
        """Look at the keys of a question."""
        for stop in _stops(field):
            self._codes[stop] = field.code
            stop.installEventFilter(self)

    def entered(self, code: str) -> None:
        """The keyboard came to a question."""
        self._empty = "" if code in self._sheet.draft.answers else code

    def answered(self, code: str) -> None:
        """An answer changed: go on if it is whole, and was typed in an empty question."""
        typed, self._typed = self._typed, False
        before, self._before_digit = self._before_digit, ""
        if before:
            self._say_both(before, code)
        elif self._said_both:
            self._said_both = False
            self._sheet.session.say("")
        if typed and self.enabled and code == self._empty and self._whole(code):
            following = self._beside(code, 1)
            if following is not None:
                self._sheet.go(following)
                self._came_alone, self._left_alone = following.code, code

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        code = self._codes.get(watched)
        if code is None or not self.enabled:
            return False
        came_alone, self._came_alone = self._came_alone == code, ""
        key, held = event.key(), event.modifiers()
        self._typed = event.text().isalnum() and held in _LETTER
        follows = came_alone and event.text().isdigit() and self._is_number(self._left_alone)
        self._before_digit = self._left_alone if follows else ""
        if held in _PLAIN and key in (*_ENTER, Qt.Key.Key_Tab):
            return came_alone
        if key == Qt.Key.Key_Backspace and held in _PLAIN:
            return self._back(code, again=event.isAutoRepeat())
        return self._typed and (
            self._after_zero(code, event.text()) or self._to_choice(code, event.text())
        )

    def _is_number(self, code: str) -> bool:
        """Whether a digit could go on with the answer to a question: a number that is not zero."""
        answer = self._sheet.draft.answers.get(code)
        return isinstance(answer, int) and not isinstance(answer, bool) and answer != 0

    def _say_both(self, before: str, code: str) -> None:
        """Two digits made two answers: said at once, for they may have been one number."""
        self._said_both = True
        first, then = (self._sheet.draft.answers.get(one) for one in (before, code))
        self._sheet.session.say(
            f"{before}{NBSP}: {first}, puis {code}{NBSP}: {then}. Si c’était {first}{then} pour "
            f"{before}, revenez-y par Retour arrière."
        )

    def _whole(self, code: str) -> bool:
        sheet = self._sheet
        editor = sheet.fields[code].editor
        if isinstance(editor, ChoiceEditor):
            return editor.value() is not None
        following = self._beside(code, 1)
        if following is None or not isinstance(following.editor, NumberEditor):
            return False  # a letter or Entrée goes on: no digit can be taken for the next answer
        form, answers = sheet.draft.form, sheet.draft.answers
        return is_whole_number(code, answers.get(code), answers, form.questionnaire, form.known)

    def _back(self, code: str, *, again: bool) -> bool:
        """From an empty question, Retour arrière goes to the end of the former one."""
        former = self._beside(code, -1)
        if code in self._sheet.draft.answers or former is None:
            return False
        if not again:
            self._sheet.go(former)
            if isinstance(former.editor, NumberEditor):
                former.editor.end(False)
        return True

    def _after_zero(self, code: str, text: str) -> bool:
        """No number goes on after a zero: the digit may be one too many, so it is said."""
        editor = self._sheet.fields[code].editor
        if not text.isdigit() or not isinstance(editor, NumberEditor) or editor.text() != "0":
            return False
        if editor.hasSelectedText() or editor.cursorPosition() == 0:
            return False
        self._sheet.odd_digit.emit(code, text)
        return True

    def _to_choice(self, code: str, text: str) -> bool:
        """A letter typed after a number answers the closed question that follows."""
        editor, following = self._sheet.fields[code].editor, self._beside(code, 1)
        if (
            text.isdigit()
            or not isinstance(editor, NumberEditor)
            or not isinstance(editor.answer(), int)
            or following is None
            or following.code in self._sheet.draft.answers
            or not isinstance(following.editor, ChoiceEditor)
        ):
            return False
        choice = following.editor.choice_of(text)
        if choice is not None:
            self._sheet.go(following)
            following.editor.choose(choice)
        return choice is not None

    def _beside(self, code: str, step: int) -> Field | None:
        codes = list(self._sheet.fields)
        place = codes.index(code) + step
        return self._sheet.fields[codes[place]] if 0 <= place < len(codes) else None


def _stops(field: Field) -> list[QWidget]:
    editor = field.editor
    if isinstance(editor, ChoiceEditor):
        return list(editor.buttons)
    return list(editor.boxes.values()) if isinstance(editor, UsagesEditor) else [editor]
