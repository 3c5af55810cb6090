"""Ten years of schools in one flat table, and the hand-written SQL that the figures race against.

One row for each public school open in a year, with the counts of its latest declaration and what
is held of its ENT, GAR and label: the joins are done beforehand, in the rival's favour. A value
that is missing is NULL. Nothing here reads ``storage/figures.py``: equal sums prove both.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import bases
from benchmarks.harness import cache_folder
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    *("year", "circonscription", "declared", "classes", "teacher", "pupil", "idx", "robots"),
    *("fablab", "webradio", "webtv", "in_ent", "lacks_classes", "using_classes", "connections"),
    *("lacks_connections", "uses_gar", "gar", "label"),
)
_TYPES = ", ".join(f"{c} {'TEXT' if c == 'circonscription' else 'INTEGER'}" for c in COLUMNS)

_SQL = {
    "schools": "count(*)",
    "classes": "coalesce(sum(classes), 0)",
    "classes_teacher_equipped": "coalesce(sum(teacher), 0)",
    "classes_pupil_equipped": "coalesce(sum(pupil), 0)",
    "schools_socle": "count(*) FILTER (WHERE idx = 3)",
    **{f"index_{n}": f"count(*) FILTER (WHERE idx = {n})" for n in range(4)},
    "index_none": "count(*) - count(idx)",
    "schools_with_robots": "count(*) FILTER (WHERE robots > 0)",
    "robots": "coalesce(sum(robots), 0)",
    "schools_with_fablab": "coalesce(sum(fablab), 0)",
    "schools_with_webradio": "coalesce(sum(webradio), 0)",
    "schools_with_webtv": "coalesce(sum(webtv), 0)",
    "schools_up_to_date": "count(*) FILTER (WHERE declared = year)",
    "schools_known": "count(declared)",
    "schools_in_ent": "coalesce(sum(in_ent), 0)",
    "classes_using_ent": "coalesce(sum(using_classes), 0)",
    "ent_connections": "coalesce(sum(connections), 0)",
    "schools_using_gar": "coalesce(sum(uses_gar), 0)",
    "gar_connections": "coalesce(sum(gar), 0)",
    "schools_labelled": "count(*) FILTER (WHERE label > 0)",
    **{f"label_{n}": f"count(*) FILTER (WHERE label = {n})" for n in range(1, 4)},
    "missing_classes": "count(*) - count(classes)",
    "missing_classes_teacher_equipped": "count(*) - count(teacher)",
    "missing_classes_pupil_equipped": "count(*) - count(pupil)",
    "missing_schools_socle": "count(*) - count(idx)",
    "missing_schools_with_robots": "count(*) - count(robots)",
    "missing_schools_with_fablab": "count(*) - count(fablab)",
    "missing_schools_with_webradio": "count(*) - count(webradio)",
    "missing_schools_with_webtv": "count(*) - count(webtv)",
    "missing_schools_in_ent": "count(*) - count(in_ent)",
    "missing_classes_using_ent": "sum(lacks_classes)",
    "missing_ent_connections": "sum(lacks_connections)",
    "missing_schools_using_gar": "count(*) - count(uses_gar)",
    "missing_schools_labelled": "count(*) - count(label)",
}
FIGURES = tuple(_SQL)

_YEAR = """
WITH latest AS (
    SELECT uai, max(year) AS declared, classes, teacher, pupil, equipment_index, robots, fablab,
        webradio, webtv
    FROM declaration WHERE status = 'submitted' AND year <= :year GROUP BY uai
)
SELECT :year, s.circonscription_code, declared, classes, teacher, pupil, equipment_index, robots,
    fablab, webradio, webtv,
    CASE WHEN :ent THEN ifnull(in_ent, 0) END,
    NOT :ent OR (ifnull(in_ent, 0) AND NOT ent_classes),
    using_classes,
    ent_connections,
    NOT :ent OR (ifnull(in_ent, 0) AND ent_connections IS NULL),
    CASE WHEN :gar THEN ifnull(uses_gar, 0) END,
    gar_connections,
    CASE WHEN :labels THEN ifnull(label, 0) END
FROM school AS s LEFT JOIN latest USING (uai)
    LEFT JOIN school_reference AS r ON r.uai = s.uai AND r.year = :year
WHERE s.public AND (closed_from IS NULL OR closed_from > :text)
    AND (opened_on IS NULL OR opened_on < :ends)
"""


def in_sqlite() -> sqlite3.Connection:
    """The table in plain SQLite, in memory, with an index that holds all that the queries read."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE d ({_TYPES})")
    with _file().open(encoding="utf-8", newline="") as stream:
        lines = ([cell or None for cell in line] for line in csv.reader(stream))
        marks = ", ".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO d VALUES ({marks})", lines)
    connection.execute(f"CREATE INDEX covering ON d ({', '.join(COLUMNS)})")
    connection.execute("ANALYZE")
    connection.commit()
    plan = connection.execute("EXPLAIN QUERY PLAN " + of_year(2029)).fetchall()
    assert "COVERING INDEX" in plan[0][3], plan
    return connection


def in_duckdb() -> duckdb.DuckDBPyConnection:
    """The same table in duckdb, in memory, in the order of the year and circonscription."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE d ({_TYPES.replace('INTEGER', 'BIGINT')})")
    connection.execute(f"COPY d FROM '{_file()}' (HEADER false)")
    return connection


def of_year(year: int) -> str:
    """Every figure of each circonscription for a year."""
    return f"SELECT circonscription, {_sums()} FROM d WHERE year = {year} GROUP BY circonscription"


def of_some(year: int, codes: list[str]) -> str:
    """Every figure of the circonscriptions ``codes`` for a year."""
    among = ", ".join(f"'{code}'" for code in codes)
    return (
        f"SELECT circonscription, {_sums()} FROM d WHERE year = {year} "
        f"AND circonscription IN ({among}) GROUP BY circonscription"
    )


def of_all_years() -> str:
    """Every figure of each circonscription for each year."""
    return f"SELECT year, circonscription, {_sums()} FROM d GROUP BY year, circonscription"


def _sums() -> str:
    return ", ".join(_SQL.values())


def _file() -> Path:
    path = cache_folder() / "flat.csv"
    if not path.exists():
        part = path.with_suffix(".part")
        base = bases.fresh(bases.figures_base(), "flat.numecole")
        with Workspace.open(base) as workspace, part.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(_rows(workspace))
        base.unlink()
        part.replace(path)
    return path


def _rows(workspace: Workspace) -> Iterator[tuple[object, ...]]:
    connection = workspace.base.connection
    held = connection.execute("SELECT DISTINCT kind, year FROM reference_row").fetchall()
    for first in bases.TEN_YEARS:
        year = SchoolYear(first)
        yield from sorted(
            connection.execute(
                _YEAR,
                {
                    "year": first,
                    "text": str(year),
                    "ends": year.next.starts.isoformat(),
                    "ent": ("ent-conventions", first) in held,
                    "gar": ("gar", first) in held,
                    "labels": any(kind == "labels" and y <= first for kind, y in held),
                },
            ),
            key=lambda row: row[1],
        )
