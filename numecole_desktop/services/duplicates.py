"""A first reading of a file: which lines may share a key, which years it holds.

A fixed table of bits keeps the memory flat however long the file: a key seen twice is surely
found, a few others are examined for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from numecole_desktop.domain.uai import DIGITS
from numecole_desktop.importers.columns import Header
from numecole_desktop.importers.rows import Row

_BITS = 26


class DuplicateKeys:
    """Sees every line once, then tells the doubtful ones and the order in which to read."""

    def __init__(self, header: Header, key_columns: Sequence[str]) -> None:
        self._uai = header.positions["uai"]
        self._year = header.positions.get("year", -1) if "year" in key_columns else -1
        self._seen = bytearray(1 << (_BITS - 3))
        self._doubtful: set[str] = set()
        self._years: dict[str, None] = {}
        self._last_year = ""
        self._ordered = True
        self.lines = 0

    def see(self, row: Row) -> None:
        """Take note of one line."""
        self.lines += 1
        key = self._key(row)
        bit = hash(key) & ((1 << _BITS) - 1)
        byte, mask = bit >> 3, 1 << (bit & 7)
        if self._seen[byte] & mask:
            self._doubtful.add(key)
        else:
            self._seen[byte] |= mask
        year = self._year_text(row)
        if year != self._last_year:
            self._ordered = self._ordered and year > self._last_year
            self._years[year] = None
            self._last_year = year

    def is_doubtful(self, row: Row) -> bool:
        """Whether another line may have the key of this one."""
        return bool(self._doubtful) and self._key(row) in self._doubtful

    def passes(self, rows: Callable[[], Iterator[Row]]) -> Iterator[Iterator[Row]]:
        """The lines, year after year, so that a year is compared with the one before it.

        One reading when the file is in that order already, else one for each year.
        """
        if self._ordered or len(self._years) < 2:
            yield rows()
            return
        for year in sorted(self._years):
            yield (row for row in rows() if self._year_text(row) == year)

    def _key(self, row: Row) -> str:
        cell = row.cells[self._uai] if self._uai < len(row.cells) else ""
        return cell.upper().zfill(DIGITS + 1) + self._year_text(row)

    def _year_text(self, row: Row) -> str:
        if 0 <= self._year < len(row.cells):
            return row.cells[self._year][:4]
        return ""
