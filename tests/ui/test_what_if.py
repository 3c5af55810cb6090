"""« Et si… ? »: by keys and by mouse, and the base stays as it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from numecole_desktop.services import declarations
from numecole_desktop.services.prices import put_price
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.ui.screens.what_if import WhatIfTab
from tests.conftest import YEAR
from tests.services.support import everything
from tests.ui.conftest import ALT, FORMER, SCHOOL, Desktop, focus
from tests.ui.labels import drafted
from tests.ui.test_school_screen import open_school, words


@pytest.fixture
def tab(desktop: Desktop) -> WhatIfTab:
    """The tab of the school that has index 2, reached by its keys."""
    return open_tab(desktop)


def open_tab(desktop: Desktop, uai: str = SCHOOL) -> WhatIfTab:
    school = open_school(desktop, uai)
    desktop.key(Qt.Key.Key_5, ALT)
    desktop.until(school.what_if.notice.text.text)
    desktop.settle()  # shown, once it is filled
    return school.what_if


def test_keys_move_quantities_and_the_index_follows(desktop: Desktop, tab: WhatIfTab) -> None:
    before = desktop.read(everything)
    assert tab.panel.gauge.accessibleName().startswith("Indice d’équipement 2")
    tab.rows["A1"].stepper.setFocus()
    for _ in range(5):
        desktop.key(Qt.Key.Key_Return)
    assert focus() is tab.rows["C2"].stepper.box
    desktop.key(Qt.Key.Key_Up)
    assert tab.panel.gauge.accessibleName().startswith("Indice d’équipement 3")
    assert "indice 3 avec ces quantités, 2 avec celles de la déclaration" in words(tab)
    desktop.key(Qt.Key.Key_Down)
    assert "rien n’est enregistré" in tab.notice.text.text()
    desktop.write("4")
    assert tab.rows["C2"].stepper.value() == 4
    assert desktop.read(everything) == before


def test_going_back_to_the_declaration(desktop: Desktop, tab: WhatIfTab) -> None:
    assert not tab.reset_button.isEnabled()
    QTest.mouseClick(tab.rows["B1"].stepper.fewer, Qt.MouseButton.LeftButton)
    assert tab.rows["B1"].stepper.value() == 5
    assert "déclaré\u00a0: 6" in words(tab)
    desktop.key(Qt.Key.Key_V, ALT)
    desktop.until(lambda: tab.rows["B1"].stepper.value() == 6)
    assert not tab.reset_button.isEnabled()
    assert focus() is tab.rows["A1"].stepper.box


def test_below_zero_is_no_answer(desktop: Desktop, tab: WhatIfTab) -> None:
    tab.rows["C2"].stepper.setFocus()
    desktop.key(Qt.Key.Key_Down)
    assert tab.rows["C2"].stepper.box.text() == "n.c."
    assert "il manque une réponse valable à la question C2" in tab.panel.headline.text()


def test_what_could_not_be_declared_is_said_at_once(desktop: Desktop, tab: WhatIfTab) -> None:
    assert not tab.problem.isVisible()
    tab.rows["B1"].stepper.setFocus()
    desktop.key(Qt.Key.Key_Up)
    assert tab.problem.isVisible()
    desktop.key(Qt.Key.Key_Down)
    assert not tab.problem.isVisible()


def test_the_label_follows_the_dossier(desktop: Desktop) -> None:
    desktop.read(drafted)
    tab = open_tab(desktop)
    assert "Équipement\u00a0: niveau\u00a02" in tab.label.criteria.text()
    assert not tab.label.supposed.isVisible()
    tab.rows["C2"].stepper.setFocus()
    desktop.key(Qt.Key.Key_Up)
    assert "Équipement\u00a0: niveau\u00a03" in tab.label.criteria.text()
    assert "Label\u00a0: niveau à confirmer." in tab.notice.text.text()


def test_a_trial_outlives_a_save_but_not_another_declaration(
    desktop: Desktop, tab: WhatIfTab
) -> None:
    tab.rows["C2"].stepper.setFocus()
    desktop.key(Qt.Key.Key_Up)
    desktop.shell.reload()
    desktop.settle()
    assert tab.rows["C2"].stepper.value() == 1

    def declare(workspace: Workspace) -> None:
        form = declarations.open_form(workspace, SCHOOL, YEAR)
        form = declarations.save_answers(workspace, form, {**FORMER, "C2": 3, "A1": 7}).form
        declarations.submit(workspace, form)

    desktop.read(declare)
    desktop.shell.reload()
    desktop.settle()
    assert tab.rows["C2"].stepper.value() == 3


def test_a_school_that_declared_nothing_can_be_tried(desktop: Desktop) -> None:
    tab = open_tab(desktop, "0110191Y")
    assert "Aucune déclaration validée" in tab.notice.text.text()
    assert all(row.stepper.value() is None for row in tab.rows.values())


def test_escape_goes_back_to_the_list(desktop: Desktop, tab: WhatIfTab) -> None:
    tab.rows["A1"].stepper.setFocus()
    desktop.key(Qt.Key.Key_Escape)
    assert desktop.shell.current() is desktop.shell.schools


def test_what_is_added_has_a_cost(desktop: Desktop, tab: WhatIfTab) -> None:
    assert "€" not in tab.notice.text.text()
    assert "environ 1\u202f200\u00a0€" in tab.panel.cost.text()
    tab.rows["C3"].stepper.setFocus()
    desktop.key(Qt.Key.Key_Up)
    assert "Ajouté\u00a0: environ 1\u202f200\u00a0€" in tab.notice.text.text()
    assert "hypothèses" in tab.notice.text.text()
    assert not tab.panel.cost.isVisible()
    desktop.read(lambda ws: put_price(ws, "C3", "900"))
    desktop.session.refresher.publish(Changes(everything=True))
    desktop.settle()
    assert "Ajouté\u00a0: environ 900\u00a0€" in tab.notice.text.text()
