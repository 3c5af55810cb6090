"""Accueil: what is to do now; each line opens the place where one does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.moments import moment
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Page
from numecole_desktop.ui.widgets.progress import CampaignProgress
from numecole_desktop.ui.widgets.text import TITLE, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QShowEvent

    from numecole_desktop.domain.own_territory import OwnTerritory
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.home import HomePage
    from numecole_desktop.services.workspace import Changes, Workspace
    from numecole_desktop.ui.screens.first_start import FirstStart


class Way:
    """One thing to do: where (place and part), its icon, how many, and the words of that count."""

    __slots__ = ("count", "icon", "part", "place", "words")

    def __init__(
        self,
        place: str,
        part: str,
        icon: str,
        count: Callable[[HomePage], int],
        words: Callable[[int, HomePage], str],
    ) -> None:
        self.place = place
        self.part = part
        self.icon = icon
        self.count = count
        self.words = words


def _counted(one: str, many: str) -> Callable[[int, HomePage], str]:
    def words(count: int, page: HomePage) -> str:
        return plural(count, one, many).replace("{year}", str(page.year))

    return words


WAYS = (
    Way(
        "schools",
        "draft",
        "edit",
        lambda page: page.drafts,
        _counted("brouillon de déclaration à terminer", "brouillons de déclaration à terminer"),
    ),
    Way(
        "schools",
        "todo",
        "school",
        lambda page: page.undeclared,
        _counted("école n’a pas déclaré pour {year}", "écoles n’ont pas déclaré pour {year}"),
    ),
    Way(
        "labels",
        "draft",
        "label",
        lambda page: page.dossier_drafts,
        _counted("dossier de label à compléter", "dossiers de label à compléter"),
    ),
    Way(
        "labels",
        "submitted",
        "label",
        lambda page: page.to_examine,
        _counted(
            "dossier de label attend l’avis de la circonscription",
            "dossiers de label attendent l’avis de la circonscription",
        ),
    ),
    Way(
        "labels",
        "examined",
        "label",
        lambda page: page.to_decide,
        _counted(
            "dossier de label attend une décision", "dossiers de label attendent une décision"
        ),
    ),
    Way(
        "labels",
        "ending",
        "label",
        lambda page: page.labels_ending,
        _counted("label se termine avec {year}", "labels se terminent avec {year}"),
    ),
    Way(
        "exchanges",
        "conflicts",
        "warning",
        lambda page: page.conflicts,
        _counted("réponse en désaccord à trancher", "réponses en désaccord à trancher"),
    ),
    Way(
        "exchanges",
        "aside",
        "warning",
        lambda page: page.aside,
        _counted("fichier reçu mis de côté", "fichiers reçus mis de côté"),
    ),
)


class HomeScreen(Screen):
    """What waits, or the first steps in an empty base.

    ``asked`` carries a command, ``filled`` says that what waits was read again, ``resumed`` that
    the first start can go on, now that there are schools.

    ``places`` are those of the window: a line whose place there is not is left out.
    """

    asked = Signal(str)
    filled = Signal()
    resumed = Signal()
    help_page = "accueil"

    def __init__(
        self, session: Session, places: frozenset[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(session, parent)
        self._places = places
        self.title = Text("Accueil", size=TITLE, bold=True)
        self.progress = CampaignProgress()
        self.todo = Card("À faire maintenant")
        self.nothing = Text(tone="success", wrap=True)
        self.lines: dict[tuple[str, str], Button] = {}
        self.chase_button = Button(
            "Relancer les écoles qui n’ont pas déclaré…", icon_name="copy", code="chase", left=True
        )
        self.exchanged = Button("", icon_name="save", code="exchanges batches", left=True)
        self.name_button = Button(
            "Dites qui saisit sur ce poste…", icon_name="person", code="operator", left=True
        )
        self.first: FirstStart | None = None
        self._held = 0
        self._page = Page("Accueil")
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._stale = True
        session.scope_changed.connect(self.mark_stale)

    def help_topic(self) -> str:
        return "demarrer" if self.first is not None and self.first.step else self.help_page

    def reload(self) -> None:
        if self.session.ready:
            read = partial(_read, year=self.session.year, within=self.session.within)
            self.session.tasks.run(read, self._show)

    def add_card(self, card: Card) -> None:
        """Put a card under what waits."""
        self._page.column.insertWidget(self._page.column.count() - 1, card)

    def begin_again(self) -> None:
        """Take the steps of the first start once more."""
        self.session.tasks.run(_begin, self._begun)

    def leave(self) -> None:
        if self.first is not None:
            self.first.keep()
        self._stale = True  # what waits may have changed without a word (a file set aside)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._page.verticalScrollBar().setValue(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_first()

    def _show(self, page: HomePage) -> None:
        first = bool(page.step)
        self._show_first(page)
        where = "" if self.session.everywhere else f" · {self.session.territory_name}"
        self.title.setText("Bienvenue dans Numécole" if first else f"Accueil · {page.year}{where}")
        self.progress.setVisible(bool(page.schools) and not first)
        self.progress.show_counts(page.schools, page.submitted, page.known, str(page.year))
        self.todo.setVisible(not first)
        for way in self._ways():
            count = way.count(page)
            button = self.lines[way.place, way.part]
            button.setText(way.words(count, page))
            button.setVisible(bool(count))
        self.chase_button.setVisible(bool(page.undeclared or page.drafts))
        self.name_button.setVisible(not page.named)
        waits = any(way.count(page) for way in self._ways()) or not page.named
        self.nothing.say("" if waits else f"Rien n’attend pour {page.year}.")
        self.exchanged.setText(_exchange_words(page))
        self.filled.emit()
        if self.hasFocus():
            self._focus_first()

    def _show_first(self, page: HomePage) -> None:
        former, self._held = self._held, page.held
        if page.step and self.first is None:
            from numecole_desktop.ui.screens.first_start import FirstStart

            self.first = FirstStart(self.session)
            self.first.asked.connect(self.asked)
            self.first.left.connect(self._leave_first)
            self._page.column.insertWidget(1, self.first)
            self._column.addWidget(self.first.foot)
        if self.first is not None:
            self.first.show_page(page)
            for part in (self.first, self.first.foot):
                part.setVisible(bool(page.step))
        if page.step and page.held and not former and not self.isVisible():
            self.resumed.emit()

    def _leave_first(self, place: str) -> None:
        if place != "home":
            self.asked.emit(f"go_{place}")
            return
        self.setFocus()
        self.reload()

    def _begun(self, _: None) -> None:
        if self.first is not None:
            self.first.forget()
        self.setFocus()
        self.reload()

    def _changed(self, changes: Changes) -> None:
        super()._changed(changes)
        if self.first is not None and self.first.step and not self.isVisible():
            self.reload()

    def _ways(self) -> list[Way]:
        return [way for way in WAYS if way.place in self._places]

    def _focus_first(self) -> None:
        if self.first is not None and self.first.step:
            self.first.focus_first()
            return
        buttons = (self.name_button, *self.lines.values())
        shown = next((b for b in buttons if b.isVisible()), None)
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.name_button.pressed_code.connect(self.asked)
        self.exchanged.pressed_code.connect(self._go)
        for way in self._ways():
            button = Button("", icon_name=way.icon, code=f"{way.place} {way.part}", left=True)
            button.pressed_code.connect(self._go)
            self.lines[way.place, way.part] = button
        self.chase_button.pressed_code.connect(self.asked)
        lines = list(self.lines.values())
        declared = sum(place == "schools" for place, _ in self.lines)
        lines.insert(declared, self.chase_button)
        for button in (self.name_button, *lines):
            button.hide()
            self.todo.body.addWidget(button)
        self.todo.body.addWidget(self.nothing)
        self.todo.body.addWidget(self.exchanged)
        self.exchanged.setVisible("exchanges" in self._places)
        self._page.column.addWidget(self.title)
        for part in (self.progress, self.todo):
            part.hide()
            self._page.column.addWidget(part)
        self._page.column.addStretch(1)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._page, 1)

    def _go(self, code: str) -> None:
        self.session.place_asked.emit(*code.split(" "))


def _read(workspace: Workspace, year: SchoolYear, within: OwnTerritory) -> HomePage:
    from numecole_desktop.services.home import home_page

    return home_page(workspace, year, within)


def _begin(workspace: Workspace) -> None:
    from numecole_desktop.services import first_start

    first_start.go_to(workspace, 1)


def _exchange_words(page: HomePage) -> str:
    sent, received = page.last_sent, page.last_received
    if not sent and not received:
        return f"Échanges{NBSP}: aucun lot préparé ni reçu sur ce poste."
    parts = []
    if sent:
        parts.append(f"dernier lot préparé le {moment(sent)}")
    if received:
        parts.append(f"dernier lot reçu le {moment(received)}")
    return f"Échanges{NBSP}: {', '.join(parts)}."
