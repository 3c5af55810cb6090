"""The list of schools, the page of one, the years, the indices of a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations, import_undo
from numecole_desktop.services.opening import first_look
from numecole_desktop.services.school_data import declared_indices
from numecole_desktop.services.school_list import first_rows
from numecole_desktop.services.schools import (
    index_rows,
    school_page,
    school_rows,
    years,
)
from numecole_desktop.services.workspace import Workspace
from tests.conftest import SCHOOLS, YEAR, finish, import_text
from tests.services.support import GOOD, line
from tests.services.support import declarations as file_of

FERRY, PAGNOL, PRADE, CARLIPA, EVREUX = (school[0] for school in SCHOOLS)


def read(workspace: Workspace, folder: Path, *lines: str) -> None:
    import_text(workspace, "declarations", file_of(*lines), folder)


def shown_first(workspace: Workspace, remembered: str = "") -> SchoolYear:
    return first_look(workspace.base, remembered, workspace.clock().date()).year


def index_of(workspace: Workspace, year: int) -> dict[str, int | None]:
    return {row.uai: row.equipment_index for row in index_rows(workspace, SchoolYear(year))}


def test_each_declared_year_has_its_index(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, line(FERRY, "2021-2022", **GOOD), line(FERRY, **{**GOOD, "C1": "0"}))
    form = declarations.open_form(workspace, FERRY, YEAR.previous)
    declarations.save_answers(workspace, form, {"A1": 1})
    found = declared_indices(workspace, FERRY, YEAR)
    assert [(str(year), index.value) for year, index in found] == [
        ("2021-2022", 3),
        ("2023-2024", 1),
    ]
    assert declared_indices(workspace, FERRY, YEAR.previous) == found[:1]
    assert declared_indices(workspace, PAGNOL, YEAR) == ()


def test_schools_are_listed_by_commune_then_name(workspace: Workspace) -> None:
    listed = [row.uai for row in school_rows(workspace, YEAR)]
    # Accents do not send Évreux after Z.
    assert listed == [FERRY, PAGNOL, PRADE, CARLIPA, EVREUX]
    connection = workspace.base.connection
    assert [row.uai for row in first_rows(connection, YEAR, 2)] == listed[:2]
    assert first_rows(connection, YEAR, 40) == school_rows(workspace, YEAR)


def test_a_line_says_where_the_school_stands(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, line(FERRY, **GOOD), line(PAGNOL, "2021-2022", **GOOD))
    form = declarations.open_form(workspace, PAGNOL, YEAR)
    declarations.save_answers(workspace, form, {"A1": 1})
    rows = {row.uai: row for row in school_rows(workspace, YEAR)}
    ferry, pagnol, prade = rows[FERRY], rows[PAGNOL], rows[PRADE]
    assert (ferry.status, ferry.index, ferry.declared_year) == ("submitted", 3, "2023-2024")
    # A draft does not hide what is known.
    assert (pagnol.status, pagnol.index, pagnol.declared_year) == ("draft", 3, "2021-2022")
    assert (prade.status, prade.index, prade.declared_year) == ("", None, "")
    assert (ferry.circonscription, ferry.department) == ("Carcassonne", "Aude")
    assert ferry.type_label == "École élémentaire"


@pytest.mark.parametrize("words", ["0110160p", "jules ferry", "carcassonne", "evreux sur aude"])
def test_the_text_that_a_search_reads_has_no_case_and_no_accent(
    workspace: Workspace, words: str
) -> None:
    found = [row for row in school_rows(workspace, YEAR) if words in row.folded]
    assert found


def test_an_index_is_that_of_the_latest_submitted_declaration(
    workspace: Workspace, tmp_path: Path
) -> None:
    weak = {**GOOD, "B1": "0", "C1": "0"}
    read(
        workspace,
        tmp_path,
        line(FERRY, "2021-2022", **weak),
        line(FERRY, "2023-2024", **GOOD),
        line(PAGNOL, "2022-2023", A1="4", B1="4"),
        line(PRADE, "2024-2025", **GOOD),
    )
    assert index_of(workspace, 2020)[FERRY] is None
    assert index_of(workspace, 2021)[FERRY] == 0
    assert index_of(workspace, 2022)[FERRY] == 0
    assert index_of(workspace, 2023)[FERRY] == 3
    assert index_of(workspace, 2030)[FERRY] == 3
    # Answers are missing: no index, and no zero.
    assert index_of(workspace, 2023)[PAGNOL] is None
    # What is declared for next year says nothing of this one.
    assert index_of(workspace, 2023)[PRADE] is None
    (row,) = [r for r in index_rows(workspace, YEAR) if r.uai == PAGNOL]
    assert (row.classes, row.teacher, row.equipment_index) == (4, None, None)


def test_a_draft_gives_no_index(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, line(FERRY, **GOOD))
    form = declarations.open_form(workspace, FERRY, YEAR)
    declarations.save_answers(workspace, form, {"B1": 0})
    assert index_of(workspace, 2023)[FERRY] is None


def test_closed_and_private_schools_are_out_of_the_indices(workspace: Workspace) -> None:
    import_undo.close_schools(workspace, [FERRY], YEAR)
    assert FERRY not in index_of(workspace, 2023)
    assert FERRY in index_of(workspace, 2022)
    assert {row.uai: row.open for row in school_rows(workspace, YEAR)}[FERRY] is False


def test_indices_of_a_circonscription(workspace: Workspace) -> None:
    assert len(index_rows(workspace, YEAR, "0111031L")) == len(SCHOOLS)
    assert index_rows(workspace, YEAR, "0111032M") == []


def test_years_are_those_declared_and_the_current_one(workspace: Workspace, tmp_path: Path) -> None:
    assert years(workspace) == [YEAR]
    assert shown_first(workspace) == YEAR
    read(workspace, tmp_path, line(FERRY, "2021-2022", A1="4"), line(FERRY, "2024-2025", A1="4"))
    assert years(workspace) == [SchoolYear(2024), YEAR, SchoolYear(2021)]
    assert shown_first(workspace) == SchoolYear(2024)
    assert shown_first(workspace, "2021-2022") == SchoolYear(2021)
    assert shown_first(workspace, "2019-2020") == SchoolYear(2024)


def test_years_forget_what_an_undo_took_away(workspace: Workspace, tmp_path: Path) -> None:
    report = import_text(
        workspace, "declarations", file_of(line(FERRY, "2021-2022", A1="4")), tmp_path
    )
    assert SchoolYear(2021) in years(workspace)
    finish(import_undo.undo_import(workspace, report.import_id))
    assert years(workspace) == [YEAR]


def test_the_page_says_what_is_to_be_looked_at(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, line(FERRY, **{**GOOD, "A3": "61"}))
    page = school_page(workspace, FERRY, YEAR)
    assert [f.code for f in page.findings] == ["many_robots"]
    assert page.index.value == 3
    assert page.declaration is not None
    assert page.effective == page.declaration


def test_the_page_of_an_unknown_school_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Problem, match="n’est pas dans l’annuaire"):
        school_page(workspace, "0110200H", YEAR)
