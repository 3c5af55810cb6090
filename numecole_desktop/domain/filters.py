"""What a person types above a column to keep some of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt

from numecole_desktop.domain.french import fold
from numecole_desktop.domain.spreadsheet import is_number, pasted

Cell = str | int | float | None
Keeps = Callable[[Cell], bool]

_COMPARED = re.compile(r"(<=|>=|≤|≥|<|>|=)\s*(-?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?)\s*%?")
_COMPARISONS = {"<": lt, ">": gt, "<=": le, "≤": le, ">=": ge, "≥": ge, "=": eq}
_MISSING = frozenset(("n c", "nc"))


def column_filter(text: str) -> Keeps | None:
    """Which cells ``text`` keeps; None when it is blank and keeps all.

    « >10 », « <=5 », « =3 » compare numbers, « n.c. » keeps what is not known, « =mot » the very
    words; any other text keeps the cells that hold each of its words, accents and case aside.
    """
    wanted = text.strip()
    if not wanted:
        return None
    compared = _COMPARED.fullmatch(wanted)
    if compared:
        return _comparing(_COMPARISONS[compared[1]], _value(compared[2]))
    if fold(wanted) in _MISSING:
        return lambda cell: cell is None or cell == "" or fold(str(cell)) in _MISSING
    if wanted.startswith("="):
        exact = fold(wanted)
        return lambda cell: cell is not None and fold(str(cell)) == exact
    words = fold(wanted).split()
    return lambda cell: cell is not None and _holds(fold(str(cell)), words)


def number_of(cell: Cell) -> float | None:
    """The number that a cell shows (« 1 234 », « 33 % »); None when it shows none."""
    if isinstance(cell, str):
        return _value(pasted(cell)) if is_number(cell) else None
    return cell


def _comparing(compare: Callable[[float, float], bool], bound: float) -> Keeps:
    def keeps(cell: Cell) -> bool:
        value = number_of(cell)
        return value is not None and compare(value, bound)

    return keeps


def _holds(folded: str, words: list[str]) -> bool:
    return all(word in folded for word in words)


def _value(text: str) -> float:
    return float(re.sub(r"[^\d.\-]", "", text.replace(",", ".")))
