"""Rows of declarations that the base does not hold yet, worked out column by column.

Nearly every line of an import creates a declaration: there is nothing to merge it with, and a
column at a time is several times faster than a declaration at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

import msgspec

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.equipment import INPUTS, EquipmentRules, index_counts
from numecole_desktop.domain.journal import ABSENT, Event
from numecole_desktop.domain.questionnaire import as_number
from numecole_desktop.domain.territory import QUESTIONS

# Columns that would always be NULL are left out: the driver binds a None at the price of four
# numbers.
INSERT = (
    "INSERT INTO declaration (uai, year, status, answers, submitted_at, classes, teacher, pupil, "
    "equipment_index, robots, webradio, webtv, fablab, head) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ENCODER = msgspec.json.Encoder()
_Column = Sequence[object]


def new_rows(
    seq: int, event: Event, year: int, rules: EquipmentRules | None
) -> Iterable[tuple[object, ...]]:
    """Rows for ``INSERT`` of the declarations that an event creates, all of one year.

    ``year`` is the first one of the school year, ``rules`` those of the equipment index in it. A
    row that would hold nothing is left out.
    """
    size = len(event.rows)
    absent: _Column = (ABSENT,) * size
    columns: dict[str, _Column] = dict(
        zip(event.columns, zip(*event.rows, strict=True), strict=True)
    )
    uais = columns.pop("uai")
    del columns["year"]
    statuses = _words(columns.pop("status", absent))
    moments = [event.at if status == Status.SUBMITTED else None for status in statuses]
    inputs = [_numbers(columns.get(code, absent)) for code in INPUTS]
    classes = [number or None for number in inputs[0]]
    counts: Iterable[tuple[int | None, ...]] = repeat((None, None, None), size)
    if rules is not None:
        counts = map(index_counts, repeat(rules), *inputs)
    rows = zip(
        uais,
        repeat(year),
        statuses,
        _texts(columns, size),
        moments,
        classes,
        *zip(*counts, strict=True),
        _numbers(columns.get(QUESTIONS["robots"], absent)),
        *(_flags(columns.get(QUESTIONS[name], absent)) for name in ("webradio", "webtv", "fablab")),
        repeat(seq),
        strict=False,
    )
    return rows if all(statuses) else (row for row in rows if row[2] or row[3] != "{}")


def _words(column: _Column) -> Sequence[str]:
    words = {cell: "" if cell in (None, ABSENT) else str(cell) for cell in set(column)}
    return [words[cell] for cell in column]


def _numbers(column: _Column) -> Sequence[int | None]:
    return [cell if type(cell) is int and cell >= 0 else as_number(cell) for cell in column]


def _flags(column: _Column) -> Sequence[int | None]:
    return [int(cell) if isinstance(cell, bool) else None for cell in column]


def _texts(columns: dict[str, _Column], size: int) -> Iterable[str]:
    """The answers as they are stored: JSON in the order of the codes, nothing for a missing one."""
    codes = tuple(sorted(columns))
    if not codes:
        return repeat("{}", size)
    given: Iterable[_Column] = [columns[code] for code in codes]
    lines = _lines(codes, given)
    if "null" in lines:
        given = [[ABSENT if cell is None else cell for cell in column] for column in given]
        lines = _lines(codes, given)
    return lines.split("\n")


def _lines(codes: tuple[str, ...], given: Iterable[_Column]) -> str:
    # No line break stands in JSON but between two lines, and one at the end.
    return _ENCODER.encode_lines(list(map(_answers(codes), *given))).decode()[:-1]


@lru_cache
def _answers(codes: tuple[str, ...]) -> Callable[..., msgspec.Struct]:
    """A type with a member for each code, which is not written where it is ABSENT."""
    names = [f"answer_{place}" for place in range(len(codes))]
    return msgspec.defstruct(
        "Answers",
        [(name, Any, ABSENT) for name in names],
        omit_defaults=True,
        gc=False,
        rename=dict(zip(names, codes, strict=True)),
    )
