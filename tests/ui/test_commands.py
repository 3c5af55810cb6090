"""One table of commands: menus, shortcuts, the list of shortcuts."""

import re
from collections import Counter
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.commands import COMMANDS, MENUS, all_keys, keys_shown
from numecole_desktop.ui.dialogs.shortcuts import FIELDS, ShortcutsDialog
from tests.ui.conftest import CTRL, SHIFT, Desktop
from tests.ui.labels import open_labels, submitted

NAMED = [command for command in COMMANDS if command.name]


def test_no_shortcut_is_given_twice() -> None:
    keys = [key for given in all_keys(NAMED).values() for key in given]
    given = Counter(QKeySequence(key).toString() for key in keys)
    assert {key: n for key, n in given.items() if n > 1} == {}
    assert "" not in given


def test_no_key_of_a_field_does_two_things_there() -> None:
    fields = [c for c in COMMANDS if not c.name]
    given = Counter((c.said.partition(f"{NBSP}:")[0], key) for c in fields for key in [c.keys])
    assert {key: n for key, n in given.items() if n > 1} == {}


def test_every_key_does_its_command(desktop: Desktop) -> None:
    actions = desktop.shell.actions_by_name
    assert actions is not None
    done: list[str] = []
    desktop.shell.schools.focus_table()
    actions.set_screen({})
    actions.set_own({command.name: partial(done.append, command.name) for command in NAMED})
    missed = {}
    for name, keys in all_keys(NAMED).items():
        for key in keys:
            done.clear()
            pressed = QKeySequence(key)[0]  # type: ignore[index]  # as it can be
            desktop.key(pressed.key(), pressed.keyboardModifiers())
            if done != [name]:
                missed[key] = (name, list(done))
    assert missed == {}


def test_digits_of_a_french_keyboard_need_no_shift(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_Eacute, CTRL)
    assert desktop.shell.current() is desktop.shell.place("territories")
    desktop.key(Qt.Key.Key_Agrave, CTRL)
    assert desktop.shell.current() is desktop.shell.place("home")
    assert all_keys(NAMED)["go_tools"] == ("Ctrl+6",)  # « Ctrl+- » makes the preview smaller


def test_every_command_is_in_a_menu_with_its_own_letter() -> None:
    for menu in MENUS:
        letters = Counter(
            match[1].casefold()
            for command in NAMED
            if command.menu == menu and (match := re.search("&(.)", command.text))
        )
        assert {letter: n for letter, n in letters.items() if n > 1} == {}, menu
    assert {command.menu for command in NAMED} == set(MENUS)


def test_menus_hold_the_table(desktop: Desktop) -> None:
    for title in MENUS:
        shown = [a.text() for a in desktop.shell.menu(title).actions() if not a.isSeparator()]
        wanted = [command.text for command in NAMED if command.menu == title]
        assert [text for text in shown if text in wanted] == wanted


def test_every_command_can_be_done_somewhere(desktop: Desktop) -> None:
    actions = desktop.shell.actions_by_name
    assert actions is not None
    possible = {name for name, action in actions.actions.items() if action.isEnabled()}
    desktop.desk.open_school("0110160P")
    desktop.settle()
    assert desktop.desk.school is not None
    for tab in range(5):
        desktop.desk.school.tabs.show_tab(tab)
        possible |= set(desktop.desk.school.handlers())
    desktop.shell.show_place("territories")
    desktop.settle()
    possible |= set(desktop.shell.current().handlers())
    desktop.shell.show_place("schools")
    desktop.shell.schools.table.go_to(1)
    possible |= set(desktop.shell.schools.handlers())
    desktop.desk.open_school(desktop.shell.schools.order()[1])
    possible |= set(desktop.desk.school.handlers())
    desktop.desk.open_form("0110160P")
    desktop.settle()
    assert desktop.desk.form is not None
    desktop.write("9")
    possible |= set(desktop.desk.form.handlers())
    desktop.read(submitted)
    screen = open_labels(desktop)
    possible |= set(screen.handlers())
    assert possible == {command.name for command in NAMED}


def test_what_cannot_be_done_here_is_greyed(desktop: Desktop) -> None:
    actions = desktop.shell.actions_by_name
    assert actions is not None
    desktop.shell.show_place("tools")
    assert not actions.actions["submit"].isEnabled()
    assert not actions.actions["tab_1"].isEnabled()
    assert actions.actions["verify"].isEnabled()


def test_the_list_of_shortcuts_says_every_key(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_Question, CTRL)
    dialog = desktop.dialog(ShortcutsDialog)
    said = {label.text() for label in dialog.findChildren(QLabel)}
    for command in COMMANDS:
        if command.keys:
            assert keys_shown(command) in said
            assert command.said in said
    assert {menu.replace("&", "") for menu in MENUS} | {FIELDS} <= said
    dialog.close()


def listed(dialog: ShortcutsDialog) -> list[str]:
    return [label.text() for label in dialog.page.findChildren(QLabel) if label.isVisible()]


def test_the_list_of_shortcuts_is_filtered_by_key_or_word(desktop: Desktop) -> None:
    desktop.shell.run("shortcuts")
    dialog = desktop.dialog(ShortcutsDialog)
    desktop.write("REPONSES precedentes")
    assert listed(dialog) == [
        *("Déclaration", "Maj+F4"),
        "Reprendre les réponses précédentes à toutes les questions sans réponse",
    ]
    dialog.search.setText("ctrl+k")
    assert "Ctrl+K" in listed(dialog)
    assert "Ctrl+P" not in listed(dialog)
    dialog.search.setText("xyz")
    assert listed(dialog) == ["Aucun raccourci pour «\u00a0xyz\u00a0»."]
    dialog.search.clear()
    assert "Ctrl+P" in listed(dialog)
    dialog.close()


def test_keys_are_named_as_on_a_french_keyboard(desktop: Desktop) -> None:
    by_name = {command.name: command for command in NAMED}
    assert keys_shown(by_name["submit"]) == "Ctrl+Maj+Entrée"
    assert keys_shown(by_name["redo"]) == "Ctrl+Maj+Z ou Ctrl+Y"
    assert keys_shown(by_name["back"]) == "Échap ou Alt+Gauche"


def test_places_are_reached_by_keys(desktop: Desktop) -> None:
    places = ("home", "schools", "territories", "labels", "imports", "exchanges", "tools")
    for number, place in enumerate(places):
        desktop.key(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        assert desktop.shell.current() is desktop.shell.place(place)


def test_enter_goes_to_the_place_of_the_rail_that_has_the_keyboard(desktop: Desktop) -> None:
    desktop.shell.rail.buttons["labels"].setFocus()
    desktop.key(Qt.Key.Key_Return)
    assert desktop.shell.current() is desktop.shell.place("labels")


def test_redo_has_no_effect_on_the_list(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert desktop.shell.current() is desktop.shell.schools
