"""What the screen of territories reads, on a small base."""

from __future__ import annotations

from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import geography, territory_pages
from numecole_desktop.services.table_files import write_table
from numecole_desktop.services.territory_pages import Scope
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR, import_text

CIRCONSCRIPTION = Scope("circonscription", "0111031L")
HEADER = "uai;annee_scolaire;A1;A2;A3;A4;A5;A6;A7;B1;B2;B3;C1;C2;C3;D1\n"
LINES = (
    "0110160P;2023-2024;4;FIBRE;3;NON;NON;NON;OUI;4;4;0;1;0;0;\n"
    "0110161R;2022-2023;2;ADSL;0;NON;NON;NON;OUI;0;0;0;0;0;0;\n"
)


@pytest.fixture
def declared(workspace: Workspace, tmp_path: Path) -> Workspace:
    """One school up to date at index 3, one of last year at index 0, three never declared."""
    import_text(workspace, "declarations", HEADER + LINES, tmp_path)
    return workspace


def test_a_page_counts_and_names_the_levels_above(declared: Workspace) -> None:
    page = territory_pages.territory_page(declared, Scope("commune", "11069"), YEAR)
    assert (page.kind, page.name, page.part) == ("Commune", "Carcassonne", "")
    assert page.counts["schools"] == 3
    assert [(s.figure, s.count) for s in page.distribution] == [
        ("index_3", 1),
        ("index_2", 0),
        ("index_1", 0),
        ("index_0", 1),
        ("index_none", 1),
    ]
    assert page.parents[0] == "Circonscription\u00a0: Carcassonne"


def test_a_selection_has_the_same_figures_as_the_territory_it_covers(declared: Workspace) -> None:
    whole = territory_pages.territory_page(declared, CIRCONSCRIPTION, YEAR)
    every = territory_pages.placed_schools(declared, CIRCONSCRIPTION, YEAR)
    chosen = Scope("", "", tuple(school.line.uai for school in every))
    selection = territory_pages.territory_page(declared, chosen, YEAR)
    assert selection.counts == whole.counts
    assert selection.distribution == whole.distribution
    for figure in ("schools_known", "classes", "missing_classes", "robots", "index_none"):
        assert territory_pages.behind(declared, chosen, figure, YEAR) == territory_pages.behind(
            declared, CIRCONSCRIPTION, figure, YEAR
        )


def test_what_the_schools_bring_sums_to_the_figure(declared: Workspace) -> None:
    page = territory_pages.territory_page(declared, CIRCONSCRIPTION, YEAR)
    for figure in ("schools", "classes", "classes_pupil_equipped", "robots", "schools_up_to_date"):
        lines = territory_pages.behind(declared, CIRCONSCRIPTION, figure, YEAR)
        assert sum(line.brought for line in lines) == page.counts[figure], figure


@pytest.mark.parametrize("scope", [CIRCONSCRIPTION, Scope("", "", ("0110160P",))])
def test_a_figure_that_does_not_exist_is_refused(workspace: Workspace, scope: Scope) -> None:
    with pytest.raises(Problem, match="n’existe pas"):
        territory_pages.behind(workspace, scope, "schools; DROP", YEAR)


def test_schools_to_remind_are_those_without_a_declaration_of_the_year(
    declared: Workspace,
) -> None:
    lines = territory_pages.to_remind(declared, CIRCONSCRIPTION, YEAR)
    assert {line.uai: line.declared_year for line in lines} == {
        "0110161R": "2022-2023",
        "0110182N": "",
        "0110151E": "",
        "0110191Y": "",
    }


def test_a_figure_of_which_nothing_is_held_has_no_share(declared: Workspace) -> None:
    page = territory_pages.territory_page(declared, CIRCONSCRIPTION, YEAR)
    trends = {trend.name: trend.points for trend in page.evolution}
    assert [percent for _, _, percent in trends["classes_using_ent"]] == [None, None]
    assert [percent for _, _, percent in trends["schools_known"]] == [20, 40]


def test_parts_of_a_territory(declared: Workspace) -> None:
    parts = territory_pages.territory_parts(declared, CIRCONSCRIPTION, YEAR)
    assert {code: found.counts["schools"] for code, found in parts.items()} == {
        "11069": 3,
        "11070": 1,
        "11999": 1,
    }
    assert territory_pages.territory_parts(declared, Scope("commune", "11069"), YEAR) == {}


def test_a_table_is_written_for_a_french_spreadsheet(tmp_path: Path) -> None:
    path = write_table(
        tmp_path / "new" / "table.csv",
        ["école", "valeur"],
        [["=1+1", 1234], ["a;b", None], ["c", 0.5], ["1\u202f234\u00a0%", -3]],
    )
    assert path.read_bytes().decode("utf-8-sig") == (
        'école;valeur\r\n\'=1+1;1234\r\n"a;b";\r\nc;0,5\r\n1 234 %;-3\r\n'
    )
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_table_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(Problem, match="ne peut pas être écrit"):
        write_table(tmp_path / "taken" / "table.csv", ["a"], [])


def test_outlines_close_and_lie_where_they_should() -> None:
    departments, communes = geography.department_outlines(), geography.commune_outlines()
    assert len(departments.lines) == 13
    assert len(communes.lines) == 4485
    assert "IGN Admin Express" in departments.credit
    for code in ("11069", "48095", "31555"):
        for line in communes.lines[code]:
            assert line[0] == line[-1], code
    (carcassonne,) = communes.lines["11069"]
    east = [x for x, _ in carcassonne]
    north = [y for _, y in carcassonne]
    assert min(east) < 647_700 < max(east)  # the town hall
    assert min(north) < 6_235_300 < max(north)


def test_a_school_is_without_label_only_once_labels_are_held(
    declared: Workspace, tmp_path: Path
) -> None:
    def said() -> dict[str, tuple[str, str]]:
        placed = territory_pages.placed_schools(declared, CIRCONSCRIPTION, YEAR)
        return {school.line.uai: (school.line.ent, school.line.label) for school in placed}

    assert set(said().values()) == {("n.c.", "n.c.")}
    import_text(declared, "labels", "uai;annee_scolaire;niveau\n0110160P;2023-2024;2\n", tmp_path)
    assert said()["0110160P"] == ("n.c.", "2")
    assert said()["0110161R"] == ("n.c.", "non")
