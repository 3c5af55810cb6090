"""Tables of plain rows, and the CSV of the findings."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.ui.models.findings import FINDING_HEADINGS, finding_rows, findings_csv
from numecole_desktop.ui.models.rows import RowsModel


def shown(model: RowsModel, column: int) -> list[object]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_model_keeps_qt_s_contract(qtmodeltester: ModelTester) -> None:
    model = RowsModel(("Ligne", "Nom"))
    model.set_rows([(10, "b"), (9, "a"), (None, "É")])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.sort(0)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_numbers_sort_by_value_and_texts_as_words() -> None:
    model = RowsModel(("Ligne", "Nom"))
    model.set_rows([(10, "Œuf"), (9, "ouest"), (None, "Évian")], ["dix", "neuf", "rien"])
    model.sort(0)
    assert shown(model, 0) == ["", "9", "10"]
    assert model.value(1) == "neuf"
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(model, 1) == ["ouest", "Œuf", "Évian"]


def test_thousands_are_separated() -> None:
    model = RowsModel(("Lignes",))
    model.set_rows([(63000,)])
    assert shown(model, 0) == ["63\u202f000"]


@given(st.text(), st.text())
def test_no_cell_of_the_csv_is_a_formula_and_none_is_lost(value: str, message: str) -> None:
    finding = Finding("x", Severity.ERROR, message, value=value, line=3, column="B1")
    data = findings_csv([finding])
    assert data.startswith(b"\xef\xbb\xbf")
    header, line = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert tuple(header) == FINDING_HEADINGS
    for cell, original in zip(line, finding_rows([finding])[0], strict=True):
        text = "" if original is None else str(original)
        assert cell in (text, f"'{text}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
