"""Events of other devices: kept as they came, applied once all that their authors had seen is.

Applied events stand in ``event``, in the order in which they were applied; the others wait in
``held_event``. A fork, or an event that was declared lost and comes after all, is settled by
delivering every event again from nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.causality import DotSet
from numecole_desktop.domain.delivery import (
    NO_CUTS,
    Cuts,
    Delivery,
    Link,
    Missing,
    deliver,
    forks,
    losses,
    missing,
)
from numecole_desktop.domain.journal import RecordKind, body_hash
from numecole_desktop.storage.events import held_context, outline_of, understood
from numecole_desktop.storage.projection import Projection

MayDeclareLoss = Callable[[str], bool]
"""Whether the author of a journal may declare that events will never come."""

_STEP = 100
"""Events applied between two signs of progress: a few hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What delivering held events did.

    ``applied`` counts the events that the state took in, ``waiting`` those that wait. ``missing``
    names what they wait for. ``forked`` gives the first number of each journal with two branches.
    """

    applied: int
    waiting: int
    missing: tuple[Missing, ...]
    forked: Cuts


def known_hashes(connection: sqlite.Connection, hashes: Sequence[str]) -> set[str]:
    """Those of ``hashes`` whose events this base holds, applied or waiting."""
    wanted = json.dumps(hashes)
    rows = connection.execute(
        "SELECT hash FROM event WHERE hash IN (SELECT value FROM json_each(?1)) UNION "
        "SELECT hash FROM held_event WHERE hash IN (SELECT value FROM json_each(?1))",
        (wanted,),
    )
    return {row[0] for row in rows}


def hold(connection: sqlite.Connection, bodies: Iterable[bytes], received: str) -> int:
    """Keep the bytes of new events that came with the batch ``received``; returns their number."""
    rows = []
    for body in bodies:
        outline = outline_of(body)
        rows.append((body_hash(body), outline.journal, outline.n, body, received))
    connection.executemany(
        "INSERT INTO held_event (hash, journal, n, body, received) VALUES (?, ?, ?, ?, ?)", rows
    )
    connection.executemany(
        "INSERT INTO received_event (hash, received) VALUES (?, ?)",
        [(row[0], received) for row in rows],
    )
    return len(rows)


def deliver_held(
    connection: sqlite.Connection,
    projection: Projection,
    may_declare: MayDeclareLoss,
    revoked: Cuts = NO_CUTS,
) -> Generator[tuple[int, int], None, Delivered]:
    """Apply all that can be of what waits, inside the caller's transaction.

    ``revoked`` gives the journals of which nothing counts from a number on. ``forked`` of the
    answer leaves them out. Yields how many events are applied, and of how many.
    """
    bodies = {
        digest: bytes(body)
        for digest, body in connection.execute("SELECT hash, body FROM held_event ORDER BY seq")
    }
    links = [_link(digest, body, may_declare) for digest, body in bodies.items()]
    forked = forks([*links, *_neighbours(connection, links, may_declare)])
    cuts = _both(forked, revoked)
    seen = DotSet.of_context(held_context(connection))
    lost = _lost(connection, may_declare)
    found = deliver(links, seen=seen, lost=lost, cuts=cuts)
    reached = any(last >= cuts.get(j, last + 1) for j, (_, last) in seen.all_runs())
    if reached or any(found.is_late(link.dot) for link in found.applied):
        found = _again(connection, projection, may_declare, cuts)
    else:
        first = _store(connection, found.applied, bodies)
        for done, link in enumerate(found.applied):
            if done % _STEP == 0:
                yield done, len(found.applied)
            event = understood(bodies[link.hash])
            if event is not None:
                projection.apply(first + done, event)
        connection.executemany(
            "DELETE FROM held_event WHERE hash = ?", [(link.hash,) for link in found.applied]
        )
    held = found.seen | DotSet.of(link.dot for link in found.waiting)
    return Delivered(
        len(found.applied),
        len(found.waiting),
        tuple(missing(found.waiting, held, found.lost, cuts)),
        forked,
    )


def held_dots(connection: sqlite.Connection) -> DotSet:
    """Every event that this base holds, applied or waiting."""
    waiting = connection.execute("SELECT journal, n FROM held_event")
    return DotSet.of_context(held_context(connection)) | DotSet.of(waiting)


def lacking(
    connection: sqlite.Connection, may_declare: MayDeclareLoss
) -> tuple[tuple[Missing, ...], Cuts]:
    """What the events that wait lack, and the first number of each journal with two branches."""
    links = [
        _link(digest, bytes(body), may_declare)
        for digest, body in connection.execute("SELECT hash, body FROM held_event").fetchall()
    ]
    cuts = forks([*links, *_neighbours(connection, links, may_declare)])
    held = held_dots(connection)
    return missing(links, held, _lost(connection, may_declare), cuts), cuts


def all_links(connection: sqlite.Connection) -> list[tuple[Link, bytes]]:
    """Every event that this base holds, with its bytes: what a batch may bring."""
    rows = connection.execute(
        "SELECT hash, body FROM event UNION ALL SELECT hash, body FROM held_event"
    )
    return [(_link(digest, bytes(body), _nobody), bytes(body)) for digest, body in rows]


def _both(first: Cuts, other: Cuts) -> Cuts:
    return {j: min(c[j] for c in (first, other) if j in c) for j in {*first, *other}}


def _nobody(_: str) -> bool:
    return False


def _link(digest: str, body: bytes, may_declare: MayDeclareLoss) -> Link:
    outline = outline_of(body)
    declares = outline.kind == RecordKind.LOSS and may_declare(outline.journal)
    event = understood(body) if declares else None
    lost = losses(event) if event else ()
    return Link(outline.journal, outline.n, digest, outline.previous, outline.context, lost)


def _neighbours(
    connection: sqlite.Connection, links: Sequence[Link], may_declare: MayDeclareLoss
) -> list[Link]:
    """Applied events of the same number as a held one, or next to it: a fork shows there."""
    wanted = json.dumps(
        sorted({(link.journal, link.n + by) for link in links for by in (-1, 0, 1)})
    )
    rows = connection.execute(
        "SELECT e.hash, e.body FROM json_each(?) AS k JOIN event AS e "
        "ON e.journal = k.value ->> 0 AND e.n = k.value ->> 1",
        (wanted,),
    )
    return [_link(digest, bytes(body), may_declare) for digest, body in rows]


def _lost(connection: sqlite.Connection, may_declare: MayDeclareLoss) -> DotSet:
    rows = connection.execute(
        "SELECT hash, body FROM event WHERE kind = ?", (RecordKind.LOSS.value,)
    ).fetchall()
    links = [_link(digest, bytes(body), may_declare) for digest, body in rows]
    return DotSet.of_runs(run for link in links for run in link.lost)


def _store(
    connection: sqlite.Connection, links: Iterable[Link], bodies: Mapping[str, bytes]
) -> int:
    """Put events in the journal, in this order; returns the local number of the first."""
    first = int(connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM event").fetchone()[0])
    connection.executemany(
        "INSERT INTO event (seq, journal, n, hash, kind, batch, first_key, last_key, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (seq, link.journal, link.n, link.hash, *outline_of(body).beside, body)
            for seq, link in enumerate(links, first)
            for body in (bodies[link.hash],)
        ],
    )
    return first


def _again(
    connection: sqlite.Connection, projection: Projection, may_declare: MayDeclareLoss, cuts: Cuts
) -> Delivery:
    """Deliver every event from nothing, and rebuild the state."""
    every = [(_link(link.hash, body, may_declare), body) for link, body in all_links(connection)]
    received = dict(connection.execute("SELECT hash, received FROM received_event"))
    bodies = {link.hash: body for link, body in every}
    cuts = _both(forks(link for link, _ in every), cuts)
    found = deliver((link for link, _ in every), cuts=cuts)
    connection.execute("DELETE FROM event")
    connection.execute("DELETE FROM held_event")
    _store(connection, found.applied, bodies)
    connection.executemany(
        "INSERT INTO held_event (hash, journal, n, body, received) VALUES (?, ?, ?, ?, ?)",
        [
            (link.hash, link.journal, link.n, bodies[link.hash], received.get(link.hash, ""))
            for link in found.waiting
        ],
    )
    projection.rebuild()
    return found
