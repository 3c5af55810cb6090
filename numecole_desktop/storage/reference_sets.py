"""Reference data (ENT, GAR, labels, head counts): imported sets, kept and withdrawn whole.

They are not events of the journal. A row belongs to the set that brought it; where two sets speak
of the same thing, the later one holds, and the former comes back when it is withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.ent import EntClass, EntRules, uses_ent
from numecole_desktop.domain.label import label_in_force
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.storage.applications import granted

CONVENTIONS, PERIODS, CLASSES = "ent-conventions", "ent-periodes", "ent-classes"
GAR, LABELS, HEADCOUNTS = "gar", "labels", "effectifs"

ReferenceKey = tuple[str, int, str]
"""UAI, first year, and what the row is about (period, class, resource, or empty)."""


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """One imported set: where it comes from and what it brought."""

    id: str
    kind: str
    file: str
    sha256: str
    at: str
    operator: str
    accepted: int
    unchanged: int
    refused: int
    withdrawn: int


def begin_set(
    connection: sqlite.Connection,
    id_: str,
    kind: str,
    file: str,
    sha256: str,
    at: str,
    operator: str,
) -> int:
    """Begin a set inside the caller's transaction; returns its number."""
    cursor = connection.execute(
        "INSERT INTO reference_set (id, kind, file, sha256, at, operator, accepted, unchanged, "
        "refused, withdrawn) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0)",
        (id_, kind, file, sha256, at, operator),
    )
    return int(cursor.lastrowid or 0)


def end_set(
    connection: sqlite.Connection, seq: int, accepted: int, unchanged: int, refused: int
) -> None:
    """Keep the counts of a set; one that brought nothing is not kept."""
    if accepted:
        connection.execute(
            "UPDATE reference_set SET accepted = ?, unchanged = ?, refused = ? WHERE seq = ?",
            (accepted, unchanged, refused, seq),
        )
    else:
        connection.execute("DELETE FROM reference_set WHERE seq = ?", (seq,))


def current_rows(
    connection: sqlite.Connection, kind: str, keys: Iterable[ReferenceKey]
) -> dict[ReferenceKey, tuple[int, int]]:
    """(value, extra) in force for those of ``keys`` that are held."""
    # CROSS JOIN holds the order: left to itself, SQLite reads the whole kind for each chunk.
    rows = connection.execute(
        "SELECT r.uai, r.year, r.key, r.value, r.extra FROM json_each(?) AS k "
        "CROSS JOIN reference_row AS r ON r.kind = ? AND r.uai = k.value ->> 0 "
        "AND r.year = k.value ->> 1 AND r.key = k.value ->> 2 WHERE r.current = 1",
        (json.dumps(list(keys)), kind),
    )
    return {(uai, year, key): (value, extra) for uai, year, key, value, extra in rows}


def add_rows(
    connection: sqlite.Connection,
    kind: str,
    seq: int,
    rows: Mapping[ReferenceKey, tuple[int, int]],
    replaced: Iterable[ReferenceKey],
) -> None:
    """Add rows to a set; those of ``replaced`` take the place of a former set's."""
    connection.executemany(
        "UPDATE reference_row SET current = 0 "
        "WHERE kind = ? AND uai = ? AND year = ? AND key = ? AND current = 1",
        [(kind, *key) for key in replaced],
    )
    connection.executemany(
        "INSERT INTO reference_row (kind, uai, year, key, set_seq, value, extra, current) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
        [(kind, *key, seq, *values) for key, values in rows.items()],
    )


def withdraw(connection: sqlite.Connection, id_: str) -> int:
    """Withdraw a set whole; what it had replaced holds again. Returns the number of its rows."""
    seq = connection.execute("SELECT seq FROM reference_set WHERE id = ?", (id_,)).fetchone()[0]
    connection.execute("UPDATE reference_set SET withdrawn = 1 WHERE seq = ?", (seq,))
    rows = connection.execute(
        "SELECT kind, year, uai, key FROM reference_row WHERE set_seq = ?", (seq,)
    ).fetchall()
    connection.execute("UPDATE reference_row SET current = 0 WHERE set_seq = ?", (seq,))
    _hold_latest(connection, rows)
    return len(rows)


def restore(connection: sqlite.Connection, id_: str) -> int:
    """Put back a set that was withdrawn, where no later one holds. Returns its number of rows."""
    seq = connection.execute("SELECT seq FROM reference_set WHERE id = ?", (id_,)).fetchone()[0]
    connection.execute("UPDATE reference_set SET withdrawn = 0 WHERE seq = ?", (seq,))
    rows = connection.execute(
        "SELECT kind, year, uai, key FROM reference_row WHERE set_seq = ?", (seq,)
    ).fetchall()
    _hold_latest(connection, rows)
    return len(rows)


def sets(connection: sqlite.Connection) -> list[ReferenceSet]:
    """Every set, newest first."""
    rows = connection.execute(
        "SELECT id, kind, file, sha256, at, operator, accepted, unchanged, refused, withdrawn "
        "FROM reference_set ORDER BY seq DESC"
    )
    return [ReferenceSet(*row) for row in rows]


def origin(connection: sqlite.Connection, kind: str, year: SchoolYear) -> ReferenceSet | None:
    """The newest set that brought rows in force for a kind and a year."""
    row = connection.execute(
        "SELECT s.id FROM reference_set AS s WHERE s.kind = ? AND s.withdrawn = 0 AND EXISTS "
        "(SELECT 1 FROM reference_row AS r WHERE r.set_seq = s.seq AND r.year = ? "
        "AND r.current = 1) ORDER BY s.seq DESC LIMIT 1",
        (kind, year.first),
    ).fetchone()
    return None if row is None else next(s for s in sets(connection) if s.id == row[0])


def refresh_schools(
    connection: sqlite.Connection,
    rules_of: Callable[[SchoolYear], EntRules | None],
    valid_years_of: Callable[[SchoolYear], int],
) -> None:
    """Recompute what each school holds for each year.

    ``rules_of`` gives the rules of a year (None before the first référentiel), ``valid_years_of``
    for how many years a label decided in a year holds.
    """
    connection.execute("DELETE FROM school_reference")
    years: dict[int, dict[str, _Held]] = {}
    cursor = connection.execute(
        "SELECT kind, year, uai, value, extra FROM reference_row "
        "WHERE current = 1 AND kind NOT IN (?, ?)",
        (LABELS, HEADCOUNTS),
    )
    for kind, year, uai, value, extra in cursor:
        rules = rules_of(SchoolYear(year))
        _add(years.setdefault(year, {}).setdefault(uai, _Held()), kind, value, extra, rules)
    connection.executemany(
        "INSERT INTO school_reference (year, uai, in_ent, ent_classes, using_classes, "
        "ent_connections, gar_connections, uses_gar) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                year,
                uai,
                held.in_ent,
                held.classes,
                held.using,
                held.connections,
                held.gar,
                held.uses_gar(rules_of(SchoolYear(year))),
            )
            for year, schools in years.items()
            for uai, held in schools.items()
        ),
    )
    refresh_labels(connection, valid_years_of)


def refresh_labels(
    connection: sqlite.Connection,
    valid_years_of: Callable[[SchoolYear], int],
    uais: Iterable[str] | None = None,
) -> None:
    """Recompute the labels in force, of the schools ``uais`` or of all."""
    connection.execute(
        "UPDATE school_reference SET label = NULL, label_year = NULL WHERE label IS NOT NULL "
        "AND (:uais IS NULL OR uai IN (SELECT value FROM json_each(:uais)))",
        {"uais": None if uais is None else json.dumps(list(uais))},
    )
    decisions: dict[str, dict[SchoolYear, int]] = {}
    for (uai, decided), level in label_decisions(connection, uais).items():
        decisions.setdefault(uai, {})[decided] = level
    rows = []
    for uai, given in decisions.items():
        years = {d.first + more for d in given for more in range(valid_years_of(d))}
        for first in years:
            running = label_in_force(given, SchoolYear(first), valid_years_of)
            if running:
                rows.append((first, uai, running[0], running[1].first))
    connection.executemany(
        "INSERT INTO school_reference (year, uai, ent_classes, using_classes, label, label_year) "
        "VALUES (?, ?, 0, 0, ?, ?) ON CONFLICT (year, uai) DO UPDATE SET "
        "label = excluded.label, label_year = excluded.label_year",
        rows,
    )


def label_decisions(
    connection: sqlite.Connection, uais: Iterable[str] | None = None
) -> dict[tuple[str, SchoolYear], int]:
    """Level decided by (UAI, school year of the decision), of the schools ``uais`` or of all.

    Where a dossier of this base and an imported decision speak of the same school and year, the
    dossier counts: it is the file of which the import is only a line.
    """
    names = None if uais is None else json.dumps(list(uais))
    imported = connection.execute(
        "SELECT uai, year, value FROM reference_row WHERE current = 1 AND kind = :kind "
        "AND (:uais IS NULL OR uai IN (SELECT value FROM json_each(:uais))) ORDER BY year, uai",
        {"kind": LABELS, "uais": names},
    )
    found = {(uai, SchoolYear(year)): level for uai, year, level in imported}
    found |= {(uai, decided): level for uai, decided, level in granted(connection, uais)}
    return found


def rows_in_force(
    connection: sqlite.Connection, kind: str
) -> list[tuple[str, SchoolYear, str, int, int]]:
    """(UAI, year, key, value, extra) of every row in force of a kind."""
    rows = connection.execute(
        "SELECT uai, year, key, value, extra FROM reference_row WHERE kind = ? AND current = 1 "
        "ORDER BY year, uai, key",
        (kind,),
    )
    return [(uai, SchoolYear(year), key, value, extra) for uai, year, key, value, extra in rows]


def school_classes(
    connection: sqlite.Connection, uai: str, year: SchoolYear
) -> tuple[EntClass, ...]:
    """Classes of a school with their ENT connections of the first term."""
    return tuple(
        EntClass(name, pupils, connections)
        for name, connections, pupils in _of_school(connection, CLASSES, uai, year)
    )


def school_periods(connection: sqlite.Connection, uai: str, year: SchoolYear) -> dict[int, int]:
    """ENT connections of a school by period."""
    rows = _of_school(connection, PERIODS, uai, year)
    return {int(period): connections for period, connections, _ in rows}


def ent_connections(connection: sqlite.Connection, uai: str, year: SchoolYear) -> int | None:
    """ENT connections of a school over the year; None when nothing is held."""
    row = connection.execute(
        "SELECT ent_connections FROM school_reference WHERE uai = ? AND year = ?",
        (uai, year.first),
    ).fetchone()
    return None if row is None else row[0]


def connected_schools(connection: sqlite.Connection, year: SchoolYear) -> dict[str, int]:
    """ENT connections over the year of the schools that have some."""
    rows = connection.execute(
        "SELECT uai, ent_connections FROM school_reference WHERE year = ? AND ent_connections > 0",
        (year.first,),
    )
    return dict(rows.fetchall())


def school_resources(
    connection: sqlite.Connection, uai: str, year: SchoolYear
) -> tuple[tuple[str, int], ...]:
    """(resource, connections) used by a school through the GAR, most used first."""
    rows = [(name, n) for name, n, _ in _of_school(connection, GAR, uai, year)]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


@dataclass(slots=True)
class _Held:
    in_ent: int | None = None
    classes: int = 0
    using: int = 0
    connections: int | None = None
    gar: int | None = None

    def uses_gar(self, rules: EntRules | None) -> int | None:
        if self.gar is None or rules is None:
            return None
        return int(self.gar > rules.gar_connections)


def _add(held: _Held, kind: str, value: int, extra: int, rules: EntRules | None) -> None:
    if kind == CONVENTIONS:
        held.in_ent = value
    elif kind == CLASSES:
        held.classes += 1
        held.using += rules is not None and uses_ent(rules, extra, value)
    elif kind == PERIODS:
        held.connections = (held.connections or 0) + value
    elif kind == GAR:
        held.gar = (held.gar or 0) + value


def _of_school(
    connection: sqlite.Connection, kind: str, uai: str, year: SchoolYear
) -> list[tuple[str, int, int]]:
    rows: list[tuple[str, int, int]] = connection.execute(
        "SELECT key, value, extra FROM reference_row WHERE uai = ? AND kind = ? AND year = ? "
        "AND current = 1 ORDER BY key",
        (uai, kind, year.first),
    ).fetchall()
    return rows


def _hold_latest(connection: sqlite.Connection, rows: Iterable[tuple[str, int, str, str]]) -> None:
    """Of each (kind, year, UAI, key), the row of the latest set that is not withdrawn holds."""
    connection.executemany(
        "UPDATE reference_row SET current = set_seq IS (SELECT max(o.set_seq) "
        "FROM reference_row AS o JOIN reference_set AS t ON t.seq = o.set_seq AND t.withdrawn = 0 "
        "WHERE o.kind = ?1 AND o.year = ?2 AND o.uai = ?3 AND o.key = ?4) "
        "WHERE kind = ?1 AND year = ?2 AND uai = ?3 AND key = ?4",
        rows,
    )
