"""The commission: the submitted and examined dossiers, one by one, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.label_criteria import level_words
from numecole_desktop.domain.label_steps import Step
from numecole_desktop.ui.screens.label_page import DossierPage
from numecole_desktop.ui.screens.label_steps import next_step
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.label_opening import Dossier
    from numecole_desktop.ui.commands import Handlers

_NEXT = "Dossier suivant"


class CommissionView(DossierPage):
    """Opinion, decision, next; ``dossier_asked`` (UAI) to see a dossier whole."""

    dossier_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Commission", parent)
        self.summary.erasable = False
        self._order: Sequence[str] = ()
        self._place = 0
        self._year: SchoolYear | None = None
        self.back_button.clicked.connect(self.closed)
        self.progress = Text(bold=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Avancement de la commission")
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(110, 8)
        self.before_button = IconButton("up", "Dossier précédent (Ctrl+Page précédente)")
        self.before_button.clicked.connect(self.previous)
        self.after_button = IconButton("down", "Dossier suivant (Ctrl+Page suivante)")
        self.after_button.clicked.connect(self.next)
        self.whole_button = Button("Dossier complet", icon_name="todo")
        self.whole_button.clicked.connect(self._ask_whole)
        self.next_button = Button("", primary=True, tip="Enregistrer et continuer (Ctrl+Entrée)")
        self.next_button.clicked.connect(self.take_next)
        self._lay_out()
        self.next_asked.connect(self.take_next)

    def handlers(self) -> Handlers:
        """Commands that can be done now."""
        found: dict[str, Callable[[], None]] = {"back": self.closed.emit}
        if self._place > 0:
            found["previous_school"] = self.previous
        if self._place < len(self._order) - 1:
            found["next_school"] = self.next
        return found

    def begin(self, order: Sequence[str], year: SchoolYear) -> None:
        """Go through dossiers of a campaign, in that order."""
        self._order, self._year = tuple(order), year
        self.notice.say("")
        self._go(0)

    @property
    def uai(self) -> str:
        """The school of the dossier shown."""
        return self._order[self._place] if self._order else ""

    def reload(self) -> None:
        """Read the dossier again."""
        from numecole_desktop.services import label_opening

        if self._order and self._year is not None:
            read = partial(label_opening.open_dossier, uai=self.uai, year=self._year)
            self.session.tasks.run(read, self._show, self._cannot_read)

    def next(self) -> None:
        """Show the next dossier."""
        self._step(1)

    def previous(self) -> None:
        """Show the previous dossier."""
        self._step(-1)

    def take_next(self) -> None:
        """Keep the opinion, then the decision, then go on (Ctrl+Entrée)."""
        if self.draft is None:
            return
        step = next_step(self.draft.dossier)
        if step not in (Step.EXAMINE, Step.DECIDE) or self.draft.dossier.block(step):
            self.next()
            return
        self.judge(self.draft)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.judging.focus_first()

    def _step(self, step: int) -> None:
        self.notice.say("")
        place = self._place + step
        if 0 <= place < len(self._order):
            self._go(place)
        elif step > 0:
            self.notice.say("C’était le dernier dossier de la liste.", "success")

    def _go(self, place: int) -> None:
        self._place = place
        count = len(self._order)
        self.progress.setText(f"{place + 1} sur {count}")
        self.bar.setRange(0, count)
        self.bar.setValue(place + 1)
        self.before_button.setEnabled(place > 0)
        self.after_button.setEnabled(place < count - 1)
        self.changed.emit()
        self.reload()

    def _show(self, dossier: Dossier) -> None:
        if dossier.school.uai != self.uai:
            return
        self.take(dossier)
        self._show_dossier(dossier)

    def _show_dossier(self, dossier: Dossier) -> None:
        computed = f"niveau calculé{NBSP}: {level_words(dossier.level.value)}"
        self.show_header(dossier, dossier.state.label.capitalize(), computed)
        self.judging.show_dossier(dossier)
        self.judging.setVisible(dossier.state in (State.SUBMITTED, State.EXAMINED))
        self.summary.show_dossier(dossier)
        focus.order(
            ((self.page,), self.judging.stops(), focus.stops(self.summary), (self.whole_button,))
        )
        step = next_step(dossier)
        words = {Step.EXAMINE: "Enregistrer l’avis", Step.DECIDE: "Décider et continuer"}
        may = step is not None and not dossier.block(step)
        self.next_button.setText(words.get(step, _NEXT) if step and may else _NEXT)
        self.next_button.updateGeometry()
        self.page.verticalScrollBar().setValue(0)
        self.judging.focus_first()

    def _acted(self) -> None:
        if self.draft is None:
            return
        dossier = self.draft.dossier
        self.notice.say("")
        self.session.say(f"Dossier {dossier.state.label}{NBSP}: {dossier.school.name}", "success")
        if dossier.state is State.EXAMINED and not dossier.block(Step.DECIDE):
            self._show_dossier(dossier)
        else:
            self._step(1)

    def _ask_whole(self) -> None:
        self.dossier_asked.emit(self.uai)

    def _lay_out(self) -> None:
        counted = QWidget()
        count = QVBoxLayout(counted)
        count.setContentsMargins(0, 0, 0, 0)
        count.setSpacing(2)
        count.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignRight)
        count.addWidget(self.bar)
        for part in (self.notice, self.judging, self.summary):
            self.page.column.addWidget(part)
        self.page.column.addStretch(1)
        below = QHBoxLayout()
        below.setContentsMargins(14, 6, 14, 8)
        below.setSpacing(8)
        below.addWidget(self.whole_button)
        below.addStretch(1)
        below.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.header(counted, self.before_button, self.after_button))
        column.addWidget(self.page, 1)
        column.addLayout(below)
