"""The page of a label dossier: what is entered at the left, how it is judged at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.label_application import PersonRole, State
from numecole_desktop.domain.label_criteria import level_words
from numecole_desktop.domain.label_steps import Step
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.forms.dossier_sheet import DossierSheet
from numecole_desktop.ui.moments import now
from numecole_desktop.ui.screens.label_acts import DossierActs
from numecole_desktop.ui.screens.label_criteria import CriteriaPanel
from numecole_desktop.ui.screens.label_files import FilesCard
from numecole_desktop.ui.screens.label_page import DossierPage
from numecole_desktop.ui.screens.label_papers import PAPERS, LabelPapers, offered
from numecole_desktop.ui.screens.label_steps import StepsFooter, StepsTrack, next_step
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Page
from numecole_desktop.ui.widgets.empty import EmptyState
from numecole_desktop.ui.widgets.exported import ExportedBar
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.label_dossiers import DossierSaved
    from numecole_desktop.services.label_opening import Dossier
    from numecole_desktop.services.workspace import Changes
    from numecole_desktop.ui.commands import Handlers

_PANEL_FROM = 960
_PANEL_WIDTH = 340


class DossierView(DossierPage):
    """One dossier; ``school_asked`` (UAI) for the page of the school."""

    school_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Dossier de label", parent)
        self.uai = ""
        self.year: SchoolYear | None = None
        self.sheet: DossierSheet | None = None
        self._warned = False
        self._was_stuck = False
        self._was_stuck = False
        self.back_button.clicked.connect(self.close_down)
        self.state = Text(tone="muted")
        self.school_button = Button("Fiche de l’école", icon_name="school")
        self.school_button.clicked.connect(self._ask_school)
        self.papers = LabelPapers(session, self)
        self.paper_buttons = {
            code: Button(words, icon_name="pdf", code=code) for code, words in PAPERS.items()
        }
        self.exported = ExportedBar()
        self.papers.saved.connect(self.exported.exported)
        for button in self.paper_buttons.values():
            button.pressed_code.connect(self._ask_paper)
        self.track = StepsTrack()
        self.side = Page("Critères du label")
        self.side.setFixedWidth(scaled(_PANEL_WIDTH))
        self.criteria = CriteriaPanel()
        self.files = FilesCard()
        self.acts = DossierActs(session, self)
        self.footer = StepsFooter()
        self.empty = EmptyState(
            "label",
            "Pas encore de dossier",
            "L’école n’a pas de dossier de label pour cette campagne.",
            (("create", "Commencer le dossier"),),
        )
        self.empty.chosen.connect(self._create)
        self._lay_out()
        self._connect()

    def handlers(self) -> Handlers:
        """Commands that can be done now."""
        found: dict[str, Callable[[], None]] = {"back": self.close_down, "open": self._ask_school}
        if self.sheet is not None and self.draft is not None:
            found["save_now"] = self.draft.save_now
            if self.sheet.stack.count():
                found.update(undo=self.sheet.undo, redo=self.sheet.redo)
        return found

    def open_dossier(self, uai: str, year: SchoolYear) -> None:
        """Show the dossier of a school for a campaign, or that there is none."""
        self.flush()
        self.uai, self.year, self.draft = uai, year, None
        self.acts.draft = None
        self.notice.say("")
        self.reload()

    def reload(self) -> None:
        """Read the dossier again, unless something typed is not saved yet."""
        from numecole_desktop.services import label_opening

        if self.uai and self.year is not None and self.is_saved:
            read = partial(label_opening.open_dossier, uai=self.uai, year=self.year)
            self.session.tasks.run(read, self._show, self._cannot_read)

    def shows(self, changes: Changes) -> bool:
        """Whether ``changes`` are those of this very dossier."""
        return changes.applications == {(self.uai, str(self.year))} and not changes.everything

    @property
    def stuck(self) -> Problem | None:
        """Why something typed could not be saved; None when it was, or is about to be."""
        return self.draft.stuck if self.draft is not None else None

    @property
    def is_saved(self) -> bool:
        """Whether everything typed is in the base."""
        return self.draft is None or self.draft.is_saved

    def flush(self) -> None:
        """Save what is pending now."""
        if self.draft is not None:
            self.draft.save_now()

    def forget(self) -> None:
        """Another base is open: show nothing of the former one."""
        self.uai, self.draft, self.acts.draft = "", None, None

    def close_down(self) -> None:
        """Leave; a field that is refused is shown once before."""
        self.flush()
        if self.sheet is not None and not self._warned and self.sheet.focus_refused():
            self._warned = True
            self.notice.say(
                "Ce champ n’est pas enregistré. Corrigez-le, ou revenez encore une fois pour "
                "quitter sans lui.",
                "warning",
            )
            return
        self.closed.emit()

    def take_next(self) -> None:
        """Take the next step (Ctrl+Entrée)."""
        from numecole_desktop.services import label_dossiers

        draft = self.draft
        step = next_step(draft.dossier) if draft is not None else None
        if draft is None or step is None:
            return
        if step is Step.SUBMIT:
            draft.act(label_dossiers.submit)
        elif step is Step.ATTEST:
            draft.act(label_dossiers.attest)
        else:
            self.judge(draft)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_part()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_criteria()

    def _show(self, dossier: Dossier) -> None:
        if (dossier.school.uai, dossier.year) != (self.uai, self.year) or not self.is_saved:
            return
        held = dossier.application is not None
        self.page.setVisible(held)
        self.footer.setVisible(held)
        self.track.setVisible(held)
        self.empty.setVisible(not held)
        self.show_header(dossier, dossier.school.uai, dossier.school.circonscription_label)
        self.page.verticalScrollBar().setValue(0)
        self._take(dossier)
        self._show_parts(dossier)
        self._focus_part()

    def _focus_part(self) -> None:
        state = self.draft.dossier.state if self.draft is not None else None
        if self.draft is not None and self.draft.dossier.application is None:
            self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.sheet is not None:
            self.sheet.focus_first()
        elif state in (State.SUBMITTED, State.EXAMINED):
            self.judging.focus_first()
        elif self.footer.next_button.isVisible():
            self.footer.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, dossier: Dossier) -> None:
        if self.sheet is not None:
            self._form.removeWidget(self.sheet)
            self.sheet.deleteLater()
        self.sheet, self._warned = None, False
        draft = self.acts.draft = self.take(dossier)
        draft.saved.connect(self._saved)
        if dossier.application is not None and not dossier.block(Step.EDIT):
            self.sheet = DossierSheet(draft)
            self.sheet.stack.indexChanged.connect(self._edited)
            self.sheet.stack.canUndoChanged.connect(self.changed)
            self.sheet.erase_asked.connect(self.acts.ask_erase)
            self._form.insertWidget(0, self.sheet)
        self.changed.emit()

    def _show_parts(self, dossier: Dossier) -> None:
        self.summary.setVisible(self.sheet is None)
        self.summary.show_dossier(dossier)
        self.judging.setVisible(dossier.state in (State.SUBMITTED, State.EXAMINED))
        self.judging.show_dossier(dossier)
        self._show_judged(dossier)

    def _ask_paper(self, code: str) -> None:
        self.flush()
        if self.draft is not None:
            self.papers.ask(code, self.draft.dossier)

    def _show_judged(self, dossier: Dossier) -> None:
        for code, button in self.paper_buttons.items():
            button.setVisible(code in offered(dossier))
        self.criteria.show_dossier(dossier)
        self.track.show_dossier(dossier)
        self.footer.show_dossier(dossier)
        self.files.show_dossier(dossier)
        focus.order(
            (
                (self.page,),
                self.sheet.stops() if self.sheet is not None else focus.stops(self.summary),
                self.judging.stops(),
                focus.stops(self.files),
                (self.side, *focus.stops(self.criteria)),
                focus.stops(self.footer),
            )
        )
        self.state.say(_state_words(dossier))

    def _edited(self) -> None:
        self.notice.say("")

    def _saved(self) -> None:
        if self.draft is None:
            return
        self._show_judged(self.draft.dossier)
        stuck = self.draft.stuck is not None
        if self._was_stuck and not stuck:
            self._warned = False
            self.notice.say("")
        self._was_stuck = stuck
        if self.draft.is_saved:
            self.session.say(f"Enregistré à {now()}")

    def _acted(self) -> None:
        if self.draft is not None:
            dossier = self.draft.dossier
            self.notice.say("")
            self.session.say(
                f"Dossier {dossier.state.label}{NBSP}: {dossier.school.name}", "success"
            )
            self._show(dossier)

    def _blocked(self, problem: Problem) -> None:
        super()._blocked(problem)
        self._was_stuck = self.draft is not None and self.draft.stuck is not None
        if self.sheet is not None:
            self.sheet.focus_refused()

    def _create(self, _: str = "") -> None:
        from numecole_desktop.services import label_dossiers

        if self.year is not None:
            create = partial(label_dossiers.create, uai=self.uai, year=self.year)
            label = f"dossier de label commencé, {self.uai}"
            begun = self.session.undo_log.watched(label, create, untouched=True)
            self.session.tasks.run(begun, self._created, self._blocked)

    def _created(self, saved: DossierSaved) -> None:
        self._show(saved.dossier)
        self.session.refresher.publish(saved.changes)

    def _forget_person(self, role: PersonRole) -> None:
        if self.sheet is not None:
            self.sheet.forget_person(role)

    def _ask_school(self) -> None:
        self.flush()
        self.school_asked.emit(self.uai)

    def _focus_moved(self, former: QWidget | None, now: QWidget | None) -> None:
        super()._focus_moved(former, now)
        if self.sheet is not None and self.isVisible():
            self.sheet.focus_moved()

    def _place_criteria(self) -> None:
        wide = self.width() >= scaled(_PANEL_FROM)
        column = self.side.column if wide else self._form
        self.side.setVisible(wide)
        if column.indexOf(self.criteria) < 0:
            column.addWidget(self.criteria)

    def _connect(self) -> None:
        self.next_asked.connect(self.take_next)
        self.footer.next_asked.connect(self.take_next)
        self.footer.revert_asked.connect(self.acts.revert)
        self.footer.withdraw_asked.connect(self.acts.ask_withdraw)
        self.files.attach_asked.connect(self.acts.attach)
        self.files.detach_asked.connect(self.acts.detach)
        self.files.erase_asked.connect(self.acts.ask_erase_file)
        self.files.show_asked.connect(self.acts.show_file)
        self.summary.erase_asked.connect(self.acts.ask_erase)
        self.acts.erasing.connect(self._forget_person)

    def _lay_out(self) -> None:
        bars = QVBoxLayout()
        bars.setContentsMargins(14, 2, 14, 4)
        bars.addWidget(self.track)
        bars.addWidget(self.notice)
        bars.addWidget(self.exported)
        self._form = QVBoxLayout()
        self._form.setSpacing(10)
        for part in (self.summary, self.judging, self.files):
            self._form.addWidget(part)
        self.page.column.addLayout(self._form)
        self.page.column.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.page, 1)
        middle.addWidget(self.empty, 1)
        middle.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.header(self.state, *self.paper_buttons.values(), self.school_button))
        column.addLayout(bars)
        column.addLayout(middle, 1)
        column.addWidget(self.footer)
        self.side.column.addWidget(self.criteria)
        self.side.column.addStretch(1)
        self.empty.hide()


def _state_words(dossier: Dossier) -> str:
    """State, and the level: that of the decision once there is one."""
    held = dossier.application
    if held is None:
        return ""
    level = level_words(dossier.level.value)
    if held.state in (State.DECIDED, State.ATTESTED):
        level = level_words(held.decision) if held.decision else "refus"
    return f"{held.state.label.capitalize()} · {level}"
