"""Tables of the screens as CSV files that a French spreadsheet opens without asking."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from numecole_desktop.domain.french import NARROW_NBSP, NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import write_atomic
from numecole_desktop.storage.errors import reason

Cell = str | int | float | None

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Path:
    """Write a table: « ; », UTF-8 with BOM, decimal comma, plain numbers without spaces.

    A text that a spreadsheet would run as a formula is neutralised; None is an empty cell.

    Raises:
        ServiceError: the file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_cell(heading) for heading in headings])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return write_whole(path, text.getvalue().encode("utf-8-sig"))


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file that a person asked for, whole or not at all; returns ``path``.

    Raises:
        ServiceError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except OSError as problem:
        raise Problem(
            f"Le fichier {path} ne peut pas être écrit ({reason(problem)}){NBSP}: "
            f"fermez-le s’il est ouvert, ou choisissez un autre dossier."
        ) from problem
    return path


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.replace(NARROW_NBSP, " ").replace(NBSP, " ")
        return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text
    return str(value).replace(".", ",")
