"""The list of schools and the years held: what the window shows first, and nothing heavier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

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

_LISTED = f"SELECT {SCHOOL_COLUMNS}, d.status, e.equipment_index, e.year, s.folded, s.sort_key FROM"
_DECLARED = (
    "LEFT JOIN declaration AS d ON d.uai = s.uai AND d.year = :year "
    f"LEFT JOIN declaration AS e ON e.uai = s.uai AND e.year = {LATEST}"
)


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school of the list with its declaration of the year and its latest submitted one."""

    school: School
    status: str
    index: int | None
    declared_year: int | None
    folded: str
    sort_key: str


def first_schools(
    connection: sqlite.Connection, year: SchoolYear, limit: int
) -> Iterator[ListedSchool]:
    """The first ``limit`` schools of the list, by commune then name."""
    return _listed(
        connection.execute(
            f"{_LISTED} (SELECT * FROM school ORDER BY sort_key LIMIT :limit) AS s {_DECLARED} "  # noqa: S608
            "ORDER BY s.sort_key",
            {"year": year.first, "limit": limit},
        )
    )


def every_school(connection: sqlite.Connection, year: SchoolYear) -> Iterator[ListedSchool]:
    """Every school by UAI, the order in which pages lie: the caller sorts by ``sort_key``.

    In the order of the list, a base larger than its cache would be read many times over.
    """
    return _listed(connection.execute(f"{_LISTED} school AS s {_DECLARED}", {"year": year.first}))


def _listed(rows: Iterable[tuple[Any, ...]]) -> Iterator[ListedSchool]:
    for row in rows:
        *school, status, index, declared_year, folded, sort_key = row
        yield ListedSchool(
            school_of(tuple(school)), status or "", index, declared_year, folded, sort_key
        )


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
