"""One question of the form: words, editor, the answer of the year before, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.declaration import Declaration
from numecole_desktop.domain.questionnaire import Answer, AnswerKind, Question, Questionnaire
from numecole_desktop.ui.forms.editors import build_editor
from numecole_desktop.ui.forms.messages import Messages, ReasonLine
from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_CODE_WIDTH = 28
_BEFORE_WIDTH = 84


class Field(QWidget):
    """A row of the form.

    Signals: ``edited`` (question code) at each keystroke, ``entered`` and ``left`` (code) with
    the keyboard focus, ``next_asked`` and ``previous_asked`` on Entrée and Maj+Entrée,
    ``confirmed`` (check, note), ``grew`` (code) when it takes more room with the keyboard in it,
    ``settled`` and ``unsettled`` (code) when the reason of an answer typed over a disagreement was
    given, or was not.
    """

    edited = Signal(str)
    entered = Signal(str)
    left = Signal(str)
    next_asked = Signal(str)
    previous_asked = Signal(str)
    confirmed = Signal(str, str)
    grew = Signal(str)
    settled = Signal(str)
    unsettled = Signal(str)

    def __init__(
        self, questionnaire: Questionnaire, question: Question, previous: Declaration | None
    ) -> None:
        super().__init__()
        self.question = question
        self.previous: Answer | None = None
        if previous is not None:
            self.previous = previous.answers.get(question.code)
        self.has_focus = False
        self.editor = build_editor(questionnaire, question)
        self.editor.setAccessibleName(f"{question.code} {question.label}")
        self.editor.setAccessibleDescription(question.help)
        self.label = Text(question.label, wrap=True)
        self.before = Text(tone="muted", size=SMALL, wrap=True)
        if previous is not None:
            shown = questionnaire.show(question, self.previous)
            self.before.setText(f"{previous.year}\n{shown}")
            self.before.setToolTip(f"Réponse de {previous.year}. F4 la reprend (inchangé).")
        self.disputed = Text(tone="warning", size=SMALL, wrap=True)
        self.disputed.hide()
        self.messages = Messages()
        self._lay_out(question)
        self.editor.edited.connect(self._edited)
        self.messages.confirmed.connect(self.confirmed)
        self.messages.closed.connect(self.focus)

    @property
    def code(self) -> str:
        """Code of the question."""
        return self.question.code

    def focus(self) -> None:
        """Put the keyboard in the editor."""
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    @cached_property
    def reason(self) -> ReasonLine:
        """Where a reason is typed: made when one is first asked for, as few ever are."""
        line = ReasonLine()
        line.kept.connect(self._settled)
        line.closed.connect(self._unsettled)
        self._grid.addWidget(line, 2, 1, 1, 3)
        return line

    def ask_reason(self, *, asking: bool) -> None:
        """Ask why the answer on screen settles the disagreement, or no more."""
        asked = "reason" in vars(self) and not self.reason.isHidden()
        if asking != asked:
            self.reason.note.clear()
            self.reason.setVisible(asking)
            focus.order((focus.stops(self),))

    def show_findings(
        self, errors: Sequence[str], soft: Mapping[str, str], confirmed: Sequence[str]
    ) -> None:
        """Sentences to show under the question."""
        former = set(self.messages.soft)
        self.messages.show_findings(errors, soft, confirmed)
        if set(self.messages.soft) - former:
            focus.order((focus.stops(self),))
        said = [self.question.help, *errors, *soft.values()]
        self.editor.setAccessibleDescription(" ".join(filter(None, said)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.has_focus and event.size().height() > event.oldSize().height():
            self.grew.emit(self.code)

    def focus_moved(self) -> None:
        """The application's focus went somewhere: see whether it is in this row."""
        now = QApplication.focusWidget()
        inside = now is not None and (now is self or self.isAncestorOf(now))
        if inside != self.has_focus:
            self.has_focus = inside
            (self.entered if inside else self.left).emit(self.code)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not held:
            self.next_asked.emit(self.code)
        elif enter and held == Qt.KeyboardModifier.ShiftModifier:
            self.previous_asked.emit(self.code)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.has_focus:
            return
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.action_surface)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setBrush(theme.action)
        painter.drawRoundedRect(QRectF(0, 6, 3, self.height() - 12), 1.5, 1.5)

    def _lay_out(self, question: Question) -> None:
        code = Text(question.code, tone="action", bold=True)
        code.setFixedWidth(scaled(_CODE_WIDTH))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self.label)
        if question.help:
            words.addWidget(Text(question.help, tone="muted", size=SMALL, wrap=True))
        words.addWidget(self.disputed)
        words.addStretch(1)
        self.before.setFixedWidth(scaled(_BEFORE_WIDTH))
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(10, 6, 10, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        top = Qt.AlignmentFlag.AlignTop
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(code, 0, 0, top)
        grid.addLayout(words, 0, 1)
        if question.kind is AnswerKind.USAGES:
            grid.addWidget(self.before, 0, 2, 1, 2, top)
            grid.addWidget(self.editor, 1, 1, 1, 3)
        else:
            holder = QVBoxLayout()
            holder.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignRight)
            grid.addLayout(holder, 0, 2, middle)
            grid.addWidget(self.before, 0, 3, middle)
        grid.addWidget(self.messages, 3, 1, 1, 3)
        grid.setColumnStretch(1, 1)

    def _edited(self) -> None:
        self.edited.emit(self.code)

    def _settled(self, _: str) -> None:
        self.settled.emit(self.code)

    def _unsettled(self) -> None:
        self.unsettled.emit(self.code)
