"""Sums by territory: what the summary gives is what the schools give."""

from __future__ import annotations

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.storage import figures
from numecole_desktop.storage.engine import memory_base

YEAR = SchoolYear(2023)


def test_a_circonscription_across_departements_is_counted_whole() -> None:
    connection = memory_base()
    schools = [
        ("0110001A", "011", "0110041K", 3),
        ("0480001B", "048", "0110041K", 5),
        ("0480002C", "048", "0480048S", 4),
    ]
    connection.executemany(
        "INSERT INTO school (uai, name, public, academy, department_code, circonscription_code, "
        "folded, sort_key, head) VALUES (?, 'École', 1, 'Montpellier', ?, ?, '', ?, 1)",
        [(uai, department, code, uai) for uai, department, code, _ in schools],
    )
    connection.executemany(
        "INSERT INTO declaration (uai, year, status, answers, classes, head) "
        "VALUES (?, ?, 'submitted', '{}', ?, 1)",
        [(uai, YEAR.first, classes) for uai, _, _, classes in schools],
    )
    connection.execute("INSERT INTO declared_year VALUES (?, ?)", (YEAR.first, len(schools)))
    figures.refresh(connection, 0, None)

    found = figures.level_counts(connection, "circonscription", YEAR, None)

    assert {code: (f["schools"], f["classes"]) for code, f in found.items()} == {
        "0110041K": (2, 8),
        "0480048S": (1, 4),
    }
    inside = figures.level_counts(connection, "circonscription", YEAR, ("departement", "048"))
    assert {code: f["classes"] for code, f in inside.items()} == {"0110041K": 5, "0480048S": 4}
