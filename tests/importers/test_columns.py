"""Columns found by name; titles, subtotals and notes told from data."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.importers.columns import (
    ColumnsError,
    ColumnSpec,
    Header,
    KindError,
    KindSpec,
    classify,
    find_header,
    header_key,
    load_kind,
)
from numecole_desktop.importers.tables import Row, TableError, load_limits, open_table
from numecole_desktop.referentials.resources import resource

DATA = Path(__file__).parents[1] / "data"
LIMITS = load_limits(resource("imports/limits.toml").read_bytes(), "limits.toml")
ALL_COLUMNS = {
    "uai",
    "name",
    "type",
    "sector",
    "postcode",
    "commune_code",
    "commune_name",
    "department_code",
    "academy",
    "nursery",
    "elementary",
    "priority",
    "pupils",
    "circonscription_name",
    "circonscription_code",
    "latitude",
    "longitude",
    "opened_on",
    "state",
    "nature_code",
}


def shipped(kind: str) -> KindSpec:
    return load_kind(resource(f"imports/{kind}.toml").read_bytes(), f"{kind}.toml")


DIRECTORY = shipped("annuaire")
DECLARATIONS = shipped("declarations")


def rows(*lines: tuple[str, ...]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]


def directory_header(*names: str) -> Header:
    return find_header(rows(names), DIRECTORY)


# The files of the field


@pytest.mark.parametrize(
    ("version", "absent"),
    [("2023", {"circonscription_code"}), ("2024", set()), ("2026", {"pupils"})],
)
def test_every_version_of_the_directory(version: str, absent: set[str]) -> None:
    table = open_table(DATA / "directory" / f"annuaire-{version}.csv", LIMITS)
    header = find_header(table.rows(), DIRECTORY)
    assert set(header.positions) == ALL_COLUMNS - absent
    assert (header.line, header.skipped) == (1, ())
    assert header.names[header.positions["postcode"]] in {"Code postal", "Code_postal"}
    assert "Adresse_1" in header.unknown
    first = next(row for row in table.rows() if row.line == 2)
    assert re.fullmatch(r"\d{7}[A-Z]", first.cells[header.positions["uai"]])
    assert {classify(row, header, DIRECTORY) for row in table.rows() if row.line > 1} == {"data"}


def test_titles_merged_headers_subtotals_and_notes_of_a_workbook() -> None:
    table = open_table(DATA / "stress" / "08-titre-entete-fusionnee-sous-totaux.xlsx", LIMITS)
    header = find_header(table.rows(), DIRECTORY)
    assert header.line == 5
    assert [row.line for row in header.skipped] == [1, 2, 4]
    assert dict(header.positions) == {
        "uai": 0,
        "name": 1,
        "sector": 2,
        "commune_name": 3,
        "commune_code": 4,
        "circonscription_name": 5,
        "pupils": 6,
    }
    assert header.unknown == ("Observations",)
    classes = {
        row.line: classify(row, header, DIRECTORY) for row in table.rows() if row.line > header.line
    }
    assert Counter(classes.values()) == {"data": 60, "subtotal": 4, "note": 2}
    assert {line for line, found in classes.items() if found == "subtotal"} == {30, 34, 48, 72}
    assert {line for line, found in classes.items() if found == "note"} == {74, 75}


def test_faulty_identifiers_are_data_for_the_importer_to_judge() -> None:
    table = open_table(DATA / "stress" / "06-uai-fautifs.csv", LIMITS)
    header = find_header(table.rows(), DIRECTORY)
    assert {classify(row, header, DIRECTORY) for row in table.rows() if row.line > 1} == {"data"}


def test_a_declarations_file_with_its_questions() -> None:
    names = ("uai", "annee_scolaire", "A1", "A2", "D1", "commentaire", "Statut")
    kind = DECLARATIONS.with_columns(
        tuple(ColumnSpec(code, code, (code,), False, "answer") for code in ("A1", "A2", "D1"))
    )
    header = find_header(rows(names), kind)
    assert dict(header.positions) == {"uai": 0, "year": 1, "A1": 2, "A2": 3, "D1": 4, "status": 6}
    assert header.unknown == ("commentaire",)
    assert "A1" not in {column.name for column in DECLARATIONS.columns}


# Finding the header


@pytest.mark.parametrize(
    "name", ["UAI", "uai", " Code UAI", "CODE_UAI", "code-uai", "Numéro de l'école", "NumeroUAI"]
)
def test_case_accents_spaces_and_punctuation_do_not_count(name: str) -> None:
    assert directory_header(name, "Nom").positions["uai"] == 0


def test_the_label_shown_in_messages_is_accepted_as_a_header() -> None:
    for kind in (DIRECTORY, DECLARATIONS):
        header = find_header(rows(tuple(column.label for column in kind.columns)), kind)
        assert list(header.positions) == [column.name for column in kind.columns]


def test_order_does_not_count_and_positions_follow() -> None:
    header = directory_header("Nom", "Remarque", "UAI", "", "")
    assert dict(header.positions) == {"name": 0, "uai": 2}
    assert header.names == ("Nom", "Remarque", "UAI")
    assert header.unknown == ("Remarque",)


def test_the_row_with_the_most_known_columns_wins() -> None:
    header = find_header(
        rows(("UAI", "Nom"), ("UAI", "Nom", "Commune"), ("UAI", "Nom", "Commune")), DIRECTORY
    )
    assert header.line == 2
    assert [row.line for row in header.skipped] == [1]


def test_only_the_first_rows_are_searched() -> None:
    titles = [("titre",)] * (DIRECTORY.header_rows - 1)
    assert find_header(rows(*titles, ("UAI", "Nom")), DIRECTORY).line == DIRECTORY.header_rows
    with pytest.raises(ColumnsError):
        find_header(rows(*titles, ("titre",), ("UAI", "Nom")), DIRECTORY)


def test_missing_columns_are_named_with_those_that_were_read() -> None:
    with pytest.raises(ColumnsError) as caught:
        find_header(rows(("Titre",), ("code ecole", "Nom", "Commune")), DIRECTORY)
    error = caught.value
    assert isinstance(error, TableError)
    assert [column.name for column in error.missing] == ["uai"]
    assert (error.line, error.names) == (2, ("code ecole", "Nom", "Commune"))
    sentence = str(error)
    assert "Il manque la colonne «\u00a0UAI\u00a0»" in sentence
    assert "Ligne 2, colonnes lues\u00a0: «\u00a0code ecole\u00a0», «\u00a0Nom\u00a0»" in sentence
    assert sentence.endswith(".")
    assert re.search(r" [:;?!»]|« ", sentence) is None


def test_a_wide_unknown_header_is_not_quoted_whole() -> None:
    with pytest.raises(ColumnsError) as caught:
        find_header(rows(tuple(f"colonne {i}" for i in range(70))), DIRECTORY)
    assert "et 58\u00a0autres" in str(caught.value)
    assert len(caught.value.names) == 70


def test_the_fullest_row_is_shown_when_nothing_is_known() -> None:
    with pytest.raises(ColumnsError) as caught:
        find_header(rows(("Titre",), ("a", "b", "c"), ("d", "e", "f")), DIRECTORY)
    assert (caught.value.line, caught.value.names) == (2, ("a", "b", "c"))


def test_without_any_row() -> None:
    with pytest.raises(ColumnsError, match="aucune ligne remplie"):
        find_header([], DIRECTORY)


def test_two_columns_for_one_name_are_both_named() -> None:
    with pytest.raises(ColumnsError) as caught:
        directory_header("UAI", "Nom", "Code postal", "Commune", "Code_postal")
    assert "«\u00a0Code postal\u00a0» (colonne 3) et «\u00a0Code_postal\u00a0» (colonne 5)" in str(
        caught.value
    )
    assert caught.value.missing == ()


# The choices of the user


def test_the_mapping_wins_over_known_names() -> None:
    header = find_header(
        rows(("UAI", "Nom", "Mon code")), DIRECTORY, {"mon CODE": "uai", "Nom": "name"}
    )
    assert dict(header.positions) == {"uai": 2, "name": 1}
    assert header.unknown == ("UAI",)


def test_the_mapping_settles_two_columns_for_one_name() -> None:
    names = ("UAI", "Nom", "Dénomination")
    header = find_header(rows(names), DIRECTORY, {"Dénomination": "name"})
    assert header.positions["name"] == 2
    header = find_header(rows(names), DIRECTORY, {"Dénomination": ""})
    assert header.positions["name"] == 1


def test_a_remembered_choice_that_no_longer_exists_is_left_out() -> None:
    header = find_header(rows(("UAI", "Nom", "Q9")), DIRECTORY, {"Q9": "question_retired"})
    assert header.unknown == ("Q9",)


def test_the_key_of_a_header_ignores_order_and_writing() -> None:
    key = header_key(["Code UAI", "Élèves", ""])
    assert key == header_key(["eleves", "code_uai"])
    assert key != header_key(["Code UAI", "Élèves", "Nom"])
    assert key != header_key(["Code", "UAI", "Élèves"])
    assert re.fullmatch(r"[0-9a-f]{32}", key)


@given(st.permutations(("UAI", "Nom", "Commune", "Remarque")))
def test_the_key_is_stable(names: list[str]) -> None:
    assert header_key(names) == header_key(["UAI", "Nom", "Commune", "Remarque"])


# Rows below the header

HEADER = directory_header("UAI", "Nom", "Commune", "Élèves", "Remarque")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("0090077K", "Ecole", "Foix", "25", ""), "data"),
        (("90219P", "", "", "", ""), "data"),
        (("OO9O244S", "", "", "", ""), "data"),
        (("009\u00a00114A", "", "", "", ""), "data"),
        (("", "Ecole maternelle", "Foix", "25", ""), "data"),
        (("", "Totem", "Foix", "25", ""), "data"),
        (("", "École Totale", "Foix", "25", ""), "data"),
        (("à préciser", "Ecole", "Foix", "25", ""), "data"),
        (("0090077K", "Total", "Foix", "25", ""), "data"),
        (("TOTAL", "", "", "824", ""), "subtotal"),
        (("Total général", "60 écoles", "12 communes", "824", ""), "subtotal"),
        (("", "", "Sous-total Pamiers", "824", ""), "subtotal"),
        (("", "", "Sous total", "824", ""), "subtotal"),
        (("", "", "", "", "Total : 824"), "subtotal"),
        (("Total", "", "", "", ""), "subtotal"),
        (("", "Moyenne", "", "23,5", ""), "subtotal"),
        (("Source : MENJ, annuaire, 26/11/2024", "", "", "", ""), "note"),
        (("NC : non communiqué", "", "", "", ""), "note"),
        (("", "", "", "", "Hors écoles privées"), "note"),
        (("Page 2", "", "", "", ""), "note"),
        (("Circonscription de Foix",), "note"),
        (("UAI", "Nom", "Commune", "Élèves", "Remarque"), "repeated_header"),
        (("uai", "NOM", "commune", "eleves", ""), "repeated_header"),
        (("UAI", "Nom"), "data"),
    ],
)
def test_what_a_row_is(cells: tuple[str, ...], expected: str) -> None:
    assert classify(Row(9, cells), HEADER, DIRECTORY) == expected


def test_the_key_column_need_not_come_first() -> None:
    header = directory_header("Nom", "UAI")
    assert classify(Row(2, ("Ecole", "0090077K")), header, DIRECTORY) == "data"
    assert classify(Row(3, ("Total", "")), header, DIRECTORY) == "subtotal"
    assert classify(Row(4, ("Source : MENJ",)), header, DIRECTORY) == "note"


@given(st.lists(st.text(max_size=8), min_size=1, max_size=7).filter(any))
def test_a_row_with_an_identifier_is_always_data(others: list[str]) -> None:
    row = Row(2, ("0090077K", *others))
    assert classify(row, HEADER, DIRECTORY) == "data"


# Kinds of file

GOOD = """
kind = "essai"
title = "essai"
header_rows = 30
skip_words = ["total"]
[[column]]
name = "uai"
label = "UAI"
names = ["Code"]
required = true
kind = "uai"
"""


def test_a_kind_is_read_from_toml() -> None:
    kind = load_kind(GOOD.encode(), "essai.toml")
    assert kind.columns == (ColumnSpec("uai", "UAI", ("Code",), True, "uai"),)
    assert (kind.kind, kind.title, kind.skip_words, kind.header_rows) == (
        "essai",
        "essai",
        ("total",),
        30,
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace('kind = "uai"', 'kind = "uia"'), "uia"),
        (GOOD.replace("required", "requierd"), "requierd"),
        (GOOD.replace("header_rows = 30", ""), "header_rows"),
        (GOOD.replace("header_rows = 30", 'header_rows = "30"'), "header_rows"),
        (GOOD.replace("required = true", ""), "obligatoire"),
        (GOOD + GOOD[GOOD.index("[[column]]") :], "deux fois"),
        (
            GOOD + '[[column]]\nname = "nom"\nlabel = "Nom"\nnames = ["CODE"]\nkind = "text"\n',
            "« code » désigne « uai » et « nom »",
        ),
        (GOOD.replace('"Code"', '"..."'), "désigne"),
        ("[[column", "essai.toml"),
        ("\xff", "essai.toml"),
    ],
)
def test_a_wrong_kind_says_what_is_wrong(wrong: str, said: str) -> None:
    with pytest.raises(KindError, match=re.escape(said)) as caught:
        load_kind(wrong.encode("latin-1"), "essai.toml")
    assert str(caught.value).startswith("essai.toml")


def test_columns_added_later_are_checked_too() -> None:
    with pytest.raises(KindError, match="deux fois"):
        DIRECTORY.with_columns((ColumnSpec("uai", "Autre", (), False, "text"),))
    with pytest.raises(KindError, match="désigne"):
        DIRECTORY.with_columns((ColumnSpec("autre", "Commune", (), False, "text"),))
