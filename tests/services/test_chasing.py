"""Whom to remind, and in whose words."""

from dataclasses import replace
from pathlib import Path

import pytest

from numecole_desktop.domain.chasing import Letter
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import chasing, declarations
from numecole_desktop.services.workspace import Workspace
from tests.conftest import SCHOOLS, YEAR

UAIS = [school[0] for school in SCHOOLS]
ANSWERS = {"A1": 2, "B1": 2, "B2": 1, "B3": 1, "C1": 0, "C2": 0, "C3": 0}


def declare(workspace: Workspace, uai: str, *, submitted: bool) -> None:
    form = declarations.open_form(workspace, uai, YEAR)
    form = declarations.save_answers(workspace, form, ANSWERS).form
    if submitted:
        declarations.submit(workspace, form)


def test_schools_that_declared_or_were_not_asked_for_are_left_alone(workspace: Workspace) -> None:
    declare(workspace, UAIS[0], submitted=True)
    declare(workspace, UAIS[1], submitted=False)
    found = chasing.chase(workspace, UAIS[:4], YEAR)
    assert {school.uai: (school.declared_year, school.begun) for school in found.schools} == {
        UAIS[1]: ("", True),
        UAIS[2]: ("", False),
        UAIS[3]: ("", False),
    }
    assert found.schools[0].circonscription == "Carcassonne"
    assert [s.uai for s in chasing.chase(workspace, UAIS[:1], YEAR.next).schools] == UAIS[:1]


def test_own_words_are_kept_in_the_base_until_one_comes_back(base_path: Path) -> None:
    mine = Letter("Rappel {annee}", "Bonjour {ecole}")
    with Workspace.open(base_path) as workspace:
        shipped = chasing.chase(workspace, (), YEAR)
        assert not shipped.own
        chasing.keep_wording(workspace, replace(shipped.wording, one=mine))
    with Workspace.open(base_path) as workspace:
        held, own = chasing.held_wording(workspace)
        assert (held.one, held.many, own) == (mine, shipped.wording.many, True)
        assert chasing.forget_wording(workspace) == shipped.wording
        assert chasing.held_wording(workspace) == (shipped.wording, False)


def test_words_that_cannot_be_filled_are_refused_and_not_kept(workspace: Workspace) -> None:
    wording, _ = chasing.held_wording(workspace)
    with pytest.raises(Problem, match="nom"):
        chasing.keep_wording(workspace, replace(wording, many=Letter("", "{nom}")))
    assert chasing.held_wording(workspace) == (wording, False)
