"""ENT, GAR, label and head-count files: findings, idempotence, sets withdrawn whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.exporting import export
from numecole_desktop.services.import_undo import imports, undo_import
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.school_data import school_year
from numecole_desktop.services.territories import territory_figures
from numecole_desktop.services.workspace import Workspace, finished
from tests.conftest import finish, import_text

YEAR = SchoolYear(2023)
CODE = "0111031L"

PERIODS = "uai;annee_scolaire;periode;connexions"
CLASSES = "uai;annee_scolaire;classe;effectif;connexions_trimestre_1"
BAD = (
    ("ent-periodes", PERIODS, "0110160P;2023-2024;6;10", "periode"),
    ("ent-periodes", PERIODS, "0110160P;2023-2024;0;10", "periode"),
    ("ent-periodes", PERIODS, "0110160P;2023;1;10", "annee_scolaire"),
    ("ent-periodes", PERIODS, "0110160P;2023-2024;1;-4", "connexions"),
    ("ent-periodes", PERIODS, "0110160P;2023-2024;1;", "connexions"),
    ("ent-periodes", PERIODS, "0340001Y;2023-2024;1;1", "uai"),
    ("ent-classes", CLASSES, "0110160P;2023-2024;CP;0;30", "effectif"),
    ("ent-classes", CLASSES, "0110160P;2023-2024;CP;;30", "effectif"),
    ("ent-classes", CLASSES, "0110160P;2023-2024;;20;30", "classe"),
    (
        "ent-conventions",
        "uai;annee_scolaire;convention",
        "0110160P;2023-2024;peut-être",
        "convention",
    ),
    ("gar", "uai;annee_scolaire;ressource;connexions", "0110160P;2023-2024;;3", "ressource"),
    ("labels", "uai;annee_scolaire;niveau", "0110160P;2023-2024;4", "niveau"),
)


@pytest.mark.parametrize(("kind", "header", "line", "column"), BAD)
def test_a_bad_line_is_refused_with_its_place(
    workspace: Workspace, tmp_path: Path, kind: str, header: str, line: str, column: str
) -> None:
    report = import_text(workspace, kind, f"{header}\n{line}\n", tmp_path)
    errors = [f for f in report.findings if f.severity == "error"]
    assert (report.refused, report.accepted) == (1, 0)
    assert [(f.line, f.column) for f in errors] == [(2, column)]
    assert errors[0].message.endswith(".")


def test_numbers_as_spreadsheets_write_them(workspace: Workspace, tmp_path: Path) -> None:
    text = f"{PERIODS}\n0110160P;2023-2024;1;1 234\n0110160P;2023-2024;2;6,0\n"
    assert import_text(workspace, "ent-periodes", text, tmp_path).accepted == 2
    assert school_year(workspace, "0110160P", YEAR).periods == {1: 1234, 2: 6}


def test_importing_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = "uai;annee_scolaire;niveau\n0110160P;2023-2024;2\n0110161R;2022-2023;1\n"
    assert import_text(workspace, "labels", text, tmp_path).accepted == 2
    again = import_text(workspace, "labels", text, tmp_path)
    assert (again.accepted, again.unchanged, again.import_id) == (0, 2, "")
    assert (
        territory_figures(workspace, "circonscription", CODE, YEAR).counts["schools_labelled"] == 2
    )
    later = territory_figures(workspace, "circonscription", CODE, SchoolYear(2024)).counts
    assert (later["schools_labelled"], later["label_2"]) == (1, 1)


def test_a_simulation_stores_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = "uai;annee_scolaire;convention\n0110160P;2023-2024;OUI\n"
    report = import_text(workspace, "ent-conventions", text, tmp_path, simulate=True)
    assert (report.accepted, report.import_id) == (1, "")
    assert imports(workspace) == []
    assert territory_figures(workspace, "circonscription", CODE, YEAR).counts["schools_in_ent"] == 0


def test_a_withdrawn_set_gives_back_what_it_had_replaced(
    workspace: Workspace, tmp_path: Path
) -> None:
    header = "uai;annee_scolaire;ressource;connexions\n"
    first = import_text(workspace, "gar", header + "0110160P;2023-2024;Lalilo;5\n", tmp_path)
    second = import_text(
        workspace,
        "gar",
        header + "0110160P;2023-2024;Lalilo;9\n0110161R;2023-2024;Lalilo;1\n",
        tmp_path,
    )
    counts = territory_figures(workspace, "circonscription", CODE, YEAR).counts
    assert (counts["gar_connections"], counts["schools_using_gar"]) == (10, 1)
    assert finished(undo_import(workspace, second.import_id)).restored == 2
    counts = territory_figures(workspace, "circonscription", CODE, YEAR).counts
    assert (counts["gar_connections"], counts["schools_using_gar"]) == (5, 1)
    assert [(r.id, r.undone) for r in imports(workspace)] == [
        (second.import_id, True),
        (first.import_id, False),
    ]
    finished(undo_import(workspace, first.import_id))
    missing = territory_figures(workspace, "circonscription", CODE, YEAR).missing
    assert missing["schools_using_gar"] == 100


def test_same_class_twice_with_other_figures_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    header = CLASSES + "\n"
    lines = (
        "0110160P;2023-2024;CP;20;61\n0110160P;2023-2024;CE1;20;61\n0110160P;2023-2024;CP;20;90\n"
    )
    report = import_text(workspace, "ent-classes", header + lines, tmp_path)
    assert (report.accepted, report.refused) == (1, 2)
    assert {f.line for f in report.findings if f.code == "duplicate_key"} == {2, 4}


def test_head_counts_name_a_year_by_its_autumn(workspace: Workspace, tmp_path: Path) -> None:
    text = (
        "Rentrée scolaire;Numéro de l'école;Nombre total de classes;Nombre total d'élèves\n"
        "2023;0110160P;8;185\n"
    )
    report = import_text(workspace, "effectifs", text, tmp_path)
    assert (report.accepted, report.refused) == (1, 0)


def test_ent_denied_in_spite_of_connections_is_to_confirm(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = f"{PERIODS}\n0110160P;2023-2024;1;40\n"
    import_text(workspace, "ent-periodes", text, tmp_path)
    declared = "uai;annee_scolaire;A1;A7\n0110160P;2023-2024;8;NON\n0110161R;2023-2024;5;NON\n"
    report = import_text(workspace, "declarations", declared, tmp_path)
    assert [(f.code, f.line, f.column) for f in report.findings] == [("ent_denied", 2, "A7")]
    assert "40" in report.findings[0].message


def test_reference_data_are_exported_and_imported_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    classes = f"{CLASSES}\n0110160P;2023-2024;CP;20;61\n0110160P;2023-2024;=CE1;21;3\n"
    labels = "uai;annee_scolaire;niveau\n0110160P;2023-2024;0\n0110161R;2022-2023;3\n"
    import_text(workspace, "ent-classes", classes, tmp_path)
    import_text(workspace, "labels", labels, tmp_path)
    written = {path.stem: path for path in finished(export(workspace, "csv", tmp_path / "export"))}
    assert set(written) == {"annuaire", "declarations", "ent-classes", "labels"}
    for kind in ("ent-classes", "labels"):
        again = finish(run_import(workspace, kind, written[kind]))
        assert (again.accepted, again.unchanged, again.refused) == (0, 2, 0)
