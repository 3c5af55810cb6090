"""Questions asked of the state, in plain SQL: fast enough for the first paint."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.declaration import Confirmation, Declaration, Status
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school import SCHOOL_FIELDS, School
from numecole_desktop.domain.school_year import SchoolYear

_SCHOOL_COLUMNS = ", ".join(f"s.{name}" for name in SCHOOL_FIELDS)
_DECLARATION_COLUMNS = "uai, year, answers, status, confirmations, submitted_at, head, heads"
_LATEST = (
    "(SELECT max(x.year) FROM declaration AS x "
    "WHERE x.uai = s.uai AND x.year <= :year AND x.status = 'submitted')"
)


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school of the list with its declaration of the year and its latest submitted one."""

    school: School
    status: str
    index: int | None
    declared_year: int | None
    folded: str


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A public school with the counts of its latest declaration, its ENT and its label.

    ``in_ent`` and ``label`` are None when nothing is held; ``using`` counts the classes that use
    the ENT.
    """

    school: School
    declared_year: int | None
    classes: int | None
    teacher: int | None
    pupil: int | None
    index: int | None
    in_ent: bool | None
    using: int
    label: int | None
    label_year: int | None


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The counts stored with a submitted declaration."""

    classes: int | None
    teacher: int | None
    pupil: int | None
    index: int | None


@dataclass(frozen=True, slots=True)
class HeldReference:
    """What reference sets hold of a school for a year; None where nothing is held."""

    in_ent: int | None
    label: int | None
    label_year: int | None


def year_counts(connection: sqlite.Connection, uai: str, year: SchoolYear) -> YearCounts | None:
    """Counts of the submitted declaration of that very year."""
    row = connection.execute(
        "SELECT classes, teacher, pupil, equipment_index FROM declaration "
        "WHERE uai = ? AND year = ? AND status = 'submitted'",
        (uai, year.first),
    ).fetchone()
    return None if row is None else YearCounts(*row)


def latest_counts(connection: sqlite.Connection, uai: str, year: SchoolYear) -> YearCounts | None:
    """Counts of the latest submitted declaration of ``year`` or before."""
    row = connection.execute(
        "SELECT classes, teacher, pupil, equipment_index FROM declaration "
        "WHERE uai = ? AND year <= ? AND status = 'submitted' ORDER BY year DESC LIMIT 1",
        (uai, year.first),
    ).fetchone()
    return None if row is None else YearCounts(*row)


def held_reference(
    connection: sqlite.Connection, uai: str, year: SchoolYear
) -> HeldReference | None:
    """What reference sets hold of a school for a year."""
    row = connection.execute(
        "SELECT in_ent, label, label_year FROM school_reference WHERE uai = ? AND year = ?",
        (uai, year.first),
    ).fetchone()
    return None if row is None else HeldReference(*row)


def school(connection: sqlite.Connection, uai: str) -> School | None:
    """The school ``uai``; None when the directory does not hold it."""
    row = connection.execute(
        f"SELECT {_SCHOOL_COLUMNS} FROM school AS s WHERE s.uai = ?",  # noqa: S608 - our names
        (uai,),
    ).fetchone()
    return None if row is None else _school(row)


def school_where(connection: sqlite.Connection, column: str, value: str) -> School | None:
    """One school whose territory ``column`` is ``value``, whatever its case; public ones first."""
    for condition in (
        # Nearly always the one; an index leads to it.
        f"s.{column} = ? AND s.public = 1",
        f"s.{column} = ? COLLATE NOCASE ORDER BY s.public DESC",
    ):
        row = connection.execute(
            f"SELECT {_SCHOOL_COLUMNS} FROM school AS s WHERE {condition} LIMIT 1",  # noqa: S608
            (value,),
        ).fetchone()
        if row is not None:
            return _school(row)
    return None


def schools(connection: sqlite.Connection) -> Iterator[School]:
    """Every school, in the order of the list."""
    for row in connection.execute(
        f"SELECT {_SCHOOL_COLUMNS} FROM school AS s ORDER BY s.sort_key"  # noqa: S608 - our names
    ):
        yield _school(row)


def school_openings(
    connection: sqlite.Connection,
) -> Iterator[tuple[str | None, str | None, list[str]]]:
    """``closed_from``, ``opened_on`` and the UAIs of the schools that have them in common."""
    rows = connection.execute(
        "SELECT closed_from, opened_on, group_concat(uai, ' ') FROM school "
        "GROUP BY closed_from, opened_on"
    )
    for closed_from, opened_on, uais in rows:
        yield closed_from, opened_on, uais.split(" ")


def listed_schools(
    connection: sqlite.Connection, year: SchoolYear, limit: int = -1
) -> list[ListedSchool]:
    """The first ``limit`` schools of the list (all by default), by commune then name."""
    rows = connection.execute(
        f"SELECT {_SCHOOL_COLUMNS}, d.status, e.equipment_index, e.year, s.folded "  # noqa: S608
        "FROM (SELECT * FROM school ORDER BY sort_key LIMIT :limit) AS s "
        "LEFT JOIN declaration AS d ON d.uai = s.uai AND d.year = :year "
        f"LEFT JOIN declaration AS e ON e.uai = s.uai AND e.year = {_LATEST} "
        "ORDER BY s.sort_key",
        {"year": year.first, "limit": limit},
    )
    return [ListedSchool(_school(row[:-4]), row[-4] or "", *row[-3:]) for row in rows]


def reference_rows(
    connection: sqlite.Connection, year: SchoolYear, column: str = "", code: str = ""
) -> Iterator[ReferenceRow]:
    """Public schools open in ``year``, in the order of the list.

    ``column`` restricts to the schools of a territory (« commune_code »…), and ``uai`` to one.
    """
    restrict = f"AND s.{column} = :code " if column else ""
    rows = connection.execute(
        f"SELECT {_SCHOOL_COLUMNS}, e.year, e.classes, e.teacher, e.pupil, e.equipment_index, "  # noqa: S608
        "r.in_ent, r.using_classes, r.label, r.label_year FROM school AS s "
        f"LEFT JOIN declaration AS e ON e.uai = s.uai AND e.year = {_LATEST} "
        "LEFT JOIN school_reference AS r ON r.year = :year AND r.uai = s.uai "
        f"WHERE s.public = 1 {restrict}ORDER BY s.sort_key",
        {"year": year.first, "code": code},
    )
    for row in rows:
        found = _school(row[:-9])
        if found.is_open(year):
            declared, classes, teacher, pupil, index, in_ent, using, label, label_year = row[-9:]
            yield ReferenceRow(
                found,
                declared,
                classes,
                teacher,
                pupil,
                index,
                None if in_ent is None else bool(in_ent),
                using or 0,
                label,
                label_year,
            )


def declaration(connection: sqlite.Connection, uai: str, year: SchoolYear) -> Declaration | None:
    """The declaration of that very year, draft or submitted."""
    row = connection.execute(
        f"SELECT {_DECLARATION_COLUMNS} FROM declaration WHERE uai = ? AND year = ?",  # noqa: S608
        (uai, year.first),
    ).fetchone()
    return None if row is None else _declaration(row)


def latest_submitted(
    connection: sqlite.Connection, uai: str, year: SchoolYear
) -> Declaration | None:
    """The latest submitted declaration of ``year`` or before."""
    row = connection.execute(
        f"SELECT {_DECLARATION_COLUMNS} FROM declaration "  # noqa: S608 - our names
        "WHERE uai = ? AND year <= ? AND status = 'submitted' ORDER BY year DESC LIMIT 1",
        (uai, year.first),
    ).fetchone()
    return None if row is None else _declaration(row)


def submitted_answers(
    connection: sqlite.Connection, uais: Sequence[str], year: SchoolYear
) -> dict[str, Mapping[str, object]]:
    """Answers, as stored, of the schools among ``uais`` that submitted some for ``year``."""
    rows = connection.execute(
        "SELECT d.uai, d.answers FROM json_each(?) AS k JOIN declaration AS d "
        "ON d.uai = k.value AND d.year = ? WHERE d.status = 'submitted'",
        (json.dumps(uais), year.first),
    )
    return {uai: msgspec.json.decode(answers) for uai, answers in rows}


def declarations(connection: sqlite.Connection, uai: str = "") -> Iterator[Declaration]:
    """Every declaration (of one school when ``uai`` is given), by school then year."""
    for row in connection.execute(
        f"SELECT {_DECLARATION_COLUMNS} FROM declaration "  # noqa: S608 - our names
        "WHERE ? IN ('', uai) ORDER BY uai, year",
        (uai,),
    ):
        yield _declaration(row)


def declared_years(connection: sqlite.Connection) -> list[SchoolYear]:
    """Years that hold a declaration, newest first."""
    rows = connection.execute(
        "SELECT year FROM declared_year WHERE declarations > 0 ORDER BY year DESC"
    )
    return [SchoolYear(row[0]) for row in rows]


def _school(row: tuple[object, ...]) -> School:
    values = dict(zip(SCHOOL_FIELDS, row, strict=True))
    if values["public"] is not None:
        values["public"] = bool(values["public"])
    return School(**values)  # type: ignore[arg-type]  # STRICT columns hold these types


def _declaration(
    row: tuple[str, int, str, str, str | None, str | None, int, str | None],
) -> Declaration:
    uai, year, answers, status, confirmations, submitted_at, head, heads = row
    given = _answers(answers)
    exceptions = json.loads(heads) if heads else {}
    return Declaration(
        uai,
        SchoolYear(year),
        given,
        Status(status or Status.DRAFT),
        tuple(
            Confirmation(
                check,
                value["operator"],
                value["at"],
                value["note"],
                {code: _answer(v) for code, v in value["answers"].items()},
            )
            for check, value in (json.loads(confirmations) if confirmations else {}).items()
        ),
        submitted_at,
        {code: exceptions.get(code, head) for code in given},
    )


def _answers(text: str) -> dict[str, Answer]:
    return {code: _answer(value) for code, value in json.loads(text).items()}


def _answer(value: object) -> Answer:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # JSON
