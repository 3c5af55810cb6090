"""The list of schools and the years held: what the window shows first, and nothing heavier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.school import SCHOOL_FIELDS, School
from numecole_desktop.domain.school_year import SchoolYear

SCHOOL_COLUMNS = ", ".join(f"s.{name}" for name in SCHOOL_FIELDS)
"""What ``school_of`` reads of a row of « school AS s »."""
LATEST = (
    "(SELECT max(x.year) FROM declaration AS x "
    "WHERE x.uai = s.uai AND x.year <= :year AND x.status = 'submitted')"
)
"""Year of the latest submitted declaration of « s », no later than ``:year``."""


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school of the list with its declaration of the year and its latest submitted one."""

    school: School
    status: str
    index: int | None
    declared_year: int | None
    folded: str


def listed_schools(
    connection: sqlite.Connection, year: SchoolYear, limit: int = -1
) -> Iterator[ListedSchool]:
    """The first ``limit`` schools of the list (all by default), by commune then name."""
    rows = connection.execute(
        f"SELECT {SCHOOL_COLUMNS}, d.status, e.equipment_index, e.year, s.folded "  # noqa: S608
        "FROM (SELECT * FROM school ORDER BY sort_key LIMIT :limit) AS s "
        "LEFT JOIN declaration AS d ON d.uai = s.uai AND d.year = :year "
        f"LEFT JOIN declaration AS e ON e.uai = s.uai AND e.year = {LATEST} "
        "ORDER BY s.sort_key",
        {"year": year.first, "limit": limit},
    )
    for row in rows:
        yield ListedSchool(school_of(row[:-4]), row[-4] or "", *row[-3:])


def declared_years(connection: sqlite.Connection) -> list[SchoolYear]:
    """Years that hold a declaration, newest first."""
    rows = connection.execute(
        "SELECT year FROM declared_year WHERE declarations > 0 ORDER BY year DESC"
    )
    return [SchoolYear(row[0]) for row in rows]


def school_of(row: tuple[object, ...]) -> School:
    """The school whose ``SCHOOL_COLUMNS`` are ``row``."""
    values = dict(zip(SCHOOL_FIELDS, row, strict=True))
    if values["public"] is not None:
        values["public"] = bool(values["public"])
    return School(**values)  # type: ignore[arg-type]  # STRICT columns hold these types
