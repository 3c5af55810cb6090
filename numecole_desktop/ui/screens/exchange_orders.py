"""What the screen of exchanges asks of the base: one order, one outcome."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.dialogs.exchange import LossDialog, WordsDialog
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.undo_log import PATIENCE

if TYPE_CHECKING:
    from numecole_desktop.services.batches import BatchSummary
    from numecole_desktop.services.conflict_list import Conflict
    from numecole_desktop.services.exchange_state import SentLine
    from numecole_desktop.services.gaps import Gap
    from numecole_desktop.services.trusted import KnownDevice
    from numecole_desktop.services.undo import Taken
    from numecole_desktop.services.workspace import Changes, Job, Workspace

_NOT_WHOLE = (
    "Ces mots ne sont pas ceux d’un lot pris en entier\u00a0: demandez ce que dit son rapport, ou "
    "renvoyez le lot."
)


class ExchangeOrders(QObject):
    """Runs the orders.

    Signals: ``done`` (a sentence, and something to read again), ``refused`` (Problem), ``created``,
    ``prepared`` (the batch), ``undone``; ``not_created``, ``not_prepared`` and
    ``not_settled`` carry a sentence for the place where it was asked.
    """

    done = Signal(str)
    refused = Signal(object)
    created = Signal()
    not_created = Signal(str)
    prepared = Signal(object)
    not_prepared = Signal(str)
    undone = Signal()
    not_settled = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._parent = parent

    def create(self, name: str, role: str, office: str) -> None:
        """Give this device its key."""
        from numecole_desktop.services import devices

        create = partial(devices.create_device, label=name, role=role, office=office)
        self._session.tasks.run(create, self._created, self._not_created)

    def prepare(self, recipient: str, folder: str) -> None:
        """Write a batch for ``recipient`` (all, when empty)."""
        from numecole_desktop.services import batches

        wanted = [recipient] if recipient else []
        write = partial(batches.create_batch, folder=Path(folder), recipients=wanted)
        job = JobDialog(self._session.tasks, "Préparation du lot", self._parent.window())
        job.done_with.connect(self._prepared)
        job.failed.connect(self._not_prepared)
        job.cancelled.connect(self._given_up)
        job.start(write, patience=PATIENCE)

    def undo(self, digest: str) -> None:
        """Undo a batch."""
        from numecole_desktop.services import undo_steps

        undo = partial(undo_steps.undo_taken_in, digest=digest)
        self._session.undo_log.run("annulation d’un lot", undo, self._undone, self._not_undone)

    def settle(self, conflict: Conflict, reason: str, choice: int, value: str) -> None:
        """Settle a conflict by a choice (from 1), or by another value."""
        from numecole_desktop.services import conflict_list

        settle = partial(
            conflict_list.settle, conflict=conflict, reason=reason, choice=choice, value=value
        )
        said = f"Désaccord tranché{NBSP}: {conflict.school}, {conflict.label}."
        label = f"désaccord tranché, {conflict.school}, {conflict.label}"
        watched = self._session.undo_log.watched(label, settle)
        self._session.tasks.run(watched, partial(self._settled, said), self._not_settled)

    def write_card(self, path: str, *, alone: bool) -> None:
        """Write the card of this device to ``path``; ``alone`` when it replaces no other."""
        from numecole_desktop.services import devices

        write = partial(devices.write_card, path=Path(path), alone=alone)
        self._session.tasks.run(write, self._card_written, self._refused)

    def withdraw(self, device: KnownDevice) -> None:
        """Stop trusting a device."""
        from numecole_desktop.services import trusted

        withdraw = partial(trusted.withdraw_trust, kid=device.kid)
        self._session.tasks.run(withdraw, self._withdrawn, self._refused)

    def ask_words(self, line: SentLine, devices: Sequence[tuple[str, str]]) -> None:
        """Ask for the six words that one of ``devices`` (key, name) reads, and check them."""
        dialog = WordsDialog(line.file, devices, self._parent.window())
        dialog.chosen.connect(partial(self._check_words, line.hash))
        dialog.open()

    def ask_loss(self, gap: Gap) -> None:
        """Ask why events will never come, and declare it."""
        dialog = LossDialog(gap.sentence, self._parent.window())
        dialog.chosen.connect(partial(self._declare_lost, gap))
        dialog.open()

    def _check_words(self, digest: str, kid: str, words: str) -> None:
        from numecole_desktop.services import batches

        check = partial(batches.receipt_matches, digest=digest, kid=kid, typed=words)
        self._session.tasks.run(check, self._words_checked, self._refused)

    def _declare_lost(self, gap: Gap, reason: str) -> None:
        declare = partial(_declare_lost, gap=gap, reason=reason)
        job = JobDialog(self._session.tasks, "Perte déclarée", self._parent.window())
        job.done_with.connect(self._lost)
        job.failed.connect(self._refused)
        job.cancelled.connect(self._not_lost)
        job.start(declare, patience=PATIENCE)

    def _created(self, _: object) -> None:
        self.created.emit()

    def _not_created(self, problem: Problem) -> None:
        self.not_created.emit(str(problem))

    def _prepared(self, found: BatchSummary) -> None:
        self._session.say("Lot écrit.", "success")
        self.prepared.emit(found)

    def _given_up(self, _: int) -> None:
        self.not_prepared.emit("Préparation annulée\u00a0: aucun lot n’a été écrit.")

    def _not_prepared(self, problem: Problem) -> None:
        self.not_prepared.emit(str(problem))

    def _undone(self, _: Taken) -> None:
        self.undone.emit()

    def _not_undone(self, problem: Problem | None) -> None:
        if problem is not None:
            self.refused.emit(problem)

    def _settled(self, said: str, changes: Changes) -> None:
        self._session.say(said, "success")
        self._session.refresher.publish(changes)

    def _not_settled(self, problem: Problem) -> None:
        self.not_settled.emit(str(problem))

    def _card_written(self, path: Path) -> None:
        self.done.emit(f"Carte enregistrée{NBSP}: {path}")

    def _withdrawn(self, device: KnownDevice) -> None:
        self.done.emit(f"{device.label}{NBSP}: ses prochains lots seront mis de côté.")

    def _words_checked(self, same: bool) -> None:
        if same:
            self.done.emit("Reçu vérifié\u00a0: ce poste a pris le lot en entier.")
        else:
            self.refused.emit(Problem(_NOT_WHOLE))

    def _lost(self, changes: Changes) -> None:
        self.done.emit("Perte déclarée\u00a0: ce qui attendait est appliqué.")
        self._session.refresher.publish(changes)

    def _not_lost(self, _: int) -> None:
        self.done.emit("Déclaration de perte arrêtée\u00a0: rien n’a changé.")

    def _refused(self, problem: Problem) -> None:
        self.refused.emit(problem)


def _declare_lost(workspace: Workspace, gap: Gap, reason: str) -> Job[Changes]:
    from numecole_desktop.services.batch_import import declare_lost
    from numecole_desktop.services.workspace import Changes

    done = Changes()
    with workspace.writing():
        for first, last in gap.runs:
            done |= yield from declare_lost(workspace, gap.journal, first, last, reason)
    return done
