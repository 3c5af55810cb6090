"""Conflicts: units of records to which several people gave different values, not settled yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.heads import RecordHeads
from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.storage.folding import Folded, Key


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A unit in conflict, named by its first field, of a record."""

    kind: RecordKind
    uai: str
    year: str
    unit: str


def keep_conflicts(
    connection: sqlite.Connection, kind: RecordKind, key: Key, before: RecordHeads, folded: Folded
) -> None:
    """Bring the list of conflicts of a record up to date with an event just folded in."""
    uai, year = key
    if folded.whole:
        connection.execute(
            "DELETE FROM conflict WHERE kind = ? AND uai = ? AND year = ?", (kind.value, uai, year)
        )
    elif before.shared():
        connection.executemany(
            "DELETE FROM conflict WHERE kind = ? AND uai = ? AND year = ? AND unit = ?",
            [(kind.value, uai, year, unit[0]) for unit in folded.shown],
        )
    if not folded.disputed:
        return
    connection.executemany(
        "INSERT INTO conflict (kind, uai, year, unit) VALUES (?, ?, ?, ?)",
        [(kind.value, uai, year, unit[0]) for unit in sorted(folded.disputed)],
    )


def conflicts(connection: sqlite.Connection, uai: str = "") -> list[OpenConflict]:
    """Every open conflict, or those of one school, in the order of the schools' list."""
    rows = connection.execute(
        "SELECT c.kind, c.uai, c.year, c.unit FROM conflict AS c LEFT JOIN school AS s "
        "ON s.uai = c.uai WHERE ? IN ('', c.uai) "
        "ORDER BY s.sort_key, c.uai, c.year, c.kind, c.unit",
        (uai,),
    )
    return [OpenConflict(RecordKind(kind), *rest) for kind, *rest in rows]


def conflict_count(connection: sqlite.Connection) -> int:
    """Number of open conflicts."""
    return int(connection.execute("SELECT count(*) FROM conflict").fetchone()[0])
