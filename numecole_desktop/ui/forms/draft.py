"""The draft under entry: answers on screen, and what of them is not saved yet.

What is typed is saved after a short pause and when a field is left. Saves are sent to the base's
thread as they come; each starts from the form that the former one left, which that thread holds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from numecole_desktop.domain.journal import Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.ui.session import Session

if TYPE_CHECKING:
    from numecole_desktop.services.declarations import FormState, Saved
    from numecole_desktop.services.workspace import Changes, Workspace

    Action = Callable[[Workspace, FormState], Saved]

PAUSE = 300
"""Milliseconds without a keystroke after which what was typed is saved."""

Pending = dict[str, tuple[Answer | None, Source]]


class _Held:
    """The form as the last save left it: read and written on the base's thread only."""

    __slots__ = ("form",)

    def __init__(self, form: FormState) -> None:
        self.form = form


class Draft(QObject):
    """Answers of one declaration.

    Signals: ``saved`` after each save; ``submitted`` after a submission; ``refused`` (Problem)
    when a submission or a confirmation is refused; ``unsaved`` (Problem) when the disk or the
    base refuses: the answers are kept, and tried again with the next ones.
    """

    saved = Signal()
    submitted = Signal()
    refused = Signal(object)
    unsaved = Signal(object)

    def __init__(self, session: Session, form: FormState, parent: QObject) -> None:
        super().__init__(parent)
        self.form = form
        self.answers: dict[str, Answer] = dict(form.declaration.answers)
        self._session = session
        self._held = _Held(form)
        self._pending: Pending = {}
        self._latest: dict[str, object] = {}
        self._under_way = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.save_now)

    @property
    def is_saved(self) -> bool:
        """Whether everything typed is in the base."""
        return not self._pending and not self._under_way

    def change(self, code: str, answer: Answer | None, source: Source) -> None:
        """Keep an answer (None clears it), to be saved after the pause."""
        if answer is None:
            self.answers.pop(code, None)
        else:
            self.answers[code] = answer
        self._pending[code] = self._latest[code] = (answer, source)
        self._timer.start()

    def save_now(self) -> None:
        """Save what is pending, without waiting for the pause."""
        if self._pending:
            self._send(None, self._kept)

    def submit(self) -> None:
        """Save, then submit; ``submitted`` or ``refused`` follows."""
        from numecole_desktop.services import declarations

        school = self.form.school
        label = f"validation de la déclaration {self.form.year}, {school.placed_name}"
        watched = self._session.undo_log.watched
        self._send(watched(label, declarations.submit), self._submitted)

    def confirm(self, check: str, note: str) -> None:
        """Save, then confirm a soft check with a note."""
        from numecole_desktop.services import declarations

        self._send(partial(declarations.confirm, check=check, note=note), self._kept)

    def settle(self, code: str, answer: Answer, reason: str) -> None:
        """Save, then settle by ``answer`` the disagreement on a question."""
        from numecole_desktop.services import declarations

        label = f"désaccord tranché, {code}, {self.form.school.placed_name}"
        settle = partial(declarations.settle_answer, code=code, answer=answer, reason=reason)
        watched = self._session.undo_log.watched(label, settle)
        self._send(watched, partial(self._settled, code, answer))

    def _send(self, action: Action | None, told: Callable[..., None]) -> None:
        self._timer.stop()
        sent, self._pending = self._pending, {}
        self._under_way += 1
        perform = partial(_perform, held=self._held, pending=sent, action=action)
        self._session.tasks.run(perform, told, partial(self._failed, sent))

    def _kept(self, outcome: tuple[FormState, Changes, Problem | None]) -> None:
        self.form, changes, problem = outcome
        self._under_way -= 1
        self._session.refresher.publish(changes)
        self.saved.emit()
        if problem is not None:
            self.refused.emit(problem)

    def _settled(
        self, code: str, answer: Answer, outcome: tuple[FormState, Changes, Problem | None]
    ) -> None:
        if outcome[2] is None:
            self.answers[code] = answer
        self._kept(outcome)

    def _submitted(self, outcome: tuple[FormState, Changes, Problem | None]) -> None:
        self._kept(outcome)
        if outcome[2] is None:
            self.submitted.emit()

    def _failed(self, sent: Pending, problem: Problem) -> None:
        self._under_way -= 1
        for code, change in sent.items():
            if self._latest[code] is change:
                self._pending.setdefault(code, change)
        self.unsaved.emit(problem)


def _perform(
    workspace: Workspace, *, held: _Held, pending: Pending, action: Action | None
) -> tuple[FormState, Changes, Problem | None]:
    """Save by source, then act; what was saved stays saved when the action is refused."""
    from numecole_desktop.services.declarations import save_answers
    from numecole_desktop.services.workspace import Changes

    changes = Changes()
    for source in dict.fromkeys(source for _, source in pending.values()):
        group = {code: answer for code, (answer, its) in pending.items() if its is source}
        saved = save_answers(workspace, held.form, group, source=source)
        held.form, changes = saved.form, changes | saved.changes
    if action is not None:
        try:
            saved = action(workspace, held.form)
        except Problem as problem:
            return held.form, changes, problem
        held.form, changes = saved.form, changes | saved.changes
    return held.form, changes, None
