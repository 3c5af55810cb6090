"""Columns found by name, and rows that are not data: titles, subtotals, notes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Literal

from numecole_desktop.domain.french import fold_header, joined, plural, quoted
from numecole_desktop.importers.kinds import ColumnSpec, KindError, KindSpec, load_kind
from numecole_desktop.importers.rows import Row, TableError

__all__ = [
    "ColumnSpec",
    "ColumnsError",
    "Header",
    "KindError",
    "KindSpec",
    "RowClass",
    "classify",
    "classify_all",
    "find_header",
    "header_key",
    "load_kind",
]

RowClass = Literal["data", "subtotal", "note", "repeated_header"]

_NAMES_SHOWN = 12
_PLACE = " (colonne {})"


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a table.

    ``names`` are its cells (trailing empty ones left out), ``positions`` gives the index of each
    known column found, ``unknown`` the headers that mean nothing here, ``skipped`` the rows above.
    """

    line: int
    names: tuple[str, ...]
    positions: Mapping[str, int]
    unknown: tuple[str, ...]
    skipped: tuple[Row, ...]

    def puzzling(self, kind: KindSpec) -> tuple[str, ...]:
        """The headers of which nothing is known, not even that they are of no use to ``kind``."""
        return tuple(
            name
            for place, name in enumerate(self.names, start=1)
            if name in self.unknown
            and fold_header(name.removesuffix(_PLACE.format(place))) not in kind.ignored
        )


class ColumnsError(TableError):
    """No row of the beginning of the file can be its header.

    ``line`` and ``names`` are those of the row that comes closest, ``missing`` the columns that
    it lacks (none when two of its headers mean the same column): what a mapping assistant needs.
    """

    def __init__(
        self, sentence: str, line: int, names: tuple[str, ...], missing: tuple[ColumnSpec, ...]
    ) -> None:
        super().__init__(sentence)
        self.line = line
        self.names = names
        self.missing = missing


def find_header(
    rows: Iterable[Row], kind: KindSpec, mapping: Mapping[str, str] | None = None
) -> Header:
    """The row, among the first ones, that holds the required columns and the most known ones.

    ``mapping`` gives the column that the user chose for a header, empty to ignore the header; it
    wins over the names that the kind knows.

    Raises:
        ColumnsError: no row has the required columns, or two headers mean the same column.
    """
    meanings = _Meanings(kind, mapping or {})
    candidates = list(islice(rows, kind.header_rows))
    if not candidates:
        raise ColumnsError("Le fichier ne contient aucune ligne remplie.", 0, (), kind.columns)
    found = [meanings.of(row.cells) for row in candidates]
    best = max(
        range(len(candidates)),
        key=lambda i: (not meanings.missing(found[i]), len(found[i]), _worded(candidates[i]), -i),
    )
    row, positions = candidates[best], found[best]
    missing = meanings.missing(positions)
    names = _names(row.cells)
    if missing:
        raise ColumnsError(
            _missing_sentence(kind, missing, row, positions), row.line, names, missing
        )
    for name, indexes in positions.items():
        if len(indexes) > 1:
            raise ColumnsError(_twice_sentence(kind, name, indexes, row), row.line, names, ())
    used = {index for indexes in positions.values() for index in indexes}
    return Header(
        line=row.line,
        names=names,
        positions=MappingProxyType({name: indexes[0] for name, indexes in positions.items()}),
        unknown=tuple(text for i, text in enumerate(names) if text and i not in used),
        skipped=tuple(candidates[:best]),
    )


def header_key(names: Iterable[str]) -> str:
    """Signature of a header, to remember the mapping chosen for it.

    Neither the order of the columns, nor case, accents, spaces and underscores change it.
    """
    folded = sorted({fold_header(name) for name in names} - {""})
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()[:32]


def classify(row: Row, header: Header, kind: KindSpec) -> RowClass:
    """What a row below the header is; « data » when in doubt, so that it is reported.

    A code in the key column makes it data. Otherwise a cell that begins with a subtotal word, a
    single cell of text and a copy of the header are recognised.
    """
    cells = row.cells
    position = _key_position(header, kind)
    key = cells[position] if position < len(cells) else ""
    if key.isalnum() and key[0].isdigit():
        return "data"
    if _repeats(cells, header):
        return "repeated_header"
    filled = [text for text in cells if text]
    known = [cells[i] for i in header.positions.values() if i < len(cells)]
    words = _folded(kind.skip_words)
    if any(_begins_with(text, words) for text in ([key] if key else [filled[0], *known])):
        return "subtotal"
    if len(filled) == 1 and not _like_a_code(key):
        return "note"
    return "data"


def classify_all(rows: Sequence[Row], header: Header, kind: KindSpec) -> list[RowClass]:
    """``classify`` for many rows, in no time when the key column holds codes only."""
    position = _key_position(header, kind)
    keys = [row.cells[position] if position < len(row.cells) else "" for row in rows]
    starts = "".join([key[:1] for key in keys])
    if len(starts) == len(keys) and starts.isdigit() and "".join(keys).isalnum():
        return ["data"] * len(keys)
    return [classify(row, header, kind) for row in rows]


class _Meanings:
    """What each header means, for a kind and the choices of the user."""

    def __init__(self, kind: KindSpec, mapping: Mapping[str, str]) -> None:
        self._columns = {column.name: column for column in kind.columns}
        self._required = tuple(column for column in kind.columns if column.required)
        self._accepted = {text: column.name for text, column in kind.accepted().items()}
        self._chosen = {fold_header(text): name for text, name in mapping.items()}

    def of(self, cells: tuple[str, ...]) -> dict[str, list[int]]:
        """Positions of each known column in a row taken as a header."""
        folded = [fold_header(name) for name in _names(cells)]
        chosen = {self._chosen[text] for text in folded if text in self._chosen}
        found: defaultdict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(folded):
            if text in self._chosen:
                name = self._chosen[text]
            else:
                name = self._accepted.get(fold_header(cells[index]), "")
                if name in chosen:
                    continue
            if name in self._columns:
                found[name].append(index)
        return dict(found)

    def missing(self, positions: Mapping[str, object]) -> tuple[ColumnSpec, ...]:
        """Required columns that a row lacks."""
        return tuple(column for column in self._required if column.name not in positions)


def _worded(row: Row) -> tuple[int, int]:
    """How many cells hold words, as headings do, then how many are filled."""
    return sum(any(map(str.isalpha, text)) for text in row.cells), sum(map(bool, row.cells))


def _names(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The headings; one that was already met says its place, so that it can be chosen."""
    width = max((i for i, text in enumerate(cells, start=1) if text), default=0)
    seen: set[str] = set()
    names = []
    for place, text in enumerate(cells[:width], start=1):
        folded = fold_header(text)
        names.append(text + _PLACE.format(place) if folded and folded in seen else text)
        seen.add(folded)
    return tuple(names)


def _missing_sentence(
    kind: KindSpec,
    missing: tuple[ColumnSpec, ...],
    row: Row,
    positions: Mapping[str, object],
) -> str:
    labels = joined([quoted(column.label) for column in missing])
    what = "Il manque la colonne" if len(missing) == 1 else "Il manque les colonnes"
    names = [text for text in row.cells if text]
    shown = ", ".join(quoted(text) for text in names[:_NAMES_SHOWN])
    others = len(names) - _NAMES_SHOWN
    more = f" et {plural(others, 'autre')}" if others > 0 else ""
    where = f"Ligne {row.line}, colonnes lues" if positions else f"Ligne {row.line}, lu"
    example = missing[0].names[0] if missing[0].names else missing[0].label
    return (
        f"{what} {labels} pour importer : {kind.title}. {where} : {shown}{more}. Renommez la "
        f"colonne du fichier (par exemple {quoted(example)}) ou indiquez à quoi correspond chaque "
        f"colonne."
    )


def _twice_sentence(kind: KindSpec, name: str, indexes: list[int], row: Row) -> str:
    label = next(column.label for column in kind.columns if column.name == name)
    places = [f"{quoted(row.cells[i])} (colonne {i + 1})" for i in indexes]
    return (
        f"Ligne {row.line}, plusieurs colonnes peuvent être {quoted(label)} : {joined(places)}. "
        f"Renommez ou supprimez celles qui sont en trop, ou indiquez laquelle choisir."
    )


def _key_position(header: Header, kind: KindSpec) -> int:
    """Index of the first required column: the one that identifies a row."""
    for column in kind.columns:
        if column.required:
            return header.positions[column.name]
    raise KindError(f"{kind.kind} : aucune colonne n’est obligatoire")


def _repeats(cells: tuple[str, ...], header: Header) -> bool:
    return all(
        i < len(cells) and fold_header(cells[i]) == fold_header(header.names[i])
        for i in header.positions.values()
    )


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold_header, words))


def _begins_with(text: str, words: frozenset[str]) -> bool:
    """Whether the first one or two words of a text are one of ``words``: never « Totem »."""
    parts = text.split(maxsplit=2)[:2]
    return any(fold_header(" ".join(parts[:n])) in words for n in (1, 2))


def _like_a_code(text: str) -> bool:
    """Whether half of the letters and digits are digits, as in a UAI, even a mistyped one."""
    folded = fold_header(text)
    return bool(folded) and 2 * sum(map(str.isdigit, folded)) >= len(folded)
