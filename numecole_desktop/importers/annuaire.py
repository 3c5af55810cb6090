"""Lines of the ministry's directory of schools, in any of its header versions."""

from __future__ import annotations

from collections.abc import Callable

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP, fold, quoted
from numecole_desktop.domain.journal import Value
from numecole_desktop.domain.questionnaire import MISSING_TEXT
from numecole_desktop.domain.school import SchoolType
from numecole_desktop.domain.school_year import SchoolYear, SchoolYearError
from numecole_desktop.domain.uai import read_uai
from numecole_desktop.importers import cells
from numecole_desktop.importers.cells import CellError
from numecole_desktop.importers.columns import Header
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row

_SCHOOL_WORD = "ecole"
_TYPE_WORDS = (
    ("maternelle", SchoolType.NURSERY),
    ("primaire", SchoolType.PRIMARY),
    ("elementaire", SchoolType.ELEMENTARY),
)
_LATITUDES = (-90.0, 90.0)
_LONGITUDES = (-180.0, 180.0)


class DirectoryReader:
    """Reads lines of one directory file, whose header was found."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._positions = header.positions

    def parse(self, row: Row) -> Parsed:
        """The school of a line; collèges and lycées are skipped."""
        line = row.line
        found: list[Finding] = []
        reading = read_uai(self._cell(row, "uai"))
        name = self._cell(row, "name")
        kind = fold(self._cell(row, "type"))
        if kind and _SCHOOL_WORD not in kind.split(" "):
            return Parsed(line, None, {}, name, skipped="collèges, lycées et autres établissements")
        if reading.problem:
            found.append(
                findings.error(
                    "invalid_uai",
                    reading.problem,
                    line=line,
                    column=self.column("uai"),
                    value=self._cell(row, "uai"),
                )
            )
        elif reading.mended:
            found.append(
                (findings.info if reading.tidied else findings.warning)(
                    "uai_mended",
                    reading.mended,
                    line=line,
                    column=self.column("uai"),
                    value=self._cell(row, "uai"),
                )
            )
        values: dict[str, Value] = {}
        for field in ("name", "commune", "academy", "circonscription", "nature_code", "state"):
            text = self._cell(row, _COLUMN_OF.get(field, field))
            if text:
                values[field] = text
        circonscription = read_uai(self._cell(row, "circonscription_code"))
        if circonscription.value:
            values["circonscription_code"] = circonscription.value
        priority = self._cell(row, "priority")
        if "priority" in self._positions and priority != MISSING_TEXT:
            # The directory leaves this cell empty for the schools that are in no programme.
            values["priority"] = priority.upper()
        sector = fold(self._cell(row, "sector"))
        if sector:
            values["public"] = not sector.startswith("priv")
        for field, convert in _CONVERTED.items():
            self._convert(row, field, convert, values, found)
        school_type = self._type(row, name, found)
        if school_type:
            values["type"] = school_type.value
        label = " ".join(filter(None, (name, str(values.get("commune") or ""))))
        key = (reading.value,) if reading.value else None
        return Parsed(line, key, values, label, found)

    def _cell(self, row: Row, name: str) -> str:
        position = self._positions.get(name)
        return row.cells[position] if position is not None and position < len(row.cells) else ""

    def column(self, name: str) -> str | None:
        """The file's header for one of our columns, or for a field of a school."""
        position = self._positions.get(_COLUMN_OF.get(name, name))
        return None if position is None else self._header.names[position]

    def _convert(
        self,
        row: Row,
        field: str,
        convert: Callable[[str], tuple[Value, str | None]],
        values: dict[str, Value],
        found: list[Finding],
    ) -> None:
        text = self._cell(row, field)
        if not text:
            return
        where = {"line": row.line, "column": self.column(field), "value": text}
        try:
            value, note = convert(text)
        except CellError as problem:
            found.append(
                findings.warning("unreadable_cell", f"{problem} La cellule est ignorée.", **where)
            )
            return
        values[field] = value
        if note:
            found.append(findings.info("cell_mended", note, **where))

    def _type(self, row: Row, name: str, found: list[Finding]) -> SchoolType | None:
        flags = []
        for column in ("nursery", "elementary"):
            text = self._cell(row, column)
            try:
                flags.append(cells.yes_no(text) if text else False)
            except CellError as problem:
                found.append(
                    findings.warning(
                        "unreadable_cell",
                        f"{problem} La cellule est ignorée.",
                        line=row.line,
                        column=self.column(column),
                        value=text,
                    )
                )
                flags.append(False)
        nursery, elementary = flags
        if nursery and elementary:
            return SchoolType.PRIMARY
        if nursery:
            return SchoolType.NURSERY
        if elementary:
            return SchoolType.ELEMENTARY
        words = fold(name).split(" ")
        return next((kind for word, kind in _TYPE_WORDS if word in words), None)


def _school_year(text: str) -> str:
    try:
        return str(SchoolYear.parse(text))
    except SchoolYearError as problem:
        raise CellError(str(problem)) from problem


def _coordinate(low: float, high: float) -> Callable[[str], tuple[Value, str | None]]:
    def convert(text: str) -> tuple[Value, str | None]:
        value = cells.decimal_number(text)
        if not low <= value <= high:
            raise CellError(
                f"{quoted(text)} n’est pas une coordonnée possible{NBSP}: elle se donne en degrés."
            )
        return value, None

    return convert


def _plain(convert: Callable[[str], Value]) -> Callable[[str], tuple[Value, str | None]]:
    def converted(text: str) -> tuple[Value, str | None]:
        return convert(text), None

    return converted


_COLUMN_OF = {"commune": "commune_name", "circonscription": "circonscription_name"}
_CONVERTED: dict[str, Callable[[str], tuple[Value, str | None]]] = {
    "postcode": cells.code5,
    "commune_code": cells.code5,
    "department_code": _plain(cells.department_code),
    "pupils": cells.whole_number,
    "latitude": _coordinate(*_LATITUDES),
    "longitude": _coordinate(*_LONGITUDES),
    "opened_on": _plain(cells.date_text),
    "closed_from": _plain(_school_year),
}
