"""Fixtures shared by all tests: private folders, a fixed clock, a small base of real schools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from numecole_desktop.domain.equipment import EquipmentRules
from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.questionnaire import Questionnaire
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue
from numecole_desktop.services.importing import ImportReport, run_import
from numecole_desktop.services.workspace import Workspace, finished

DATA = Path(__file__).parent / "data"
YEAR = SchoolYear(2023)
finish = finished

SCHOOLS = (
    # uai, name, type, commune, postcode, commune_code, department, circonscription code and name
    ("0110160P", "Ecole élémentaire Jules Ferry", "elementaire", "Carcassonne", "11000", "11069"),
    ("0110161R", "Ecole élémentaire Marcel Pagnol", "elementaire", "Carcassonne", "11000", "11069"),
    ("0110182N", "Ecole maternelle la Prade", "maternelle", "Carcassonne", "11000", "11069"),
    ("0110151E", "Ecole primaire", "primaire", "Carlipa", "11170", "11070"),
    ("0110191Y", "Ecole élémentaire", "elementaire", "Évreux-sur-Aude", "11000", "11999"),
)


@pytest.fixture(autouse=True)
def _private_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, settings and bases of a test stay in its own folder, never in a real keyring."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("NUMECOLE_DOSSIER", str(tmp_path / "numecole"))
    monkeypatch.delenv("NUMECOLE_BASE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def fixed_clock() -> datetime:
    """A moment of the school year 2023-2024."""
    return datetime(2024, 3, 5, 10, 42, tzinfo=UTC)


def import_text(
    workspace: Workspace, kind: str, text: str, folder: Path, *, simulate: bool = False
) -> ImportReport:
    """Import a CSV given as text."""
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return finish(run_import(workspace, kind, path, simulate=simulate))


def add_schools(workspace: Workspace) -> None:
    """Put the small directory into a base."""
    columns = ("uai", "name", "type", "commune", "postcode", "commune_code", "public", "academy")
    workspace.record(
        RecordKind.SCHOOL,
        (*columns, "department_code", "circonscription_code", "circonscription", "opened_on"),
        [
            (
                *school,
                True,
                "Montpellier",
                "011",
                "0111031L",
                "Circonscription d'inspection du 1er degré Carcassonne",
                "1968-01-29",
            )
            for school in SCHOOLS
        ],
        source=Source.IMPORTED,
    )


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Every shipped rule."""
    return Catalogue()


@pytest.fixture(scope="session")
def rules(catalogue: Catalogue) -> EquipmentRules:
    """Rules of the equipment index in 2023-2024."""
    return catalogue.equipment_rules(YEAR)


@pytest.fixture(scope="session")
def questionnaire(catalogue: Catalogue) -> Questionnaire:
    """The questionnaire of 2023-2024."""
    return catalogue.questionnaire(YEAR)


@pytest.fixture
def base_path(tmp_path: Path) -> Path:
    """Where the test's base is."""
    return tmp_path / "base.numecole"


@pytest.fixture
def workspace(base_path: Path) -> Iterator[Workspace]:
    """An open base with a few schools, at a fixed date."""
    with Workspace.open(base_path, operator="test", clock=fixed_clock) as opened:
        add_schools(opened)
        yield opened
