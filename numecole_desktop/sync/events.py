"""Events as a batch carries them: their bytes, untouched, and the few members that chain them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from numecole_desktop.domain.journal import GENESIS_HASH, RecordKind
from numecole_desktop.sync import strict_json
from numecole_desktop.sync.fields import Hash, JournalId, Positive, sha256
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.trust_refusals import EventShapeError, RepeatedEventError

_SCHOOL_COLUMN = RecordKind.SCHOOL.key_columns[0]


class _Members(msgspec.Struct, frozen=True):
    """What this version must understand of an event; other members are carried along unread."""

    journal: JournalId
    n: Positive
    prev: Hash
    kind: str = ""
    columns: list[str] = []
    rows: list[list[object]] = []


class StoredEvent(msgspec.Struct, frozen=True):
    """One event: the bytes that its device wrote, their hash, its place in its journal.

    ``schools`` holds the UAIs of the records that it changes; the list of schools itself is an
    import that anyone may do, and does not count.
    """

    journal: str
    n: int
    previous: str
    hash: str
    body: bytes
    schools: frozenset[str]


def read_events(texts: Sequence[str], depth: int) -> dict[str, StoredEvent]:
    """Events by hash, from the texts of a batch.

    Raises:
        Refusal: a text is no strict JSON or no event, or stands twice.
    """
    events: dict[str, StoredEvent] = {}
    for rank, text in enumerate(texts, 1):
        event = _read(text, rank, depth)
        if event.hash in events:
            raise RepeatedEventError(journal=event.journal, n=event.n)
        events[event.hash] = event
    return events


def _read(text: str, rank: int, depth: int) -> StoredEvent:
    body = text.encode("utf-8")
    try:
        members = strict_json.read_as(strict_json.loads(body, depth), _Members)
    except Refusal as refusal:
        raise EventShapeError(rank=rank, where=refusal.code) from None
    if (members.prev == GENESIS_HASH) != (members.n == 1):
        raise EventShapeError(rank=rank, where="prev")
    return StoredEvent(
        members.journal, members.n, members.prev, sha256(body), body, _schools(members)
    )


def _schools(members: _Members) -> frozenset[str]:
    if members.kind == RecordKind.SCHOOL or members.columns[:1] != [_SCHOOL_COLUMN]:
        return frozenset()
    return frozenset([str(row[0]) for row in members.rows if row])
