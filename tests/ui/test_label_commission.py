"""The commission by the keyboard: opinion, decision, next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.label_steps import Role
from numecole_desktop.services import settings
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.screens.labels import LabelsScreen
from tests.ui.conftest import CTRL, SCHOOL, Desktop, focus
from tests.ui.labels import OTHER, examined, held, open_labels, submitted


def two(workspace: Workspace) -> None:
    """Two dossiers to examine."""
    submitted(workspace, SCHOOL)
    submitted(workspace, OTHER)


@pytest.fixture
def screen(desktop: Desktop) -> LabelsScreen:
    """The commission, begun by Ctrl+M."""
    desktop.read(two)
    opened = open_labels(desktop)
    desktop.key(Qt.Key.Key_M, CTRL)
    desktop.settle()
    return opened


def next_step(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_Return, CTRL)
    desktop.settle()


def give_opinion(desktop: Desktop, screen: LabelsScreen) -> None:
    """Level 1 everywhere, with a reason where it differs."""
    for criterion in screen.commission.judging.criteria:
        assert criterion.isAncestorOf(focus())
        desktop.key(Qt.Key.Key_1)
        desktop.key(Qt.Key.Key_Tab)
        if criterion.reason.isVisible():
            desktop.write("Vu sur place.")
            desktop.key(Qt.Key.Key_Tab)


def decide(desktop: Desktop) -> None:
    """Today's date is after the clock of the test: type another one."""
    desktop.key(Qt.Key.Key_Tab)
    focus().selectAll()  # type: ignore[attr-defined]  # a field
    desktop.write("20/02/2024")
    next_step(desktop)


def test_one_after_the_other(desktop: Desktop, screen: LabelsScreen) -> None:
    commission = screen.commission
    first = commission.uai
    assert commission.progress.text() == "1 sur 2"
    give_opinion(desktop, screen)
    next_step(desktop)
    assert held(desktop, first).state is State.EXAMINED
    assert commission.judging.level.isAncestorOf(focus())
    decide(desktop)
    assert held(desktop, first).state is State.DECIDED
    assert commission.progress.text() == "2 sur 2"
    assert commission.uai != first
    give_opinion(desktop, screen)
    next_step(desktop)
    next_step(desktop)  # the date typed for the first one stays
    assert held(desktop, commission.uai).state is State.DECIDED
    assert "dernier dossier" in commission.notice.text.text()


def test_the_level_proposed_follows_an_opinion_given_again(
    desktop: Desktop, screen: LabelsScreen
) -> None:
    commission = screen.commission
    give_opinion(desktop, screen)
    next_step(desktop)
    assert commission.judging.level.value() == "1"
    commission.judging.criteria[0].setFocus()
    desktop.key(Qt.Key.Key_0)
    next_step(desktop)
    assert held(desktop, commission.uai).application.opinion_level == 0  # type: ignore[union-attr]
    assert commission.judging.level.value() == "0"


def test_a_reason_is_asked_where_the_opinion_differs(
    desktop: Desktop, screen: LabelsScreen
) -> None:
    criterion = screen.commission.judging.criteria[0]
    assert (criterion.criterion.level, criterion.reason.isVisible()) == (3, False)
    desktop.key(Qt.Key.Key_1)
    assert criterion.reason.isVisible()
    next_step(desktop)
    assert "donnez la raison de cet écart" in screen.commission.notice.text.text()
    assert held(desktop, screen.commission.uai).state is State.SUBMITTED


def test_a_digit_that_is_no_level_changes_nothing(desktop: Desktop, screen: LabelsScreen) -> None:
    bar = screen.commission.judging.criteria[0].bar
    before = bar.value()
    for key in (Qt.Key.Key_4, Qt.Key.Key_9):
        desktop.key(key)
    assert bar.value() == before
    desktop.key(Qt.Key.Key_0)
    assert bar.value() == "0"


def test_dossiers_are_passed_over_both_ways(desktop: Desktop, screen: LabelsScreen) -> None:
    first = screen.commission.uai
    desktop.key(Qt.Key.Key_PageDown, CTRL)
    desktop.settle()
    assert screen.commission.uai != first
    desktop.key(Qt.Key.Key_PageUp, CTRL)
    desktop.settle()
    assert screen.commission.uai == first
    assert held(desktop, first).state is State.SUBMITTED


def test_who_may_only_give_the_opinion_goes_on_after_it(desktop: Desktop) -> None:
    desktop.read(two)
    desktop.read(lambda ws: settings.put(ws, "role", Role.ADVISER.value))
    screen = open_labels(desktop)
    desktop.key(Qt.Key.Key_M, CTRL)
    desktop.settle()
    first = screen.commission.uai
    assert not screen.commission.judging.decision.isVisible()
    give_opinion(desktop, screen)
    next_step(desktop)
    assert held(desktop, first).state is State.EXAMINED
    assert screen.commission.uai != first


def test_escape_comes_back_to_the_list(desktop: Desktop, screen: LabelsScreen) -> None:
    desktop.key(Qt.Key.Key_Escape)
    desktop.settle()
    assert screen.list.isVisible()


def test_a_dossier_that_may_not_be_decided_here_says_why(desktop: Desktop) -> None:
    desktop.read(examined)
    desktop.read(lambda ws: settings.put(ws, "role", Role.ADVISER.value))
    screen = open_labels(desktop)
    desktop.key(Qt.Key.Key_M, CTRL)
    desktop.settle()
    assert "cette étape revient à" in screen.commission.judging.notice.text.text()


def test_an_opinion_left_unkept_is_found_again(desktop: Desktop, screen: LabelsScreen) -> None:
    commission = screen.commission
    desktop.key(Qt.Key.Key_1)
    desktop.key(Qt.Key.Key_Tab)
    desktop.write("Vu sur place.")
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        desktop.key(key, CTRL)
        desktop.settle()
    criterion = commission.judging.criteria[0]
    assert (criterion.level(), criterion.words()) == (1, "Vu sur place.")
    assert held(desktop, commission.uai).state is State.SUBMITTED
