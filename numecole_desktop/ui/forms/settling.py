"""An answer typed over a disagreement: shown, and kept once its reason is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.ui.forms.field import Field

if TYPE_CHECKING:
    from numecole_desktop.ui.forms.sheet import Sheet

_FIRST = Problem(
    "Dites d’abord pourquoi la réponse qui tranche le désaccord est juste, ou Échap pour laisser "
    "le désaccord."
)


class Settling(QObject):
    """The answers of one sheet that wait for their reason, or for the base to keep them."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._waiting: dict[str, Answer | None] = {}
        self._sent: dict[str, Answer | None] = {}
        sheet.draft.saved.connect(self._answered)
        sheet.draft.unsaved.connect(self._answered)

    def __contains__(self, code: str) -> bool:
        return code in self._waiting

    @property
    def waits(self) -> str:
        """What is not kept for want of a reason, in a sentence; empty when nothing is."""
        if not self._waiting:
            return ""
        codes = ", ".join(self._waiting)
        return (
            f"{codes}{NBSP}: sans motif, la réponse tapée n’est pas gardée et le désaccord reste."
        )

    def say_left(self) -> None:
        """The form is left: say what is not kept."""
        if self.waits:
            self._sheet.session.say(self.waits, "warning")

    def watch(self, field: Field) -> None:
        """Listen to what is said of a question."""
        field.settled.connect(self._settled)
        field.unsettled.connect(self._left)

    def hold(self, field: Field, answer: Answer | None, *, same: bool) -> None:
        """An answer was typed over a disagreement; ``same`` when it is the one shown before."""
        self._waiting.pop(field.code, None)
        if not same:
            self._waiting[field.code] = answer
        if field.editor.answer() != answer:
            field.editor.show_answer(answer)
        field.ask_reason(asking=not same)

    def ask(self, code: str = "") -> bool:
        """Go to the reason of a question, or of the first that waits; whether there is one."""
        wanted = code or next(iter(self._waiting), "")
        if wanted not in self._waiting:
            return False
        self._sheet.fields[wanted].reason.note.setFocus()
        # Once it is laid out: it may just have been shown.
        QTimer.singleShot(0, self._see)
        return True

    def none_left(self) -> bool:
        """Whether no reason is waited for; else it is asked, and said."""
        asked = self.ask()
        if asked:
            self._sheet.refused.emit(_FIRST)
            self.ask()
        return not asked

    def _settled(self, code: str) -> None:
        field, answer = self._sheet.fields[code], self._waiting.get(code)
        if answer is None:
            field.focus()
            return
        self._sent[code] = self._waiting.pop(code)
        self._sheet.draft.settle(code, answer, field.reason.note.text().strip())
        self._sheet.go_after(code)

    def _see(self) -> None:
        line = next((f.reason for f in self._sheet.fields.values() if f.has_focus), None)
        if line is not None and line.isVisible():
            self._sheet.ensureWidgetVisible(line, 0, 12)

    def _left(self, code: str) -> None:
        field = self._sheet.fields[code]
        field.focus()
        self.hold(field, self._sheet.draft.answers.get(code), same=True)

    def _answered(self, _: object = None) -> None:
        draft = self._sheet.draft
        if not self._sent or not draft.is_saved:
            return
        sent, self._sent = self._sent, {}
        for code, answer in sent.items():
            if code in draft.form.disputed:
                self._waiting[code] = answer  # refused, and said: its reason is still there
            else:
                self._sheet.fields[code].ask_reason(asking=False)
