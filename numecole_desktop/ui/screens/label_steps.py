"""Where a dossier stands: the steps taken, the next one, and what can be done besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.label_application import State, StepTaken
from numecole_desktop.domain.label_steps import Step
from numecole_desktop.ui.moments import moment
from numecole_desktop.ui.roles import GRAPHIC
from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.text import SMALL, Text, sized

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numecole_desktop.services.label_opening import Dossier

NEXT: Mapping[State, Step] = {
    State.DRAFT: Step.SUBMIT,
    State.SUBMITTED: Step.EXAMINE,
    State.EXAMINED: Step.DECIDE,
    State.DECIDED: Step.ATTEST,
}
"""The step that comes after each state; none after the last one."""

_WAY = (State.DRAFT, State.SUBMITTED, State.EXAMINED, State.DECIDED, State.ATTESTED)
_BEAD, _DAY = 20, len("31/01/2024")
_WORDS = {
    Step.SUBMIT: "Déposer le dossier",
    Step.EXAMINE: "Donner l’avis",
    Step.DECIDE: "Décider",
    Step.ATTEST: "Établir l’attestation",
}


def next_step(dossier: Dossier) -> Step | None:
    """The step that a dossier waits for; None when there is none."""
    held = dossier.application
    if held is None or (held.state is State.DECIDED and not held.decision):
        return None
    return NEXT.get(held.state)


class StepsTrack(QWidget):
    """The states as beads on a line, each with when it was reached and by whom."""

    said_as = GRAPHIC

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: dict[State, StepTaken] = {}
        self._state = State.DRAFT
        self.setAccessibleName("Étapes du dossier")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the steps of a dossier."""
        held = dossier.application
        self._state = dossier.state
        taken = held.steps if held else ()
        self._steps = {step.state: step for step in taken}
        said = [
            f"{step.state.label} le {moment(step.at)} par {step.operator}"
            for step in taken
            if self._is_reached(step.state)
        ]
        self.setAccessibleDescription(f"{dossier.state.label}{NBSP}: {', '.join(said)}")
        self.setToolTip("\n".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, scaled(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        states = self._shown()
        wide = self.width() / len(states)
        for place, state in enumerate(states):
            self._draw_line(painter, place * wide, wide, last=place == len(states) - 1)
            self._draw_state(painter, state, place * wide, wide)

    def _draw_line(self, painter: QPainter, left: float, wide: float, *, last: bool) -> None:
        if not last:
            painter.setPen(QPen(colours().border, 1.4))
            painter.drawLine(QPointF(left + _BEAD + 2, 10), QPointF(left + wide, 10))

    def _draw_state(self, painter: QPainter, state: State, left: float, wide: float) -> None:
        theme = colours()
        reached, present = self._is_reached(state), state is self._state
        painter.setPen(QPen(theme.action if reached else theme.border, 1.6))
        painter.setBrush(theme.action if reached else theme.base)
        painter.drawEllipse(QRectF(left + 2, 3, 14, 14))
        painter.setFont(sized(self.font(), 0, bold=present))
        word = state.label.capitalize()
        room = QRectF(
            left + _BEAD, 1, painter.fontMetrics().horizontalAdvance(word) + 10, scaled(18)
        )
        painter.fillRect(room, theme.window)
        painter.setPen(theme.action if present else theme.text if reached else theme.muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)
        step = self._steps.get(state)
        if reached and step is not None:
            painter.setFont(sized(self.font(), SMALL))
            painter.setPen(theme.muted)
            words = painter.fontMetrics().elidedText(
                f"{moment(step.at)[:_DAY]} · {step.operator}",
                Qt.TextElideMode.ElideRight,
                round(wide) - 8,
            )
            painter.drawText(QRectF(left + 2, scaled(21), wide - 6, scaled(18)), 0, words)

    def _shown(self) -> Sequence[State]:
        return (State.DRAFT, State.WITHDRAWN) if self._state is State.WITHDRAWN else _WAY

    def _is_reached(self, state: State) -> bool:
        if self._state is State.WITHDRAWN:
            return True
        return state in _WAY and _WAY.index(state) <= _WAY.index(self._state)


class StepsFooter(QFrame):
    """The next step with what blocks it, and the ways back.

    Signals: ``next_asked``, ``revert_asked``, ``withdraw_asked``.
    """

    next_asked = Signal()
    revert_asked = Signal()
    withdraw_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text(tone="muted", wrap=True)
        self.next_button = Button("", primary=True, tip="Étape suivante (Ctrl+Entrée)")
        self.next_button.clicked.connect(self.next_asked)
        self.revert_button = Button("Revenir à l’étape précédente", icon_name="undo")
        self.revert_button.clicked.connect(self.revert_asked)
        self.withdraw_button = Button("Retirer le dossier…")
        self.withdraw_button.clicked.connect(self.withdraw_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for button in (self.withdraw_button, self.revert_button, self.next_button):
            row.addWidget(button)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show what can be done with a dossier."""
        step = next_step(dossier)
        self.next_button.setVisible(step is not None)
        self.words.setText(footer_words(dossier))
        if step is not None:
            self.next_button.setText(_WORDS[step])
            self.next_button.setEnabled(not dossier.block(step))
            self.next_button.updateGeometry()
        held = dossier.application is not None
        self.revert_button.setVisible(held and not dossier.block(Step.REVERT))
        self.withdraw_button.setVisible(held and not dossier.block(Step.WITHDRAW))


def footer_words(dossier: Dossier) -> str:
    """What the next step waits for, in a sentence."""
    step = next_step(dossier)
    if dossier.application is None:
        return ""
    if dossier.state is State.WITHDRAWN:
        return "Ce dossier a été retiré."
    if step is None:
        refused = not dossier.application.decision
        return "Le label a été refusé." if refused else "Le dossier est complet."
    blocked = dossier.block(step)
    if blocked:
        return blocked
    if step is Step.SUBMIT and dossier.submission:
        more = len(dossier.submission) - 1
        rest = f" ({more} autre{'s' if more > 1 else ''} ensuite)" if more else ""
        return f"{dossier.submission[0]}{rest}"
    return f"Étape suivante{NBSP}: {step.label} (Ctrl+Entrée)."
