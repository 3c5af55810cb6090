"""The same sixty schools, damaged in four ways: the state is the same, and the damage is said."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.services.importing import ImportReport, run_import
from numecole_desktop.services.workspace import Workspace
from tests.conftest import DATA, finish, fixed_clock
from tests.services.support import assert_sound, content

STRESS = DATA / "stress"
CP1252 = STRESS / "01-cp1252-virgule-decimale.csv"
EXCEL = STRESS / "02-aller-retour-excel.csv"
WRONG_UAIS = STRESS / "06-uai-fautifs.csv"
EXPECTED = STRESS / "06-uai-fautifs-attendu.csv"
TITLES = STRESS / "08-titre-entete-fusionnee-sous-totaux.xlsx"
UAI = "Identifiant_de_l_etablissement"


def read(folder: Path, file: Path) -> tuple[ImportReport, dict[str, dict[str, Any]]]:
    """Report of the import in a new base, and its schools with straight apostrophes."""
    with Workspace.open(folder / f"{file.stem}.numecole", clock=fixed_clock) as workspace:
        report = finish(run_import(workspace, "annuaire", file))
        assert_sound(workspace)
        schools = {row["uai"]: row for row in content(workspace)["school"]}
    for school in schools.values():
        for name, cell in school.items():
            if isinstance(cell, str):
                school[name] = cell.replace("’", "'")
    return report, schools


def said(report: ImportReport) -> Counter[tuple[str, str]]:
    return Counter((f.code, f.severity.value) for f in report.findings)


def at(report: ImportReport, number: int) -> Finding:
    (found,) = [f for f in report.findings if f.line == number]
    return found


def test_cp1252_with_decimal_commas(tmp_path: Path) -> None:
    report, schools = read(tmp_path, CP1252)
    assert (report.lines, report.new, report.refused, report.warnings) == (60, 60, 0, 0)
    school = schools["0090143G"]
    assert school["name"] == "Ecole élémentaire"
    assert school["latitude"] == 43.07610586570494
    assert school["department_code"] == "009"
    assert school["circonscription"].endswith("Pamiers-Basse Ariège")


def test_what_excel_lost_is_restored_and_said_once_per_column(tmp_path: Path) -> None:
    report, schools = read(tmp_path, EXCEL)
    assert (report.new, report.refused, report.warnings) == (60, 0, 0)
    assert schools == read(tmp_path, CP1252)[1]
    mended = [f for f in report.findings if f.code == "cell_mended"]
    assert [(f.line, f.column, f.value) for f in mended] == [
        (2, "Code_postal", "9130"),
        (2, "Code_commune", "9342"),
    ]
    assert all("Idem sur 59" in f.message for f in mended)


def test_wrong_uais_are_found_line_by_line(tmp_path: Path) -> None:
    report, schools = read(tmp_path, WRONG_UAIS)
    _, right = read(tmp_path, CP1252)
    text = EXPECTED.read_text("utf-8-sig")
    expected = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert len(expected) == 10
    refused = {5, 6, 7, 8, 9, 11}
    assert {f.line for f in report.findings if f.severity is Severity.ERROR} == refused
    assert (report.lines, report.new, report.refused) == (60, 54, 6)
    assert report.warnings == 2
    for row in expected:
        number = int(row["ligne_fichier"])
        if number in refused:
            assert row["uai_origine"] not in schools or number == 7
            found = at(report, number)
            assert found.column == UAI
            assert (found.value or "") == row["uai_modifie"]
        else:
            assert schools[row["uai_origine"]] == right[row["uai_origine"]]
    assert "la lettre attendue est G" in at(report, 5).message
    assert "la lettre attendue est C" in at(report, 6).message
    assert "Les lignes 7 et 8" in at(report, 7).message
    assert at(report, 7).code == at(report, 8).code == "duplicate_key"
    assert "L’UAI manque" in at(report, 9).message
    assert "la lettre attendue est X" in at(report, 11).message
    assert at(report, 10).severity is at(report, 12).severity is Severity.WARNING
    assert "zéro initial perdu" in at(report, 10).message
    assert "lettre O" in at(report, 12).message
    # Case and spaces are put right, with no more than a word.
    assert at(report, 2).severity is at(report, 4).severity is Severity.INFO
    assert {u: s for u, s in right.items() if u in schools} == schools


def test_titles_a_merged_header_and_subtotals(tmp_path: Path) -> None:
    report, schools = read(tmp_path, TITLES)
    _, right = read(tmp_path, CP1252)
    assert (report.lines, report.new, report.refused, report.warnings) == (60, 60, 0, 0)
    assert said(report) == {
        ("title_row", "info"): 3,
        ("subtotal_row", "info"): 4,
        ("note_row", "info"): 2,
        ("cell_mended", "info"): 2,
        ("unknown_columns", "info"): 1,
    }
    assert {f.line for f in report.findings if f.code == "subtotal_row"} == {30, 34, 48, 72}
    assert "«\u00a080 élèves\u00a0» lu 80" in at(report, 6).message
    for name in ("name", "commune", "commune_code", "pupils", "circonscription", "public"):
        assert {u: s[name] for u, s in schools.items()} == {u: s[name] for u, s in right.items()}


@pytest.mark.parametrize("file", [CP1252, EXCEL, WRONG_UAIS, TITLES], ids=lambda f: f.stem[:2])
def test_importing_a_damaged_file_again_changes_nothing(tmp_path: Path, file: Path) -> None:
    with Workspace.open(tmp_path / "b.numecole", clock=fixed_clock) as workspace:
        first = finish(run_import(workspace, "annuaire", file))
        before = content(workspace)
        again = finish(run_import(workspace, "annuaire", file))
        assert (again.accepted, again.unchanged) == (0, first.accepted)
        assert again.refused == first.refused
        assert again.import_id == ""
        assert content(workspace) == before


def test_one_damage_then_another_changes_nothing(tmp_path: Path) -> None:
    """The file that went through Excel says the same as the one that did not."""
    with Workspace.open(tmp_path / "b.numecole", clock=fixed_clock) as workspace:
        straight = tmp_path / "droit.csv"
        text = CP1252.read_text("cp1252").replace("’", "'")
        straight.write_text(text, encoding="utf-8-sig", newline="\r\n")
        assert finish(run_import(workspace, "annuaire", straight)).new == 60
        excel = finish(run_import(workspace, "annuaire", EXCEL))
        assert (excel.accepted, excel.unchanged) == (0, 60)
        wrong = finish(run_import(workspace, "annuaire", WRONG_UAIS))
        assert (wrong.accepted, wrong.unchanged, wrong.refused) == (0, 54, 6)
