"""The journal on disk: bytes of events, appended and chained, read back in order."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.causality import DotSet, entry
from numecole_desktop.domain.journal import (
    ABSENT,
    GENESIS_HASH,
    Absent,
    ChainBreak,
    Event,
    RecordKind,
    Source,
    Value,
    body_hash,
    first_break,
    is_well_formed,
)
from numecole_desktop.storage.errors import StorageError


class _Body(msgspec.Struct, frozen=True, rename={"context": "ctx", "previous": "prev"}):
    """The bytes of an event: JSON, members in this order, hashed as written."""

    v: int
    journal: str
    n: int
    previous: str
    context: dict[str, int]
    operator: str
    at: str
    kind: str
    columns: list[str]
    rows: tuple[tuple[object, ...], ...]
    source: str
    note: str = ""
    batch: str = ""
    rules: str = ""


class Outline(msgspec.Struct, frozen=True, rename={"previous": "prev", "context": "ctx"}):
    """What chaining, delivery and storage read of an event, of this version or of a later one."""

    journal: str
    n: int
    previous: str
    context: dict[str, int] = {}
    kind: str = ""
    rows: list[list[object]] = []
    batch: str = ""

    @property
    def beside(self) -> tuple[str, str, str, str]:
        """Kind, batch, first and last key: what is stored beside the bytes to find them."""
        keys = [str(row[0]) for row in self.rows if row] or [""]
        return self.kind, self.batch, min(keys), max(keys)


def _encode_absent(value: object) -> object:
    if isinstance(value, Absent):
        return {}
    raise TypeError(type(value))


_SOURCES = frozenset(source.value for source in Source)
_KINDS = frozenset(kind.value for kind in RecordKind)
_ABSENT_BYTES = b"{}"
_NO_MEMBER: dict[str, object] = {}
_ENCODER = msgspec.json.Encoder(enc_hook=_encode_absent)
_DECODER = msgspec.json.Decoder(_Body)
_OUTLINE = msgspec.json.Decoder(Outline)


def encode(event: Event) -> bytes:
    """Bytes of an event, as they are stored and hashed. ABSENT is written as an empty object."""
    return _ENCODER.encode(
        _Body(
            1,
            event.journal,
            event.n,
            event.previous,
            dict(event.context),
            event.operator,
            event.at,
            event.kind,
            list(event.columns),
            event.rows,
            event.source,
            event.note,
            event.batch,
            event.rules,
        )
    )


def decode(body: bytes) -> Event:
    """The event that ``encode`` wrote.

    Raises:
        msgspec.DecodeError: the bytes are not an event.
    """
    raw = _DECODER.decode(body)
    rows = raw.rows
    # Most rows of imports are without: looking at each cell would cost as much as reading it.
    if _ABSENT_BYTES in body:
        rows = tuple(_with_absent(row) if _NO_MEMBER in row else row for row in rows)
    return Event(
        raw.journal,
        raw.n,
        raw.previous,
        raw.context,
        raw.operator,
        raw.at,
        RecordKind(raw.kind),
        tuple(raw.columns),
        rows,  # type: ignore[arg-type]  # JSON cells are Values
        Source(raw.source) if raw.source in _SOURCES else raw.source,
        raw.note,
        raw.batch,
        raw.rules,
    )


def _with_absent(row: tuple[object, ...]) -> tuple[object, ...]:
    cells = list(row)
    for _ in range(cells.count(_NO_MEMBER)):
        cells[cells.index(_NO_MEMBER)] = ABSENT
    return tuple(cells)


def outline_of(body: bytes) -> Outline:
    """The outline of an event.

    Raises:
        msgspec.DecodeError: the bytes are not an event.
    """
    return _OUTLINE.decode(body)


def understood(body: bytes) -> Event | None:
    """The event of these bytes; None when this version cannot apply it.

    It may be of a later version, or wrong and yet signed: it is kept and sent on, and changes
    nothing here.
    """
    try:
        event = decode(body)
        sound = is_well_formed(event)
    except (msgspec.DecodeError, ValueError):
        return None
    return event if sound else None


@dataclass(slots=True)
class JournalHead:
    """Where this device's journal stands: its id, last number and last hash."""

    journal: str
    n: int
    hash: str


class JournalWriter:
    """Appends events to this device's journal, inside the caller's transaction."""

    def __init__(self, connection: sqlite.Connection, journal: str) -> None:
        self._connection = connection
        row = connection.execute(
            "SELECT n, hash FROM event WHERE journal = ? ORDER BY n DESC LIMIT 1", (journal,)
        ).fetchone()
        self._head = JournalHead(journal, *(row or (0, GENESIS_HASH)))
        self._saved = (self._head.n, self._head.hash)
        held = held_context(connection)
        self._others = {key: n for key, n in held.items() if entry(key)[0] != journal}

    @property
    def journal(self) -> str:
        """Id of this device's journal."""
        return self._head.journal

    @property
    def stamp(self) -> int:
        """A number that changes whenever this base does."""
        return self._head.n

    @property
    def last(self) -> tuple[int, str]:
        """Number and hash of the last event."""
        return self._head.n, self._head.hash

    @property
    def context(self) -> dict[str, int]:
        """The vector {journal: last n} of what this base holds now."""
        own = {self._head.journal: self._head.n} if self._head.n else {}
        return {**self._others, **own}

    def append(
        self,
        *,
        kind: RecordKind,
        columns: Sequence[str],
        rows: Sequence[tuple[Value, ...]],
        context: Mapping[str, int],
        operator: str,
        at: str,
        source: str,
        note: str = "",
        batch: str = "",
        rules: str = "",
    ) -> tuple[int, Event]:
        """Write the next event; returns its local sequence number and itself.

        Raises:
            StorageError: a text holds half a character, which no file can keep.
        """
        event = Event(
            self._head.journal,
            self._head.n + 1,
            self._head.hash,
            context,
            operator,
            at,
            kind,
            tuple(columns),
            tuple(rows),
            source,
            note,
            batch,
            rules,
        )
        try:
            body = encode(event)
        except UnicodeEncodeError as problem:
            raise StorageError(
                f"Un texte contient un caractère illisible (position {problem.start + 1}) : "
                f"retapez-le, puis recommencez."
            ) from problem
        digest = body_hash(body)
        keys = [str(row[0]) for row in rows]
        cursor = self._connection.execute(
            "INSERT INTO event (journal, n, hash, kind, batch, first_key, last_key, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (event.journal, event.n, digest, kind, batch, min(keys), max(keys), body),
        )
        self._head.n, self._head.hash = event.n, digest
        return int(cursor.lastrowid or 0), event

    def committed(self) -> None:
        """The transaction was committed: what was appended stays."""
        self._saved = (self._head.n, self._head.hash)

    def rolled_back(self) -> None:
        """The transaction was undone: the journal stands where it stood before it."""
        self._head.n, self._head.hash = self._saved


def held_context(connection: sqlite.Connection, before: int | None = None) -> dict[str, int]:
    """The context of a form opened now: every applied event, holes left out.

    ``before`` leaves out the events from that local number on.
    """
    rows = connection.execute(
        "SELECT journal, min(n), max(n), count(*) FROM event WHERE ?1 IS NULL OR seq < ?1 "
        "GROUP BY journal",
        (before,),
    ).fetchall()
    if all(first == 1 and last == count for _, first, last, count in rows):
        return {journal: last for journal, _, last, _ in rows}
    dots = connection.execute(
        "SELECT journal, n FROM event WHERE ?1 IS NULL OR seq < ?1", (before,)
    )
    return DotSet.of(dots).context()


def new_journal_id() -> str:
    """A random journal id: 128 bits in hexadecimal."""
    return uuid.uuid4().hex


def read_events(
    connection: sqlite.Connection, where: str = "", parameters: Sequence[object] = ()
) -> Iterator[tuple[int, Event]]:
    """Events with their local sequence number, in the order in which they were stored.

    Those that this version does not understand are passed over.
    """
    clause = f"WHERE {where}" if where else ""
    cursor = connection.execute(
        f"SELECT seq, body FROM event {clause} ORDER BY seq",  # noqa: S608 - constant clauses only
        tuple(parameters),
    )
    for seq, body in cursor:
        event = understood(body)
        if event is not None:
            yield seq, event


def chain_break(connection: sqlite.Connection) -> ChainBreak | None:
    """The first broken link of the stored journals; None when all hold.

    What is stored beside an event's bytes to find it must say what the bytes say.
    """
    cursor = connection.execute(
        "SELECT journal, n, hash, body, kind, batch, first_key, last_key FROM event "
        "ORDER BY journal, n"
    )
    return first_break(_link(*row) for row in cursor)


def _link(
    journal: str, n: int, stored: str, body: bytes, *beside: str
) -> tuple[str, int, str, str, str]:
    actual = body_hash(body)
    if actual != stored:
        return journal, n, stored, actual, ""
    try:
        raw = outline_of(body)
    except msgspec.DecodeError:
        return journal, n, stored, "", ""
    if (journal, n, *beside) != (raw.journal, raw.n, *raw.beside):
        actual = ""
    return journal, n, stored, actual, raw.previous
