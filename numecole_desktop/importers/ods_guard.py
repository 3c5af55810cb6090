"""Size of the sheets of an ODS file: its repeated rows and cells are stored once."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_SHEET = f"{_TABLE} table"
_ROW = f"{_TABLE} table-row"
_CELLS = (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell")
_ROW_REPEAT = f"{_TABLE} number-rows-repeated"
_CELL_REPEAT = f"{_TABLE} number-columns-repeated"
_VALUE_TYPE = f"{_OFFICE} value-type"


class OdsError(Exception):
    """The content is not well-formed, or declares a document type (which no spreadsheet does)."""


@dataclass(slots=True)
class SheetSize:
    """Rows and columns down to the last filled cell, and bytes of text once copied out."""

    height: int = 0
    width: int = 0
    text: int = 0


def measure_ods(content: bytes) -> list[SheetSize]:
    """Size of each sheet of ``content.xml`` as a reader would lay it out in memory.

    Raises:
        OdsError: see the class.
    """
    measure = _Measure()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = measure.start
    parser.EndElementHandler = measure.end
    parser.CharacterDataHandler = measure.characters
    parser.StartDoctypeDeclHandler = measure.doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as problem:
        raise OdsError(str(problem)) from problem
    return measure.sheets


class _Measure:
    """Running totals of the parse: a row counts when one of its cells is filled."""

    def __init__(self) -> None:
        self.sheets: list[SheetSize] = []
        self._row = 0
        self._row_repeat = 1
        self._column = 0
        self._cell_repeat = 1
        self._filled_to = 0
        self._row_text = 0
        self._in_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _CELLS:
            self._in_cell = True
            self._cell_repeat = _count(attributes.get(_CELL_REPEAT))
            self._column += self._cell_repeat
            if _VALUE_TYPE in attributes:
                self._filled_to = self._column
        elif tag == _ROW:
            self._row_repeat = _count(attributes.get(_ROW_REPEAT))
            self._column = self._filled_to = self._row_text = 0
        elif tag == _SHEET:
            self.sheets.append(SheetSize())
            self._row = 0

    def characters(self, text: str) -> None:
        if self._in_cell:
            self._filled_to = self._column
            self._row_text += len(text) * self._cell_repeat

    def end(self, tag: str) -> None:
        if tag in _CELLS:
            self._in_cell = False
        elif tag == _ROW and self.sheets:
            self._row += self._row_repeat
            if self._filled_to:
                sheet = self.sheets[-1]
                sheet.height = self._row
                sheet.width = max(sheet.width, self._filled_to)
                sheet.text += self._row_text * self._row_repeat

    def doctype(self, *_: object) -> None:
        raise OdsError("DOCTYPE")


def _count(repeated: str | None) -> int:
    count = 1 if repeated is None else int(repeated)
    if count < 0:
        raise OdsError(f"{count} repetitions")
    return count
