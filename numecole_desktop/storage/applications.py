"""Label applications: the state that their events give, and reading it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.journal import Absent, Event
from numecole_desktop.domain.label_application import (
    ATTACHMENT,
    OPINION,
    OPINION_REASON,
    AttachedFile,
    LabelApplication,
    PersonRole,
    State,
    StepTaken,
)
from numecole_desktop.domain.school_year import SchoolYear

APPLICATION_STATE = "state"
"""Column of an application's event that holds its state."""

_GRANTED = (State.DECIDED.value, State.ATTESTED.value)
_COLUMNS = "uai, year, fields, steps"


def apply_applications(connection: sqlite.Connection, seq: int, event: Event) -> set[str]:
    """Apply an event to the applications; returns the schools whose label may have changed."""
    concerned = set()
    for row in event.rows:
        uai, year = str(row[0]), SchoolYear.parse(str(row[1]))
        held = connection.execute(
            "SELECT fields, steps, head, heads FROM label_application WHERE uai = ? AND year = ?",
            (uai, year.first),
        ).fetchone()
        fields, steps, head, heads = held or ("{}", "[]", seq, None)
        values: dict[str, object] = json.loads(fields)
        taken: list[list[str]] = json.loads(steps)
        exceptions: dict[str, int] = json.loads(heads) if heads else {}
        exceptions = {name: exceptions.get(name, head) for name in values}
        before = _label(values)
        for name, cell in zip(event.columns[2:], row[2:], strict=True):
            if isinstance(cell, Absent):
                continue
            exceptions.pop(name, None)
            if name == APPLICATION_STATE and cell is not None:
                taken.append([str(cell), event.at, event.operator])
            if cell is None:
                values.pop(name, None)
            else:
                values[name] = cell
        if before != _label(values):
            concerned.add(uai)
        if not values:
            connection.execute(
                "DELETE FROM label_application WHERE uai = ? AND year = ?", (uai, year.first)
            )
            continue
        decision, label_year = _label(values) or (None, None)
        connection.execute(
            "INSERT INTO label_application (uai, year, state, decision, label_year, fields, steps, "
            "head, heads) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uai, year) DO UPDATE SET "
            "state = excluded.state, decision = excluded.decision, "
            "label_year = excluded.label_year, fields = excluded.fields, steps = excluded.steps, "
            "head = excluded.head, heads = excluded.heads",
            (
                uai,
                year.first,
                str(values.get(APPLICATION_STATE, State.DRAFT.value)),
                decision,
                label_year,
                json.dumps(values, ensure_ascii=False, sort_keys=True),
                json.dumps(taken),
                seq,
                json.dumps(exceptions, sort_keys=True) if exceptions else None,
            ),
        )
    return concerned


def application(
    connection: sqlite.Connection, uai: str, year: SchoolYear
) -> LabelApplication | None:
    """The dossier of a school for a campaign; None when there is none."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM label_application WHERE uai = ? AND year = ?",  # noqa: S608
        (uai, year.first),
    ).fetchone()
    return None if row is None else _application(*row)


def latest_application(
    connection: sqlite.Connection, uai: str, year: SchoolYear
) -> LabelApplication | None:
    """The dossier of the latest campaign up to that of ``year``, withdrawn ones left out."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM label_application "  # noqa: S608 - our names
        "WHERE uai = ? AND year <= ? AND state <> 'withdrawn' ORDER BY year DESC LIMIT 1",
        (uai, year.first),
    ).fetchone()
    return None if row is None else _application(*row)


def applications(
    connection: sqlite.Connection, year: SchoolYear | None = None
) -> Iterator[LabelApplication]:
    """Every dossier (of one campaign when ``year`` is given), in the order of the schools' list."""
    rows = connection.execute(
        "SELECT a.uai, a.year, a.fields, a.steps FROM label_application AS a "
        "LEFT JOIN school AS s ON s.uai = a.uai WHERE ? IS NULL OR a.year = ? "
        "ORDER BY a.year, s.sort_key, a.uai",
        (year.first if year else None, year.first if year else None),
    )
    for row in rows:
        yield _application(*row)


def application_years(connection: sqlite.Connection) -> list[SchoolYear]:
    """Campaigns that have a dossier, newest first."""
    rows = connection.execute("SELECT DISTINCT year FROM label_application ORDER BY year DESC")
    return [SchoolYear(row[0]) for row in rows]


def granted(
    connection: sqlite.Connection, uais: Iterable[str] | None
) -> Iterator[tuple[str, SchoolYear, int]]:
    """(UAI, school year of the decision, level) of the decided dossiers, oldest campaign first.

    ``uais`` restricts to some schools, None means all.
    """
    rows = connection.execute(
        "SELECT uai, label_year, decision FROM label_application WHERE decision IS NOT NULL "
        "AND (? IS NULL OR uai IN (SELECT value FROM json_each(?))) ORDER BY year",
        (None, None) if uais is None else (1, json.dumps(list(uais))),
    )
    for uai, year, level in rows:
        yield uai, SchoolYear(year), level


def _label(values: Mapping[str, object]) -> tuple[int, int] | None:
    """Level decided and first year of the label; None where nothing is decided."""
    if values.get(APPLICATION_STATE) not in _GRANTED:
        return None
    day = date.fromisoformat(str(values["decided_on"]))
    return int(str(values["decision"])), SchoolYear.of(day).first


def _application(uai: str, year: int, fields: str, steps: str) -> LabelApplication:
    values = json.loads(fields)

    def under(prefix: str) -> dict[str, object]:
        return {k.removeprefix(prefix): v for k, v in values.items() if k.startswith(prefix)}

    def day(name: str) -> date | None:
        return date.fromisoformat(values[name]) if name in values else None

    return LabelApplication(
        uai,
        SchoolYear(year),
        State(values.get(APPLICATION_STATE, State.DRAFT)),
        {role: values[role.value] for role in PersonRole if role.value in values},
        values.get("project_classes"),
        values.get("project_title", ""),
        values.get("school_project"),
        values.get("support"),
        day("school_signed_on"),
        day("commune_signed_on"),
        {key: int(str(level)) for key, level in under(OPINION).items()},
        {key: str(text) for key, text in under(OPINION_REASON).items()},
        values.get("decision"),
        day("decided_on"),
        values.get("decision_reason", ""),
        values.get("basis", {}),
        tuple(
            AttachedFile(sha256, held["media_type"], held["size"])
            for sha256, held in under(ATTACHMENT).items()
            if isinstance(held, dict)
        ),
        tuple(StepTaken(State(state), at, operator) for state, at, operator in json.loads(steps)),
    )
