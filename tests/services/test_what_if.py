"""« Et si… ? »: the same rules as the declaration and the label, and nothing written."""

from pathlib import Path

import pytest

from numecole_desktop.domain.label_criteria import CriterionLevel
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import declarations, label_dossiers
from numecole_desktop.services.what_if import Trial, open_trial, outcome
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR, import_text
from tests.services.support import everything
from tests.ui.conftest import FORMER, SCHOOL
from tests.ui.labels import drafted


def declare(workspace: Workspace, **answers: int) -> None:
    form = declarations.open_form(workspace, SCHOOL, YEAR.previous)
    form = declarations.save_answers(workspace, form, {**FORMER, **answers}).form
    declarations.submit(workspace, form)


def equipment(trial: Trial, **moved: int | None) -> CriterionLevel:
    level = outcome(trial, {**trial.start, **moved}).label
    assert level is not None
    return level.of("equipment")


def test_it_starts_from_what_counts_for_the_year(workspace: Workspace) -> None:
    declare(workspace)
    trial = open_trial(workspace, SCHOOL, YEAR)
    assert trial.start == {"A1": 6, "B1": 6, "B2": 2, "B3": 4, "C1": 1, "C2": 0, "C3": 1}
    held = outcome(trial, trial.start)
    assert (held.evaluation.index.value, held.step) == (2, 3)
    raised = outcome(trial, {**trial.start, "C2": 1})
    assert (raised.evaluation.index.value, raised.evaluation.missing) == (3, ())


def test_a_quantity_without_answer_is_not_zero(workspace: Workspace) -> None:
    declare(workspace)
    trial = open_trial(workspace, SCHOOL, YEAR)
    found = outcome(trial, {**trial.start, "C3": None})
    assert found.evaluation.index.value is None
    assert "C3" in found.evaluation.headline


def test_what_could_not_be_declared_is_said(workspace: Workspace) -> None:
    declare(workspace)
    trial = open_trial(workspace, SCHOOL, YEAR)
    assert outcome(trial, trial.start).problems == ()
    (said,) = outcome(trial, {**trial.start, "B1": 7}).problems
    assert "B1" in said


def test_the_label_follows_with_the_commitments_of_the_dossier(
    workspace: Workspace, tmp_path: Path
) -> None:
    declare(workspace)
    import_text(
        workspace,
        "ent-conventions",
        f"uai;annee_scolaire;convention\n{SCHOOL};{YEAR};1\n",
        tmp_path,
    )
    drafted(workspace)
    trial = open_trial(workspace, SCHOOL, YEAR)
    assert not outcome(trial, trial.start).supposed
    assert equipment(trial).level == 2
    assert equipment(trial, C2=1).level == 3
    assert "Indice d’équipement 0" in equipment(trial, B1=0, C1=0).reason


def test_without_a_dossier_the_commitments_are_supposed(workspace: Workspace) -> None:
    declare(workspace)
    trial = open_trial(workspace, SCHOOL, YEAR)
    found = outcome(trial, trial.start)
    assert found.supposed
    assert found.label is not None
    assert {c.key: c.level for c in found.label.criteria} == {
        "referents": 3,
        "ent": None,
        "projects": 3,
        "equipment": 2,
    }


def test_the_ent_asks_no_more_classes_than_are_tried(workspace: Workspace, tmp_path: Path) -> None:
    declare(workspace)
    year = f"{SCHOOL};{YEAR}"
    import_text(
        workspace, "ent-conventions", f"uai;annee_scolaire;convention\n{year};1\n", tmp_path
    )
    rows = f"uai;annee_scolaire;classe;effectif;connexions_trimestre_1\n{year};CP;20;100\n"
    import_text(workspace, "ent-classes", rows, tmp_path)
    trial = open_trial(workspace, SCHOOL, YEAR)
    levels = []
    for classes in (6, 1):
        level = outcome(trial, {**trial.start, "A1": classes}).label
        assert level is not None
        levels.append(level.of("ent").level)
    assert levels == [1, 3]


def test_nothing_is_written(workspace: Workspace) -> None:
    declare(workspace)
    label_dossiers.create(workspace, SCHOOL, YEAR)
    before = everything(workspace)
    trial = open_trial(workspace, SCHOOL, YEAR)
    outcome(trial, {**trial.start, "A1": 2, "C2": 5})
    assert everything(workspace) == before


def test_an_unknown_school_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Problem, match="0999999X"):
        open_trial(workspace, "0999999X", YEAR)
