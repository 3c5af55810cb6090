"""Counts of what waits, each by one short query: drafts, dossiers, labels, conflicts, exchange."""

from __future__ import annotations

from collections.abc import Iterator

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.own_territory import OwnTerritory
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.storage.listing import SCHOOL_COLUMNS, school_of, within_clause


def draft_count(connection: sqlite.Connection, year: SchoolYear, within: OwnTerritory) -> int:
    """Public schools open in ``year`` whose declaration of that year is a draft."""
    inside, codes = within_clause(within, "s")
    rows = connection.execute(
        f"SELECT {SCHOOL_COLUMNS} FROM declaration AS d JOIN school AS s ON s.uai = d.uai "  # noqa: S608
        f"WHERE d.year = :year AND d.status = 'draft' AND s.public = 1 AND {inside}",
        {"year": year.first, **codes},
    )
    return sum(school_of(row).is_open(year) for row in rows)


def drafts(connection: sqlite.Connection, year: SchoolYear) -> frozenset[str]:
    """Schools whose declaration of ``year`` is a draft."""
    rows = connection.execute(
        "SELECT uai FROM declaration WHERE year = ? AND status = 'draft'", (year.first,)
    )
    return frozenset(uai for (uai,) in rows)


def label_years(
    connection: sqlite.Connection, year: SchoolYear, within: OwnTerritory
) -> Iterator[SchoolYear]:
    """Year of the decision of each label in force in ``year``, public schools open then."""
    inside, codes = within_clause(within, "s")
    rows = connection.execute(
        f"SELECT {SCHOOL_COLUMNS}, r.label_year FROM school_reference AS r "  # noqa: S608
        "JOIN school AS s ON s.uai = r.uai WHERE r.year = :year AND r.label > 0 "
        f"AND r.label_year IS NOT NULL AND s.public = 1 AND {inside}",
        {"year": year.first, **codes},
    )
    for *school, decided in rows:
        if school_of(tuple(school)).is_open(year):
            yield SchoolYear(decided)


def dossier_counts(
    connection: sqlite.Connection, year: SchoolYear, within: OwnTerritory
) -> dict[str, int]:
    """Label dossiers of the campaign of ``year`` by state."""
    inside, codes = within_clause(within, "s")
    return dict(
        connection.execute(
            "SELECT a.state, count(*) FROM label_application AS a "  # noqa: S608
            "JOIN school AS s ON s.uai = a.uai "
            f"WHERE a.year = :year AND {inside} GROUP BY a.state",
            {"year": year.first, **codes},
        ).fetchall()
    )


def aside_count(connection: sqlite.Connection) -> int:
    """Files set aside."""
    return int(connection.execute("SELECT count(*) FROM quarantine").fetchone()[0])


def last_batch(connection: sqlite.Connection, table: str) -> str:
    """When the last batch of ``table`` was kept (a label), empty when there is none."""
    row = connection.execute(f"SELECT at FROM {table} ORDER BY seq DESC LIMIT 1").fetchone()  # noqa: S608
    return "" if row is None else str(row[0])
