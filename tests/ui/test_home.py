"""Accueil: each line opens the place where one does what it says."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from numecole_desktop.services import declarations, home
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.ui.screens.home import HomeScreen
from numecole_desktop.ui.screens.labels import FORECAST_TAB, LabelsScreen
from tests.conftest import YEAR, import_text
from tests.ui.conftest import CTRL, SCHOOL, Desktop, focus
from tests.ui.labels import OTHER, submitted


def open_home(desktop: Desktop) -> HomeScreen:
    """Go home by the keyboard."""
    desktop.key(Qt.Key.Key_0, CTRL)
    desktop.settle()
    screen = desktop.shell.place("home")
    assert isinstance(screen, HomeScreen)
    return screen


def begin(desktop: Desktop) -> None:
    """A draft for the first school."""

    def save(workspace: Workspace) -> Changes:
        form = declarations.open_form(workspace, SCHOOL, YEAR)
        return declarations.save_answers(workspace, form, {"A1": 6}).changes

    desktop.session.refresher.publish(desktop.read(save))
    desktop.settle()


def shown(screen: HomeScreen) -> list[str]:
    return [button.text() for button in screen.lines.values() if button.isVisible()]


def test_drafts_are_listed_from_their_line(desktop: Desktop) -> None:
    begin(desktop)
    screen = open_home(desktop)
    assert shown(screen) == [
        "1\u00a0brouillon de déclaration à terminer",
        "4\u00a0écoles n’ont pas déclaré pour 2023-2024",
    ]
    assert focus() is screen.lines["schools", "draft"]
    desktop.shell.top.search.setText("carlipa")
    open_home(desktop)
    desktop.key(Qt.Key.Key_Space)
    assert desktop.shell.current() is desktop.shell.schools
    assert desktop.shell.schools.order() == (SCHOOL,)
    assert focus() is desktop.shell.schools.table


def test_schools_that_have_not_declared_are_listed_from_their_line(desktop: Desktop) -> None:
    begin(desktop)
    screen = open_home(desktop)
    desktop.key(Qt.Key.Key_Tab)
    assert focus() is screen.lines["schools", "todo"]
    desktop.key(Qt.Key.Key_Space)
    listed = desktop.shell.schools.order()
    assert len(listed) == 4
    assert SCHOOL not in listed


def test_progress_is_said_in_words(desktop: Desktop) -> None:
    screen = open_home(desktop)
    assert screen.progress.headline.text() == "0\u00a0école sur 5 à jour pour 2023-2024 (0\u00a0%)"
    assert "1\u00a0école sur une déclaration plus ancienne" in screen.progress.details.text()


def test_dossiers_and_labels_are_shown_from_their_lines(desktop: Desktop, tmp_path: Path) -> None:
    desktop.read(submitted)
    text = f"uai;annee_scolaire;niveau\n{OTHER};{YEAR.previous};2\n"
    desktop.read(lambda ws: import_text(ws, "labels", text, tmp_path))
    screen = open_home(desktop)
    screen.lines["labels", "submitted"].click()
    desktop.settle()
    labels = desktop.shell.current()
    assert isinstance(labels, LabelsScreen)
    assert labels.list.order() == (SCHOOL,)
    assert labels.list.states.value() == "submitted"
    screen = open_home(desktop)
    assert "1\u00a0label se termine avec 2023-2024" in shown(screen)
    screen.lines["labels", "ending"].click()
    assert labels.tabs.row.currentIndex() == FORECAST_TAB


def test_a_write_is_counted_at_once(desktop: Desktop) -> None:
    screen = open_home(desktop)
    assert shown(screen) == ["5\u00a0écoles n’ont pas déclaré pour 2023-2024"]
    begin(desktop)
    assert "1\u00a0brouillon de déclaration à terminer" in shown(screen)


@pytest.mark.parametrize("named", [False, True])
def test_who_types_is_asked_where_it_is_not_known(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    read = home.home_page
    monkeypatch.setattr(home, "home_page", lambda *asked: replace(read(*asked), named=named))
    assert open_home(desktop).name_button.isVisible() is not named


def test_exchange_lines_lead_to_exchanges_where_there_are(desktop: Desktop, qtbot: QtBot) -> None:
    def conflict(workspace: Workspace) -> None:
        with workspace.writing():
            workspace.base.connection.execute(
                "INSERT INTO conflict VALUES ('declaration', ?, ?, 'A1')", (SCHOOL, str(YEAR))
            )

    desktop.read(conflict)
    screen = HomeScreen(desktop.session, frozenset({"exchanges"}))
    qtbot.addWidget(screen)
    desktop.session.place_asked.disconnect()
    screen.show()
    desktop.settle()
    assert shown(screen) == ["1\u00a0réponse en désaccord à trancher"]
    assert screen.exchanged.text() == "Échanges\u00a0: aucun lot préparé ni reçu sur ce poste."
    with qtbot.waitSignal(desktop.session.place_asked) as asked:
        screen.lines["exchanges", "conflicts"].click()
    assert asked.args == ["exchanges", "conflicts"]


def test_exchanges_are_one_key_away(desktop: Desktop) -> None:
    home = open_home(desktop)
    home.exchanged.setFocus()
    desktop.key(Qt.Key.Key_Space)
    assert desktop.shell.current() is desktop.shell.place("exchanges")
