"""Schools: the state that their events give."""

from __future__ import annotations

import json

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.french import fold, sort_key
from numecole_desktop.domain.heads import Covered
from numecole_desktop.domain.journal import Event, RecordKind
from numecole_desktop.domain.merge import writings
from numecole_desktop.domain.school import SCHOOL_FIELDS
from numecole_desktop.storage.cleared import emptied_before, keep_emptied
from numecole_desktop.storage.folding import Folding, heads_text, read_heads

_NAMES = SCHOOL_FIELDS[1:]
_MARKS = ", ".join("?" * (len(_NAMES) + 5))


def apply_schools(
    connection: sqlite.Connection,
    folding: Folding,
    seq: int,
    event: Event,
    covered: Covered | None,
) -> None:
    """Apply an event to the schools that it speaks of.

    The directory is the ministry's: two devices that imported two editions of it are not in
    conflict, and the edition shown is the same on both.
    """
    wanted = json.dumps([row[0] for row in event.rows])
    existing = {
        row[0]: row
        for row in connection.execute(
            f"SELECT uai, {', '.join(_NAMES)}, head, heads FROM school "  # noqa: S608 - our names
            "WHERE uai IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
    }
    missing = {(str(row[0]),) for row in event.rows} - {(uai,) for uai in existing}
    gone = emptied_before(connection, RecordKind.SCHOOL, missing)
    upserts, removals = [], []
    for key, writing in writings(event):
        uai = key[0]
        row = existing.get(uai)
        values = dict(zip(_NAMES, row[1:-2], strict=True)) if row else {}
        folded = folding.fold(
            seq,
            writing,
            key,
            RecordKind.SCHOOL,
            read_heads(row[-2], row[-1]) if row else None,
            [name for name, value in values.items() if value is not None],
            covered,
            emptied=key in gone,
        )
        if folded.whole:
            values = {}
        for chosen in folded.shown.values():
            values.update(chosen.cells)
        if values.get("name") is None:
            removals.append((uai,))
            continue
        text = " ".join(
            str(values.get(n) or "") for n in ("name", "commune", "circonscription", "postcode")
        )
        upserts.append(
            (
                uai,
                *(values.get(name) for name in _NAMES),
                f"{uai.lower()} {fold(text)}",
                _sortable(str(values.get("commune") or ""), str(values["name"]), uai),
                seq,
                heads_text(folded.heads),
            )
        )
    connection.executemany(
        f"INSERT OR REPLACE INTO school (uai, {', '.join(_NAMES)}, folded, sort_key, head, "  # noqa: S608
        f"heads) VALUES ({_MARKS})",
        upserts,
    )
    connection.executemany("DELETE FROM school WHERE uai = ?", removals)
    keep_emptied(connection, RecordKind.SCHOOL, gone, set(removals))


def _sortable(*texts: str) -> str:
    """Text whose plain binary order is the French order of ``sort_key``."""
    return "\x01".join(
        " ".join(f"{value:08d}" if kind == 0 else word.strip() for kind, value, word in sort_key(t))
        for t in texts
    )
