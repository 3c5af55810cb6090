"""Label applications: the state that their events give, and reading it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.heads import Covered, RecordHeads
from numecole_desktop.domain.journal import Event
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
from numecole_desktop.domain.merge import writings
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.storage.cleared import emptied_before, keep_emptied
from numecole_desktop.storage.conflicts import keep_conflicts
from numecole_desktop.storage.folding import Folding, heads_text, read_heads

APPLICATION_STATE = "state"
"""Column of an application's event that holds its state."""

_GRANTED = (State.DECIDED.value, State.ATTESTED.value)
_COLUMNS = "uai, year, fields, steps"


def apply_applications(
    connection: sqlite.Connection,
    folding: Folding,
    seq: int,
    event: Event,
    covered: Covered | None,
) -> set[str]:
    """Apply an event to the applications; returns the schools whose label may have changed."""
    concerned = set()
    for key, writing in writings(event):
        uai, year = key[0], SchoolYear.parse(key[1])
        held = connection.execute(
            "SELECT fields, steps, head, heads FROM label_application WHERE uai = ? AND year = ?",
            (uai, year.first),
        ).fetchone()
        values: dict[str, object] = json.loads(held[0]) if held else {}
        taken: list[list[object]] = json.loads(held[1]) if held else []
        gone = set() if held else emptied_before(connection, event.kind, [key])
        heads = read_heads(held[2], held[3]) if held else None
        before = _label(values)
        folded = folding.fold(
            seq, writing, key, event.kind, heads, list(values), covered, emptied=bool(gone)
        )
        keep_conflicts(connection, event.kind, key, heads or RecordHeads(), folded)
        if folded.whole:
            values = {}
        for chosen in folded.shown.values():
            values.update(chosen.cells)
        values = {name: value for name, value in values.items() if value is not None}
        if state := writing.cells.get(APPLICATION_STATE):
            # Devices apply the steps of one another in different orders, and show the same list.
            taken = sorted([*taken, [writing.at, *writing.dot, state, writing.operator]])
        if before != _label(values):
            concerned.add(uai)
        keep_emptied(connection, event.kind, gone, set() if values else {key})
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
                heads_text(folded.heads),
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
    level, day = values.get("decision"), values.get("decided_on")
    if values.get(APPLICATION_STATE) not in _GRANTED or level is None or day is None:
        return None
    return int(str(level)), SchoolYear.of(date.fromisoformat(str(day))).first


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
        tuple(
            StepTaken(State(state), at, operator) for at, _, _, state, operator in json.loads(steps)
        ),
    )
