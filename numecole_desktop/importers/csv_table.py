"""CSV files, read as a stream: one million lines in constant memory."""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from numecole_desktop.importers.encoding import hash_and_decode
from numecole_desktop.importers.limits import CsvLimits
from numecole_desktop.importers.rows import RARE_WHITE, Row, Table, TableError, clean_cells

_DELIMITERS = (";", "\t", ",", "|")
_BLOCK = 1 << 16
_SEP_LINE = re.compile(r"sep=([;,\t|])(?:\r\n?|\n|\Z)", re.IGNORECASE)
# Below this width, a remark written on several lines may hold as many delimiters as a row.
_NARROW = 3
_QUOTE_ADVICE = (
    "Supprimez ce guillemet, ou fermez-le à la fin de la cellule, puis recommencez l’import."
)


@dataclass(frozen=True, slots=True)
class _Source:
    """How to read the file again, and how to know that it is still the same one."""

    path: Path
    encoding: str
    delimiter: str
    width: int
    skipped_lines: int
    stamp: tuple[int, int]


def open_csv(path: Path, limits: CsvLimits) -> Table:
    """Find the encoding (over the whole file) and the delimiter (over its beginning).

    Raises:
        TableError: too large, binary, unknown encoding, or nothing but white space.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        stamp = _stamp(file.fileno())
        if stamp[0] > limits.file_bytes:
            raise TableError(
                f"Le fichier « {path.name} » est trop gros ({stamp[0] // 2**20} Mo, "
                f"{limits.file_bytes // 2**20} au plus) : découpez-le en plusieurs fichiers."
            )
        sha256, encoding = hash_and_decode(file, path.name)
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(limits.sample_characters)
        complete = not stream.read(1)
    if complete and not sample.strip(RARE_WHITE + " "):
        raise TableError(
            f"Le fichier « {path.name} » est vide : vérifiez que l’export est allé au bout."
        )
    delimiter, width, skipped = _sniff(sample, complete, limits.sample_rows)
    source = _Source(path, encoding, delimiter, width, skipped, stamp)
    return Table(
        path=path,
        format="csv",
        sha256=sha256,
        size=stamp[0],
        reader=lambda: _rows(source),
        encoding=encoding,
        delimiter=delimiter,
    )


def _stamp(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_size, status.st_mtime_ns


def _sniff(sample: str, complete: bool, rows: int) -> tuple[str, int, int]:
    """Delimiter, usual number of cells, and number of lines to skip before the table.

    A delimiter that cuts every row into the same number of cells wins. Otherwise (title rows,
    rows cut short) it is the one that cuts the most rows alike, and into the most cells: decimal
    commas do not beat the semicolons around them, for the header has none.
    """
    declared = _SEP_LINE.match(sample)
    candidates = _DELIMITERS if declared is None else (declared[1],)
    body = sample if declared is None else sample[declared.end() :]
    found = {}
    for delimiter in candidates:
        widths = _widths(body, delimiter, complete, rows)
        width, count = max(widths.items(), key=lambda item: item[::-1], default=(1, 0))
        alike = width > 1 and count == widths.total()
        found[delimiter] = (alike, count * (width - 1), width)
    best = max(found, key=lambda delimiter: found[delimiter])
    return best, found[best][-1], 0 if declared is None else 1


def _widths(text: str, delimiter: str, complete: bool, rows: int) -> Counter[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    parsed = list(islice(reader, rows))
    if not complete and len(parsed) < rows:
        del parsed[-1:]  # cut by the end of the sample
    return Counter(len(cells) for cells in parsed if any(cells))


def _rows(source: _Source) -> Iterator[Row]:
    """Stream the rows. The loop is the hot path of an import: nothing per cell in it.

    Cells are examined by blocks of lines; only the rows of a block where something may have to be
    cleaned, and records that span several lines, are cleaned cell by cell.
    """
    offset = start = source.skipped_lines + 1
    suspicious = _suspicion(source.delimiter)
    dirty = False

    def lines() -> Iterator[list[str]]:
        nonlocal dirty
        while block := stream.readlines(_BLOCK):
            dirty = suspicious("".join(block))
            yield block
        # Inside an open quote, and only there, the reader asks for one line too many.
        if reader.line_num + offset != start:
            raise _open_quote(source.path.name, start)

    with _reopened(source) as stream, _explained(source, lambda: start):
        for _ in range(source.skipped_lines):
            stream.readline()
        reader = csv.reader(chain.from_iterable(lines()), delimiter=source.delimiter)
        new_row = tuple.__new__
        for cells in reader:
            line = start
            start = reader.line_num + offset
            if dirty or start - line != 1:
                clean = _cleaned(cells, source, line, start)
            else:
                clean = tuple(cells)
            if any(clean):
                yield new_row(Row, (line, clean))
        if _stamp(stream.fileno()) != source.stamp:
            raise _changed(source.path.name)


@contextmanager
def _explained(source: _Source, line: Callable[[], int]) -> Iterator[None]:
    """Turn what can go wrong while reading into sentences."""
    try:
        yield
    except csv.Error as problem:
        raise _unreadable_record(source.path.name, line(), problem) from problem
    except (UnicodeDecodeError, OSError) as problem:
        raise _changed(source.path.name) from problem


def _reopened(source: _Source) -> TextIO:
    try:
        stream = source.path.open(encoding=source.encoding, newline="")
    except OSError as problem:
        raise _changed(source.path.name) from problem
    if _stamp(stream.fileno()) != source.stamp:
        stream.close()
        raise _changed(source.path.name)
    return stream


def _suspicion(delimiter: str) -> Callable[[str], bool]:
    """A test on a block of lines: false when no cell of it can need cleaning.

    Every pattern begins with one literal character, which the regular expression engine looks
    for at the speed of memchr.
    """
    edge = re.escape(delimiter) + r'\r\n"'
    space = re.compile(rf" (?:(?=[{edge}]|\Z)|(?<=[{edge}] )|(?<=\A ))").search
    apostrophe = re.compile(r"'\"*(?=[=+@\t\r\n-])").search
    white = [c for c in RARE_WHITE if c not in f"\r\n{delimiter}"]

    def suspicious(block: str) -> bool:
        if space(block) or apostrophe(block) or any(c in block for c in white):
            return True
        # Between quotes, a tab at the edge of a cell looks like a delimiter.
        if delimiter == "\t" and '"' in block:
            return True
        return not (block.isascii() or _composed(block))

    return suspicious


def _composed(block: str) -> bool:
    """Whether every cell of the block is surely NFC; Latin letters always are."""
    try:
        block.encode("latin-1")
    except UnicodeEncodeError:
        # A quote dropped by the reader could bring a letter and its accent together.
        return '"' not in block and unicodedata.is_normalized("NFC", block)
    return True


def _cleaned(cells: list[str], source: _Source, line: int, after: int) -> tuple[str, ...]:
    """Clean cells; refuse a record of several lines in which one cell holds a row or more."""
    if after - line > 1 and source.width >= _NARROW:
        for cell in cells:
            broken = "\n" in cell or "\r" in cell
            if broken and cell.count(source.delimiter) >= source.width - 1:
                raise _open_quote(source.path.name, line)
    return clean_cells(cells)


def _open_quote(name: str, line: int) -> TableError:
    return TableError(
        f'Fichier « {name} », ligne {line} : un guillemet (") ouvre une cellule et n’est pas '
        f"refermé, elle avale les lignes suivantes. {_QUOTE_ADVICE}"
    )


def _unreadable_record(name: str, line: int, problem: csv.Error) -> TableError:
    if "field limit" in str(problem):
        return TableError(
            f"Fichier « {name} », ligne {line} : une cellule dépasse {csv.field_size_limit()} "
            f'caractères, sans doute à cause d’un guillemet (") ouvert. {_QUOTE_ADVICE}'
        )
    return TableError(
        f"Fichier « {name} », ligne {line} : cette ligne n’est pas lisible ({problem}). "
        f"Corrigez-la ou supprimez-la, puis recommencez l’import."
    )


def _changed(name: str) -> TableError:
    return TableError(
        f"Le fichier « {name} » a changé ou disparu pendant la lecture : fermez-le dans les autres "
        f"logiciels, puis recommencez l’import."
    )
