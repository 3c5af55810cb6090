"""What two people answered differently: listed, shown as an interval, settled with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.domain.label_steps import Decision
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations as forms
from numecole_desktop.services import devices, history, label_dossiers
from numecole_desktop.services.conflict_list import conflicts, index_interval, settle
from numecole_desktop.services.label_people import name_person
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads
from tests.conftest import import_text
from tests.services.support import GOOD, assert_sound, declarations, everything, line

UAI = "0110160P"
YEAR = SchoolYear(2023)


@pytest.fixture
def divided(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A submitted declaration, then two forms opened on it together that say 4 and 1."""
    import_text(workspace, "declarations", declarations(line(UAI, **{**GOOD, "B1": "3"})), tmp_path)
    first, second = (forms.open_form(workspace, UAI, YEAR) for _ in range(2))
    forms.save_answers(workspace, first, {"B1": 4})
    forms.save_answers(workspace, second, {"B1": 1})
    return workspace


def b1(workspace: Workspace) -> object:
    found = reads.declaration(workspace.base.connection, UAI, YEAR)
    assert found is not None
    return found.answers["B1"]


def test_a_form_never_overrides_what_it_did_not_show(divided: Workspace) -> None:
    (found,) = conflicts(divided)
    assert (found.uai, found.unit, found.before) == (UAI, "B1", "3")
    assert {choice.value for choice in found.choices} == {"4", "1"}
    assert [choice.provisional for choice in found.choices] == [True, False]
    assert {choice.index for choice in found.choices} == {"indice 3", "indice 1"}
    assert_sound(divided)


def test_the_index_is_an_interval_meanwhile(divided: Workspace) -> None:
    found = index_interval(divided, UAI, YEAR)
    assert found is not None
    assert found.label == "de 1 à 3"
    assert index_interval(divided, "0110161R", YEAR) is None


@pytest.mark.parametrize(("choice", "value", "kept"), [(1, "", None), (2, "", None), (0, "2", 2)])
def test_a_person_settles_it_with_a_reason(
    divided: Workspace, choice: int, value: str, kept: int | None
) -> None:
    (found,) = conflicts(divided)
    settle(divided, found, "Compté sur place.", choice=choice, value=value)
    assert conflicts(divided) == ()
    assert b1(divided) == (kept or int(found.choices[choice - 1].value))
    assert index_interval(divided, UAI, YEAR) is None
    assert any("Compté sur place." in seen.what for seen in history.school_history(divided, UAI))
    assert_sound(divided)


@pytest.mark.parametrize(
    ("choice", "value", "reason", "said"),
    [
        (1, "", "  ", "Dites pourquoi"),
        (3, "", "Vu.", "choisissez de 1 à 2"),
        (0, "beaucoup", "Vu.", "n’est pas une réponse possible"),
    ],
)
def test_what_settles_nothing_changes_nothing(
    divided: Workspace, choice: int, value: str, reason: str, said: str
) -> None:
    before = everything(divided)
    (found,) = conflicts(divided)
    with pytest.raises(Problem, match=said):
        settle(divided, found, reason, choice=choice, value=value)
    assert everything(divided) == before


def test_a_value_that_arrived_meanwhile_is_shown_before_one_settles(divided: Workspace) -> None:
    (found,) = conflicts(divided)
    stale = forms.open_form(divided, UAI, YEAR)
    forms.save_answers(divided, stale, {"B1": 2})
    with pytest.raises(Problem):
        settle(divided, found, "Compté.", choice=1)


def test_two_people_who_settle_it_differently_disagree_again(divided: Workspace) -> None:
    (found,) = conflicts(divided)
    settle(divided, found, "Vu par moi.", choice=1)
    with pytest.raises(Problem, match="déjà tranché"):
        settle(divided, found, "Vu par un autre.", choice=2)
    assert conflicts(divided) == ()


def test_a_file_settles_nothing(divided: Workspace, tmp_path: Path) -> None:
    given = {**GOOD, "B1": "2", "A3": "9"}
    report = import_text(divided, "declarations", declarations(line(UAI, **given)), tmp_path)
    assert "in_conflict" in {finding.code for finding in report.findings}
    assert len(conflicts(divided)) == 1
    found = reads.declaration(divided.base.connection, UAI, YEAR)
    assert found is not None
    assert found.answers["A3"] == 9, "the rest of the line is taken"
    assert_sound(divided)


def test_no_label_is_decided_meanwhile(divided: Workspace) -> None:
    dossier = label_dossiers.create(divided, UAI, YEAR).dossier
    for role in PersonRole:
        dossier = name_person(divided, dossier, role, "Personne").dossier
    day = date(2024, 1, 15)
    change = label_dossiers.Edit(1, None, True, True, day, day)
    dossier = label_dossiers.edit(divided, dossier, change).dossier
    dossier = label_dossiers.submit(divided, dossier).dossier
    opinion = dict.fromkeys(("ent", "equipment", "projects"), 1)
    dossier = label_dossiers.examine(
        divided, dossier, opinion, dict.fromkeys(opinion, "Vu.")
    ).dossier
    with pytest.raises(label_dossiers.Blocked, match="tranchez-les dans Échanges"):
        label_dossiers.decide(divided, dossier, Decision(1, date(2024, 3, 1)))
    (found,) = conflicts(divided)
    settle(divided, found, "Compté.", choice=1)
    decided = label_dossiers.decide(divided, dossier, Decision(1, date(2024, 3, 1)))
    assert decided.dossier.application is not None


def test_a_device_is_named_once_and_keeps_its_key(workspace: Workspace, base_path: Path) -> None:
    made = devices.create_device(workspace, "Poste d’essai", "circonscription", "0111031L")
    with pytest.raises(Problem, match="a déjà sa clé"):
        devices.create_device(workspace, "Autre", "circonscription", "0111031L")
    workspace.close()
    with Workspace.open(base_path) as again:
        assert devices.this_device(again).device == made.device
