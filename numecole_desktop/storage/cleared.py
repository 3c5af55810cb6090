"""Records that were emptied: no row is left, but it matters who had seen that.

A value that comes late, from someone who had not seen the clearing, is in conflict with it. A
record that comes back is therefore merged anew from all that was said of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Set

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.storage.folding import Key


def emptied_before(
    connection: sqlite.Connection, kind: RecordKind, keys: Iterable[Key]
) -> set[Key]:
    """Those of ``keys`` whose records had values, and were emptied."""
    if connection.execute("SELECT 1 FROM cleared LIMIT 1").fetchone() is None:
        return set()
    width = len(kind.key_columns)
    # Crossed: SQLite would else go through all the keys for each emptied record.
    rows = connection.execute(
        "SELECT c.uai, c.year FROM json_each(?) AS k CROSS JOIN cleared AS c ON c.kind = ? "
        "AND c.uai = k.value ->> 0 AND c.year = coalesce(k.value ->> 1, '')",
        (json.dumps(list(set(keys))), kind.value),
    )
    return {tuple(row[:width]) for row in rows}


def keep_emptied(
    connection: sqlite.Connection, kind: RecordKind, former: Set[Key], now: Set[Key]
) -> None:
    """Of the records just written, ``former`` were empty before and ``now`` are."""
    for statement, keys in (
        ("DELETE FROM cleared WHERE kind = ? AND uai = ? AND year = ?", former - now),
        ("INSERT INTO cleared (kind, uai, year) VALUES (?, ?, ?)", now - former),
    ):
        if keys:
            rows = [(kind.value, key[0], key[1] if len(key) > 1 else "") for key in keys]
            connection.executemany(statement, rows)
