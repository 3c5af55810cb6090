"""XLSX and ODS files, read by calamine once the guard has let them through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from numecole_desktop.importers.limits import SheetLimits
from numecole_desktop.importers.rows import Row, Table, TableError, clean
from numecole_desktop.importers.zip_guard import check_spreadsheet, damaged, protected

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

# Spreadsheets keep 15 significant digits: beyond, a whole number is no longer exact.
_EXACT = 10**15
_DISTINCT = 4096
"""Texts of cells kept at hand while a sheet is read."""


def open_sheet(path: Path, file: BinaryIO, sha256: str, size: int, limits: SheetLimits) -> Table:
    """Open the sheet of a spreadsheet that has the most filled rows, and the others with it.

    Hidden sheets are left out unless all are. The sheets stay in memory as long as the table.

    Raises:
        TableError: beyond a limit, damaged, protected by a password, or without any filled cell.
    """
    if size > limits.file_bytes:
        raise TableError(
            f"Le fichier « {path.name} » est trop gros ({size // 2**20} Mo, "
            f"{limits.file_bytes // 2**20} au plus) : gardez-y le seul tableau à importer, ou "
            f"enregistrez-le au format CSV."
        )
    kind = check_spreadsheet(file, path.name, limits)
    fullest, *others = (
        Table(path, kind, sha256, size, reader=partial(_rows, sheet), sheet=sheet.name)
        for sheet in _fullest_first(file, path.name)
    )
    return replace(fullest, others=tuple(others))


def _fullest_first(file: BinaryIO, name: str) -> list[CalamineSheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    file.seek(0)
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            sheets = _sheets(workbook, visible=True) or _sheets(workbook, visible=False)
    except PasswordError as problem:
        raise protected(name) from problem
    except CalamineError as problem:
        raise damaged(name) from problem
    if not sheets:
        raise TableError(
            f"Le fichier « {name} » ne contient aucune cellule remplie : vérifiez que c’est le bon "
            f"fichier."
        )
    return sorted(sheets, key=_filled_rows, reverse=True) if len(sheets) > 1 else sheets


def _sheets(workbook: CalamineWorkbook, *, visible: bool) -> list[CalamineSheet]:
    """The sheets of cells that are not empty, among the visible or the hidden ones."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    wanted = [
        index
        for index, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet
        and (sheet.visible == SheetVisibleEnum.Visible) is visible
    ]
    sheets = (workbook.get_sheet_by_index(index) for index in wanted)
    return [sheet for sheet in sheets if sheet.height]


def _filled_rows(sheet: CalamineSheet) -> int:
    return sum(any(value != "" for value in values) for values in sheet.iter_rows())


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    # Columns of a table say the same few things: most cells were already seen above.
    text = lru_cache(_DISTINCT)(_text)
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = tuple(map(text, values))
        if any(cells):
            yield Row(number, cells)


def _text(value: object) -> str:
    """A cell as text, cleaned: 9107.0 is « 9107 », a date is ISO, true is « 1 »."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return str(int(value)) if -_EXACT < value < _EXACT and value.is_integer() else repr(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return str(value)
