"""What every reader of tables gives: rows of clean text cells that know their line."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from numecole_desktop.domain.problem import Problem

# Spreadsheets and readers of formulas would evaluate a cell that begins with one of these; exports
# put an apostrophe before it (source: OWASP, CSV injection; spec 4.3).
NEUTRALISED = frozenset("=+-@\t\r\n")

# White space besides the plain space; the last three are not white space for Python, and yet
# invisible: zero-width space, word joiner, byte order mark.
RARE_WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)
_WHITE = " " + RARE_WHITE


class TableError(Problem):
    """The file cannot be read as a table: the sentence says what, where and how to mend it."""


class Row(NamedTuple):
    """One logical row of a table.

    ``line`` counts from 1, header included: the physical line on which the record starts in a CSV
    file, the row number of the sheet otherwise. ``cells`` are NFC text without surrounding white
    space (no-break and zero-width spaces included) and without the apostrophe that neutralised
    a formula. A named tuple and not a dataclass: a million of them are built per import.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table, which can be read several times.

    ``format`` is « csv », « xlsx » or « ods »; ``encoding`` and ``delimiter`` are None for a
    sheet, ``sheet`` (its name) is None for a CSV file. ``sha256`` is that of the whole file, in
    hexadecimal, and ``size`` is in bytes. ``others`` are the other filled sheets of the file.
    """

    path: Path
    format: str
    sha256: str
    size: int
    reader: Callable[[], Iterator[Row]] = field(repr=False, compare=False)
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    others: tuple[Table, ...] = field(default=(), repr=False, compare=False)

    def rows(self) -> Iterator[Row]:
        """The rows from the first one, blank ones left out; each call starts again.

        Raises:
            TableError: while reading, when the file is not a table after all (a quote that is
                never closed, a cell without end) or has changed since it was opened. What was
                read before must then be dropped.
        """
        return self.reader()


def clean(text: str) -> str:
    """One cell as it is compared and stored; see `Row`."""
    text = text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip(_WHITE)
    if text.startswith("'") and text[1:2] in NEUTRALISED:
        return text[1:].strip(_WHITE)
    return text


def clean_cells(cells: Iterable[str]) -> tuple[str, ...]:
    """All the cells of a row, cleaned one by one."""
    return tuple(map(clean, cells))
