"""A first reading of a file: which lines may share a key, which years it holds.

Only a number is kept of each line, whatever its length. Two keys that have the same number are
examined for nothing.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice

from numecole_desktop.domain.school_year import SchoolYear, SchoolYearError
from numecole_desktop.domain.uai import DIGITS, read_uai
from numecole_desktop.importers.columns import Header
from numecole_desktop.importers.rows import Row

_COMPARED = 1 << 15


class DuplicateKeys:
    """Sees every line once, then tells the doubtful ones and the order in which to read.

    A UAI or a school year written in two ways is the same one. ``year`` is that of the lines that
    give none. ``lines`` counts those that were seen.
    """

    def __init__(
        self, header: Header, key_columns: Sequence[str], year: SchoolYear | None = None
    ) -> None:
        self._uai = header.positions["uai"]
        self._year = header.positions.get("year", -1) if "year" in key_columns else -1
        self._key = header.positions.get("key", -1) if "key" in key_columns else -1
        self._first_years = _FirstYears({"": year.first if year else 0})
        self._keys = array("q")
        self._distinct: set[int] = set()
        self._doubtful: frozenset[int] | None = None
        self._years: set[int] = set()
        self._last_year = -1
        self._ordered = True
        self.lines = 0

    def see(self, rows: Sequence[Row]) -> Sequence[int]:
        """Take note of some lines; the result is a number for the key of each."""
        years = self._years_of(rows)
        keys = self._keys_of(rows, years)
        self.lines += len(rows)
        self._keys.extend(keys)
        for year, _ in groupby(years):
            if year != self._last_year:
                self._ordered = self._ordered and year > self._last_year
                self._years.add(year)
                self._last_year = year
        return keys

    def see_alone(self, rows: Sequence[Row]) -> bool:
        """Take note of lines; whether all so far are of one year, each with a key of its own.

        It keeps more of each line than ``see``.
        """
        self._distinct.update(self.see(rows))
        return len(self._years) < 2 and len(self._distinct) == len(self._keys)

    def part(self, rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
        """The lines that surely have a key of their own, and the doubtful ones."""
        if self._doubtful is None:
            self._doubtful = _twice(self._keys)
            self._keys = array("q")
        if not self._doubtful:
            return rows, ()
        keys = self._keys_of(rows, self._years_of(rows))
        alone: list[Row] = []
        shared: list[Row] = []
        for row, key in zip(rows, keys, strict=True):
            (shared if key in self._doubtful else alone).append(row)
        return alone, shared

    def passes(
        self, rows: Callable[[], Iterator[Row]], size: int
    ) -> Iterator[Iterator[Sequence[Row]]]:
        """The lines, year after year, so that a year is compared with the one before it.

        One reading when the file is in that order already, else one for each year. Each year
        comes in blocks of at most ``size`` lines.
        """
        if len(self._years) < 2:
            yield _blocks(rows(), size)
        elif self._ordered:
            for _, lines in groupby(rows(), self._first_year):
                yield _blocks(lines, size)
        else:
            for year in sorted(self._years):
                yield _blocks((row for row in rows() if self._first_year(row) == year), size)

    def _keys_of(self, rows: Sequence[Row], years: Sequence[int]) -> list[int]:
        uais = _tidied([r.cells[self._uai] if self._uai < len(r.cells) else "" for r in rows])
        if self._key < 0:
            return list(map(hash, zip(uais, years, strict=True)))
        others = [r.cells[self._key] if self._key < len(r.cells) else "" for r in rows]
        return list(map(hash, zip(uais, years, others, strict=True)))

    def _years_of(self, rows: Sequence[Row]) -> Sequence[int]:
        if self._year < 0:
            return [self._first_years[""]] * len(rows)
        place = self._year
        texts = [row.cells[place] if place < len(row.cells) else "" for row in rows]
        return list(map(self._first_years.__getitem__, texts))

    def _first_year(self, row: Row) -> int:
        return self._years_of((row,))[0]


class _FirstYears(dict[str, int]):
    """First calendar year of a text that names a school year; 0 when it names none."""

    def __missing__(self, text: str) -> int:
        try:
            self[text] = SchoolYear.parse(text).first
        except SchoolYearError:
            self[text] = 0
        return self[text]


def _blocks(rows: Iterator[Row], size: int) -> Iterator[Sequence[Row]]:
    while block := list(islice(rows, size)):
        yield block


def _tidied(cells: list[str]) -> list[str]:
    """UAIs as they will be read; looking at all of them at once is quicker."""
    text = "".join(cells)
    plain = text.isascii() and text.isupper() and "O" not in text
    if plain and set(map(len, cells)) == {DIGITS + 1}:
        return cells
    return [read_uai(cell).value or cell for cell in cells]


def _twice(keys: array[int]) -> frozenset[int]:
    """Numbers that occur more than once, looked for a part at a time to spare the memory."""
    parts = 1 + len(keys) // _COMPARED
    found: set[int] = set()
    for part in range(parts):
        some = [key for key in keys if key % parts == part] if parts > 1 else keys
        if len(set(some)) < len(some):
            found.update(key for key, times in Counter(some).items() if times > 1)
    return frozenset(found)
