"""Top and bottom of the form: whose declaration it is, how far it is, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.status_chip import StatusChip
from numecole_desktop.ui.widgets.text import HEADING, SMALL, ElidedText, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from numecole_desktop.services.declarations import FormState


class StateText(Text):
    """« Enregistré à 10:42 »."""

    def __init__(self) -> None:
        super().__init__(tone="muted", size=SMALL)

    def say(self, text: str, tone: str = "muted") -> None:
        """Show a state in a tone of the theme."""
        self.set_tone(tone)
        self.setText(text)


class FormHeader(QWidget):
    """Back, school, year, state of the draft."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("back", "Revenir à la fiche, la saisie est enregistrée (Échap)")
        self.title = ElidedText(size=HEADING + 1, bold=True)
        self.identity = ElidedText(tone="muted", size=SMALL)
        self.state = StateText()
        self.chip = StatusChip()
        self._year = ""
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.identity)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 14, 4)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addLayout(words, 1)
        row.addWidget(self.state)
        row.addSpacing(8)
        row.addWidget(self.chip)

    def show_school(self, form: FormState) -> None:
        """Say whose declaration it is."""
        school = form.school
        self._year = str(form.year)
        self.title.setText(f"{school.name} · {school.commune or ''}")
        before = f", réponses de {form.previous.year} en regard" if form.previous else ""
        self.identity.setText(
            f"Déclaration {form.year} · {school.uai} · {school.type_label}{before}"
        )
        known = form.declaration.answers
        self.show_status(form.declaration.status.value if known else "")

    def show_status(self, status: str) -> None:
        """Show where the declaration stands."""
        self.chip.show_status(status, self._year)


class Parts(QWidget):
    """One small button by part of the questionnaire, with how many questions are answered."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._buttons: dict[str, Button] = {}

    def show_sections(self, sections: Sequence[tuple[str, str]]) -> None:
        """Show the parts of a questionnaire."""
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for code, title in sections:
            button = Button(code, code=code, tip=f"Aller à la partie {code}. {title}")
            button.setAccessibleName(f"Partie {code}. {title}")
            button.pressed_code.connect(self.chosen)
            self._row.addWidget(button)
            self._buttons[code] = button

    def show_progress(self, progress: Mapping[str, tuple[int, int]]) -> None:
        """Show answered and asked questions by part."""
        for code, (done, asked) in progress.items():
            if code in self._buttons:
                self._buttons[code].setText(f"{code} {done}/{asked}")


class FormFooter(QWidget):
    """Always visible: parts, what remains, undo, submit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = Parts()
        self.counts = ElidedText(tone="muted", size=SMALL)
        self.undo_button = IconButton("undo", "Annuler la saisie (Ctrl+Z)")
        self.redo_button = IconButton("redo", "Rétablir la saisie (Ctrl+Maj+Z)")
        self.submit_button = Button("Valider", tip="Valider la déclaration (Ctrl+Maj+Entrée)")
        self.next_button = Button(
            "Valider et école suivante",
            primary=True,
            tip="Valider et ouvrir l’école suivante à déclarer (Ctrl+Entrée)",
        )
        for button in (self.submit_button, self.next_button):
            button.setAutoDefault(True)
        self._stack: QUndoStack | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(8)
        row.addWidget(self.parts)
        row.addWidget(self.counts, 1)
        for part in (self.undo_button, self.redo_button, self.submit_button, self.next_button):
            row.addWidget(part)
        self.undo_button.clicked.connect(self._undo)
        self.redo_button.clicked.connect(self._redo)

    def watch(self, stack: QUndoStack) -> None:
        """Follow the undo stack of the form shown."""
        self._stack = stack
        stack.indexChanged.connect(self._undo_changed)
        self._undo_changed()

    def show_counts(
        self, findings: int, unanswered: int, progress: Mapping[str, tuple[int, int]]
    ) -> None:
        """Say what remains to look at."""
        said = []
        if findings:
            said.append(f"{plural(findings, 'point')} à revoir (F8)")
        if unanswered:
            asked = f"{unanswered}" if findings else plural(unanswered, "question")
            said.append(f"{asked} sans réponse")
        self.counts.set_tone("warning" if findings else "muted")
        self.counts.setText(", ".join(said) or "Toutes les questions ont une réponse")
        self.parts.show_progress(progress)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours().surface)
        painter.setPen(colours().line)
        painter.drawLine(0, 0, self.width(), 0)

    def _undo_changed(self) -> None:
        if self._stack is None:
            return
        steps = self._stack.index()
        self.undo_button.setEnabled(self._stack.canUndo())
        self.redo_button.setEnabled(self._stack.canRedo())
        said = f"Annuler la saisie (Ctrl+Z){NBSP}: {plural(steps, 'modification annulable')}"
        self.undo_button.setToolTip(said)

    def _undo(self) -> None:
        if self._stack is not None:
            self._stack.undo()

    def _redo(self) -> None:
        if self._stack is not None:
            self._stack.redo()
