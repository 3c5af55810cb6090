"""The list of schools and the years held: what the window shows first, and nothing heavier."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.own_territory import OwnTerritory
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
    connection: sqlite.Connection, year: SchoolYear, limit: int, within: OwnTerritory
) -> Iterator[ListedSchool]:
    """The first ``limit`` schools of a territory, by commune then name."""
    chosen, codes = within_clause(within, "school")
    return _listed(
        connection.execute(
            f"{_LISTED} (SELECT * FROM school WHERE {chosen} ORDER BY sort_key LIMIT :limit) "  # noqa: S608
            f"AS s {_DECLARED} ORDER BY s.sort_key",
            {"year": year.first, "limit": limit, **codes},
        )
    )


def within_clause(within: OwnTerritory, alias: str) -> tuple[str, dict[str, str]]:
    """Condition on the school ``alias`` that it lies in a territory, and its parameter."""
    if not within:
        return "1", {}
    condition = f"{alias}.{within.field} IN (SELECT value FROM json_each(:within))"  # noqa: S608
    return condition, {"within": json.dumps(within.codes)}


def circonscription_names(
    connection: sqlite.Connection, codes: Sequence[str]
) -> dict[str, str | None]:
    """Names of circonscriptions by code, as the directory writes them; those held only."""
    return dict(
        connection.execute(
            "SELECT circonscription_code, min(circonscription) FROM school "
            "WHERE circonscription_code IN (SELECT value FROM json_each(?)) "
            "GROUP BY circonscription_code",
            (json.dumps(codes),),
        ).fetchall()
    )


def count_schools(connection: sqlite.Connection) -> int:
    """Schools of the base, of any kind, closed ones too."""
    return int(connection.execute("SELECT count(*) FROM school").fetchone()[0])


def circonscriptions(connection: sqlite.Connection) -> list[tuple[str, str, str]]:
    """Code, name and code of the département of each circonscription of the directory."""
    rows: list[tuple[str, str, str]] = connection.execute(
        "SELECT circonscription_code, ifnull(min(circonscription), circonscription_code), "
        "ifnull(min(department_code), '') FROM school WHERE circonscription_code IS NOT NULL "
        "GROUP BY circonscription_code"
    ).fetchall()
    return rows


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
