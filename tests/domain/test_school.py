"""Schools: names and whether they are open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from numecole_desktop.domain.school import SCHOOL_FIELDS, School, SchoolType
from numecole_desktop.domain.school_year import SchoolYear

SCHOOL = School("0110160P", "Ecole élémentaire Jules Ferry", "elementaire")
YEAR = SchoolYear(2023)


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({}, True),
        ({"opened_on": "1968-01-29"}, True),
        ({"opened_on": "2023-09-01"}, True),
        ({"opened_on": "2024-08-31"}, True),
        ({"opened_on": "2024-09-01"}, False),
        ({"closed_from": "2024-2025"}, True),
        ({"closed_from": "2023-2024"}, False),
        ({"closed_from": "2022-2023"}, False),
        ({"closed_from": "2024-2025", "opened_on": "2024-09-02"}, False),
    ],
)
def test_open_from_its_opening_to_its_closing(changes: dict[str, str], is_open: bool) -> None:
    assert replace(SCHOOL, **changes).is_open(YEAR) == is_open  # type: ignore[arg-type]  # texts


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("maternelle", "École maternelle"),
        ("elementaire", "École élémentaire"),
        ("primaire", "École primaire"),
        ("", "École"),
        (None, "École"),
    ],
)
def test_types_have_a_name(kind: str | None, label: str) -> None:
    assert replace(SCHOOL, type=kind).type_label == label
    assert SchoolType(kind or "").label == label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Circonscription d'inspection du 1er degré Carcassonne", "Carcassonne"),
        ("Circonscription d’inspection du 1er degré de Lunel", "Lunel"),
        ("Circonscription d'inspection du 1er degré d'Alès 1", "Alès 1"),
        ("Circonscription d'inspection du 1er degré du Littoral", "Le Littoral"),
        ("Circonscription d'inspection du 1er degré de la Lozère", "La Lozère"),
        ("Circonscription d'inspection du 1er degré de l'Agly", "L’Agly"),
        ("Circonscription d'inspection du 1er degré des Garrigues", "Les Garrigues"),
        ("CIRCONSCRIPTION D'INSPECTION DU 1ER DEGRÉ DE MENDE", "MENDE"),
        ("NARBONNE 1", "NARBONNE 1"),
        ("Desaix", "Desaix"),
        ("", ""),
        (None, ""),
    ],
)
def test_circonscriptions_have_a_short_name(name: str | None, label: str) -> None:
    assert replace(SCHOOL, circonscription=name).circonscription_label == label


def test_the_identifier_comes_first() -> None:
    assert SCHOOL_FIELDS[0] == "uai"
    assert len(SCHOOL_FIELDS) == len(set(SCHOOL_FIELDS))
