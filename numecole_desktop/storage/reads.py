"""Questions asked of the state, in plain SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.declaration import Confirmation, Declaration, Status
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.storage.listing import LATEST, SCHOOL_COLUMNS, school_of

_DECLARATION_COLUMNS = "uai, year, answers, status, confirmations, submitted_at, head, heads"


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
        f"SELECT {SCHOOL_COLUMNS} FROM school AS s WHERE s.uai = ?",  # noqa: S608 - our names
        (uai,),
    ).fetchone()
    return None if row is None else school_of(row)


def school_where(connection: sqlite.Connection, column: str, value: str) -> School | None:
    """One school whose territory ``column`` is ``value``, whatever its case; public ones first."""
    for condition in (
        # Nearly always the one; an index leads to it.
        f"s.{column} = ? AND s.public = 1",
        f"s.{column} = ? COLLATE NOCASE ORDER BY s.public DESC",
    ):
        row = connection.execute(
            f"SELECT {SCHOOL_COLUMNS} FROM school AS s WHERE {condition} LIMIT 1",  # noqa: S608
            (value,),
        ).fetchone()
        if row is not None:
            return school_of(row)
    return None


def schools(connection: sqlite.Connection) -> Iterator[School]:
    """Every school, in the order of the list."""
    for row in connection.execute(
        f"SELECT {SCHOOL_COLUMNS} FROM school AS s ORDER BY s.sort_key"  # noqa: S608 - our names
    ):
        yield school_of(row)


def school_labels(connection: sqlite.Connection, uais: Iterable[str]) -> dict[str, str]:
    """Name and commune of those of ``uais`` that the directory holds, by UAI."""
    rows = connection.execute(
        "SELECT uai, name || ', ' || commune FROM school "
        "WHERE uai IN (SELECT value FROM json_each(?))",
        (json.dumps(list(uais)),),
    )
    return dict(rows.fetchall())


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


def reference_rows(
    connection: sqlite.Connection, year: SchoolYear, column: str = "", code: str = ""
) -> Iterator[ReferenceRow]:
    """Public schools open in ``year``, in the order of the list.

    ``column`` restricts to the schools of a territory (« commune_code »…), and ``uai`` to one.
    """
    restrict = f"AND s.{column} = :code " if column else ""
    rows = connection.execute(
        f"SELECT {SCHOOL_COLUMNS}, e.year, e.classes, e.teacher, e.pupil, e.equipment_index, "  # noqa: S608
        "r.in_ent, r.using_classes, r.label, r.label_year FROM school AS s "
        f"LEFT JOIN declaration AS e ON e.uai = s.uai AND e.year = {LATEST} "
        "LEFT JOIN school_reference AS r ON r.year = :year AND r.uai = s.uai "
        f"WHERE s.public = 1 {restrict}ORDER BY s.sort_key",
        {"year": year.first, "code": code},
    )
    for row in rows:
        found = school_of(row[:-9])
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
    where = "WHERE uai = ?" if uai else ""  # one clause for both would read every row
    for row in connection.execute(
        f"SELECT {_DECLARATION_COLUMNS} FROM declaration {where} "  # noqa: S608 - our names
        "ORDER BY uai, year",
        (uai,) if uai else (),
    ):
        yield _declaration(row)


def _declaration(
    row: tuple[str, int, str, str, str | None, str | None, int, str | None],
) -> Declaration:
    uai, year, answers, status, confirmations, submitted_at, head, heads = row
    given = _answers(answers)
    exceptions = {
        code: max(numbers) if isinstance(numbers, list) else numbers
        for code, numbers in (json.loads(heads) if heads else {}).items()
    }
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
