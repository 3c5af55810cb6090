"""The questions of a form on one page, and how the keyboard goes through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.journal import Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.ui.forms.draft import Draft
from numecole_desktop.ui.forms.field import Field
from numecole_desktop.ui.forms.quick import QuickEntry
from numecole_desktop.ui.forms.settling import Settling
from numecole_desktop.ui.forms.undo import AnswerCommand
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.card import Card, Page
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from numecole_desktop.services.declarations import Evaluation, FormState


DISPUTED = (
    "En désaccord\u00a0: un autre poste a répondu autre chose. Une nouvelle réponse ici tranche, "
    "avec son motif."
)
QUICK_WORDS = (
    "Une lettre, ou un chiffre qui ne peut pas être suivi d’un autre, répond et passe à la "
    "question suivante. Retour arrière y revient."
)


class Sheet(Page):
    """One declaration being entered.

    Signals: ``evaluated`` after each recomputation, ``refused`` (Problem) when a submission or a
    confirmation is, ``finished`` when Entrée is pressed in the last question, ``taken`` with the
    number of former answers taken back at once, ``odd_digit`` (question code, digit) when a digit
    has no place and was not taken, ``ready`` when the keyboard is in the questions.
    """

    evaluated = Signal()
    refused = Signal(object)
    finished = Signal()
    taken = Signal(int)
    odd_digit = Signal(str, str)
    ready = Signal()

    def __init__(self, session: Session, form: FormState, parent: QWidget | None = None) -> None:
        super().__init__("Questions de la déclaration", parent)
        self.draft = Draft(session, form, self)
        self.draft.refused.connect(self._refused)
        self.stack = QUndoStack(self)
        self.result: Evaluation | None = None
        self.fields: dict[str, Field] = {}
        self.session = session
        self.quick = QuickEntry(self)
        self.settling = Settling(self)
        self.quick_box = QCheckBox("Avancer seul")
        self._visit = 0
        self._to_focus: Field | None = None
        self._build(form)

    @property
    def is_saved(self) -> bool:
        """Whether everything typed is in the base; what was left without a reason was told."""
        return self.draft.is_saved and not (self.isVisible() and self.settling.waits)

    def evaluate(self) -> None:
        """Recompute index and findings from the answers on screen."""
        from numecole_desktop.services import declarations

        form = self.draft.form
        self.result = declarations.evaluate(
            form, self.draft.answers, form.declaration.confirmations
        )
        notes = {c.check: c.note for c in form.declaration.confirmations}
        for code, field in self.fields.items():
            field.show_findings(
                [f.message for f in self.result.hard if f.field == code],
                {
                    s.finding.code: s.finding.message
                    for s in self.result.soft
                    if s.finding.field == code
                },
                [
                    f"Confirmé{NBSP}: {notes.get(s.finding.code, '')}"
                    for s in self.result.confirmed
                    if s.finding.field == code
                ],
            )
        self.evaluated.emit()

    def mark_disputed(self, codes: Sequence[str]) -> None:
        """Mark the questions that people answered differently."""
        for code, field in self.fields.items():
            field.disputed.say(DISPUTED if code in codes else "")

    def step(self) -> int:
        """Fewest classes that reach the step share; 0 while the number of classes is not known."""
        classes = self.result.index.classes if self.result else None
        return self.draft.form.rules.classes_for_step(classes) if classes else 0

    def progress(self) -> Mapping[str, tuple[int, int]]:
        """Answered and asked questions of each part."""
        counts: dict[str, tuple[int, int]] = {}
        for field in self.fields.values():
            done, asked = counts.get(field.question.section, (0, 0))
            answered = field.code in self.draft.answers
            counts[field.question.section] = (done + answered, asked + 1)
        return counts

    def focus_first(self) -> None:
        """Put the keyboard in the first unanswered question, else in the first one."""
        missing = self.result.unanswered if self.result else ()
        self._to_focus = self.fields[missing[0] if missing else next(iter(self.fields))]
        # Once shown and laid out: a hidden field takes no focus, and cannot be scrolled to.
        QTimer.singleShot(0, self._focus_now)

    def focus_moved(self) -> None:
        """The application's focus went somewhere."""
        for field in self.fields.values():
            field.focus_moved()

    def go_to_section(self, section: str) -> None:
        """Put the keyboard in the first question of a part."""
        first = next(f for f in self.fields.values() if f.question.section == section)
        self.go(first)

    def go(self, field: Field) -> None:
        """Put the keyboard in a question, and show it."""
        field.focus()
        self.ensureWidgetVisible(field, 0, 24)

    def unchanged(self) -> None:
        """Take the former answer of the present question, and go to the next one."""
        field = self._current()
        if field is None:
            return
        if field.previous is not None:
            self._push(field, field.previous, Source.CARRIED_OVER)
        self._next(field.code)

    def all_unchanged(self) -> None:
        """Take the former answers of every unanswered question, as one step of undo."""
        wanted = [
            field
            for field in self.fields.values()
            if field.previous is not None
            and field.code not in (*self.draft.answers, *self.draft.form.disputed)
        ]
        if wanted:
            self.stack.beginMacro("reprise des réponses précédentes")
            for field in wanted:
                self._push(field, field.previous, Source.CARRIED_OVER)
            self.stack.endMacro()
            self._visit += 1
        self.taken.emit(len(wanted))
        self.next_finding()

    def undo(self) -> None:
        """Take back the last step, and show where it was."""
        self._visit += 1
        self.stack.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._visit += 1
        self.stack.redo()

    def next_finding(self) -> None:
        """Go to the next question with something to correct or to confirm."""
        fields = list(self.fields.values())
        current = self._current()
        start = fields.index(current) + 1 if current is not None else 0
        for field in [*fields[start:], *fields[:start]]:
            if field.messages.pressing:
                self.go(field)
                return

    def confirm_current(self) -> None:
        """Ask for the note of the first check to confirm, in the present question if it has one."""
        current = self._current()
        for field in [*([current] if current else []), *self.fields.values()]:
            for line in field.messages.soft.values():
                self.ensureWidgetVisible(field)
                line.ask()
                return

    def _build(self, form: FormState) -> None:
        self.quick_box.setAccessibleDescription(QUICK_WORDS)
        self.quick_box.setChecked(self.quick.enabled)
        self.quick_box.toggled.connect(self.quick.set_enabled)
        words = Text(QUICK_WORDS, tone="muted", size=SMALL, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.quick_box)
        row.addWidget(words, 1)
        self.column.addLayout(row)
        for section, title in form.questionnaire.sections:
            card = Card(f"{section}. {title}")
            card.body.setContentsMargins(6, 10, 6, 8)
            card.body.setSpacing(2)
            card.heading.setContentsMargins(10, 0, 0, 2)
            for question in form.questionnaire.questions:
                if question.section == section:
                    card.body.addWidget(self._field(form, question.code))
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _field(self, form: FormState, code: str) -> Field:
        question = form.questionnaire.question(code)
        field = Field(form.questionnaire, question, form.previous)
        field.editor.show_answer(self.draft.answers.get(code))
        field.edited.connect(self._edited)
        field.entered.connect(self._entered)
        field.left.connect(self._left)
        field.next_asked.connect(self._next)
        field.previous_asked.connect(self._previous)
        field.confirmed.connect(self.draft.confirm)
        # Once the page has taken its new height.
        field.grew.connect(self._show_whole, Qt.ConnectionType.QueuedConnection)
        self.settling.watch(field)
        self.quick.watch(field)
        self.fields[code] = field
        return field

    def _edited(self, code: str) -> None:
        field = self.fields[code]
        self._push(field, field.editor.answer(), Source.DECLARED)
        if code not in self.settling:
            self.quick.answered(code)

    def _push(self, field: Field, answer: Answer | None, source: Source) -> None:
        before = self.draft.answers.get(field.code)
        same = answer == before and isinstance(answer, bool) == isinstance(before, bool)
        if field.code in self.draft.form.disputed:
            self.settling.hold(field, answer, same=same)
            return
        if same:
            return
        self.stack.push(AnswerCommand(field.code, before, answer, self._visit, self._apply, source))

    def _apply(self, code: str, answer: Answer | None, source: Source) -> None:
        field = self.fields[code]
        self.draft.change(code, answer, source)
        field.editor.show_answer(answer)
        self.evaluate()

    def _entered(self, code: str) -> None:
        self._visit += 1
        self.quick.entered(code)
        self.ensureWidgetVisible(self.fields[code], 0, 24)

    def _show_whole(self, code: str) -> None:
        if self.fields[code].has_focus:
            self.ensureWidgetVisible(self.fields[code], 0, 24)

    def _left(self, _: str) -> None:
        self.draft.save_now()

    def go_after(self, code: str) -> None:
        """Put the keyboard in the question after ``code``."""
        self._step(code, 1)

    def _next(self, code: str) -> None:
        if not self.settling.ask(code):
            self.go_after(code)

    def _previous(self, code: str) -> None:
        self._step(code, -1)

    def _step(self, code: str, step: int) -> None:
        codes = list(self.fields)
        place = codes.index(code) + step
        if place == len(codes):
            self.finished.emit()
        elif place >= 0:
            self.go(self.fields[codes[place]])

    def _current(self) -> Field | None:
        return next((f for f in self.fields.values() if f.has_focus), None)

    def _focus_now(self) -> None:
        if self._to_focus is not None:
            self.go(self._to_focus)
            self.ready.emit()

    def _refused(self, problem: Problem) -> None:
        found = getattr(problem, "findings", ())
        named = next((f.field for f in found if f.field in self.fields), None)
        if named is not None:
            self.go(self.fields[named])
        self.refused.emit(problem)
