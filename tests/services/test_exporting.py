"""Open formats: read by other programs without danger, and imported back to the same state."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import declarations, demo, exporting, import_undo
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.workspace import Workspace, finished
from tests.conftest import DATA, YEAR, add_schools, finish, fixed_clock, import_text
from tests.services.support import GOOD, content, everything, line
from tests.services.support import declarations as file_of

FORMULAS = ("=1+1", "+33 4", "-5", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "=cmd|' /C calc'!A0")


def reimported(folder: Path, files: list[Path]) -> dict[str, list[dict[str, object]]]:
    """What the exported files give in a new base."""
    with Workspace.open(folder / "autre.numecole", clock=fixed_clock) as workspace:
        for file in files:
            if file.stem == "dossiers-label":
                continue  # for people to read: dossiers travel in signed batches
            report = finish(run_import(workspace, file.stem, file))
            assert report.refused == 0, report.findings
        return content(workspace)


def filled(workspace: Workspace, folder: Path) -> None:
    """Schools and declarations of every sort."""
    finish(run_import(workspace, "annuaire", DATA / "directory" / "annuaire-2024.csv"))
    import_text(
        workspace,
        "declarations",
        file_of(
            line("0110160P", **GOOD),
            line("0110160P", "2022-2023", A1="3", A4="NON", D1="ROBOTIQUE|COM_FAMILLES"),
            line("0110161R", A1="45"),
        ),
        folder,
    )
    form = declarations.open_form(workspace, "0110182N", YEAR)
    declarations.save_answers(
        workspace, form, {"A1": -5, "A2": "=1+1", "A3": "douze", "A4": "+33", "B1": "1;2"}
    )
    import_undo.close_schools(workspace, ["0110191Y"], YEAR.next)


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_an_export_is_imported_back_to_the_same_state(
    workspace: Workspace, tmp_path: Path, fmt: str
) -> None:
    filled(workspace, tmp_path)
    before = everything(workspace)
    files = finished(exporting.export(workspace, fmt, tmp_path / "sortie"))
    assert everything(workspace) == before
    assert reimported(tmp_path, files) == content(workspace)
    for kind, file in zip(("annuaire", "declarations"), files, strict=True):
        report = finish(run_import(workspace, kind, file))
        assert (report.accepted, report.refused) == (0, 0)
    assert everything(workspace) == before


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_sample_is_imported_back_to_the_same_state(tmp_path: Path, fmt: str) -> None:
    path = finish(demo.build_demo(tmp_path / "demo"))
    with Workspace.open(path) as workspace:
        workspace.clock = fixed_clock
        files = finished(exporting.export(workspace, fmt, tmp_path / "sortie"))
        expected = content(workspace)
    found = reimported(tmp_path, files)
    for row in (*expected["declaration"], *found["declaration"]):
        row["submitted_at"] = row["submitted_at"] is not None
    assert found == expected


def named(workspace: Workspace, names: tuple[str, ...]) -> None:
    workspace.record(
        RecordKind.SCHOOL,
        ("uai", "name", "commune"),
        [
            (uai, name, name)
            for uai, name in zip(
                ("0110200H", "0110201J", "0110202K", "0110203L", "0110204M", "0110205N"),
                names,
                strict=True,
            )
        ],
        source=Source.OBSERVED,
    )


def test_no_cell_of_a_csv_begins_a_formula(workspace: Workspace, tmp_path: Path) -> None:
    named(workspace, FORMULAS)
    filled(workspace, tmp_path)
    files = finished(exporting.export(workspace, "csv", tmp_path / "sortie"))
    assert [f.name for f in files] == ["annuaire.csv", "declarations.csv"]
    seen = 0
    for file in files:
        data = file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\r\n") == data.count(b"\n")
        for row in csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";"):
            for cell in row:
                number = cell.replace(",", "").replace("-", "", 1).isdigit()
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
                seen += cell.startswith("'")
    assert seen >= 2 * len(FORMULAS)


def test_no_cell_of_a_sheet_is_a_formula_or_a_link(workspace: Workspace, tmp_path: Path) -> None:
    named(workspace, FORMULAS)
    filled(workspace, tmp_path)
    files = finished(exporting.export(workspace, "xlsx", tmp_path / "sortie"))
    assert [f.name for f in files] == ["annuaire.xlsx", "declarations.xlsx"]
    for file in files:
        with zipfile.ZipFile(file) as archive:
            (name,) = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
            sheet, texts = archive.read(name), archive.read("xl/sharedStrings.xml")
        assert not re.search(rb"<f[ >]", sheet)
        assert b"hyperlink" not in sheet
        assert b"=1+1" in texts


def test_neutralised_cells_are_read_back_as_they_were(workspace: Workspace, tmp_path: Path) -> None:
    named(workspace, FORMULAS)
    for fmt in ("csv", "xlsx"):
        files = finished(exporting.export(workspace, fmt, tmp_path / fmt))
        with Workspace.open(tmp_path / f"{fmt}.numecole") as other:
            finish(run_import(other, "annuaire", files[0]))
            assert content(other)["school"] == content(workspace)["school"]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=st.text(min_size=1, max_size=30).map(str.strip).filter(bool),
    latitude=st.none() | st.floats(-90, 90),
    pupils=st.none() | st.integers(0, 10**9),
)
def test_any_text_and_number_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    latitude: float | None,
    pupils: int | None,
) -> None:
    """Whatever a directory said, its export says it again."""
    folder = tmp_path_factory.mktemp("texte")
    source = folder / "source.csv"
    with source.open("w", encoding="utf-8-sig", newline="", errors="replace") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["UAI", "Nom", "Latitude", "Élèves"])
        shown = "" if latitude is None else repr(latitude).replace(".", ",")
        writer.writerow(["0110160P", name, shown, "" if pupils is None else pupils])
    with Workspace.open(folder / "a.numecole", clock=fixed_clock) as workspace:
        try:
            finish(run_import(workspace, "annuaire", source))
        except Problem:
            return
        expected = content(workspace)["school"]
        if not expected:
            return
        for fmt in ("csv", "xlsx"):
            files = finished(exporting.export(workspace, fmt, folder / fmt))
            with Workspace.open(folder / f"{fmt}.numecole", clock=fixed_clock) as other:
                finish(run_import(other, "annuaire", files[0]))
                assert content(other)["school"] == expected, fmt


def test_a_plain_sqlite_copy(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace, tmp_path)
    (file,) = finished(exporting.export(workspace, "sqlite", tmp_path / "sortie"))
    connection = sqlite3.connect(file)
    schools = connection.execute("SELECT count(*) FROM annuaire").fetchone()[0]
    answers = connection.execute(
        "SELECT A1, A4, D1, statut FROM declarations WHERE uai = '0110160P' ORDER BY annee_scolaire"
    ).fetchall()
    connection.close()
    assert schools == len(content(workspace)["school"])
    assert answers == [
        (3, "NON", "COM_FAMILLES|ROBOTIQUE", "validée"),
        (4, "OUI", "ROBOTIQUE", "validée"),
    ]


def test_json(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace, tmp_path)
    (file,) = finished(exporting.export(workspace, "json", tmp_path / "sortie"))
    data = json.loads(file.read_text("utf-8"))
    assert set(data) == {"annuaire", "declarations"}
    assert len(data["annuaire"]) == len(content(workspace)["school"])
    (found,) = [
        d
        for d in data["declarations"]
        if (d["uai"], d["annee_scolaire"]) == ("0110161R", "2023-2024")
    ]
    assert found == {
        "uai": "0110161R",
        "annee_scolaire": "2023-2024",
        "A1": 45,
        "statut": "validée",
    }


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "sqlite", "json"])
def test_exporting_again_replaces_and_leaves_nothing_beside(
    workspace: Workspace, tmp_path: Path, fmt: str
) -> None:
    folder = tmp_path / "sortie"
    first = finished(exporting.export(workspace, fmt, folder))
    filled(workspace, tmp_path)
    again = finished(exporting.export(workspace, fmt, folder))
    assert first == again
    assert sorted(folder.iterdir()) == sorted(first)


def test_an_empty_base_is_exported(base_path: Path, tmp_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        for fmt in exporting._FORMATS:
            assert finished(exporting.export(workspace, fmt, tmp_path / fmt))


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "sqlite", "json"])
def test_a_folder_that_cannot_be_written_is_refused(
    workspace: Workspace, tmp_path: Path, fmt: str
) -> None:
    add_schools(workspace)
    (tmp_path / "fichier").write_text("")
    with pytest.raises(Problem, match="ne peut pas être écrit"):
        finished(exporting.export(workspace, fmt, tmp_path / "fichier" / "sous-dossier"))


def test_an_unknown_format_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="csv, xlsx, sqlite ou json"):
        finished(exporting.export(workspace, "ods", tmp_path / "sortie"))
    assert not (tmp_path / "sortie").exists()
