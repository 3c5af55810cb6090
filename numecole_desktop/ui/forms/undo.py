"""Undo of a declaration: one step by visit of a field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from numecole_desktop.domain.journal import Source
from numecole_desktop.domain.questionnaire import Answer

Apply = Callable[[str, Answer | None, Source], None]

_MERGED = 1


class AnswerCommand(QUndoCommand):
    """One answer changed. Changes made during the same ``visit`` of the field are one step.

    ``apply`` shows and keeps an answer: (question, answer, source).
    """

    def __init__(
        self,
        code: str,
        before: Answer | None,
        after: Answer | None,
        visit: int,
        apply: Apply,
        source: Source = Source.DECLARED,
    ) -> None:
        super().__init__(f"réponse {code}")
        self.code = code
        self._before = before
        self.after = after
        self.visit = visit
        self._apply = apply
        self.source = source

    def id(self) -> int:
        return _MERGED

    def redo(self) -> None:
        """Show and keep the new answer."""
        self._apply(self.code, self.after, self.source)

    def undo(self) -> None:
        """Show and keep the former answer."""
        self._apply(self.code, self._before, Source.DECLARED)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if (
            not isinstance(other, AnswerCommand)
            or other.code != self.code
            or other.visit != self.visit
        ):
            return False
        self.after = other.after
        self.source = other.source
        self.setObsolete(self.after == self._before)
        return True
