"""Counts of what waits, each by one short query: drafts, dossiers, labels, conflicts, exchange."""

from __future__ import annotations

from collections.abc import Iterator

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.storage.listing import SCHOOL_COLUMNS, school_of


def draft_count(connection: sqlite.Connection, year: SchoolYear) -> int:
    """Public schools open in ``year`` whose declaration of that year is a draft."""
    rows = connection.execute(
        f"SELECT {SCHOOL_COLUMNS} FROM declaration AS d JOIN school AS s ON s.uai = d.uai "  # noqa: S608
        "WHERE d.year = ? AND d.status = 'draft' AND s.public = 1",
        (year.first,),
    )
    return sum(school_of(row).is_open(year) for row in rows)


def drafts(connection: sqlite.Connection, year: SchoolYear) -> frozenset[str]:
    """Schools whose declaration of ``year`` is a draft."""
    rows = connection.execute(
        "SELECT uai FROM declaration WHERE year = ? AND status = 'draft'", (year.first,)
    )
    return frozenset(uai for (uai,) in rows)


def label_years(connection: sqlite.Connection, year: SchoolYear) -> Iterator[SchoolYear]:
    """Year of the decision of each label in force in ``year``, public schools open then."""
    rows = connection.execute(
        f"SELECT {SCHOOL_COLUMNS}, r.label_year FROM school_reference AS r "  # noqa: S608
        "JOIN school AS s ON s.uai = r.uai "
        "WHERE r.year = ? AND r.label > 0 AND r.label_year IS NOT NULL AND s.public = 1",
        (year.first,),
    )
    for *school, decided in rows:
        if school_of(tuple(school)).is_open(year):
            yield SchoolYear(decided)


def dossier_counts(connection: sqlite.Connection, year: SchoolYear) -> dict[str, int]:
    """Label dossiers of the campaign of ``year`` by state."""
    return dict(
        connection.execute(
            "SELECT state, count(*) FROM label_application WHERE year = ? GROUP BY state",
            (year.first,),
        ).fetchall()
    )


def aside_count(connection: sqlite.Connection) -> int:
    """Files set aside."""
    return int(connection.execute("SELECT count(*) FROM quarantine").fetchone()[0])


def last_batch(connection: sqlite.Connection, table: str) -> str:
    """When the last batch of ``table`` was kept (a label), empty when there is none."""
    row = connection.execute(f"SELECT at FROM {table} ORDER BY seq DESC LIMIT 1").fetchone()  # noqa: S608
    return "" if row is None else str(row[0])
