"""Of which kind a file is, which sheet is read, and what is asked about its columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.import_columns import (
    KindUnsure,
    MappingNeeded,
    chosen_columns,
    columns_to_settle,
    guess_kind,
)
from numecole_desktop.services.importing import KINDS, run_import
from numecole_desktop.services.workspace import Workspace
from tests.conftest import finish
from tests.services.support import rows, write

ROOT = Path(__file__).resolve().parents[2]
HEAD_COUNTS = (
    "Rentrée scolaire;Région académique;Académie;Département;Commune;Numéro de l'école;"
    "Dénomination principale;Patronyme;Secteur;REP;REP +;Nombre total de classes;"
    "Nombre total d'élèves;Nombre d'élèves en pré-élémentaire hors ULIS;"
    "Nombre d'élèves en élémentaire hors ULIS;Nombre d'élèves en ULIS;tri;Code Postal"
)
CONTACTS: list[list[object]] = [["Nom", "Téléphone"]]
CONTACTS += [["Mme Vidal", "05"] for _ in range(9)]
SURVEY = "Commune;École;UAI;Nb classes;Nb TBI;Remarques\nFoix;Lakanal;0110160P;4;2;rien\n"


def book(path: Path, **sheets: list[list[object]]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, lines in sheets.items():
        sheet = workbook.create_sheet(name)
        for line in lines:
            sheet.append(line)
    workbook.save(path)
    return path


@pytest.mark.parametrize("first", [name for name, _ in KINDS])
@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("annuaire.csv", "annuaire"),
        ("declarations.csv", "declarations"),
        ("ent_conventions.csv", "ent-conventions"),
        ("ent_periodes.csv", "ent-periodes"),
        ("ent_classes.csv", "ent-classes"),
        ("gar.csv", "gar"),
        ("labels.csv", "labels"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_columns(
    workspace: Workspace, first: str, file: str, kind: str
) -> None:
    path = ROOT / "resources" / "demo" / file
    assert finish(guess_kind(workspace, path, first)) == kind


@pytest.mark.parametrize("version", ["2023", "2024", "2026"])
def test_no_header_of_the_ministry_is_asked_about(workspace: Workspace, version: str) -> None:
    path = ROOT / "tests" / "data" / "directory" / f"annuaire-{version}.csv"
    assert finish(guess_kind(workspace, path, "declarations")) == "annuaire"


def test_the_head_counts_of_the_ministry_are_known_too(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write(tmp_path, f"{HEAD_COUNTS}\n")
    assert finish(guess_kind(workspace, path, "declarations")) == "effectifs"


def test_a_survey_that_names_its_schools_is_no_directory(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(KindUnsure) as unsure:
        finish(guess_kind(workspace, write(tmp_path, SURVEY), "annuaire"))
    nearest, needed = next(iter(unsure.value.needed.items()))
    assert nearest == "declarations"
    assert "«\u00a0Nb classes\u00a0» et «\u00a0Nb TBI\u00a0»" in str(needed)
    assert "Remarques" not in str(needed)
    assert (needed.known, needed.missing) == ({"UAI": "uai"}, ())
    assert needed.suggested == {"Nb classes": "A1", "Nb TBI": "B3"}
    assert needed.samples["Nb TBI"] == ("2",)


def test_what_was_said_of_a_recognised_header_holds_for_the_next_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    mapping = {"UAI": "uai", "Nb classes": "A1", "Nb TBI": "B3", "Commune": "", "École": ""}
    path = write(tmp_path, SURVEY)
    year = next(iter(workspace.catalogue.questionnaires)).published_years[0]
    with pytest.raises(MappingNeeded):
        finish(run_import(workspace, "declarations", path, year=year, ask=True))
    finish(run_import(workspace, "declarations", path, year=year, mapping=mapping))
    other = write(
        tmp_path, "UAI;nb tbi;Remarques;ECOLE;nb classes;commune\n0110161R;1;;;3;\n", "g.csv"
    )
    assert finish(guess_kind(workspace, other, "annuaire")) == "declarations"
    finish(run_import(workspace, "declarations", other, year=year, ask=True))
    assert [row["answers"] for row in rows(workspace, "declaration")] == [
        '{"A1":4,"B3":2}',
        '{"A1":3,"B3":1}',
    ]


def test_a_header_that_a_person_left_out_is_not_read(workspace: Workspace, tmp_path: Path) -> None:
    text = "UAI;Année;A1;B1\n0110160P;construite en 1901;4;2\n"
    mapping = {"UAI": "uai", "Année": "", "A1": "A1", "B1": ""}
    year = next(iter(workspace.catalogue.questionnaires)).published_years[0]
    report = finish(
        run_import(workspace, "declarations", write(tmp_path, text), year=year, mapping=mapping)
    )
    assert report.new == 1
    assert [row["answers"] for row in rows(workspace, "declaration")] == ['{"A1":4}']


@pytest.mark.parametrize(("chosen", "answers"), [("A1", 4), ("A1 (colonne 4)", 5)])
def test_one_of_two_columns_with_the_same_header_can_be_chosen(
    workspace: Workspace, tmp_path: Path, chosen: str, answers: int
) -> None:
    path = write(tmp_path, "UAI;Année;A1;A1\n0110160P;2023-2024;4;5\n")
    with pytest.raises(MappingNeeded) as needed:
        finish(run_import(workspace, "declarations", path))
    assert needed.value.headers == ("UAI", "Année", "A1", "A1 (colonne 4)")
    mapping = {
        header: "A1" if header == chosen else needed.value.known.get(header, "")
        for header in needed.value.headers
        if header == chosen or not header.startswith("A1")
    }
    finish(run_import(workspace, "declarations", path, mapping=mapping))
    assert [row["answers"] for row in rows(workspace, "declaration")] == [f'{{"A1":{answers}}}']


def test_the_sheet_with_the_columns_is_read_even_if_another_is_fuller(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = book(
        tmp_path / "f.xlsx",
        Contacts=CONTACTS,
        Recensement=[["UAI", "Année", "A1"], ["0110160P", "2023-2024", 4]],
    )
    report = finish(run_import(workspace, "declarations", path))
    (found,) = report.findings
    assert (report.new, found.code, found.severity.value) == (1, "unread_sheets", "info")
    assert "«\u00a0Contacts\u00a0»" in found.message


def test_another_sheet_with_the_same_columns_is_not_left_out_in_silence(
    workspace: Workspace, tmp_path: Path
) -> None:
    header: list[object] = ["UAI", "Année", "A1"]
    path = book(
        tmp_path / "f.xlsx",
        Foix=[header, ["0110160P", "2023-2024", 4], ["0110161R", "2023-2024", 4]],
        Pamiers=[header, ["0110162S", "2023-2024", 4]],
    )
    report = finish(run_import(workspace, "declarations", path))
    (found,) = report.findings
    assert (report.new, found.code, found.severity.value) == (2, "unread_sheets", "warning")
    assert "«\u00a0Foix\u00a0» est lue" in found.message
    assert "«\u00a0Pamiers\u00a0» a aussi" in found.message


def test_each_sheet_can_be_chosen(workspace: Workspace, tmp_path: Path) -> None:
    header: list[object] = ["UAI", "Année", "A1"]
    path = book(
        tmp_path / "f.xlsx",
        Foix=[header, ["0110160P", "2023-2024", 4], ["0110161R", "2023-2024", 4]],
        Pamiers=[header, ["0110182N", "2023-2024", 4]],
    )
    first = finish(run_import(workspace, "declarations", path))
    assert (first.sheet, first.alike) == ("Foix", ("Pamiers",))
    second = finish(run_import(workspace, "declarations", path, sheet="Pamiers"))
    assert (second.new, second.sheet, second.alike, second.findings) == (1, "Pamiers", (), ())
    with pytest.raises(Problem, match="pas de feuille remplie «\u00a0Pau\u00a0»"):
        finish(run_import(workspace, "declarations", path, sheet="Pau"))
    with pytest.raises(Problem, match="pas un classeur"):
        finish(run_import(workspace, "declarations", write(tmp_path, SURVEY), sheet="Pau"))


def test_when_no_sheet_will_do_the_nearest_one_is_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = book(
        tmp_path / "f.xlsx",
        Contacts=CONTACTS,
        Recensement=[["Repère", "Année", "A1"], ["0110160P", "2023-2024", 4]],
    )
    with pytest.raises(MappingNeeded, match="Feuille «\u00a0Recensement\u00a0»") as needed:
        finish(run_import(workspace, "declarations", path))
    assert needed.value.headers == ("Repère", "Année", "A1")


def test_columns_can_be_settled_again(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "UAI;Année;A1;B1\n0110160P;2023-2024;4;2\n")
    mapping = {"UAI": "uai", "Année": "year", "A1": "B1", "B1": "A1"}
    settled = finish(columns_to_settle(workspace, "declarations", path, mapping))
    assert settled.known == mapping
    assert settled.missing == ()


def test_columns_are_chosen_by_their_name_code_or_label(workspace: Workspace) -> None:
    pairs = ["Nb TBI=b3", "Repère = UAI", "Exercice=Année scolaire", "x=y=A1", "Autre="]
    assert chosen_columns(workspace, "declarations", pairs) == {
        "Nb TBI": "B3",
        "Repère": "uai",
        "Exercice": "year",
        "x=y": "A1",
        "Autre": "",
    }


@pytest.mark.parametrize("pair", ["Nb TBI", "=B3", "Nb TBI=B9", ""])
def test_a_column_that_is_not_one_is_refused(workspace: Workspace, pair: str) -> None:
    with pytest.raises(Problem, match="Nb TBI=B3"):
        chosen_columns(workspace, "declarations", [pair])
