"""The current state as a projection of the journal, applied event by event.

``Projection.apply`` is the only code that writes the state, for one edit, for a line of an
import and for a whole rebuild alike: rebuilding gives the same rows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

import msgspec
from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.equipment import INPUTS, EquipmentRules, index_counts
from numecole_desktop.domain.french import fold, sort_key
from numecole_desktop.domain.journal import Absent, Event, RecordKind
from numecole_desktop.domain.questionnaire import number
from numecole_desktop.domain.school import SCHOOL_FIELDS
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import QUESTIONS
from numecole_desktop.storage.applications import apply_applications
from numecole_desktop.storage.events import read_events
from numecole_desktop.storage.new_declarations import INSERT, new_rows

RulesOf = Callable[[SchoolYear], EquipmentRules | None]
"""The rules of the equipment index in a year; None when no référentiel had begun."""

STATE_TABLES = ("school", "declaration", "declared_year", "import_run", "label_application")
CONFIRM_PREFIX = "confirm."
"""Columns of a declaration's event that hold a confirmation: the check's code follows."""

STATUS = "status"
"""Column of a declaration's event that holds its status."""
SUBMITTED_AT = "submitted_at"
"""Column of a declaration's event that puts back when it was submitted, after its status."""

_SUBMITTED = "submitted"
_FEW = 20
_ENCODE = msgspec.json.Encoder(order="sorted").encode
_DECODE = msgspec.json.Decoder(dict[str, object]).decode
_IMPORT_FIELDS = (
    "kind",
    "file",
    "sha256",
    "lines",
    "accepted",
    "unchanged",
    "refused",
    "warnings",
)


@dataclass(slots=True)
class DeclarationState:
    """A declaration's row while events are applied to it.

    ``heads`` maps a field to the event that wrote it where that is not ``head``, the latest.
    """

    answers: dict[str, object] = field(default_factory=dict)
    status: str = ""
    confirmations: dict[str, object] = field(default_factory=dict)
    submitted_at: str | None = None
    head: int = 0
    heads: dict[str, int] = field(default_factory=dict)

    def fields(self) -> Iterable[str]:
        """Names of the fields that hold a value."""
        yield from self.answers
        if self.status:
            yield STATUS
        for check in self.confirmations:
            yield CONFIRM_PREFIX + check


@dataclass(slots=True)
class Stale:
    """Territory figures that applied events may have changed, until they are refreshed.

    Every year from ``first_year`` on is concerned, None when none is; ``schools`` are those whose
    circonscriptions changed, None when that is all of them. ``labels`` are the schools whose
    label was decided anew.
    """

    first_year: int | None = None
    schools: set[str] | None = field(default_factory=set)
    labels: set[str] = field(default_factory=set)

    def declarations(self, uais: Iterable[str], year: int) -> None:
        """Declarations of ``year`` that count came, changed or went."""
        if self.first_year is None or year < self.first_year:
            self.first_year = year
        if self.schools is not None:
            self.schools.update(islice(uais, _FEW + 1))
            if len(self.schools) > _FEW:
                self.schools = None

    def everything(self) -> None:
        """Anything may have changed."""
        self.first_year, self.schools = 0, None

    def clear(self) -> None:
        """The figures are up to date."""
        self.first_year, self.schools, self.labels = None, set(), set()


DeclarationKey = tuple[str, int]
"""UAI and first year."""


def load_declarations(
    connection: sqlite.Connection, keys: Iterable[DeclarationKey]
) -> dict[DeclarationKey, DeclarationState]:
    """States of the declarations among ``keys`` that exist."""
    wanted = json.dumps(list(keys))
    rows = connection.execute(
        "SELECT d.uai, d.year, d.answers, d.status, d.confirmations, d.submitted_at, d.head, "
        "d.heads FROM json_each(?) AS k JOIN declaration AS d "
        "ON d.uai = k.value ->> 0 AND d.year = k.value ->> 1",
        (wanted,),
    )
    return {
        (uai, year): DeclarationState(
            _DECODE(answers),
            status,
            json.loads(confirmations) if confirmations else {},
            submitted_at,
            head,
            json.loads(heads) if heads else {},
        )
        for uai, year, answers, status, confirmations, submitted_at, head, heads in rows
    }


def same_answer(held: object, given: object) -> bool:
    """Whether a stored answer is ``given``; a stored list is a tuple given."""
    if isinstance(given, tuple):
        return held == list(given)
    return held == given and isinstance(held, bool) == isinstance(given, bool)


class Projection:
    """Applies events to the state tables of one connection, inside the caller's transaction."""

    def __init__(self, connection: sqlite.Connection, rules_of: RulesOf) -> None:
        self._connection = connection
        self._rules_of = rules_of
        self.stale = Stale()

    def apply(
        self,
        seq: int,
        event: Event,
        known: Mapping[DeclarationKey, DeclarationState] | None = None,
    ) -> None:
        """Bring the state up to date with one event.

        ``known`` gives the declarations that the event touches when the caller has just read
        them; those it does not hold do not exist.
        """
        if event.kind is RecordKind.DECLARATION:
            self._apply_declarations(seq, event, known)
        elif event.kind is RecordKind.SCHOOL:
            self._apply_schools(seq, event)
        elif event.kind is RecordKind.IMPORT:
            self._apply_import(event)
        elif event.kind is RecordKind.APPLICATION:
            self.stale.labels |= apply_applications(self._connection, seq, event)

    def rebuild(self) -> None:
        """Recompute the whole state from the journal alone."""
        for table in STATE_TABLES:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        self.replay(self._connection)

    def replay(self, journal: sqlite.Connection) -> None:
        """Apply every event stored in ``journal``, which may be another base."""
        for seq, event in read_events(journal):
            self.apply(seq, event)

    def _apply_declarations(
        self, seq: int, event: Event, known: Mapping[DeclarationKey, DeclarationState] | None
    ) -> None:
        texts = {row[1] for row in event.rows}
        years = {text: SchoolYear.parse(str(text)) for text in texts}
        if known is None:
            keys = [(str(row[0]), years[row[1]].first) for row in event.rows]
            known = load_declarations(self._connection, keys)
        if not known and len(set(years.values())) == 1 and _only_creates(event):
            (year,) = set(years.values())
            new = new_rows(seq, event, year.first, self._rules_of(year))
            self._count({year.first: self._connection.executemany(INSERT, new).rowcount})
            self.stale.declarations((str(row[0]) for row in event.rows), year.first)
            return
        states = dict(known)
        counted = {key: state.status for key, state in known.items()}
        for row in event.rows:
            state = states.setdefault((str(row[0]), years[row[1]].first), DeclarationState())
            _merge_declaration(state, seq, event.at, event.columns[2:], row[2:])
        upserts, removals = [], []
        held: Counter[int] = Counter()
        rules = {year.first: self._rules_of(year) for year in years.values()}
        for key, state in states.items():
            if state.head != seq:
                continue
            if _SUBMITTED in (counted.get(key), state.status):
                self.stale.declarations((key[0],), key[1])
            if state.status or state.answers:
                upserts.append(_declaration_row(key, state, rules[key[1]]))
                held[key[1]] += key not in known
            else:
                removals.append(key)
                held[key[1]] -= key in known
        self._connection.executemany(
            "INSERT INTO declaration (uai, year, status, answers, confirmations, submitted_at, "
            "classes, teacher, pupil, equipment_index, robots, webradio, webtv, fablab, head, "
            "heads) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (uai, year) DO UPDATE SET status = excluded.status, "
            "answers = excluded.answers, confirmations = excluded.confirmations, "
            "submitted_at = excluded.submitted_at, classes = excluded.classes, "
            "teacher = excluded.teacher, pupil = excluded.pupil, "
            "equipment_index = excluded.equipment_index, robots = excluded.robots, "
            "webradio = excluded.webradio, webtv = excluded.webtv, fablab = excluded.fablab, "
            "head = excluded.head, "
            "heads = excluded.heads",
            upserts,
        )
        self._connection.executemany("DELETE FROM declaration WHERE uai = ? AND year = ?", removals)
        self._count(held)

    def _count(self, held: Mapping[int, int]) -> None:
        """Add to the numbers of declarations held for each year."""
        self._connection.executemany(
            "INSERT INTO declared_year (year, declarations) VALUES (?, ?) "
            "ON CONFLICT (year) DO UPDATE SET declarations = declarations + excluded.declarations",
            [change for change in held.items() if change[1]],
        )

    def _apply_schools(self, seq: int, event: Event) -> None:
        self.stale.everything()
        names = SCHOOL_FIELDS[1:]
        wanted = json.dumps([row[0] for row in event.rows])
        existing = {
            row[0]: row
            for row in self._connection.execute(
                f"SELECT uai, {', '.join(names)}, head, heads FROM school "  # noqa: S608 - our names
                "WHERE uai IN (SELECT value FROM json_each(?))",
                (wanted,),
            )
        }
        upserts, removals = [], []
        for row in event.rows:
            uai = str(row[0])
            before = existing.get(uai)
            values = dict(zip(names, before[1:-2], strict=True)) if before else {}
            heads = json.loads(before[-1]) if before and before[-1] else {}
            old_head = before[-2] if before else seq
            heads = {f: heads.get(f, old_head) for f, v in values.items() if v is not None}
            for name, cell in zip(event.columns[1:], row[1:], strict=True):
                if not isinstance(cell, Absent):
                    values[name] = cell
                    heads.pop(name, None)
            if values.get("name") is None:
                removals.append((uai,))
                continue
            columns = [values.get(name) for name in names]
            text = " ".join(
                str(values.get(n) or "") for n in ("name", "commune", "circonscription", "postcode")
            )
            upserts.append(
                (
                    uai,
                    *columns,
                    f"{uai.lower()} {fold(text)}",
                    _sortable(str(values.get("commune") or ""), str(values["name"]), uai),
                    seq,
                    _heads_text(heads),
                )
            )
        marks = ", ".join("?" * (len(names) + 5))
        self._connection.executemany(
            f"INSERT OR REPLACE INTO school (uai, {', '.join(names)}, folded, sort_key, head, "  # noqa: S608
            f"heads) VALUES ({marks})",
            upserts,
        )
        self._connection.executemany("DELETE FROM school WHERE uai = ?", removals)

    def _apply_import(self, event: Event) -> None:
        for row in event.rows:
            cells = dict(zip(event.columns, row, strict=True))
            if cells.get("undone"):
                self._connection.execute(
                    "UPDATE import_run SET undone = 1 WHERE id = ?", (cells["id"],)
                )
                continue
            marks = ", ".join("?" * (len(_IMPORT_FIELDS) + 4))
            self._connection.execute(
                f"INSERT INTO import_run (id, at, operator, undone, {', '.join(_IMPORT_FIELDS)}) "  # noqa: S608
                f"VALUES ({marks})",
                (
                    cells["id"],
                    event.at,
                    event.operator,
                    0,
                    *(cells[name] for name in _IMPORT_FIELDS),
                ),
            )


def _only_creates(event: Event) -> bool:
    """Whether each row of an event on several unknown declarations gives all that one holds."""
    return len(event.rows) == len({row[0] for row in event.rows}) > 1 and not any(
        name == SUBMITTED_AT or name.startswith(CONFIRM_PREFIX) for name in event.columns
    )


def _merge_declaration(
    state: DeclarationState,
    seq: int,
    at: str,
    fields: tuple[str, ...],
    cells: tuple[object, ...],
) -> None:
    if state.head:
        state.heads = {f: state.heads.get(f, state.head) for f in state.fields()}
    state.head = seq
    for name, cell in zip(fields, cells, strict=True):
        if isinstance(cell, Absent):
            continue
        state.heads.pop(name, None)
        if name == STATUS:
            state.status = str(cell or "")
            state.submitted_at = at if state.status == "submitted" else None
        elif name == SUBMITTED_AT:
            state.submitted_at = None if cell is None else str(cell)
        elif name.startswith(CONFIRM_PREFIX):
            _set(state.confirmations, name.removeprefix(CONFIRM_PREFIX), cell)
        else:
            _set(state.answers, name, cell)


def _set(values: dict[str, object], name: str, cell: object) -> None:
    if cell is None:
        values.pop(name, None)
    else:
        values[name] = cell


def _declaration_row(
    key: DeclarationKey, state: DeclarationState, rules: EquipmentRules | None
) -> tuple[object, ...]:
    answers = state.answers
    teacher = pupil = index = None
    inputs = [number(answers, code) for code in INPUTS]  # type: ignore[arg-type]  # JSON answers
    if rules is not None:
        teacher, pupil, index = index_counts(rules, *inputs)
    return (
        *key,
        state.status,
        _ENCODE(answers).decode(),
        _ENCODE(state.confirmations).decode() if state.confirmations else None,
        state.submitted_at,
        inputs[0] or None,
        teacher,
        pupil,
        index,
        number(answers, QUESTIONS["robots"]),  # type: ignore[arg-type]  # JSON answers
        _yes(answers, "webradio"),
        _yes(answers, "webtv"),
        _yes(answers, "fablab"),
        state.head,
        _heads_text(state.heads),
    )


def _yes(answers: Mapping[str, object], name: str) -> int | None:
    answer = answers.get(QUESTIONS[name])
    return int(answer) if isinstance(answer, bool) else None


def _heads_text(heads: dict[str, int]) -> str | None:
    return _ENCODE(heads).decode() if heads else None


def _sortable(*texts: str) -> str:
    """Text whose plain binary order is the French order of ``sort_key``."""
    return "\x01".join(
        " ".join(f"{value:08d}" if kind == 0 else word.strip() for kind, value, word in sort_key(t))
        for t in texts
    )
