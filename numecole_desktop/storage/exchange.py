"""What exchange keeps beside the journals: heads, owners, batches, quarantine, trust."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from sqlcipher3 import dbapi2 as sqlite

REFERENTIAL = "referentiel"
"""Kind of a trust file that is a référentiel received in a package; its key is the file's name."""

Head = tuple[str, str, int, str, str]
"""Journal, key, number, hash, signature."""


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch that was imported: from whom, when, and what it brought."""

    hash: str
    issuer: str
    label: str
    file: str
    at: str
    operator: str
    added: int
    identical: int
    conflicts: int
    refused: int
    waiting: int
    words: str
    have: Mapping[str, int]
    heads: Mapping[str, tuple[int, str]]
    snapshot: str
    undone: bool


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch that was written here."""

    hash: str
    file: str
    recipients: tuple[str, ...]
    at: str
    events: int
    heads: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file set aside: it may become good once its author is known."""

    hash: str
    file: str
    at: str
    code: str
    reason: str
    data: bytes


@dataclass(frozen=True, slots=True)
class TrustFile:
    """A card or a directory as received; ``verified`` once a person checked its fingerprint."""

    kind: str
    key: str
    verified: bool
    at: str
    data: bytes


def keep_heads(connection: sqlite.Connection, heads: Iterable[Head]) -> None:
    """Keep the furthest signed head of each journal and key."""
    connection.executemany(
        "INSERT INTO signed_head (journal, kid, n, hash, signature) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (journal, kid) DO UPDATE SET n = excluded.n, hash = excluded.hash, "
        "signature = excluded.signature WHERE excluded.n > signed_head.n",
        list(heads),
    )


def heads(connection: sqlite.Connection) -> list[Head]:
    """Every signed head kept."""
    rows = connection.execute(
        "SELECT journal, kid, n, hash, signature FROM signed_head ORDER BY journal, kid"
    )
    return [tuple(row) for row in rows]


def pin_owner(connection: sqlite.Connection, journal: str, kid: str) -> None:
    """Keep which key first signed a journal."""
    connection.execute(
        "INSERT INTO journal_owner (journal, kid) VALUES (?, ?) ON CONFLICT (journal) DO NOTHING",
        (journal, kid),
    )


def owners(connection: sqlite.Connection) -> dict[str, str]:
    """Key of each journal that was pinned."""
    return dict(connection.execute("SELECT journal, kid FROM journal_owner"))


def keep_batch(connection: sqlite.Connection, batch: StoredBatch) -> None:
    """Keep what importing a batch did; imported again, the later account holds."""
    connection.execute(
        "INSERT OR REPLACE INTO received_batch (hash, issuer, label, file, at, operator, added, "
        "identical, conflicts, refused, waiting, words, have, heads, snapshot, undone) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            batch.hash,
            batch.issuer,
            batch.label,
            batch.file,
            batch.at,
            batch.operator,
            batch.added,
            batch.identical,
            batch.conflicts,
            batch.refused,
            batch.waiting,
            batch.words,
            json.dumps(dict(batch.have)),
            json.dumps({journal: list(head) for journal, head in batch.heads.items()}),
            batch.snapshot,
            int(batch.undone),
        ),
    )


def received_batches(connection: sqlite.Connection) -> list[StoredBatch]:
    """Batches that were imported, newest first."""
    rows = connection.execute(
        "SELECT hash, issuer, label, file, at, operator, added, identical, conflicts, refused, "
        "waiting, words, have, heads, snapshot, undone FROM received_batch ORDER BY seq DESC"
    )
    names = [field.name for field in fields(StoredBatch)]
    found = []
    for row in rows:
        values = dict(zip(names, row, strict=True))
        values["have"] = json.loads(values["have"])
        said = json.loads(values["heads"])
        values["heads"] = {journal: (n, digest) for journal, (n, digest) in said.items()}
        values["undone"] = bool(values["undone"])
        found.append(StoredBatch(**values))
    return found


def mark_undone(connection: sqlite.Connection, digest: str, *, undone: bool) -> None:
    """A batch was undone, or put back."""
    connection.execute("UPDATE received_batch SET undone = ? WHERE hash = ?", (int(undone), digest))


def keep_with(connection: sqlite.Connection, digest: str, journal: str, ns: range) -> None:
    """Count the events ``ns`` of a journal as brought by the batch ``digest``."""
    connection.execute(
        "INSERT INTO received_event (hash, received) "
        "SELECT hash, ? FROM event WHERE journal = ? AND n BETWEEN ? AND ?",
        (digest, journal, ns.start, ns.stop - 1),
    )


def received_hashes(connection: sqlite.Connection, digest: str) -> set[str]:
    """Hashes of the events that came first with a batch."""
    rows = connection.execute("SELECT hash FROM received_event WHERE received = ?", (digest,))
    return {row[0] for row in rows}


def keep_sent(connection: sqlite.Connection, batch: SentBatch) -> None:
    """Keep that a batch was written."""
    connection.execute(
        "INSERT INTO sent_batch (hash, file, recipients, at, events, heads) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            batch.hash,
            batch.file,
            json.dumps(batch.recipients),
            batch.at,
            batch.events,
            json.dumps(dict(batch.heads)),
        ),
    )


def sent_batches(connection: sqlite.Connection) -> list[SentBatch]:
    """Batches that were written here, newest first."""
    rows = connection.execute(
        "SELECT hash, file, recipients, at, events, heads FROM sent_batch ORDER BY seq DESC"
    )
    return [
        SentBatch(digest, file, tuple(json.loads(to)), at, events, json.loads(of))
        for digest, file, to, at, events, of in rows
    ]


def set_aside(connection: sqlite.Connection, found: Quarantined) -> None:
    """Keep a file that may become good later."""
    connection.execute(
        "INSERT OR REPLACE INTO quarantine (hash, file, at, code, reason, data) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (found.hash, found.file, found.at, found.code, found.reason, found.data),
    )


def quarantine(connection: sqlite.Connection) -> list[Quarantined]:
    """Files set aside, oldest first."""
    rows = connection.execute(
        "SELECT hash, file, at, code, reason, data FROM quarantine ORDER BY at, hash"
    )
    return [Quarantined(row[0], row[1], row[2], row[3], row[4], bytes(row[5])) for row in rows]


def release(connection: sqlite.Connection, digest: str) -> None:
    """A file set aside was taken in."""
    connection.execute("DELETE FROM quarantine WHERE hash = ?", (digest,))


def keep_trust(connection: sqlite.Connection, file: TrustFile) -> None:
    """Keep a card or a directory, in the place of the one before it."""
    connection.execute(
        "INSERT OR REPLACE INTO trust_file (kind, key, verified, at, data) VALUES (?, ?, ?, ?, ?)",
        (file.kind, file.key, int(file.verified), file.at, file.data),
    )


def trust_files(connection: sqlite.Connection, kind: str) -> list[TrustFile]:
    """Cards or directories kept."""
    rows = connection.execute(
        "SELECT kind, key, verified, at, data FROM trust_file WHERE kind = ? ORDER BY key", (kind,)
    )
    return [TrustFile(row[0], row[1], bool(row[2]), row[3], bytes(row[4])) for row in rows]


def replace_trust(connection: sqlite.Connection, kind: str, files: Iterable[TrustFile]) -> None:
    """Keep ``files`` in the place of all those of a kind."""
    connection.execute("DELETE FROM trust_file WHERE kind = ?", (kind,))
    for file in files:
        keep_trust(connection, file)


def reference_versions(connection: sqlite.Connection) -> list[tuple[str, str, int, str]]:
    """Subject, territory, version and hash of the reference packages held."""
    rows = connection.execute("SELECT subject, territory, version, hash FROM reference_version")
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def keep_reference_version(
    connection: sqlite.Connection,
    subject: str,
    territory: str,
    version: int,
    digest: str,
    at: str,
) -> None:
    """Keep which version of a reference package is held."""
    connection.execute(
        "INSERT OR REPLACE INTO reference_version (subject, territory, version, hash, at) "
        "VALUES (?, ?, ?, ?, ?)",
        (subject, territory, version, digest, at),
    )
