"""Reminding schools, by keys: from the list, from Accueil, with one's own words."""

import csv
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit

from numecole_desktop.ui.dialogs.chasing import ALL, ChasingDialog
from tests.ui.conftest import ALT, CTRL, SCHOOL, Desktop, focus


def open_chase(desktop: Desktop) -> ChasingDialog:
    desktop.key(Qt.Key.Key_R, CTRL)
    return desktop.dialog(ChasingDialog)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def press(desktop: Desktop, letter: Qt.Key, seen: Callable[[], object]) -> None:
    """Press Alt and the letter of a button, which takes a moment to go down and up."""
    desktop.key(letter, ALT)
    desktop.until(seen)


def test_ctrl_r_in_the_list_reminds_the_schools_listed(desktop: Desktop) -> None:
    desktop.shell.schools.set_text("carcassonne ferry")
    dialog = open_chase(desktop)
    assert [school.uai for school in dialog.chosen()] == [SCHOOL]
    assert "Jules Ferry" in dialog.subject.text()
    assert "dernière déclaration 2022-2023" in dialog.body_text.toPlainText()
    desktop.key(Qt.Key.Key_Escape)


def test_groups_narrow_the_text_and_the_list_copied(desktop: Desktop) -> None:
    desktop.shell.show_place("home")
    desktop.settle()
    dialog = open_chase(desktop)
    assert len(dialog.chosen()) == 5
    dialog.choice.setFocus()
    desktop.key(Qt.Key.Key_Right)
    groups = [dialog.groups.index(row, 0).data() for row in range(dialog.groups.rowCount())]
    assert groups == [ALL, "Carcassonne", "Carlipa", "Évreux-sur-Aude"]
    dialog.table.setFocus()
    desktop.key(Qt.Key.Key_Down)
    assert {school.commune for school in dialog.chosen()} == {"Carcassonne"}
    press(desktop, Qt.Key.Key_L, lambda: clipboard().startswith("UAI"))
    lines = clipboard().splitlines()
    assert lines[0].split("\t")[0] == "UAI"
    assert [line.split("\t")[2] for line in lines[1:]] == ["Carcassonne"] * 3
    press(desktop, Qt.Key.Key_X, lambda: clipboard().startswith("Déclaration de l’équipement"))
    assert "Jules Ferry" in clipboard()
    assert "Carlipa" not in clipboard()
    desktop.key(Qt.Key.Key_Escape)


def test_own_words_are_remembered_and_a_wrong_mark_is_said(desktop: Desktop) -> None:
    dialog = open_chase(desktop)
    press(desktop, Qt.Key.Key_M, lambda: focus() is dialog.body_text)
    dialog.body_text.selectAll()
    desktop.write("Rappel {annee} {quoi}")
    press(desktop, Qt.Key.Key_G, lambda: "{quoi}" in dialog.hint.text())
    assert dialog.body_text.toPlainText() == "Rappel {annee} {quoi}"
    dialog.body_text.selectAll()
    desktop.write("Rappel {annee}")
    press(desktop, Qt.Key.Key_G, lambda: dialog.body_text.toPlainText() == "Rappel 2023-2024")
    desktop.key(Qt.Key.Key_Escape)
    desktop.frame.activateWindow()
    again = open_chase(desktop)
    assert again.body_text.toPlainText() == "Rappel 2023-2024"
    press(desktop, Qt.Key.Key_M, again.shipped_button.isVisible)
    press(desktop, Qt.Key.Key_F, lambda: "Madame, Monsieur" in again.body_text.toPlainText())
    press(desktop, Qt.Key.Key_M, again.keep_button.isVisible)
    assert not again.shipped_button.isVisible()
    desktop.key(Qt.Key.Key_Escape)
    desktop.key(Qt.Key.Key_Escape)


def test_the_list_and_the_texts_are_written(desktop: Desktop, tmp_path: Path) -> None:
    dialog = open_chase(desktop)
    for name in ("a.csv", "a.txt"):
        press(desktop, Qt.Key.Key_E, lambda: dialog.findChildren(QFileDialog))
        (asked,) = dialog.findChildren(QFileDialog)
        field = asked.findChild(QLineEdit)
        assert field is not None
        field.setText(str(tmp_path / name))
        asked.accept()
        desktop.settle()
        desktop.until(lambda: not dialog.findChildren(QFileDialog))
        dialog.activateWindow()
    rows = list(csv.reader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == 6
    assert rows[0][4] == "Dernière déclaration"
    assert (tmp_path / "a.txt").read_text("utf-8-sig").startswith("Objet\u00a0: Déclaration")
    assert desktop.desk.exported.path == tmp_path / "a.txt"
    desktop.key(Qt.Key.Key_Escape)


def test_when_everybody_declared_it_says_so(desktop: Desktop) -> None:
    desktop.shell.schools.set_text("nulle part")
    desktop.key(Qt.Key.Key_R, CTRL)
    desktop.settle()
    assert not desktop.frame.findChildren(ChasingDialog)
