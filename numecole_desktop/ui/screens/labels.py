"""Label: the dossiers of a campaign, one dossier, the commission, the renewals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import plural
from numecole_desktop.domain.own_territory import OwnTerritory
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.dialogs.saving import TableSaver
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.screens.label_commission import CommissionView
from numecole_desktop.ui.screens.label_dossier import DossierView
from numecole_desktop.ui.screens.label_forecast import ForecastTab
from numecole_desktop.ui.screens.label_list import DossierList
from numecole_desktop.ui.screens.label_papers import LabelPapers
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.exported import ExportedBar
from numecole_desktop.ui.widgets.offer import OfferBar
from numecole_desktop.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from numecole_desktop.domain.label_rules import LabelRules
    from numecole_desktop.services.label_dossiers import DossierSaved
    from numecole_desktop.services.label_lists import DecisionsReport, DossierRow
    from numecole_desktop.services.school_list import SchoolRow
    from numecole_desktop.services.workspace import Changes, Workspace

FORECAST_TAB = 1
ENDING = "ending"
"""Part of the screen that shows the renewals; the others are states of dossiers."""


class LabelsScreen(Screen):
    """The list and the renewals as tabs; a dossier or the commission in their place.

    Signals: ``refused`` (Problem) when something cannot be read, ``school_back`` (UAI) when a
    dossier asked for by the page of a school is left.
    """

    needs_room = True
    refused = Signal(object)
    school_back = Signal(str)
    help_page = "labels"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._from_school = False
        self._stale_list = True
        self.saver = TableSaver(session, self)
        self.papers = LabelPapers(session, self)
        self.list = DossierList(session, self.saver)
        self.forecast = ForecastTab(session, self.saver)
        self.tabs = Tabs("Onglets du label")
        self.tabs.add("Dossiers", self.list)
        self.tabs.add("Renouvellements", self.forecast)
        self.dossier = DossierView(session)
        self.commission = CommissionView(session)
        self.notice = Notice()
        self.offer = OfferBar()
        session.undo_log.changed.connect(self.offer.hide)
        self.exported = ExportedBar()
        self._home = QWidget()
        self._stack = QStackedLayout(self)
        self._lay_out()
        self._connect()
        self._stale = True
        session.scope_changed.connect(self.mark_stale)

    def handlers(self) -> Handlers:
        shown = self._stack.currentWidget()
        if shown is self.dossier:
            return {**self.dossier.handlers(), "label_new": self.ask_new}
        if shown is self.commission:
            return self.commission.handlers()
        found: dict[str, Callable[[], None]] = {
            "label_new": self.ask_new,
            "tab_1": partial(self.tabs.show_tab, 0),
            "tab_2": partial(self.tabs.show_tab, FORECAST_TAB),
        }
        if self.list.to_judge():
            found["label_commission"] = self.open_commission
        if self.list.current() and self.tabs.row.currentIndex() != FORECAST_TAB:
            found["open"] = self._open_current_school
        return found

    def help_topic(self) -> str:
        shown = self._stack.currentWidget()
        if shown is self.dossier:
            return f"{self.help_page}#un-dossier"
        return f"{self.help_page}#la-commission" if shown is self.commission else self.help_page

    def concerns(self, changes: Changes) -> bool:
        return changes.everything or bool(
            changes.applications or changes.declarations or changes.schools
        )

    def reload(self) -> None:
        if not self.session.ready:
            return
        year = self.list.year or self.session.year
        read = partial(_read, year=year, within=self.session.within)
        self.session.tasks.run(read, self._show_list, self._refuse)
        shown = self._stack.currentWidget()
        if shown is self._home and self.tabs.row.currentIndex() == FORECAST_TAB:
            self.forecast.read(self.session.year)
        elif shown is self.dossier:
            self.dossier.reload()

    def show_part(self, part: str) -> None:
        """Show the dossiers of the year in one state, or the labels that end."""
        self._show_home()
        self.tabs.show_tab(FORECAST_TAB if part == ENDING else 0)
        if part != ENDING:
            self.list.states.set_value(part)
            self._year_changed()
        self._focus_shown()

    def asked_again(self) -> None:
        if self._stack.currentWidget() is not self._home:
            self.leave()
            self._show_home()

    def leave(self) -> None:
        self.dossier.flush()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_shown()

    @property
    def stuck(self) -> Problem | None:
        """Why something typed could not be saved; None when it was, or is about to be."""
        return self.dossier.stuck

    def forget(self) -> None:
        """Another base is open: show nothing of the former one."""
        self.dossier.forget()
        self.list.year = None
        self.offer.hide()
        self._show_home()

    def open_dossier(self, uai: str, year: SchoolYear, *, from_school: bool = False) -> None:
        """Show the dossier of a school; ``from_school`` when its page is where to come back."""
        self._from_school = from_school
        self._stack.setCurrentWidget(self.dossier)
        self.dossier.open_dossier(uai, year)
        self.handlers_changed.emit()

    def _ask_decisions(self) -> None:
        if self.list.year is not None:
            self.papers.ask_decisions(self.list.year)

    def open_commission(self) -> None:
        """Go through the submitted and examined dossiers listed."""
        year, order = self.list.year, self.list.to_judge()
        if year is not None and order:
            self._stack.setCurrentWidget(self.commission)
            self.commission.begin(order, year)
            self.handlers_changed.emit()

    def ask_new(self) -> None:
        """Ask for a school, then begin its dossier."""
        year = self.list.year or self.session.year
        self.session.tasks.run(partial(_candidates, year=year), partial(self._ask_new, year))

    def ask_together(self) -> None:
        """Decide several examined dossiers, seen before."""
        from numecole_desktop.services import label_opening

        if self.list.year is not None and self.list.to_decide():
            rules = partial(label_opening.label_rules, year=self.list.year)
            self.session.tasks.run(rules, partial(self._ask_together, self.list.year))

    def _changed(self, changes: Changes) -> None:
        if self._stack.currentWidget() is self.dossier and self.dossier.shows(changes):
            self._stale_list = True
            return
        super()._changed(changes)

    def _show_list(self, read: tuple[list[SchoolYear], SchoolYear, list[DossierRow]]) -> None:
        years, year, rows = read
        if self.list.year in (None, year):
            self._stale_list = False
            self.list.show_years(years, year)
            self.list.show_rows(rows)
            if QApplication.focusWidget() in (None, self):
                self._focus_shown()
            self.handlers_changed.emit()

    def _ask_new(self, year: SchoolYear, found: tuple[list[SchoolRow], frozenset[str]]) -> None:
        from numecole_desktop.ui.dialogs.label_new import NewDossierDialog

        rows, taken = found
        dialog = NewDossierDialog(rows, taken, str(year), self)
        dialog.chosen.connect(partial(self._create, year))
        dialog.open()

    def _create(self, year: SchoolYear, uai: str) -> None:
        from numecole_desktop.services import label_dossiers

        create = partial(label_dossiers.create, uai=uai, year=year)
        label = f"dossier de label commencé, {uai}"
        begun = self.session.undo_log.watched(label, create, untouched=True)
        self.session.tasks.run(begun, self._created, self._refuse)

    def _created(self, saved: DossierSaved) -> None:
        self.open_dossier(saved.dossier.school.uai, saved.dossier.year)
        self.session.refresher.publish(saved.changes)

    def _ask_together(self, year: SchoolYear, rules: LabelRules) -> None:
        from numecole_desktop.ui.dialogs.label_together import TogetherDialog

        opinions = self.list.to_decide()
        dialog = TogetherDialog(self.session, year, opinions, rules.highest, self)
        dialog.decided.connect(self._together_done)
        dialog.open()

    def _together_done(self, report: DecisionsReport) -> None:
        words = f"{plural(len(report.taken), 'dossier décidé', 'dossiers décidés')}."
        self.offer.offer(words, "Annuler ces décisions", self.session.undo_log.undo)
        self.session.refresher.publish(report.changes)

    def _open_listed(self, uai: str) -> None:
        if self.list.year is not None:
            self.open_dossier(uai, self.list.year)

    def _open_forecast(self, uai: str, has_dossier: bool) -> None:
        if has_dossier:
            self.open_dossier(uai, self.session.year)
        else:
            self._open_school(uai)

    def _open_current_school(self) -> None:
        self._open_school(self.list.current())

    def _open_school(self, uai: str) -> None:
        self.session.school_asked.emit(uai, self.list.order(), "labels")

    def _dossier_closed(self) -> None:
        if self._from_school:
            self._show_home()
            self.school_back.emit(self.dossier.uai)
            return
        self._show_home()
        self.list.select(self.dossier.uai)

    def _show_home(self) -> None:
        self._from_school = False
        self._stack.setCurrentWidget(self._home)
        if self._stale_list:
            self.reload()
        self._focus_shown()
        self.handlers_changed.emit()

    def _focus_shown(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self._home:
            shown = self.forecast if self.tabs.row.currentIndex() == FORECAST_TAB else self.list
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tab_shown(self) -> None:
        if self.session.ready and self.tabs.row.currentIndex() == FORECAST_TAB:
            self.forecast.read(self.session.year)
        self.handlers_changed.emit()

    def _year_chosen(self, text: str) -> None:
        self.list.year = SchoolYear.parse(text)
        self.reload()

    def _year_changed(self) -> None:
        self.list.year = self.session.year
        self.mark_stale()

    def _asked(self, code: str) -> None:
        {
            "new": self.ask_new,
            "commission": self.open_commission,
            "together": self.ask_together,
        }[code]()

    def _refuse(self, problem: Problem) -> None:
        self.refused.emit(problem)

    def _part_refused(self, problem: Problem) -> None:
        self._show_home()
        self.refused.emit(problem)

    def _connect(self) -> None:
        self.session.year_changed.connect(self._year_changed)
        self.saver.saved.connect(self.exported.exported)
        self.papers.saved.connect(self.exported.exported)
        self.list.decisions_button.clicked.connect(self._ask_decisions)
        self.list.opened.connect(self._open_listed)
        self.list.asked.connect(self._asked)
        self.list.year_chosen.connect(self._year_chosen)
        self.list.moved.connect(self.handlers_changed)
        self.forecast.opened.connect(self._open_forecast)
        self.tabs.row.currentChanged.connect(self._tab_shown)
        self.dossier.closed.connect(self._dossier_closed)
        self.dossier.school_asked.connect(self._open_school)
        self.commission.closed.connect(self._show_home)
        self.commission.dossier_asked.connect(self._open_listed)
        for part in (self.dossier, self.commission):
            part.changed.connect(self.handlers_changed)
            part.refused.connect(self._part_refused)

    def _lay_out(self) -> None:
        bars = QVBoxLayout()
        bars.setContentsMargins(14, 4, 14, 0)
        for bar in (self.notice, self.offer, self.exported):
            bars.addWidget(bar)
        column = QVBoxLayout(self._home)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(bars)
        column.addWidget(self.tabs, 1)
        for part in (self._home, self.dossier, self.commission):
            self._stack.addWidget(part)


def _read(
    workspace: Workspace, *, year: SchoolYear, within: OwnTerritory
) -> tuple[list[SchoolYear], SchoolYear, list[DossierRow]]:
    from numecole_desktop.services import label_lists

    years = sorted({year, *label_lists.campaigns(workspace)}, reverse=True)
    return years, year, label_lists.dossier_rows(workspace, year, within=within)


def _candidates(
    workspace: Workspace, *, year: SchoolYear
) -> tuple[list[SchoolRow], frozenset[str]]:
    from numecole_desktop.domain.label_application import State
    from numecole_desktop.services import label_lists, schools

    held = label_lists.dossier_rows(workspace, year)
    taken = frozenset(row.uai for row in held if row.state is not State.WITHDRAWN)
    return list(schools.school_rows(workspace, year)), taken
