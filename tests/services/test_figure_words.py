"""Figures in words: what nobody answers is « n.c. », never zero, on screen, paper and in files."""

from __future__ import annotations

from pathlib import Path

from numecole_desktop.domain.territory_profile import FigureLine
from numecole_desktop.services.figure_words import Above, figure_groups
from numecole_desktop.services.territories import territory_figures
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.models.figures import FiguresModel
from tests.conftest import YEAR, import_text

SURVEY = "UAI;Année;A1;B1;B3;C1;C2;C3\n0110160P;2023-2024;4;4;4;1;0;0\n"
NOT_ASKED = {"schools_with_robots", "robots", "schools_in_ent", "gar_connections", "label_1"}


def lines(workspace: Workspace) -> dict[str, FigureLine]:
    found = territory_figures(workspace, "departement", "011", YEAR)
    groups = figure_groups(found, [Above("Académie", found)])
    return {line.name: line for group in groups for line in group.lines}


def test_what_nobody_answers_is_not_zero(workspace: Workspace, tmp_path: Path) -> None:
    import_text(workspace, "declarations", SURVEY, tmp_path)
    found = lines(workspace)
    for name in NOT_ASKED:
        line = found[name]
        assert (line.text, line.percent, line.known) == ("n.c.", None, False)
        assert [beside.percent for beside in line.beside] == [None]
        assert {beside.text for beside in line.beside} <= {"", "n.c."}
    assert (found["schools_socle"].text, found["schools_socle"].known) == ("1", True)


def test_an_answer_of_zero_is_a_figure(workspace: Workspace, tmp_path: Path) -> None:
    survey = "UAI;Année;A1;A3\n0110160P;2023-2024;4;0\n"
    import_text(workspace, "declarations", survey, tmp_path)
    assert lines(workspace)["robots"].text == "0"
    assert lines(workspace)["schools_with_robots"].percent == 0


def test_files_leave_empty_what_is_not_known(workspace: Workspace, tmp_path: Path) -> None:
    import_text(workspace, "declarations", SURVEY, tmp_path)
    model = FiguresModel()
    found = territory_figures(workspace, "departement", "011", YEAR)
    model.set_groups(figure_groups(found, ()), ())
    headings, rows = model.cells()
    values = {row[headings.index("code")]: row for row in rows}
    for name in NOT_ASKED:
        assert values[name][headings.index("valeur")] is None
        assert values[name][headings.index("pourcentage")] is None
    assert values["schools"][headings.index("valeur")] == 5
