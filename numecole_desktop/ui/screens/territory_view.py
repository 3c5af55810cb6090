"""A territory, or a selection of schools: who it is, what can be written, and its tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.screens.territory_campaign import CampaignTab
from numecole_desktop.ui.screens.territory_figures import FiguresTab
from numecole_desktop.ui.screens.territory_files import TerritoryFiles
from numecole_desktop.ui.screens.territory_map import MapTab
from numecole_desktop.ui.screens.territory_parts import PartsTab
from numecole_desktop.ui.screens.territory_trends import TrendsTab
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.tabs import Tabs
from numecole_desktop.ui.widgets.text import TITLE, ElidedText

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from numecole_desktop.domain.territory_profile import SchoolLine
    from numecole_desktop.services.territories import TerritoryFigures
    from numecole_desktop.services.territory_pages import PlacedSchool, Scope, TerritoryPage

_WIDE = 760
_LEAST_NAME = 8
"""Room left for the name of the territory, in heights of its text."""
_WITH_TOWN_HALLS = ("commune", "circonscription", "departement")
FIGURES, TRENDS, CAMPAIGN, MAP, PARTS = range(5)


class TerritoryView(QWidget):
    """Header and tabs; a tab reads what it lacks when it is first shown.

    Signals: ``figure_opened`` (figure, school year) to list the schools behind it,
    ``part_opened`` (level, code), ``school_opened`` (UAI, UAIs listed), ``tab_changed``, ``shown``
    when everything that the tab shows has arrived.
    """

    figure_opened = Signal(str, object)
    part_opened = Signal(str, str)
    school_opened = Signal(str, object)
    tab_changed = Signal()
    shown = Signal()

    def __init__(self, session: Session, saver: TableSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.page: TerritoryPage | None = None
        self._names: Sequence[tuple[str, str]] = ()
        self._fresh: set[int] = set()
        self._saver = saver
        self.files = TerritoryFiles(session, self)
        self.title = ElidedText(size=TITLE, bold=True)
        self.identity = ElidedText(tone="muted")
        self.profile_button = Button("", icon_name="pdf", primary=True)
        self.profile_button.clicked.connect(self.files.ask_profile)
        self.town_button = Button("", icon_name="pages")
        self.town_button.clicked.connect(self.files.ask_town_halls)
        self.report_button = Button("", icon_name="pages")
        self.report_button.clicked.connect(self.files.ask_report)
        self.export_button = Button("", icon_name="export")
        self.export_button.clicked.connect(self.export_figures)
        self._texts = {
            self.profile_button: ("Profil en PDF…", "Profil…"),
            self.town_button: ("Profils des mairies…", "Mairies…"),
            self.report_button: ("État annuel en PDF…", "État annuel…"),
            self.export_button: ("Exporter les chiffres…", "Exporter…"),
        }
        self.notice = Notice()
        self.tabs = Tabs("Onglets du territoire")
        self.figures = FiguresTab()
        self.figures.table.keep_layout(session.state, "figures")
        self.trends = TrendsTab(saver)
        self.campaign = CampaignTab(saver)
        self.campaign.table.keep_layout(session.state, "campaign")
        self.trends.table.keep_layout(session.state, "trends")
        self.map = MapTab(session)
        self.parts = PartsTab(saver)
        self.parts.table.keep_layout(session.state, "parts")
        for text, tab in (
            ("Chiffres", self.figures),
            ("Évolutions", self.trends),
            ("Campagne", self.campaign),
            ("Carte", self.map),
            ("Parties", self.parts),
        ):
            self.tabs.add(text, tab)
        self._connect()
        self._lay_out()

    def show_page(
        self, page: TerritoryPage, names: Sequence[tuple[str, str]], notice: str = ""
    ) -> None:
        """Show a territory; ``names`` gives its parts in order as (code, name)."""
        self.page, self._names = page, names
        self._fresh = set()
        self.title.setText(page.name)
        self.identity.setText(" · ".join((page.kind, *page.parents, str(page.year))))
        self.notice.say(notice)
        self.profile_button.setVisible(bool(page.scope.level))
        self.town_button.setVisible(page.scope.level in _WITH_TOWN_HALLS)
        self.report_button.setVisible(page.scope.level == "academie")
        self._fit_header()
        self.files.show_page(page)
        self.figures.show_page(page)
        self.trends.show_page(page)
        self.campaign.show_page(page)
        self.tabs.row.setTabVisible(PARTS, bool(page.part))
        if page.part:
            self.tabs.row.setTabText(PARTS, self.parts.title(page.part))
        self._complete()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._complete()

    def focus_tab(self) -> None:
        """Put the keyboard in the tab shown."""
        tab = self.tabs.pages.currentWidget()
        if tab is not None:
            tab.setFocus()

    def export_figures(self) -> None:
        """Ask for a file, then write every figure there."""
        if self.page is not None:
            name = file_name("chiffres", self.page.name, str(self.page.year))
            content = self.figures.table.figures.cells
            self._saver.ask("Exporter les chiffres", name, content)

    def _connect(self) -> None:
        self.figures.figure_opened.connect(self._figure_opened)
        self.trends.figure_opened.connect(self.figure_opened)
        self.parts.part_opened.connect(self.part_opened)
        self.campaign.school_opened.connect(self._reminded_opened)
        self.campaign.chase_asked.connect(self.session.chase_asked)
        self.map.school_opened.connect(self._mapped_opened)
        self.map.drawn.connect(self.shown)
        self.tabs.row.currentChanged.connect(self._tab_shown)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.identity)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        shown = (self.export_button, self.town_button, self.report_button, self.profile_button)
        for button in shown:
            buttons.addWidget(button)
        self._header = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._header.setContentsMargins(14, 8, 14, 4)
        self._header.setSpacing(8)
        self._header.addLayout(words, 1)
        self._header.addLayout(buttons)
        bars = QVBoxLayout()
        bars.setContentsMargins(14, 0, 14, 0)
        bars.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._header)
        column.addLayout(bars)
        column.addWidget(self.tabs, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_header()

    def _fit_header(self) -> None:
        """Where there is little room: fewer words on the buttons, then the buttons below."""
        for button, texts in self._texts.items():
            button.setText(texts[self.width() < _WIDE])
            button.setToolTip(texts[0])
            button.setAccessibleName(texts[0])
        taken = sum(button.sizeHint().width() for button in self._texts if not button.isHidden())
        side = QBoxLayout.Direction
        beside = self.width() - taken >= self.title.sizeHint().height() * _LEAST_NAME
        self._header.setDirection(side.LeftToRight if beside else side.TopToBottom)

    def _tab_shown(self) -> None:
        self._complete()
        self.tab_changed.emit()

    def _complete(self) -> None:
        from numecole_desktop.services import territory_pages

        tab, page = self.tabs.row.currentIndex(), self.page
        if page is None or tab in self._fresh:
            return
        self._fresh.add(tab)
        run, scope, year = self.session.tasks.run, page.scope, page.year
        if tab == CAMPAIGN:
            remind = partial(territory_pages.to_remind, scope=scope, year=year)
            run(remind, partial(self._show_reminders, scope))
        elif tab == MAP:
            place = partial(territory_pages.placed_schools, scope=scope, year=year)
            run(place, partial(self._show_map, scope))
        elif tab == PARTS:
            split = partial(territory_pages.territory_parts, scope=scope, year=year)
            run(split, partial(self._show_parts, scope))
        else:
            self.shown.emit()

    def _show_reminders(self, scope: Scope, lines: Sequence[SchoolLine]) -> None:
        if self._is_shown(scope):
            self.campaign.show_lines(lines)
            self.shown.emit()

    def _show_map(self, scope: Scope, schools: Sequence[PlacedSchool]) -> None:
        if not self.isVisible():
            self._fresh.discard(MAP)  # left meanwhile: drawn when one comes back
        elif self._is_shown(scope) and self.page is not None:
            self.map.show_schools(self.page, schools)

    def _show_parts(self, scope: Scope, parts: Mapping[str, TerritoryFigures]) -> None:
        if self._is_shown(scope) and self.page is not None:
            self.parts.show_parts(self.page, self._names, parts)
            self.shown.emit()

    def _is_shown(self, scope: Scope) -> bool:
        return self.page is not None and self.page.scope == scope

    def _figure_opened(self, figure: str) -> None:
        if self.page is not None:
            self.figure_opened.emit(figure, self.page.year)

    def _reminded_opened(self, uai: str) -> None:
        self.school_opened.emit(uai, self.campaign.table.order())

    def _mapped_opened(self, uai: str) -> None:
        self.school_opened.emit(uai, self.map.table.order())
