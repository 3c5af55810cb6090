"""Decisions taken for several dossiers at once, seen before they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural, short_date
from numecole_desktop.domain.label_steps import Decision
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.models.dossiers import DECISION_HEADINGS, decision_cells
from numecole_desktop.ui.models.lines import LinesModel
from numecole_desktop.ui.moments import read_day, unreadable_day
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.label_lists import DecisionsReport
    from numecole_desktop.ui.session import Session

_OPINION = "opinion"
_WIDTHS = (220, 130, 90, 90)
_SIZE = (720, 430)
_DATE_WIDTH = 110


class TogetherDialog(Dialog):
    """What is decided, when and why, with a line by dossier; ``decided`` carries the report.

    ``opinions`` are the levels of the opinions by UAI, ``highest`` the highest level.
    """

    decided = Signal(object)

    help_page = "labels#decider-ensemble"

    def __init__(
        self,
        session: Session,
        year: SchoolYear,
        opinions: Mapping[str, int],
        highest: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__("Décider ensemble", parent, accept_text="Décider")
        self._session, self._year, self._opinions = session, year, opinions
        self._asked = 0
        self.prefer(*_SIZE)
        levels = [(str(n), f"Niveau{NBSP}{n}") for n in range(1, highest + 1)]
        options = ((_OPINION, "Selon l’avis"), ("0", "Refus"), *levels)
        self.level = ChoiceBar("Décision", options)
        self.level.set_value(_OPINION)
        self.level.chosen.connect(self.preview)
        self.day = Entry("Date de la décision", short_date(date.today()), "jj/mm/aaaa")  # noqa: DTZ011 - the day on this desk
        self.day.setFixedWidth(scaled(_DATE_WIDTH))
        self.day.textChanged.connect(self.preview)
        self.reason = Entry("Raison", hint="Raison, si la décision diffère de l’avis")
        self.reason.textChanged.connect(self.preview)
        self.notice = Notice()
        self.model = LinesModel(DECISION_HEADINGS, self)
        self.table = Table("Décisions à prendre")
        self.table.show_model(self.model, _WIDTHS)
        self.table.selectionModel().currentRowChanged.connect(self._explain)
        self.why = Text(tone="error", wrap=True)
        self.why.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Text("Décidé le"))
        row.addWidget(self.day)
        row.addWidget(self.reason, 1)
        self.body.addWidget(self.level)
        self.body.addLayout(row)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.why)
        self.level.setFocus()
        self.preview()

    def preview(self, _: str = "") -> None:
        """See what would be decided."""
        self._allow(0)
        if read_day(self.day.text()) is None:
            self.notice.say(unreadable_day(self.day.text()), "error")
            return
        self._asked += 1
        shown = partial(self._show, self._asked)
        self._session.tasks.run(partial(self._work(), simulate=True), shown, self._failed)

    def accept(self) -> None:
        if self.accept_button is not None and self.accept_button.isEnabled():
            self.accept_button.setEnabled(False)
            label = f"décisions sur {plural(self._allowed, 'dossier')} de label"
            work = self._session.undo_log.watched(label, self._work())
            self._session.tasks.run(work, self._done, self._failed)

    def _work(self) -> partial[DecisionsReport]:
        from numecole_desktop.services import label_lists

        chosen, day = self.level.value() or _OPINION, read_day(self.day.text())
        decisions = {
            uai: Decision(opinion if chosen == _OPINION else int(chosen), day, self.reason.text())
            for uai, opinion in self._opinions.items()
            if day is not None
        }
        return partial(label_lists.decide_together, year=self._year, decisions=decisions)

    def _show(self, asked: int, report: DecisionsReport) -> None:
        if asked != self._asked:
            return
        self.model.set_rows(decision_cells(report.outcomes), report.outcomes)
        self._explain()
        refused = len(report.outcomes) - len(report.taken)
        left = plural(refused, "dossier ne peut pas être décidé", "dossiers ne peuvent pas l’être")
        words = f"{left}{NBSP}: la dernière colonne dit pourquoi." if refused else ""
        self.notice.say(words, "warning")
        self._allow(len(report.taken))

    def _explain(self) -> None:
        """Say whole what the last column cuts, for the row of the cursor or the first refused."""
        row, refused = self.table.current_row(), ""
        outcomes = [self.model.value(n) for n in range(self.model.rowCount())]
        chosen = outcomes[row : row + 1] if row >= 0 else outcomes
        for outcome in chosen:
            refused = refused or " ".join(outcome.problems)  # type: ignore[attr-defined]
        self.why.say(refused)

    def _allow(self, count: int) -> None:
        self._allowed = count
        if self.accept_button is not None:
            self.accept_button.setText(
                f"Décider {plural(count, 'dossier')}" if count else "Décider"
            )
            self.accept_button.setEnabled(bool(count))

    def _done(self, report: DecisionsReport) -> None:
        self.decided.emit(report)
        super().accept()

    def _failed(self, problem: Problem) -> None:
        self.notice.say(str(problem), "error")
