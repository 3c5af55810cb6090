"""Tables of the screens as files that a French spreadsheet opens without asking."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from numecole_desktop.domain.french import NARROW_NBSP, NBSP
from numecole_desktop.domain.spreadsheet import neutralised
from numecole_desktop.durable import write_whole

Cell = str | int | float | None


def write_table(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Path:
    """Write a table as XLSX where ``path`` ends so, else as CSV; None is an empty cell.

    CSV has « ; », UTF-8 with BOM, decimal comma, plain numbers without spaces, and a text that a
    spreadsheet would run as a formula is neutralised; XLSX keeps texts as texts.

    Raises:
        Problem: the file cannot be written.
    """
    if path.suffix.lower() == ".xlsx":
        return write_whole(path, _sheet(headings, rows))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_cell(heading) for heading in headings])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return write_whole(path, text.getvalue().encode("utf-8-sig"))


def write_text(path: Path, text: str) -> Path:
    """Write a text with the marks that Windows programs expect.

    Raises:
        Problem: the file cannot be written.
    """
    return write_whole(path, text.replace("\n", "\r\n").encode("utf-8-sig"))


def _sheet(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return data.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralised(value.replace(NARROW_NBSP, " ").replace(NBSP, " "))
    return str(value).replace(".", ",")
