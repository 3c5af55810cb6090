"""XLSX and ODS files: which sheet, which rows, and typed cells as text."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from numecole_desktop.importers.tables import Row, Table, TableError, load_limits, open_table
from numecole_desktop.referentials.resources import resource

DATA = Path(__file__).parents[1] / "data"
LIMITS = load_limits(resource("imports/limits.toml").read_bytes(), "limits.toml")

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def ods(path: Path, **sheets: str) -> Path:
    """An ODS file written by hand; each sheet is given as its rows in XML."""
    tables = "".join(
        f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", CONTENT.format(tables))
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest'
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
            "</manifest:manifest>",
        )
    return path


def ods_row(*cells: str, repeated: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}'
        "</table:table-row>"
    )


def ods_text(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string"'
        f' table:number-columns-repeated="{repeated}"><text:p>{text}</text:p></table:table-cell>'
    )


def ods_empty(repeated: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{repeated}"/>'


def workbook(path: Path, *rows: list[object]) -> Table:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    book.save(path)
    return open_table(path, LIMITS)


def test_the_damaged_workbook_of_ariege() -> None:
    table = open_table(DATA / "stress" / "08-titre-entete-fusionnee-sous-totaux.xlsx", LIMITS)
    rows = {row.line: row.cells for row in table.rows()}
    assert (table.format, table.sheet, table.encoding, table.delimiter) == (
        "xlsx",
        "Écoles 09",
        None,
        None,
    )
    assert rows[1][0] == "Académie de Toulouse - DSDEN de l'Ariège"
    assert 3 not in rows
    assert rows[5][:3] == ("UAI", "Nom", "Secteur")
    assert rows[7] == (
        "0090198S",
        "Ecole élémentaire",
        "Public",
        "Dun",
        "9107",
        "Circonscription d'inspection du 1er degré de Foix-Haute Ariège et Pyrénées Cathares",
        "19",
        "",
    )
    assert rows[30][5:7] == ("Sous-total et Pyrénées Cathares", "824")
    assert max(rows) == 75


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9107.0, "9107"),
        (9107, "9107"),
        (-3, "-3"),
        (21090342300023, "21090342300023"),
        (43.21055038386116, "43.21055038386116"),
        (0.5, "0.5"),
        (0, "0"),
        (1e20, "1e+20"),
        (True, "1"),
        (False, "0"),
        (dt.date(1968, 12, 4), "1968-12-04"),
        (dt.datetime(1968, 12, 4), "1968-12-04"),  # noqa: DTZ001  # sheets have no zone
        (dt.datetime(2024, 9, 1, 8, 30), "2024-09-01 08:30:00"),  # noqa: DTZ001
        (dt.time(8, 30), "08:30:00"),
        ("  École\u00a0", "École"),
        ("E\u0301cole", "École"),
        ("'=1+1", "=1+1"),
    ],
)
def test_typed_cells_become_text(tmp_path: Path, value: object, text: str) -> None:
    table = workbook(tmp_path / "types.xlsx", ["uai", "valeur"], ["0090077K", value])
    assert list(table.rows())[1].cells == ("0090077K", text)


def test_a_formula_gives_its_stored_value_and_is_never_computed(tmp_path: Path) -> None:
    path = tmp_path / "formule.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "total")
    sheet.write_formula(0, 1, "=1+1", None, 42)
    book.close()
    assert list(open_table(path, LIMITS).rows()) == [Row(1, ("total", "42"))]


def test_rows_keep_their_number_below_empty_ones(tmp_path: Path) -> None:
    path = tmp_path / "bas.xlsx"
    book = Workbook()
    book.active["C3"] = "uai"
    book.active["D7"] = "0090077K"
    book.save(path)
    assert [row.line for row in open_table(path, LIMITS).rows()] == [3, 7]


def test_the_sheet_with_the_most_filled_rows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feuilles.xlsx"
    book = Workbook()
    book.active.title = "Lisez-moi"
    book.active["A1"] = "Voir la feuille suivante"
    book.active["A900"] = "fin"
    data = book.create_sheet("Données")
    for number in range(5):
        data.append([f"école {number}"])
    hidden = book.create_sheet("Listes")
    for number in range(50):
        hidden.append([f"choix {number}"])
    hidden.sheet_state = "hidden"
    book.save(path)
    table = open_table(path, LIMITS)
    assert table.sheet == "Données"
    assert [row.line for row in table.rows()] == [1, 2, 3, 4, 5]


def test_a_hidden_sheet_is_read_when_it_is_the_only_filled_one(tmp_path: Path) -> None:
    path = tmp_path / "cachee.xlsx"
    book = Workbook()
    hidden = book.create_sheet("Données")
    hidden.append(["uai"])
    hidden.sheet_state = "hidden"
    book.save(path)
    assert open_table(path, LIMITS).sheet == "Données"


@pytest.mark.parametrize("name", ["classeur.csv", "classeur", "classeur.ods"])
def test_the_content_decides_and_not_the_extension(tmp_path: Path, name: str) -> None:
    path = tmp_path / "classeur.xlsx"
    workbook(path, ["uai"], ["0090077K"])
    path.rename(tmp_path / name)
    table = open_table(tmp_path / name, LIMITS)
    assert (table.format, [row.line for row in table.rows()]) == ("xlsx", [1, 2])


def test_a_workbook_without_a_filled_cell(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="aucune cellule remplie"):
        workbook(tmp_path / "vide.xlsx")


def test_a_sheet_is_read_as_often_as_one_likes(tmp_path: Path) -> None:
    table = workbook(tmp_path / "deux.xlsx", ["uai"], ["0090077K"])
    assert list(table.rows()) == list(table.rows()) == [Row(1, ("uai",)), Row(2, ("0090077K",))]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FF), max_size=8),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_text_written_as_text_is_read_back(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "texte.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "uai")
    for i, row in enumerate(rows, start=1):
        for j, text in enumerate(row):
            if text:
                sheet.write_string(i, j, text)
    book.close()
    found = {
        row.line: [text for text in row.cells if text] for row in open_table(path, LIMITS).rows()
    }
    for line, row in enumerate(rows, start=2):
        # What becomes of an apostrophe before a formula is said by the property of CSV files.
        expected = [text.strip() for text in row if text.strip()]
        if not any(text.startswith("'") for text in expected):
            assert found.get(line, []) == expected


# ODS


def test_an_ods_file_with_its_repetitions(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "ecoles.ods",
        Notes=ods_row(ods_text("rien")),
        Écoles=ods_row(ods_text("uai"), ods_text("nom"), ods_empty(16382))
        + ods_row(ods_text("a", 2))
        + ods_row(ods_empty(16384), repeated=3)
        + ods_row(ods_text("b"), repeated=2)
        + ods_row(ods_empty(16384), repeated=1048568),
    )
    table = open_table(path, LIMITS)
    assert (table.format, table.sheet) == ("ods", "Écoles")
    assert list(table.rows()) == [
        Row(1, ("uai", "nom")),
        Row(2, ("a", "a")),
        Row(6, ("b", "")),
        Row(7, ("b", "")),
    ]


def test_typed_cells_of_an_ods_file(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="{}" office:{}="{}"><text:p>{}</text:p>{}'
    end = "</table:table-cell>"
    path = ods(
        tmp_path / "types.ods",
        F=ods_row(
            ods_text("0090077K"),
            cell.format("float", "value", "9107", "9 107", end),
            cell.format("float", "value", "43.5", "43,5", end),
            cell.format("date", "date-value", "1968-12-04", "4 déc. 68", end),
            cell.format("boolean", "boolean-value", "true", "VRAI", end),
            cell.format("percentage", "value", "0.5", "50 %", end),
        ),
    )
    assert next(open_table(path, LIMITS).rows()).cells == (
        "0090077K",
        "9107",
        "43.5",
        "1968-12-04",
        "1",
        "0.5",
    )


def test_an_encrypted_ods_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
        archive.writestr("content.xml", b"\x8f\x12")
    with pytest.raises(TableError, match="mot de passe"):
        open_table(path, LIMITS)
