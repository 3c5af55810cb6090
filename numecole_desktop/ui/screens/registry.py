"""The places of the rail: to add a screen, write its module and add its line here."""

from __future__ import annotations

from collections.abc import Callable

from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.session import Session


def _home(session: Session) -> Screen:
    from numecole_desktop.ui.screens.home import HomeScreen

    return HomeScreen(session, frozenset(place.name for place in PLACES))


def _schools(session: Session) -> Screen:
    from numecole_desktop.ui.screens.schools import SchoolsScreen

    return SchoolsScreen(session)


def _territories(session: Session) -> Screen:
    from numecole_desktop.ui.screens.territories import TerritoriesScreen

    return TerritoriesScreen(session)


def _labels(session: Session) -> Screen:
    from numecole_desktop.ui.screens.labels import LabelsScreen

    return LabelsScreen(session)


def _imports(session: Session) -> Screen:
    from numecole_desktop.ui.screens.imports import ImportsScreen

    return ImportsScreen(session)


def _exchanges(session: Session) -> Screen:
    from numecole_desktop.ui.screens.exchanges import ExchangesScreen

    return ExchangesScreen(session)


def _tools(session: Session) -> Screen:
    from numecole_desktop.ui.screens.tools import ToolsScreen

    return ToolsScreen(session)


class Place:
    """One place: name (also of its command, « go_ » + name), icon, words, and how it is built."""

    __slots__ = ("build", "icon", "name", "text")

    def __init__(self, name: str, icon: str, text: str, build: Callable[[Session], Screen]) -> None:
        self.name = name
        self.icon = icon
        self.text = text
        self.build = build


PLACES = (
    Place("home", "home", "Accueil", _home),
    Place("schools", "school", "Écoles", _schools),
    Place("territories", "territory", "Territoires", _territories),
    Place("labels", "label", "Labels", _labels),
    Place("imports", "import", "Imports", _imports),
    Place("exchanges", "exchange", "Échanges", _exchanges),
    Place("tools", "tools", "Outils", _tools),
)
