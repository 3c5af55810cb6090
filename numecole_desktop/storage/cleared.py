"""Records of which every field was cleared: no row is left, but who cleared them must be known.

A value that comes late, from someone who had not seen the clearing, is in conflict with it: the
heads of the record say so, and are taken up again when it comes back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.heads import RecordHeads
from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.storage.folding import Key, heads_text, read_heads


def cleared_heads(
    connection: sqlite.Connection, kind: RecordKind, keys: Collection[Key]
) -> dict[Key, RecordHeads]:
    """Heads of the records among ``keys`` (UAI, school year) that were emptied."""
    if not keys or connection.execute("SELECT 1 FROM cleared LIMIT 1").fetchone() is None:
        return {}
    rows = connection.execute(
        "SELECT c.uai, c.year, c.head, c.heads FROM json_each(?) AS k JOIN cleared AS c "
        "ON c.kind = ? AND c.uai = k.value ->> 0 AND c.year = k.value ->> 1",
        (json.dumps(list(keys)), kind.value),
    )
    return {(uai, year): read_heads(head, heads) for uai, year, head, heads in rows}


def keep_cleared(
    connection: sqlite.Connection,
    kind: RecordKind,
    emptied: Mapping[Key, RecordHeads],
    filled: Collection[Key],
) -> None:
    """Remember the heads of the records just ``emptied``; those ``filled`` again have a row."""
    if filled:
        connection.executemany(
            "DELETE FROM cleared WHERE kind = ? AND uai = ? AND year = ?",
            [(kind.value, *key) for key in filled],
        )
    if emptied:
        connection.executemany(
            "INSERT OR REPLACE INTO cleared (kind, uai, year, head, heads) VALUES (?, ?, ?, ?, ?)",
            [(kind.value, *key, heads.head, heads_text(heads)) for key, heads in emptied.items()],
        )
