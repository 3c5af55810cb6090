"""Lines of reference files: ENT, GAR, labels, head counts. Each gives one or two whole numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP, quoted, whole
from numecole_desktop.domain.school_year import SchoolYear, SchoolYearError
from numecole_desktop.domain.uai import read_uai
from numecole_desktop.importers import cells
from numecole_desktop.importers.cells import CellError
from numecole_desktop.importers.columns import Header
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row

_SINGLE_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class ReferenceRules:
    """What a kind of reference file accepts (``resources/imports/reference.toml``).

    ``key`` and ``value`` name how those columns are read: « none », « whole », « text »,
    « yes_no ». A maximum of 0 is no bound. ``single_year`` accepts « 2022 » for 2022-2023.
    """

    kind: str
    label: str
    key: str
    value: str
    key_minimum: int
    key_maximum: int
    value_minimum: int
    value_maximum: int
    extra_minimum: int
    single_year: bool


class ReferenceReader:
    """Reads lines of one reference file, whose header was found."""

    def __init__(self, header: Header, rules: ReferenceRules, year: SchoolYear | None) -> None:
        self._header = header
        self._rules = rules
        self._year = year

    def parse(self, row: Row) -> Parsed:
        """The row: key (UAI, year, what it is about), values « value » and « extra »."""
        found: list[Finding] = []
        uai = self._uai(row, found)
        year = self._read_year(row, found)
        key = self._key(row, found)
        rules = self._rules
        value: int | None
        if rules.value == "yes_no":
            value = self._yes_no(row, found)
        else:
            value = self._whole(row, "value", (rules.value_minimum, rules.value_maximum), found)
        extra: int | None = 0
        if "extra" in self._header.positions:
            extra = self._whole(row, "extra", (rules.extra_minimum, 0), found)
        complete = uai and year and key is not None and value is not None and extra is not None
        return Parsed(
            row.line,
            (uai or "", str(year), key or "") if complete else None,
            {"value": value, "extra": extra},
            " ".join(filter(None, (uai, key))),
            found,
        )

    def column(self, name: str) -> str | None:
        """The file's header for one of our columns."""
        position = self._header.positions.get(name)
        return None if position is None else self._header.names[position]

    def _cell(self, row: Row, name: str) -> str:
        position = self._header.positions.get(name)
        return row.cells[position] if position is not None and position < len(row.cells) else ""

    def _refuse(self, row: Row, name: str, code: str, message: str, found: list[Finding]) -> None:
        found.append(
            findings.error(
                code,
                message,
                line=row.line,
                column=self.column(name),
                value=self._cell(row, name),
            )
        )

    def _uai(self, row: Row, found: list[Finding]) -> str | None:
        reading = read_uai(self._cell(row, "uai"))
        if reading.problem:
            self._refuse(row, "uai", "invalid_uai", reading.problem, found)
        elif reading.mended:
            say = findings.info if reading.tidied else findings.warning
            found.append(
                say("uai_mended", reading.mended, line=row.line, column=self.column("uai"))
            )
        return reading.value

    def _read_year(self, row: Row, found: list[Finding]) -> SchoolYear | None:
        text = self._cell(row, "year")
        if self._rules.single_year and _SINGLE_YEAR.fullmatch(text):
            return SchoolYear(int(text))
        try:
            if text:
                return SchoolYear.parse(text)
        except SchoolYearError as problem:
            self._refuse(row, "year", "invalid_year", str(problem), found)
            return None
        if self._year is None:
            self._refuse(
                row,
                "year",
                "invalid_year",
                f"L’année scolaire manque{NBSP}: remplissez la colonne, ou choisissez l’année de "
                f"l’import.",
                found,
            )
        return self._year

    def _key(self, row: Row, found: list[Finding]) -> str | None:
        rules = self._rules
        if rules.key == "none":
            return ""
        if rules.key == "whole":
            number = self._whole(row, "key", (rules.key_minimum, rules.key_maximum), found)
            return None if number is None else str(number)
        text = self._cell(row, "key")
        if not text:
            self._refuse(row, "key", "missing_cell", "La cellule est vide : remplissez-la.", found)
            return None
        return text

    def _yes_no(self, row: Row, found: list[Finding]) -> int | None:
        try:
            return int(cells.yes_no(self._cell(row, "value")))
        except CellError as problem:
            self._refuse(row, "value", "not_yes_no", str(problem), found)
            return None

    def _whole(
        self, row: Row, name: str, bounds: tuple[int, int], found: list[Finding]
    ) -> int | None:
        text = self._cell(row, name)
        low, high = bounds
        limits = f"entre {low} et {high}" if high else f"au moins {whole(low)}"
        try:
            number, note = cells.whole_number(text)
        except CellError as problem:
            what = quoted(text) if text else "Une cellule vide"
            sentence = f"{what} n’est pas un nombre{NBSP}: il faut {limits}."
            self._refuse(row, name, "not_whole", sentence if high else str(problem), found)
            return None
        if number < low or (high and number > high):
            self._refuse(
                row,
                name,
                "out_of_bounds",
                f"{quoted(text)} ne convient pas{NBSP}: il faut {limits}.",
                found,
            )
            return None
        if note:
            found.append(
                findings.info(
                    "cell_mended", note, line=row.line, column=self.column(name), value=text
                )
            )
        return number
