"""The journal: what an event is, how events are chained, and how one changes a record.

Every edit and every imported line is an event of this device's journal; the current state is a
projection of all events (spec 5.1). Time is a label, never compared. Nothing derived (index,
rate) is ever an event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from numecole_desktop.domain.school_year import SchoolYear

GENESIS_HASH = "0" * 64
"""Hash that the first event of a journal names as its predecessor."""


class Absent:
    """Type of ``ABSENT``: a field that a row of an event does not speak of."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


class Source(StrEnum):
    """Where a value comes from, strongest first (spec 5.1)."""

    OBSERVED = "observed"
    DECLARED = "declared"
    IMPORTED = "imported"
    ESTIMATED = "estimated"
    CARRIED_OVER = "carried_over"

    @property
    def label(self) -> str:
        """French word."""
        return {
            Source.OBSERVED: "constaté",
            Source.DECLARED: "déclaré",
            Source.IMPORTED: "importé",
            Source.ESTIMATED: "estimé",
            Source.CARRIED_OVER: "repris de l’an dernier",
        }[self]


def source_label(source: str) -> str:
    """French word of a source; that of a later version is shown as it is written."""
    return Source(source).label if source in set(Source) else source


class RecordKind(StrEnum):
    """What a record is; its key is the first columns of an event's rows."""

    JOURNAL = "journal"
    SCHOOL = "school"
    DECLARATION = "declaration"
    IMPORT = "import"
    APPLICATION = "application"
    LOSS = "loss"
    """Events of a journal that will never come, declared by the circonscription."""

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Names of the columns that identify a record of this kind."""
        return _KEYS[self]


_KEYS: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.JOURNAL: ("id",),
    RecordKind.SCHOOL: ("uai",),
    RecordKind.DECLARATION: ("uai", "year"),
    RecordKind.IMPORT: ("id",),
    RecordKind.APPLICATION: ("uai", "year"),
    RecordKind.LOSS: ("journal", "first", "last"),
}

Value = int | float | bool | str | None | Absent | Sequence[str] | dict[str, object]
"""A cell of an event: None clears a field, ABSENT leaves it alone."""


@dataclass(frozen=True, slots=True)
class Event:
    """One link of a journal: up to about 1 000 records of one kind, field names once, then rows.

    An edit is an event of one row. ``context`` is the vector {journal: last n} of what was on
    screen when the form was opened. ``at`` is the wall clock with its offset, a label.
    ``batch`` names the import that the event belongs to, or is empty. ``rules`` is the version
    of the questionnaire in use. ``source`` is a ``Source``, or a word of a later version.
    """

    journal: str
    n: int
    previous: str
    context: Mapping[str, int]
    operator: str
    at: str
    kind: RecordKind
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    source: str
    note: str = ""
    batch: str = ""
    rules: str = ""


def is_well_formed(event: Event) -> bool:
    """Whether the rows of an event are what its kind and its columns announce.

    An event of another device may be signed and yet say nothing that can be applied.
    """
    keys = event.kind.key_columns
    width = len(event.columns)
    if event.columns[: len(keys)] != keys or len(set(event.columns)) != width or not event.rows:
        return False
    named = [isinstance(row[0], str) for row in event.rows if len(row) == width]
    if len(named) != len(event.rows) or not all(named):
        return False
    if event.kind not in (RecordKind.DECLARATION, RecordKind.APPLICATION):
        return True
    if not all(_is_year(text) for text in {str(row[1]) for row in event.rows}):
        return False
    if event.kind is RecordKind.APPLICATION or "status" not in event.columns:
        return True
    place = event.columns.index("status")
    return all(row[place] in (None, ABSENT, "draft", "submitted") for row in event.rows)


@lru_cache(maxsize=64)
def _is_year(text: str) -> bool:
    return str(SchoolYear.parse(text)) == text


def body_hash(body: bytes) -> str:
    """SHA-256 of an event's bytes as written, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first place where a journal is not what was written, in a French sentence."""

    journal: str
    n: int
    message: str


def first_break(links: Iterable[tuple[str, int, str, str, str]]) -> ChainBreak | None:
    """Check chains of (journal, n, stored hash, hash of the bytes, previous named inside).

    Links must come journal by journal in the order of ``n``.
    """
    last: dict[str, tuple[int, str]] = {}
    for journal, n, stored, actual, previous in links:
        before_n, before_hash = last.get(journal, (0, GENESIS_HASH))
        if stored != actual:
            return ChainBreak(journal, n, f"l’événement {n} a été modifié après son écriture")
        if n <= before_n:
            return ChainBreak(journal, n, f"l’événement {n} est en double ou mal placé")
        if n == before_n + 2:
            return ChainBreak(journal, n, f"il manque l’événement {n - 1}")
        if n > before_n + 1:
            return ChainBreak(journal, n, f"il manque les événements {before_n + 1} à {n - 1}")
        if previous != before_hash:
            return ChainBreak(journal, n, f"l’événement {n} ne suit pas l’événement {before_n}")
        last[journal] = (n, actual)
    return None
