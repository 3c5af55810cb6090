"""Figures of territories and selections, summed by SQL; the one place that says what a school adds.

``_VALUES`` gives, for each figure, what a school brings to it. The figure is their sum, the list
behind it the schools that bring something. A summary by circonscription is stored for each year
that holds data, refreshed in the transaction of whatever changes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.own_territory import FIELDS
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import COUNTERS, INDEX_VALUES, LABEL_LEVELS

_VALUES: Mapping[str, str] = {
    "schools": "1",
    "classes": "ifnull(d.classes, 0)",
    "classes_teacher_equipped": "ifnull(d.teacher, 0)",
    "classes_pupil_equipped": "ifnull(d.pupil, 0)",
    "schools_socle": f"d.equipment_index IS {INDEX_VALUES[-1]}",
    **{f"index_{value}": f"d.equipment_index IS {value}" for value in INDEX_VALUES},
    "index_none": "d.equipment_index IS NULL",
    "schools_with_robots": "ifnull(d.robots, 0) > 0",
    "robots": "ifnull(d.robots, 0)",
    "schools_with_fablab": "ifnull(d.fablab, 0)",
    "schools_with_webradio": "ifnull(d.webradio, 0)",
    "schools_with_webtv": "ifnull(d.webtv, 0)",
    "schools_up_to_date": "d.year IS :year",
    "schools_known": "d.uai IS NOT NULL",
    "schools_in_ent": "ifnull(r.in_ent, 0)",
    "classes_using_ent": "ifnull(r.using_classes, 0)",
    "ent_connections": "ifnull(r.ent_connections, 0)",
    "schools_using_gar": "ifnull(r.uses_gar, 0)",
    "gar_connections": "ifnull(r.gar_connections, 0)",
    "schools_labelled": "ifnull(r.label, 0) > 0",
    **{f"label_{level}": f"r.label IS {level}" for level in LABEL_LEVELS},
    "missing_classes": "d.classes IS NULL",
    "missing_classes_teacher_equipped": "d.teacher IS NULL",
    "missing_classes_pupil_equipped": "d.pupil IS NULL",
    "missing_schools_socle": "d.equipment_index IS NULL",
    "missing_schools_with_robots": "d.robots IS NULL",
    "missing_schools_with_fablab": "d.fablab IS NULL",
    "missing_schools_with_webradio": "d.webradio IS NULL",
    "missing_schools_with_webtv": "d.webtv IS NULL",
    "missing_schools_in_ent": "NOT :ent_held",
    "missing_classes_using_ent": "NOT :ent_held OR (r.in_ent IS 1 AND NOT r.ent_classes)",
    "missing_ent_connections": "NOT :ent_held OR (r.in_ent IS 1 AND r.ent_connections IS NULL)",
    "missing_schools_using_gar": "NOT :gar_held",
    "missing_schools_labelled": "NOT :labels_held",
}

_LATEST = (
    "d.year = (SELECT max(x.year) FROM declaration AS x "
    "WHERE x.uai = s.uai AND x.year <= :year AND x.status = 'submitted')"
)
_COUNTED = (
    "s.public = 1 AND (s.closed_from IS NULL OR s.closed_from > :year_text) "
    "AND (s.opened_on IS NULL OR s.opened_on < :year_ends)"
)
_ROWS = (
    "FROM school AS s "
    f"LEFT JOIN declaration AS d ON d.uai = s.uai AND {_LATEST} "
    "LEFT JOIN school_reference AS r ON r.year = :year AND r.uai = s.uai "
    f"WHERE {_COUNTED}"
)
_SUMS = ", ".join(f"ifnull(sum({_VALUES[name]}), 0)" for name in COUNTERS)
_STORED_SUMS = ", ".join(f"ifnull(sum({name}), 0)" for name in COUNTERS)

SCOPES: Mapping[str, str] = {
    "commune": "commune_code",
    **FIELDS,
}
"""Column of a school that holds the code of each level of territory."""


def territory_counts(
    connection: sqlite.Connection, level: str, code: str, year: SchoolYear
) -> dict[str, int]:
    """Counters of a territory: from the summary where it holds the year, else from the schools."""
    column = SCOPES[level]
    if level != "commune" and _summarised(connection, year):
        # Left to itself, SQLite reads every circonscription of the year.
        by = "INDEXED BY figure_circonscription" if level == "circonscription" else ""
        row = connection.execute(
            f"SELECT {_STORED_SUMS} FROM territory_figure {by} WHERE year = ? AND {column} = ?",  # noqa: S608
            (year.first, code),
        ).fetchone()
    else:
        row = connection.execute(
            f"SELECT {_SUMS} {_ROWS} AND s.{column} = :code",
            {**_parameters(connection, year), "code": code},
        ).fetchone()
    return dict(zip(COUNTERS, row, strict=True))


def level_counts(
    connection: sqlite.Connection, level: str, year: SchoolYear, within: tuple[str, str] | None
) -> dict[str, dict[str, int]]:
    """Counters of every territory of a level by code, ``within`` a (level, code) if given."""
    column = SCOPES[level]
    restrict = f" AND {{}}{SCOPES[within[0]]} = :within" if within else ""
    parameters = {**_parameters(connection, year), "within": within[1] if within else ""}
    stored = level != "commune" and (within is None or within[0] != "commune")
    if stored and _summarised(connection, year):
        chosen = f"FROM territory_figure WHERE year = :year{restrict.format('')}"
        if level == "circonscription":
            # Its rows of the summary are its figures, unless it lies in several départements:
            # the sum would cost as much again as reading them.
            lines = connection.execute(
                f"SELECT {column}, {', '.join(COUNTERS)} {chosen} ORDER BY {column}",
                parameters,
            ).fetchall()
            found = _by_code(lines)
            if len(found) == len(lines):
                return found
        rows = connection.execute(
            f"SELECT {column}, {_STORED_SUMS} {chosen} GROUP BY {column} ORDER BY {column}",
            parameters,
        )
    else:
        rows = connection.execute(
            f"SELECT ifnull(s.{column}, ''), {_SUMS} {_ROWS}{restrict.format('s.')} "
            f"GROUP BY ifnull(s.{column}, '') ORDER BY 1",
            parameters,
        )
    return _by_code(rows)


def selection_counts(
    connection: sqlite.Connection, uais: Sequence[str], year: SchoolYear
) -> dict[str, int]:
    """Counters of any selection of schools; those that are not public and open do not count."""
    row = connection.execute(
        f"SELECT {_SUMS} {_ROWS} AND s.uai IN (SELECT value FROM json_each(:uais))",  # noqa: S608
        {**_parameters(connection, year), "uais": json.dumps(list(uais))},
    ).fetchone()
    return dict(zip(COUNTERS, row, strict=True))


def schools_behind(
    connection: sqlite.Connection, figure: str, level: str, code: str, year: SchoolYear
) -> list[tuple[str, int]]:
    """(UAI, what it brings) of the schools of a territory that bring something to ``figure``.

    Raises:
        KeyError: there is no such figure.
    """
    value = f"({_VALUES[figure]})"
    rows = connection.execute(
        f"SELECT s.uai, {value} {_ROWS} AND s.{SCOPES[level]} = :code AND {value} > 0 "
        "ORDER BY s.sort_key",
        {**_parameters(connection, year), "code": code},
    )
    return [(uai, int(brought)) for uai, brought in rows]


def selection_behind(
    connection: sqlite.Connection, figure: str, uais: Sequence[str], year: SchoolYear
) -> list[tuple[str, int]]:
    """(UAI, what it brings) of the schools of a selection that bring something to ``figure``.

    Raises:
        KeyError: there is no such figure.
    """
    value = f"({_VALUES[figure]})"
    rows = connection.execute(
        f"SELECT s.uai, {value} {_ROWS} AND {value} > 0 "  # noqa: S608 - names of ours
        "AND s.uai IN (SELECT value FROM json_each(:uais)) ORDER BY s.sort_key",
        {**_parameters(connection, year), "uais": json.dumps(list(uais))},
    )
    return [(uai, int(brought)) for uai, brought in rows]


def schools_of(connection: sqlite.Connection, level: str, code: str, year: SchoolYear) -> list[str]:
    """UAI of the public schools of a territory open in ``year``, in the order of the list."""
    return [uai for uai, _ in schools_behind(connection, "schools", level, code, year)]


def territory_paths(
    connection: sqlite.Connection, year: SchoolYear
) -> Iterator[tuple[tuple[str, str, str, str], str, str]]:
    """Where each public school open in ``year`` is, empty where the directory does not say.

    Codes of its académie, département, circonscription and commune, then the directory's names of
    the last two.
    """
    rows = connection.execute(
        "SELECT ifnull(s.academy, ''), ifnull(s.department_code, ''), "  # noqa: S608 - ours
        "ifnull(s.circonscription_code, ''), ifnull(s.commune_code, ''), "
        f"ifnull(s.circonscription, ''), ifnull(s.commune, '') FROM school AS s WHERE {_COUNTED}",
        _parameters(connection, year),
    )
    for row in rows:
        yield row[:4], row[4], row[5]


def schools_of_types(
    connection: sqlite.Connection, academy: str, types: Sequence[str], year: SchoolYear
) -> list[str]:
    """UAI of the public schools of an académie that are of one of ``types``."""
    rows = connection.execute(
        f"SELECT s.uai {_ROWS} AND s.academy = :code "  # noqa: S608 - names of ours
        "AND s.type IN (SELECT value FROM json_each(:types))",
        {**_parameters(connection, year), "code": academy, "types": json.dumps(list(types))},
    )
    return [row[0] for row in rows]


def answer_sums(
    connection: sqlite.Connection, academy: str, year: SchoolYear, codes: Sequence[str]
) -> dict[str, int]:
    """Sums of the whole numbers answered to questions over an académie's known schools."""
    rows = connection.execute(
        f"SELECT a.key, sum(a.value) {_ROWS.replace('WHERE', ', json_each(d.answers) AS a WHERE')} "  # noqa: S608
        "AND s.academy = :code AND a.type = 'integer' "
        "AND a.key IN (SELECT value FROM json_each(:codes)) GROUP BY a.key",
        {**_parameters(connection, year), "code": academy, "codes": json.dumps(list(codes))},
    )
    return dict(rows.fetchall())


def gar_resources(
    connection: sqlite.Connection, academy: str, year: SchoolYear
) -> list[tuple[str, int]]:
    """(resource, connections) over an académie, most used first."""
    rows: list[tuple[str, int]] = connection.execute(
        "SELECT r.key, sum(r.value) AS total FROM reference_row AS r "
        "JOIN school AS s ON s.uai = r.uai WHERE r.kind = 'gar' AND r.year = ? "
        "AND r.current = 1 AND s.academy = ? GROUP BY r.key ORDER BY total DESC, r.key",
        (year.first, academy),
    ).fetchall()
    return rows


def refresh(connection: sqlite.Connection, first_year: int, schools: Iterable[str] | None) -> None:
    """Recompute the summary from ``first_year`` on, inside the caller's transaction.

    ``schools`` limits the work to their circonscriptions; None recomputes all.
    """
    held = [year.first for year in summary_years(connection)]
    connection.execute(
        "DELETE FROM territory_figure WHERE year NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(held),),
    )
    scope, codes = "", ""
    if schools is not None:
        scope = " AND {}circonscription_code IN (SELECT value FROM json_each(:codes))"
        codes = json.dumps(_circonscriptions(connection, schools))
    columns = ", ".join(COUNTERS)
    for year in (y for y in held if y >= first_year):
        parameters = {**_parameters(connection, SchoolYear(year)), "codes": codes}
        known = _summarised(connection, SchoolYear(year))
        # No year comes before the first: looking for the latest one would be for nothing.
        first = "d.year = :year AND d.status = 'submitted'"
        rows = _ROWS.replace(_LATEST, first) if year == held[0] else _ROWS
        inner, outer = (scope.format("s."), scope.format("")) if known else ("", "")
        connection.execute(
            f"DELETE FROM territory_figure WHERE year = :year{outer}",  # noqa: S608 - our names
            parameters,
        )
        connection.execute(
            f"INSERT INTO territory_figure (year, academy, department_code, "
            f"circonscription_code, {columns}) "
            f"SELECT :year, ifnull(s.academy, ''), ifnull(s.department_code, ''), "
            f"ifnull(s.circonscription_code, ''), {_SUMS} {rows}{inner} "
            "GROUP BY s.academy, s.department_code, s.circonscription_code",
            parameters,
        )


def _by_code(rows: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, int]]:
    return {row[0]: dict(zip(COUNTERS, row[1:], strict=True)) for row in rows}


def _circonscriptions(connection: sqlite.Connection, uais: Iterable[str]) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT circonscription_code FROM school "
        "WHERE uai IN (SELECT value FROM json_each(?)) AND circonscription_code IS NOT NULL",
        (json.dumps(list(uais)),),
    )
    return [row[0] for row in rows]


def summary_years(connection: sqlite.Connection) -> list[SchoolYear]:
    """Years that hold declarations or reference data: those whose summary is kept."""
    # One look in the index for each year held, where DISTINCT would read every school of each.
    rows = connection.execute(
        "WITH RECURSIVE held (year) AS ("
        "SELECT min(year) FROM school_reference UNION ALL "
        "SELECT (SELECT min(r.year) FROM school_reference AS r WHERE r.year > held.year) "
        "FROM held WHERE held.year IS NOT NULL) "
        "SELECT year FROM held WHERE year IS NOT NULL "
        "UNION SELECT year FROM declared_year WHERE declarations > 0 ORDER BY 1"
    )
    return [SchoolYear(row[0]) for row in rows]


def _summarised(connection: sqlite.Connection, year: SchoolYear) -> bool:
    row = connection.execute(
        "SELECT 1 FROM territory_figure WHERE year = ? LIMIT 1", (year.first,)
    ).fetchone()
    return row is not None


class ReferencesHeld(NamedTuple):
    """Of which kinds something is held for a year: where nothing is, it is n.c., not « non »."""

    ent: bool
    gar: bool
    labels: bool


def references_held(connection: sqlite.Connection, year: SchoolYear) -> ReferencesHeld:
    """Which reference files were imported for ``year``; for labels, for a former year too."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM reference_row WHERE kind = 'ent-conventions' "
        "AND year = ? AND current = 1), "
        "EXISTS (SELECT 1 FROM reference_row WHERE kind = 'gar' "
        "AND year = ? AND current = 1), "
        "EXISTS (SELECT 1 FROM reference_row WHERE kind = 'labels' "
        "AND year <= ? AND current = 1)",
        (year.first,) * 3,
    ).fetchone()
    return ReferencesHeld(*map(bool, row))


def _parameters(connection: sqlite.Connection, year: SchoolYear) -> dict[str, object]:
    held = references_held(connection, year)
    return {
        "year": year.first,
        "year_text": str(year),
        "year_ends": year.next.starts.isoformat(),
        "ent_held": held.ent,
        "gar_held": held.gar,
        "labels_held": held.labels,
    }
