"""Editors of answers, built from the questionnaire: one class by kind of answer.

All keep what was typed, right or wrong: reading and checking are the questionnaire's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout

from numecole_desktop.domain.questionnaire import Answer, AnswerKind, Question, Questionnaire
from numecole_desktop.ui.roles import GROUP
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.entry import FormEntry
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.text import SMALL, Text

_YES, _NO = "OUI", "NON"
_NUMBER_WIDTH = 92
_NUMBERED = 9


class NumberEditor(FormEntry):
    """A number, typed freely."""

    edited = Signal()

    def __init__(self, questionnaire: Questionnaire, question: Question) -> None:
        super().__init__()
        self._questionnaire = questionnaire
        self._question = question
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(scaled(_NUMBER_WIDTH))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textEdited.connect(self._tell)

    def answer(self) -> Answer | None:
        """What was typed, read; the text itself when it is not a number."""
        return self._questionnaire.read(self._question, self.text())

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer without telling anyone."""
        if answer != self.answer() or isinstance(answer, str):
            self.setText(self._questionnaire.write(answer))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def _tell(self) -> None:
        self.edited.emit()


class ChoiceEditor(ChoiceBar):
    """A closed question: digits and first letters choose, Suppr. empties."""

    edited = Signal()

    def __init__(self, questionnaire: Questionnaire, question: Question) -> None:
        self._boolean = question.kind is AnswerKind.YES_NO
        options = (
            [(_YES, "Oui"), (_NO, "Non")]
            if self._boolean
            else [(choice.code, choice.label) for choice in question.choices]
        )
        super().__init__(f"{question.code} {question.label}", options, keys=True, dot=True)
        self._text: Answer | None = None
        self.chosen.connect(self._tell)

    def answer(self) -> Answer | None:
        """The choice made; the text of an imported answer that is none of them."""
        value = self.value()
        if value is None:
            return self._text
        return value == _YES if self._boolean else value

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer without telling anyone."""
        if isinstance(answer, bool):
            self.set_value(_YES if answer else _NO)
        else:
            self.set_value(answer if isinstance(answer, str) else None)
        self._text = answer if self.value() is None else None

    def _tell(self) -> None:
        self._text = None
        self.edited.emit()


class UsagesEditor(Through):
    """The catalogue as boxes to tick; arrows move, Espace ticks, as does the number of a box."""

    said_as = GROUP

    edited = Signal()

    def __init__(self, questionnaire: Questionnaire, question: Question) -> None:
        super().__init__()
        self._unknown: tuple[str, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        half = -(-len(questionnaire.usages) // 2)
        for place, usage in enumerate(questionnaire.usages):
            numbered = f"{place + 1}. {usage.label}" if place < _NUMBERED else usage.label
            box = QCheckBox(numbered)
            box.setAccessibleDescription(usage.summary)
            box.setToolTip(usage.summary)
            box.clicked.connect(self._tell)
            self.boxes[usage.code] = box
            part = QVBoxLayout()
            part.setSpacing(1)
            part.addWidget(box)
            summary = Text(usage.summary, tone="muted", size=SMALL, wrap=True)
            summary.setIndent(24)
            part.addWidget(summary)
            part.addStretch(1)
            grid.addLayout(part, place % half, place // half)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.setAccessibleName(f"{question.code} {question.label}")
        self.pass_to(next(iter(self.boxes.values())))

    def answer(self) -> Answer | None:
        """Sorted codes of the ticked usages; None when there is none."""
        ticked = {code for code, box in self.boxes.items() if box.isChecked()}
        return tuple(sorted(ticked | set(self._unknown))) or None

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer without telling anyone; unknown codes are kept."""
        codes = answer if isinstance(answer, tuple) else ()
        self._unknown = tuple(code for code in codes if code not in self.boxes)
        for code, box in self.boxes.items():
            box.setChecked(code in codes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        boxes = list(self.boxes.values())
        place = next((n for n, box in enumerate(boxes) if box.hasFocus()), None)
        if self._tick(event):
            return
        if step is None or place is None:
            super().keyPressEvent(event)
        elif 0 <= place + step < len(boxes):
            boxes[place + step].setFocus(Qt.FocusReason.TabFocusReason)

    def _tick(self, event: QKeyEvent) -> bool:
        text = event.text()
        place = int(text) - 1 if text.isascii() and text.isdecimal() else -1
        if not 0 <= place < min(len(self.boxes), _NUMBERED):
            return False
        box = list(self.boxes.values())[place]
        box.setFocus(Qt.FocusReason.TabFocusReason)
        box.click()
        return True

    def _tell(self) -> None:
        self.edited.emit()


Editor = NumberEditor | ChoiceEditor | UsagesEditor


def build_editor(questionnaire: Questionnaire, question: Question) -> Editor:
    """The editor of one question."""
    if question.kind is AnswerKind.INTEGER:
        return NumberEditor(questionnaire, question)
    if question.kind is AnswerKind.USAGES:
        return UsagesEditor(questionnaire, question)
    return ChoiceEditor(questionnaire, question)
