"""Entry of a declaration, made for the keyboard; what it says comes from ``evaluate``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.forms.header import FormFooter, FormHeader
from numecole_desktop.ui.forms.panel import IndexPanel, IndexStrip
from numecole_desktop.ui.forms.sheet import Sheet
from numecole_desktop.ui.forms.taken import taken_words
from numecole_desktop.ui.moments import now
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.screens.school_read import read_disputed
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.dispute import DisputeBar

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from numecole_desktop.services.declarations import FormState
    from numecole_desktop.services.workspace import Changes
    from numecole_desktop.ui.screens.school_read import Disputed

_PANEL_FROM = 980
OPEN_FORM = "form/open"
"""What is remembered while a form is open, so that a crash can be told at the next start: UAI,
school year, name of the school, parted by spaces."""


class FormScreen(Screen):
    """The form of one school and year.

    Signals: ``closed`` to leave it, ``next_asked`` (UAI) once submitted, ``refused`` (Problem)
    when it cannot be opened.
    """

    needs_room = True
    closed = Signal()
    next_asked = Signal(str)
    refused = Signal(object)
    help_page = "saisie"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Saisie de la déclaration")
        self.uai = ""
        self._order: Sequence[str] = ()
        self._recovered = False
        self._then_next = False
        self._reopened = False
        self._waiting = False
        self._ahead: list[QKeyEvent] = []
        self._left: QWidget | None = None
        self._passing = False
        self.header = FormHeader()
        self.notice = Notice()
        self.disputes = DisputeBar()
        self.strip = IndexStrip()
        self.panel = IndexPanel()
        self.footer = FormFooter()
        self.sheet: Sheet | None = None
        self._column = QVBoxLayout()
        self._lay_out()
        self.header.back.clicked.connect(self.closed)
        self.disputes.asked.connect(self._ask_conflicts)
        self.footer.parts.chosen.connect(self._go_to_part)
        self.footer.submit_button.clicked.connect(self.submit)
        self.footer.next_button.clicked.connect(self.submit_and_next)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def handlers(self) -> Handlers:
        found: dict[str, Callable[[], None]] = {"back": self.closed.emit}
        if self._waiting or self.sheet is None or self.sheet.draft.form.school.uai != self.uai:
            return found
        if self.sheet.stack.count():
            found.update(undo=self.sheet.undo, redo=self.sheet.redo)
        found.update(
            unchanged=self.sheet.unchanged,
            all_unchanged=self.sheet.all_unchanged,
            next_finding=self.sheet.next_finding,
            confirm_check=self.sheet.confirm_current,
            save_now=self._save_now,
            submit=self.submit,
            submit_next=self.submit_and_next,
        )
        return found

    def concerns(self, changes: Changes) -> bool:
        return changes.everything

    def open_form(self, uai: str, order: Sequence[str], *, recovered: bool = False) -> None:
        """Open the form of a school; ``order`` is the list it comes from."""
        self._flush()
        self.uai, self._order, self._recovered = uai, order, recovered
        self.session.recent.add(uai)
        self.reload()

    def reload(self) -> None:
        from numecole_desktop.services import declarations

        if self.uai:
            self._flush()
            self._wait()
            opening = partial(declarations.open_form, uai=self.uai, year=self.session.year)
            self.session.tasks.run(opening, self._show, self._cannot_open)

    def leave(self) -> None:
        self._flush()
        if self.sheet is not None:
            self.sheet.settling.say_left()
        self.session.state.put(OPEN_FORM, "")

    @property
    def is_saved(self) -> bool:
        """Whether everything typed is in the base."""
        return self.sheet is None or self.sheet.is_saved

    def forget(self) -> None:
        """Another base is open: show nothing of the former one."""
        self.uai = ""

    def submit(self) -> None:
        """Submit the declaration."""
        self._submit(then_next=False)

    def submit_and_next(self) -> None:
        """Submit the declaration, then open the next school that has none."""
        self._submit(then_next=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= scaled(_PANEL_FROM)
        self.panel.setVisible(wide)
        self.strip.setVisible(not wide)

    def _submit(self, *, then_next: bool) -> None:
        if self.sheet is not None and not self._waiting and self.sheet.settling.none_left():
            self._then_next = then_next
            self._wait()
            self.sheet.draft.submit()

    def _wait(self) -> None:
        """Until the base has answered, a key would change the declaration that one has left.

        Keys are kept for the questions that come.
        """
        if not self._waiting:
            self._left = QApplication.focusWidget()
            self._waiting = True
            self.setFocus()
            self.handlers_changed.emit()

    def _stay_here(self) -> None:
        """The declaration on screen stays: the keyboard goes back where it was."""
        if self._waiting and self._left is not None and self.hasFocus():
            self._left.setFocus()
        self._ahead.clear()
        self._type_ahead()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._waiting and event.text().isprintable() and event.text():
            self._ahead.append(event.clone())
        else:
            super().keyPressEvent(event)

    def _type_ahead(self) -> None:
        self._waiting = False
        self.handlers_changed.emit()
        keys, self._ahead = self._ahead, []
        for key in keys:
            widget = QApplication.focusWidget()
            if widget is not None:
                QApplication.sendEvent(widget, key)

    def _show(self, form: FormState) -> None:
        if form.school.uai != self.uai:
            return
        if self.sheet is not None and not self.sheet.draft.is_saved:
            self._stay(self.sheet)
            return
        if self.sheet is not None:
            self._column.removeWidget(self.sheet)
            self.sheet.deleteLater()
        self.sheet = Sheet(self.session, form)
        self.sheet.evaluated.connect(self._evaluated)
        self.sheet.refused.connect(self._not_submitted)
        self.sheet.taken.connect(self._taken)
        self.sheet.odd_digit.connect(self._odd_digit)
        self.sheet.stack.indexChanged.connect(self._changed_since)
        self.sheet.stack.canUndoChanged.connect(self.handlers_changed)
        self.sheet.ready.connect(self._type_ahead)
        self.sheet.finished.connect(self.footer.next_button.setFocus)
        self.sheet.draft.saved.connect(self._saved)
        self.sheet.draft.submitted.connect(self._submitted)
        self.sheet.draft.unsaved.connect(self._unsaved)
        self.header.show_school(form)
        self.footer.watch(self.sheet.stack)
        self.footer.parts.show_sections(form.questionnaire.sections)
        self._say_opening(form)
        self._column.addWidget(self.sheet, 1)  # last: what stands around it would lay it out again
        where = f"{form.school.name}, {form.school.commune or ''}"
        self.session.state.put(OPEN_FORM, f"{self.uai} {self.session.year} {where}")
        self.session.state.write_now()
        self.sheet.evaluate()
        self.sheet.focus_first()
        self._ask_disputed()
        self._order_stops(self.sheet)
        self.handlers_changed.emit()

    def _order_stops(self, sheet: Sheet) -> None:
        top = (self.header, self.disputes)
        below = (self.panel, self.footer)
        focus.order([*map(focus.stops, top), focus.stops(sheet), *map(focus.stops, below)])

    def _ask_disputed(self) -> None:
        asked = partial(read_disputed, uai=self.uai, year=self.session.year)
        self.session.tasks.run(asked, partial(self._show_disputed, self.uai))

    def _show_disputed(self, uai: str, disputed: Disputed | None) -> None:
        if self.sheet is not None and uai == self.uai:
            self.disputes.show_disputed(disputed)
            self.sheet.mark_disputed(disputed.codes if disputed else ())

    def _ask_conflicts(self) -> None:
        self.session.conflicts_asked.emit(self.uai)

    def _stay(self, sheet: Sheet) -> None:
        """The answers on screen could not be saved: showing others would lose them."""
        self.uai = sheet.draft.form.school.uai
        self._stay_here()
        self.notice.say(
            "Les dernières réponses ne sont pas enregistrées\u00a0: cette saisie reste ouverte. "
            "Faites de la place ou rétablissez l’accès au dossier, puis Ctrl+S.",
            "error",
        )

    def _say_opening(self, form: FormState) -> None:
        held = len(form.declaration.answers)
        self.notice.say("")
        self._reopened = form.declaration.status.value == "submitted"
        if self._reopened:
            self.header.state.say("Déclaration validée", "success")
            self.notice.say(
                "Cette déclaration est validée. Dès qu’une réponse change, elle redevient un "
                "brouillon, à valider de nouveau.",
                "action",
            )
        elif held:
            verb = "récupéré" if self._recovered else "repris"
            said = f"Brouillon {verb}{NBSP}: {plural(held, 'réponse')}"
            self.header.state.say(said, "muted")
        else:
            self.header.state.say("Nouvelle déclaration", "muted")

    def _evaluated(self) -> None:
        if self.sheet is None or self.sheet.result is None:
            return
        result = self.sheet.result
        step = self.sheet.step()
        for part in (self.strip, self.panel):
            part.show_result(result, step)
        self.footer.show_counts(
            len(result.hard) + len(result.soft), len(result.unanswered), self.sheet.progress()
        )
        if not self.sheet.draft.is_saved:
            self.header.state.say("Enregistrement…", "muted")

    def _saved(self) -> None:
        if self.sheet is None or not self.sheet.draft.is_saved:
            return
        declaration = self.sheet.draft.form.declaration
        self.header.show_status(declaration.status.value)
        self.header.state.say(f"Enregistré à {now()}", "success")
        if declaration.status.value == "draft" and self._reopened:
            self._reopened = False
            self.notice.say(
                "Cette déclaration était validée\u00a0: elle est redevenue un brouillon. "
                "Validez-la quand la correction est finie.",
                "warning",
            )
        self.sheet.evaluate()
        if not self.disputes.isHidden():
            self._ask_disputed()

    def _submitted(self) -> None:
        if self.sheet is None:
            return
        school = self.sheet.draft.form.school
        self.notice.say("")
        where = f"{school.name}, {school.commune or ''}"
        self.session.say(f"Déclaration validée{NBSP}: {where}", "success")
        self._reopened = True
        if not self._then_next:
            self._stay_here()
            self.header.state.say("Déclaration validée", "success")
            return
        from numecole_desktop.services import declarations

        find = partial(
            declarations.next_school, uai=self.uai, year=self.session.year, order=self._order
        )
        self.session.tasks.run(find, self._go_next)

    def _go_next(self, uai: str | None) -> None:
        if uai is None:
            self._stay_here()
            self.notice.say(
                "Toutes les écoles de la liste ont une déclaration validée pour cette année.",
                "success",
            )
        else:
            self.next_asked.emit(uai)

    def _taken(self, taken: int) -> None:
        if self.sheet is not None and self.sheet.result is not None:
            words, tone = taken_words(self.sheet.draft.form, self.sheet.result, taken)
            self._say_passing(words, tone)

    def _odd_digit(self, code: str, digit: str) -> None:
        self._say_passing(
            f"Le chiffre {digit} n’a pas été pris{NBSP}: la réponse à {code} est 0. Un nombre de "
            f"deux chiffres a pu être coupé plus haut{NBSP}: relisez les réponses.",
            "warning",
        )

    def _say_passing(self, words: str, tone: str) -> None:
        self.notice.say(words, tone)
        self._passing = True

    def _changed_since(self) -> None:
        if self._passing:
            self._passing = False
            self.notice.say("")

    def _not_submitted(self, problem: Problem) -> None:
        self._stay_here()
        self._say_passing(str(problem), "error")

    def _unsaved(self, problem: Problem) -> None:
        self._stay_here()
        self.header.state.say("Non enregistré", "error")
        self.notice.say(f"{problem} La saisie reste à l’écran{NBSP}: Ctrl+S réessaie.", "error")

    def _cannot_open(self, problem: Problem) -> None:
        self._stay_here()
        self.refused.emit(problem)

    def _save_now(self) -> None:
        if self.sheet is not None:
            self.sheet.draft.save_now()
            if self.sheet.draft.is_saved:
                self._saved()

    def _go_to_part(self, section: str) -> None:
        if self.sheet is not None:
            self.sheet.go_to_section(section)

    def _flush(self) -> None:
        if self.sheet is not None:
            self.sheet.draft.save_now()

    def _focus_moved(self) -> None:
        if self.sheet is not None and self.isVisible():
            self.sheet.focus_moved()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(14, 2, 14, 4)
        top.addWidget(self.notice)
        top.addWidget(self.disputes)
        top.addWidget(self.strip)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(self._column, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        middle.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addWidget(self.footer)
