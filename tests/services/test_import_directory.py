"""The directory of schools: header versions, what is kept, skipped, proposed as closed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from numecole_desktop.domain.finding import Severity
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import import_undo
from numecole_desktop.services.importing import ImportReport, run_import
from numecole_desktop.services.schools import index_rows, school_rows
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads
from tests.conftest import DATA, SCHOOLS, YEAR, add_schools, finish, import_text
from tests.services.support import assert_sound, content, everything

HEAD = "Identifiant_de_l_etablissement;Nom_etablissement;Nom_commune;Code_departement"
VERSIONS = {"2023": "Code postal", "2024": "Code_postal", "2026": "Code_postal"}


def directory(*lines: str, head: str = HEAD) -> str:
    return "\n".join([head, *lines]) + "\n"


def read(workspace: Workspace, folder: Path, *lines: str, head: str = HEAD) -> ImportReport:
    return import_text(workspace, "annuaire", directory(*lines, head=head), folder)


def cells(file: Path) -> dict[str, dict[str, str]]:
    """The file as the standard library reads it."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    return {row["Identifiant_de_l_etablissement"]: row for row in rows}


@pytest.mark.parametrize("version", VERSIONS)
def test_every_header_version_says_the_same(base_path: Path, version: str) -> None:
    file = DATA / "directory" / f"annuaire-{version}.csv"
    expected = cells(file)
    assert len(expected) == 20
    with Workspace.open(base_path) as workspace:
        report = finish(run_import(workspace, "annuaire", file))
        assert (report.lines, report.new, report.refused, report.warnings) == (20, 20, 0, 0)
        assert_sound(workspace)
        stored = {s.uai: s for s in reads.schools(workspace.base.connection)}
    assert stored.keys() == expected.keys()
    for uai, row in expected.items():
        school = stored[uai]
        levels = row["Ecole_maternelle"] + row["Ecole_elementaire"]
        assert school.name == row["Nom_etablissement"]
        assert school.postcode == row[VERSIONS[version]]
        assert school.commune == row["Nom_commune"]
        assert school.commune_code == row["Code_commune"]
        assert school.department_code == row["Code_departement"]
        assert school.academy == row["Libelle_academie"]
        assert school.public is (row["Statut_public_prive"] == "Public")
        assert school.circonscription == (row["nom_circonscription"] or None)
        assert school.opened_on == row["date_ouverture"]
        assert school.latitude == (float(row["latitude"]) if row["latitude"] else None)
        assert school.type == {"10": "maternelle", "01": "elementaire", "11": "primaire"}[levels]
        pupils = row.get("Nombre_d_eleves", "")
        assert school.pupils == (int(pupils) if pupils else None)


def test_an_older_file_after_a_newer_changes_only_what_it_says(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = f"{HEAD};Nombre_d_eleves;latitude"
    read(workspace, tmp_path, "0110160P;Jules Ferry;Carcassonne;011;120;43,2", head=head)
    report = read(workspace, tmp_path, "0110160P;Jules Ferry;Carcassonne;11")
    assert (report.accepted, report.unchanged) == (0, 1)
    report = read(workspace, tmp_path, "0110160P;;;;;", head=head)
    assert (report.accepted, report.unchanged) == (0, 1)
    school = reads.school(workspace.base.connection, "0110160P")
    assert school is not None
    assert (school.pupils, school.latitude, school.name) == (120, 43.2, "Jules Ferry")


def test_a_school_left_out_is_not_removed(workspace: Workspace, tmp_path: Path) -> None:
    before = {s.uai for s in reads.schools(workspace.base.connection)}
    report = read(workspace, tmp_path, "0110200H;Ecole du Bourg;Cailhau;011")
    assert report.new == 1
    assert {s.uai for s in reads.schools(workspace.base.connection)} == before | {"0110200H"}


def test_colleges_and_lycees_are_skipped_and_counted(workspace: Workspace, tmp_path: Path) -> None:
    report = read(
        workspace,
        tmp_path,
        "0110200H;Ecole du Bourg;Cailhau;011;Ecole",
        "0110004V;Collège Blaise d'Auriol;Castelnaudary;011;Collège",
        "0110022P;Lycée Paul Sabatier;Carcassonne;011;Lycée",
        head=f"{HEAD};Type_etablissement",
    )
    assert (report.lines, report.new, report.refused) == (3, 1, 0)
    (skipped,) = [f for f in report.findings if f.code == "skipped_lines"]
    assert skipped.severity is Severity.INFO
    assert skipped.value == "2"
    assert "collèges, lycées" in skipped.message
    assert reads.school(workspace.base.connection, "0110004V") is None


def test_private_schools_are_stored_and_left_out_of_the_figures(
    workspace: Workspace, tmp_path: Path
) -> None:
    read(
        workspace,
        tmp_path,
        "0110200H;Ecole du Bourg;Cailhau;011;Public",
        "0110201J;Ecole Sainte-Anne;Cailhau;011;Privé",
        head=f"{HEAD};Statut_public_prive",
    )
    listed = {row.uai: row.public for row in school_rows(workspace, YEAR)}
    assert listed["0110200H"] is True
    assert listed["0110201J"] is False
    figures = {row.uai for row in index_rows(workspace, YEAR)}
    assert "0110200H" in figures
    assert "0110201J" not in figures


def test_lines_of_one_school_are_settled(workspace: Workspace, tmp_path: Path) -> None:
    report = read(
        workspace,
        tmp_path,
        "0110200H;Ecole du Bourg;Cailhau;011",
        "0110201J;Ecole A;Cailhau;011",
        "0110200h;Ecole du Bourg;Cailhau;11",
        "O110201J;Ecole B;Cailhau;011",
        "011 0201J;Ecole A;Cailhau;011",
    )
    assert (report.lines, report.new, report.unchanged, report.refused) == (5, 1, 1, 3)
    codes = {(f.line, f.code) for f in report.findings if f.code != "uai_mended"}
    assert codes == {
        (4, "repeated_line"),
        (3, "duplicate_key"),
        (5, "duplicate_key"),
        (6, "duplicate_key"),
    }
    assert reads.school(workspace.base.connection, "0110201J") is None


def test_a_new_school_without_a_name_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    report = read(workspace, tmp_path, "0110200H;;Cailhau;011", "0110160P;;Cailhau;011")
    assert (report.refused, report.changed) == (1, 1)
    (found,) = [f for f in report.findings if f.severity is Severity.ERROR]
    assert (found.line, found.code) == (2, "missing_name")


def test_a_cell_that_cannot_be_read_is_said_and_left_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = f"{HEAD};Nombre_d_eleves;latitude;date_ouverture;Code_postal"
    report = read(
        workspace,
        tmp_path,
        "0110200H;Ecole du Bourg;Cailhau;011;beaucoup;95;31/02/2020;abc",
        head=head,
    )
    assert report.new == 1
    assert report.warnings == 4
    warned = {f.column: f.value for f in report.findings if f.severity is Severity.WARNING}
    assert warned == {
        "Nombre_d_eleves": "beaucoup",
        "latitude": "95",
        "date_ouverture": "31/02/2020",
        "Code_postal": "abc",
    }
    school = reads.school(workspace.base.connection, "0110200H")
    assert school is not None
    assert (school.pupils, school.latitude, school.opened_on, school.postcode) == (None,) * 4


def full(*without: str) -> list[str]:
    return [f"{s[0]};{s[1]};{s[3]};011" for s in SCHOOLS if s[0] not in without]


def test_a_school_absent_from_a_newer_file_is_proposed_as_closed(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = content(workspace)
    report = read(workspace, tmp_path, *full("0110191Y"))
    assert report.accepted == 0
    assert [c.uai for c in report.closures] == ["0110191Y"]
    (warned,) = [f for f in report.findings if f.code == "school_absent"]
    assert warned.severity is Severity.WARNING
    assert warned.value == "0110191Y"
    assert "fermeture proposée" in warned.message
    assert content(workspace) == before
    import_undo.close_schools(workspace, ["0110191Y"], SchoolYear(2024))
    closed = reads.school(workspace.base.connection, "0110191Y")
    assert closed is not None
    assert closed.is_open(SchoolYear(2023))
    assert not closed.is_open(SchoolYear(2024))
    assert read(workspace, tmp_path, *full("0110191Y")).closures != ()
    import_undo.reopen_school(workspace, "0110191Y")
    assert content(workspace) == before


def test_a_partial_file_proposes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    assert read(workspace, tmp_path, *full("0110191Y", "0110151E")).closures == ()
    assert read(workspace, tmp_path, "0090077K;Ecole;Sainte-Suzanne;009").closures == ()


def test_a_school_whose_line_is_refused_is_not_absent(workspace: Workspace, tmp_path: Path) -> None:
    twice = [*full("0110191Y"), "0110191Y;Une école;X;011", "0110191Y;Une autre;X;011"]
    report = read(workspace, tmp_path, *twice)
    assert report.refused == 2
    assert report.closures == ()


def test_closing_an_unknown_school_closes_none(workspace: Workspace) -> None:
    before = everything(workspace)
    with pytest.raises(Problem, match="0110200H"):
        import_undo.close_schools(workspace, ["0110160P", "0110200H"], YEAR)
    assert everything(workspace) == before


def test_undoing_puts_back_what_the_file_changed(workspace: Workspace, tmp_path: Path) -> None:
    before = content(workspace)
    report = read(
        workspace,
        tmp_path,
        "0110160P;Un autre nom;Ailleurs;066",
        "0110200H;Ecole du Bourg;Cailhau;011",
    )
    assert (report.new, report.changed) == (1, 1)
    done = finish(import_undo.undo_import(workspace, report.import_id))
    assert (done.restored, done.kept) == (2, 0)
    assert content(workspace) == before
    assert_sound(workspace)
    again = read(workspace, tmp_path, "0110200H;Ecole du Bourg;Cailhau;011")
    assert again.new == 1


def test_undoing_keeps_a_school_that_has_declarations_since(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = read(workspace, tmp_path, "0110200H;Ecole du Bourg;Cailhau;011")
    import_text(
        workspace, "declarations", "uai;annee_scolaire;A1\n0110200H;2023-2024;3\n", tmp_path
    )
    done = finish(import_undo.undo_import(workspace, report.import_id))
    assert done.restored == 0
    assert done.kept == 3
    assert reads.school(workspace.base.connection, "0110200H") is not None


def test_undoing_leaves_later_changes_alone(workspace: Workspace, tmp_path: Path) -> None:
    first = read(workspace, tmp_path, "0110160P;Nom un;Commune une;011")
    read(workspace, tmp_path, "0110160P;Nom deux;;")
    done = finish(import_undo.undo_import(workspace, first.import_id))
    assert (done.restored, done.kept) == (1, 1)
    school = reads.school(workspace.base.connection, "0110160P")
    assert school is not None
    assert school.name == "Nom deux"
    assert school.commune == SCHOOLS[0][3]


def test_undoing_one_after_the_other_goes_back_to_the_beginning(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = content(workspace)
    done = [
        read(workspace, tmp_path, f"0110160P;Nom {n};Commune {n};011", f"01102{n:02}J;x;x;011")
        for n in range(3)
    ]
    for report in reversed(done):
        if report.import_id:
            finish(import_undo.undo_import(workspace, report.import_id))
    assert content(workspace) == before


def test_an_import_is_undone_once(workspace: Workspace, tmp_path: Path) -> None:
    report = read(workspace, tmp_path, "0110200H;Ecole du Bourg;Cailhau;011")
    finish(import_undo.undo_import(workspace, report.import_id))
    before = everything(workspace)
    for wrong in (report.import_id, "", "inconnu"):
        with pytest.raises(Problem, match="déjà annulé"):
            finish(import_undo.undo_import(workspace, wrong))
    assert everything(workspace) == before


def test_imports_are_listed_newest_first(workspace: Workspace, tmp_path: Path) -> None:
    first = read(workspace, tmp_path, "0110200H;Ecole du Bourg;Cailhau;011")
    second = read(workspace, tmp_path, "0110200H;Ecole du Centre;Cailhau;011", "x;y;z;t")
    third = read(workspace, tmp_path, "0110200H;Ecole du Centre;Cailhau;011")
    assert third.import_id == ""
    finish(import_undo.undo_import(workspace, first.import_id))
    runs = import_undo.imports(workspace)
    assert [r.id for r in runs] == [second.import_id, first.import_id]
    assert [r.undone for r in runs] == [False, True]
    assert (runs[0].accepted, runs[0].unchanged, runs[0].refused) == (1, 0, 1)
    assert (runs[0].file, runs[0].kind_label) == ("annuaire.csv", "Annuaire des écoles")
    assert runs[0].operator == "test"


def test_composed_and_decomposed_accents_are_one_text(base_path: Path, tmp_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        add_schools(workspace)
        read(workspace, tmp_path, "0110160P;E\u0301cole e\u0301le\u0301mentaire;E\u0301vreux;011")
        report = read(workspace, tmp_path, "0110160P;École élémentaire;Évreux;011")
        assert (report.accepted, report.unchanged) == (0, 1)
