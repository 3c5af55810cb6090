"""What is held on a person, whole, and nobody else's."""

import json
from pathlib import Path

import pytest

from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import label_dossiers, label_opening, label_people
from numecole_desktop.services.label_dossiers import Edit
from numecole_desktop.services.label_people import HeldPerson, held_people
from numecole_desktop.services.personal_data import export_people, person_document
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR
from tests.ui.conftest import SCHOOL
from tests.ui.labels import drafted

NAME = "Zélie Exemple"


@pytest.fixture
def person(workspace: Workspace) -> HeldPerson:
    """A signatory who is also named in a free text."""
    dossier = drafted(workspace)
    named = label_people.name_person(
        workspace, dossier, PersonRole.SCHOOL_SIGNATORY, NAME, "direction", "zelie@exemple.fr"
    )
    label_dossiers.edit(workspace, named.dossier, Edit(project_title="Robots, avec zelie  EXEMPLE"))
    (found,) = held_people(workspace, "zelie")
    return found


def test_the_document_says_who_where_and_what(workspace: Workspace, person: HeldPerson) -> None:
    document = person_document(workspace, person)
    assert (document["name"], document["email"]) == (NAME, "zelie@exemple.fr")
    assert document["named_in"] == [
        {
            "uai": SCHOOL,
            "school": "Ecole élémentaire Jules Ferry",
            "year": str(YEAR),
            "role": "school_signatory",
            "role_label": "signataire pour l’école",
            "state": "brouillon",
            "signed_on": "2024-01-16",
        }
    ]
    (text,) = document["texts"]
    assert (text["uai"], text["field"]) == (SCHOOL, "project_title")


def test_only_the_persons_asked_for_are_written(
    workspace: Workspace, person: HeldPerson, tmp_path: Path
) -> None:
    path = export_people(workspace, [person.ref], tmp_path / "nouveau" / "zelie.json")
    document = json.loads(path.read_text("utf-8"))
    assert [one["name"] for one in document["people"]] == [NAME]
    assert document["exported_at"].startswith("2024-03-05T")
    assert "Personne" not in path.read_text("utf-8")


def test_an_erased_person_leaves_nothing_to_export(
    workspace: Workspace, person: HeldPerson, tmp_path: Path
) -> None:
    label_people.erase(workspace, person.ref)
    with pytest.raises(Problem, match="effacées"):
        export_people(workspace, [person.ref], tmp_path / "zelie.json")
    assert list(tmp_path.glob("*.json")) == []
    assert label_opening.open_dossier(workspace, SCHOOL, YEAR).application is not None


def test_a_folder_that_refuses_is_said(
    workspace: Workspace, person: HeldPerson, tmp_path: Path
) -> None:
    (tmp_path / "occupé").write_text("")
    with pytest.raises(Problem, match="ne peut pas être écrit"):
        export_people(workspace, [person.ref], tmp_path / "occupé" / "zelie.json")
