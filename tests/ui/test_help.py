"""F1 opens the guide on the page of what is in front, and the guide is read with the keyboard."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser

from numecole_desktop.services import guide
from numecole_desktop.ui.commands import COMMANDS, keys_shown
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.dialogs.settings import RestoreDialog
from numecole_desktop.ui.help import HelpWindow, topic_of
from numecole_desktop.ui.screens.registry import PLACES
from numecole_desktop.ui.theme import apply_theme, colours
from numecole_desktop.ui.widgets.tabs import Tabs
from tests.services.test_guide import topics
from tests.ui.conftest import ALT, CTRL, NO, SCHOOL, Desktop, focus
from tests.ui.labels import drafted, open_dossier
from tests.ui.stages import dialog_classes

READERS = {"Tab", "Bas", "Ctrl+A"}
"""Keys of every application, which no command of ours has."""


def help_window() -> HelpWindow:
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, HelpWindow))
    assert found.isVisible()
    return found


def press(window: HelpWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO) -> None:
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, modifiers)


def test_f1_opens_the_page_of_the_tab_in_front(desktop: Desktop) -> None:
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    desktop.key(Qt.Key.Key_5, ALT)
    desktop.key(Qt.Key.Key_F1)
    window = help_window()
    assert window.topic == "fiche-ecole#et-si"
    assert not window.isModal()
    assert isinstance(focus(), QTextBrowser)


def test_every_place_and_every_tab_has_its_page(desktop: Desktop) -> None:
    known = topics()
    for place in PLACES:
        desktop.shell.show_place(place.name)
        desktop.settle()
        screen = desktop.shell.current()
        assert topic_of(screen) in known, place.name
        for tabs in (t for t in screen.findChildren(Tabs) if t.isVisible()):
            for number in range(tabs.row.count()):
                tabs.show_tab(number)
                assert topic_of(screen) in known, tabs.row.tabText(number)


def test_every_tab_of_a_school_has_its_section(desktop: Desktop) -> None:
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    school = desktop.desk.school
    assert school is not None
    seen = set()
    for number in range(school.tabs.row.count()):
        school.tabs.show_tab(number)
        seen.add(topic_of(school))
    assert len(seen) == school.tabs.row.count()
    assert seen <= topics()
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    assert topic_of(desktop.shell.current()) == "saisie"


def test_a_label_dossier_and_the_personal_data_have_theirs(desktop: Desktop) -> None:
    desktop.read(drafted)
    assert topic_of(open_dossier(desktop)) == "labels#un-dossier"
    desktop.shell.run("personal_data")
    desktop.settle()
    assert topic_of(desktop.shell.current()).startswith("donnees-personnelles")
    desktop.shell.run("settings")
    desktop.settle()
    assert topic_of(desktop.shell.current()) == "reglages"


@pytest.mark.parametrize(
    "kind", sorted((kind for kind in dialog_classes() if issubclass(kind, Dialog)), key=str)
)
def test_every_dialog_has_its_page(kind: type[Dialog]) -> None:
    assert kind.help_page in topics()


def test_f1_in_a_dialog_is_read_beside_it_then_stays(desktop: Desktop) -> None:
    desktop.shell.run("restore")
    dialog = desktop.dialog(RestoreDialog)
    desktop.key(Qt.Key.Key_F1)
    window = help_window()
    assert window.topic == RestoreDialog.help_page
    assert window.parent() is dialog
    dialog.reject()
    assert window.parent() is desktop.frame
    assert window.isVisible()


def test_a_link_is_followed_and_one_comes_back(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_F1)
    window = help_window()
    assert window.topic == "ecoles"
    press(window, Qt.Key.Key_F1)
    assert window.topic == guide.INDEX
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Return)
    assert window.topic == "demarrer"
    assert "Premier démarrage" in window.view.toPlainText()
    press(window, Qt.Key.Key_Left, ALT)
    press(window, Qt.Key.Key_Left, ALT)
    assert window.topic == "ecoles"
    press(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_words_are_looked_for_and_opened_with_the_keyboard(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_F1)
    window = help_window()
    press(window, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(focus(), "recuperation")
    assert window.contents.item(0).text() == "Outils – Code de récupération"
    press(window, Qt.Key.Key_Return)
    assert window.topic == "outils#code-de-recuperation"
    assert focus() is window.view
    press(window, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(focus(), "chaussette")
    assert "«\u00a0chaussette\u00a0»" in window.nothing.text()


def test_a_link_out_of_the_guide_goes_nowhere(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_F1)
    window = help_window()
    window.view.anchorClicked.emit(QUrl("https://exemple.fr/ecoles.md"))
    assert window.topic == "ecoles"


def test_pages_follow_the_palette(desktop: Desktop) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desktop.key(Qt.Key.Key_F1)
    window = help_window()
    window.go_to(guide.INDEX)
    for name in ("dark", "light"):
        apply_theme(app, name)
        QApplication.processEvents()
        assert f"color:{QColor(colours().action).name()}" in window.view.toHtml()


def test_keys_of_the_guide_are_those_of_the_commands(desktop: Desktop) -> None:
    shown = {c: set(keys_shown(c).split(" ou ")) for c in COMMANDS if c.keys}
    known = READERS.union(*shown.values(), *(c.keys for c in COMMANDS if not c.name))
    for page in guide.pages():
        keys = {
            k for k in re.findall("`([^`]+)`", page.text) if not k.lower().startswith("numecole")
        }
        assert keys <= known, page.name
        for words, key in re.findall(r"\*\*([^*]+)\*\* \(`([^`]+)`\)", page.text):
            named = [c for c in shown if c.text.replace("&", "") == words]
            assert any(key in shown[c] for c in named), f"{words} {key}"


def test_menus_named_by_the_guide_hold_the_command() -> None:
    held = {(c.menu.replace("&", ""), c.text.replace("&", "")) for c in COMMANDS if c.menu}
    said = {
        (menu, words)
        for page in guide.pages()
        for words, menu in re.findall(r"\*\*([^*]+)\*\*, dans le menu (\w+)", page.text)
    }
    assert len(said) > 4
    assert said <= held
    named = {
        menu for page in guide.pages() for menu in re.findall(r"\bmenu ([A-ZÉ]\w+)", page.text)
    }
    assert named - {"Menu"} <= {menu for menu, _ in held}
