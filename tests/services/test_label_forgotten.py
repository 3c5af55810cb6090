"""Names that are typed again leave nothing of the former ones."""

from __future__ import annotations

from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.services import label_dossiers, label_opening, label_people
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR

ROLE, OTHER_ROLE = PersonRole.SCHOOL_REFERENT, PersonRole.SCHOOL_SIGNATORY


def names(workspace: Workspace) -> list[str]:
    rows = workspace.base.connection.execute("SELECT name FROM person ORDER BY name")
    return [name for (name,) in rows]


def test_a_name_half_typed_is_forgotten(workspace: Workspace) -> None:
    dossier = label_dossiers.create(workspace, "0110160P", YEAR).dossier
    for text in ("Al", "Alix", "Alix Martin"):
        dossier = label_people.name_person(workspace, dossier, ROLE, text).dossier
    assert names(workspace) == ["Alix Martin"]
    label_people.name_person(workspace, dossier, ROLE, "")
    assert names(workspace) == []


def test_a_person_named_elsewhere_stays(workspace: Workspace) -> None:
    dossier = label_dossiers.create(workspace, "0110160P", YEAR).dossier
    for role in (ROLE, OTHER_ROLE):
        dossier = label_people.name_person(workspace, dossier, role, "Alix Martin").dossier
    dossier = label_people.name_person(workspace, dossier, ROLE, "Sacha Durand").dossier
    assert names(workspace) == ["Alix Martin", "Sacha Durand"]
    assert dossier.people[OTHER_ROLE].name == "Alix Martin"


def test_one_erased_is_still_known_as_erased(workspace: Workspace) -> None:
    dossier = label_dossiers.create(workspace, "0110160P", YEAR).dossier
    dossier = label_people.name_person(workspace, dossier, ROLE, "Alix Martin").dossier
    label_people.erase(workspace, dossier.people[ROLE].ref)
    dossier = label_opening.open_dossier(workspace, "0110160P", YEAR)
    dossier = label_people.name_person(workspace, dossier, ROLE, "Sacha Durand").dossier
    assert dossier.people[ROLE].name == "Sacha Durand"
    assert names(workspace) == [None, "Sacha Durand"]


def test_no_criterion_limits_a_level_that_may_still_be_the_highest(workspace: Workspace) -> None:
    dossier = label_dossiers.create(workspace, "0110160P", YEAR).dossier
    for role in (ROLE, PersonRole.COMMUNE_REFERENT):
        dossier = label_people.name_person(workspace, dossier, role, "Alix Martin").dossier
    assert dossier.level.of("referents").level == dossier.rules.highest
    assert (dossier.level.value, dossier.level.limiting) == (None, ())
