"""A label dossier under entry: what is on screen, what of it is saved, and its steps.

What is typed is saved after a short pause and when a field is left. Saves go to the base's thread
as they come; each starts from the dossier that the former one left, which that thread holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.ui.forms.draft import PAUSE
from numecole_desktop.ui.moments import iso_day, unreadable_day
from numecole_desktop.ui.session import Session

if TYPE_CHECKING:
    from numecole_desktop.services.label_dossiers import DossierSaved
    from numecole_desktop.services.label_opening import Dossier
    from numecole_desktop.services.workspace import Changes, Workspace

    Action = Callable[[Workspace, Dossier], DossierSaved]

DATES = ("school_signed_on", "commune_signed_on")
ROLES = {role.value: role for role in PersonRole}
_STEP = "étape du dossier de label"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a save gave: fields in ``refused`` stay to be saved, ``problem`` refused the action."""

    dossier: Dossier
    changes: Changes
    refused: Mapping[str, Problem]
    problem: Problem | None


class _Held:
    """The dossier as the last save left it: read and written on the base's thread only."""

    __slots__ = ("dossier",)

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier


class DossierDraft(QObject):
    """One dossier. Values are by field: a text, a number, a yes or no, an ISO date, a person.

    Signals: ``saved`` after each save; ``acted`` after a step; ``blocked`` (Problem) when a step
    or a save is refused by something else than a field.
    """

    saved = Signal()
    acted = Signal()
    blocked = Signal(object)

    def __init__(self, session: Session, dossier: Dossier, parent: QObject) -> None:
        super().__init__(parent)
        self.dossier = dossier
        self.values: dict[str, Answer] = entered(dossier)
        self.refused: dict[str, Problem] = {}
        self._session = session
        self._held = _Held(dossier)
        self._pending: dict[str, Answer | None] = {}
        self._under_way = 0
        self._failure: Problem | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.save_now)

    @property
    def is_saved(self) -> bool:
        """Whether everything typed is in the base."""
        return not self._pending and not self._under_way

    @property
    def stuck(self) -> Problem | None:
        """Why something typed could not be saved; None when it was, or is about to be."""
        return next(iter(self.refused.values()), self._failure)

    def change(self, key: str, value: Answer | None) -> None:
        """Keep a value (None clears it), to be saved after the pause."""
        if value is None:
            self.values.pop(key, None)
        else:
            self.values[key] = value
        self._pending[key] = value
        self._timer.start()

    def forget(self, key: str) -> None:
        """Drop what was typed in a field, saved or not."""
        for values in (self.values, self._pending, self.refused):
            values.pop(key, None)

    def save_now(self) -> None:
        """Save what is pending, without waiting for the pause."""
        if self._pending:
            self._send(None, step=False)

    def act(self, action: Action, *, step: bool = True, label: str = _STEP) -> None:
        """Save, then act; ``blocked`` may follow, or ``acted`` where the action is a ``step``.

        It can be taken back under this ``label``, or not at all when it is empty.
        """
        if label:
            label = f"{label}, {self.dossier.school.placed_name}"
            action = self._session.undo_log.watched(label, action)
        self._send(action, step=step)

    def _send(self, action: Action | None, *, step: bool) -> None:
        self._timer.stop()
        sent, self._pending = self._pending, {}
        self._under_way += 1
        perform = partial(_perform, held=self._held, pending=sent, action=action, strict=step)
        kept, failed = partial(self._kept, sent, step), partial(self._failed, sent)
        self._session.tasks.run(perform, kept, failed)

    def _kept(self, sent: Mapping[str, Answer | None], step: bool, outcome: Outcome) -> None:
        self._under_way -= 1
        self._failure = None
        self.dossier = outcome.dossier
        for key in sent:
            self.refused.pop(key, None)
        self.refused.update(outcome.refused)
        self._take_back({key: sent[key] for key in outcome.refused})
        self._session.refresher.publish(outcome.changes)
        self.saved.emit()
        if outcome.problem is not None:
            self.blocked.emit(outcome.problem)
        elif step:
            self.acted.emit()

    def _failed(self, sent: Mapping[str, Answer | None], problem: Problem) -> None:
        self._under_way -= 1
        self._failure = problem
        self._take_back(sent)
        self.blocked.emit(problem)

    def _take_back(self, sent: Mapping[str, Answer | None]) -> None:
        for key, value in sent.items():
            self._pending.setdefault(key, value)


def entered(dossier: Dossier) -> dict[str, Answer]:
    """What the dossier holds, as the fields show it."""
    values: dict[str, Answer] = {
        role.value: (person.name, person.job, person.email)
        for role, person in dossier.people.items()
        if not person.erased
    }
    held = dossier.application
    if held is None:
        return values
    answers: dict[str, Answer | None] = {
        "project_classes": held.project_classes,
        "project_title": held.project_title or None,
        "school_project": held.school_project,
        "support": held.support,
        **{key: day.isoformat() for key in DATES if (day := getattr(held, key)) is not None},
    }
    return {**values, **{key: value for key, value in answers.items() if value is not None}}


def _perform(
    workspace: Workspace,
    *,
    held: _Held,
    pending: Mapping[str, Answer | None],
    action: Action | None,
    strict: bool,
) -> Outcome:
    """Save field by field, then act; what was saved stays saved when the action is refused.

    A ``strict`` action is not taken while a field is refused.
    """
    from numecole_desktop.services.workspace import Changes

    changes, refused = Changes(), {}
    for key, value in pending.items():
        try:
            for saved in _keep(workspace, held.dossier, key, value):
                held.dossier, changes = saved.dossier, changes | saved.changes
        except Problem as problem:
            refused[key] = problem
    if action is None:
        return Outcome(held.dossier, changes, refused, None)
    if refused and strict:
        first = next(iter(refused.values()))
        return Outcome(held.dossier, changes, refused, first)
    try:
        saved = action(workspace, held.dossier)
    except Problem as problem:
        return Outcome(held.dossier, changes, refused, problem)
    held.dossier, changes = saved.dossier, changes | saved.changes
    return Outcome(held.dossier, changes, refused, None)


def _keep(
    workspace: Workspace, dossier: Dossier, key: str, value: Answer | None
) -> Iterator[DossierSaved]:
    """Save one field; of a person whose e-mail is refused, the rest is saved all the same."""
    from numecole_desktop.services import label_dossiers, label_people

    if key in ROLES:
        name, job, email = value if isinstance(value, tuple) else ("", "", "")
        try:
            yield label_people.name_person(workspace, dossier, ROLES[key], name, job, email)
        except Problem:
            if email:
                yield label_people.name_person(workspace, dossier, ROLES[key], name, job)
            raise
    elif value is None:
        yield label_dossiers.edit(workspace, dossier, label_dossiers.Edit(clear=(key,)))
    else:
        read = _read_value(key, value)
        yield label_dossiers.edit(workspace, dossier, label_dossiers.Edit(**{key: read}))


def _read_value(key: str, value: Answer) -> Any:
    if key in DATES:
        day = iso_day(str(value))
        if day is None:
            raise Problem(unreadable_day(str(value)))
        return day
    if key == "project_classes" and not isinstance(value, int):
        raise Problem(
            f"{quoted(str(value))} n’est pas un nombre de classes{NBSP}: écrivez un nombre entier, "
            f"0 s’il n’y a pas de projet."
        )
    return value
