"""Declarations: the state that their events give, row by row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.equipment import INPUTS, EquipmentRules, index_counts
from numecole_desktop.domain.heads import Covered, RecordHeads
from numecole_desktop.domain.journal import Event, RecordKind
from numecole_desktop.domain.merge import Unit, Writing, writings
from numecole_desktop.domain.questionnaire import number
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import QUESTIONS
from numecole_desktop.storage.cleared import emptied_before, keep_emptied
from numecole_desktop.storage.conflicts import keep_conflicts
from numecole_desktop.storage.folding import Folding, Key, heads_text, read_heads
from numecole_desktop.storage.new_declarations import INSERT, new_rows

RulesOf = Callable[[SchoolYear], EquipmentRules | None]
"""The rules of the equipment index in a year; None when no référentiel had begun."""

CONFIRM_PREFIX = "confirm."
"""Columns of a declaration's event that hold a confirmation: the check's code follows."""
STATUS = "status"
"""Column of a declaration's event that holds its status."""
SUBMITTED_AT = "submitted_at"
"""Column of a declaration's event that puts back when it was submitted, after its status."""

_SUBMITTED = "submitted"
_ENCODE = msgspec.json.Encoder(order="sorted").encode
_DECODE = msgspec.json.Decoder(dict[str, object]).decode
_UPSERT = (
    "INSERT INTO declaration (uai, year, status, answers, confirmations, submitted_at, classes, "
    "teacher, pupil, equipment_index, robots, webradio, webtv, fablab, head, heads) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uai, year) DO UPDATE SET "
    "status = excluded.status, answers = excluded.answers, "
    "confirmations = excluded.confirmations, submitted_at = excluded.submitted_at, "
    "classes = excluded.classes, teacher = excluded.teacher, pupil = excluded.pupil, "
    "equipment_index = excluded.equipment_index, robots = excluded.robots, "
    "webradio = excluded.webradio, webtv = excluded.webtv, fablab = excluded.fablab, "
    "head = excluded.head, heads = excluded.heads"
)

DeclarationKey = tuple[str, int]
"""UAI and first year."""


@dataclass(slots=True)
class DeclarationState:
    """A declaration's row while events are applied to it."""

    answers: dict[str, object] = field(default_factory=dict)
    status: str = ""
    confirmations: dict[str, object] = field(default_factory=dict)
    submitted_at: str | None = None
    heads: RecordHeads = field(default_factory=RecordHeads)

    def fields(self) -> Iterable[str]:
        """Names of the fields that hold a value."""
        yield from self.answers
        if self.status:
            yield STATUS
        for check in self.confirmations:
            yield CONFIRM_PREFIX + check

    def show(self, shown: Mapping[Unit, Writing], *, whole: bool) -> None:
        """Take the values of ``shown``, and no others when it is the whole record."""
        if whole:
            self.answers, self.confirmations = {}, {}
            self.status, self.submitted_at = "", None
        for writing in shown.values():
            for name, cell in writing.cells.items():
                if name == STATUS:
                    self.status = str(cell or "")
                    given = writing.cells.get(SUBMITTED_AT)
                    moment = writing.at if given is None else str(given)
                    self.submitted_at = moment if self.status == _SUBMITTED else None
                elif name.startswith(CONFIRM_PREFIX):
                    _set(self.confirmations, name.removeprefix(CONFIRM_PREFIX), cell)
                elif name != SUBMITTED_AT:
                    _set(self.answers, name, cell)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying an event to declarations changed.

    ``held`` counts by year the declarations that came or went, ``counted`` gives by year the
    schools of which a submitted one came, changed or went.
    """

    held: Mapping[int, int]
    counted: Mapping[int, Iterable[str]]


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
            read_heads(head, heads),
        )
        for uai, year, answers, status, confirmations, submitted_at, head, heads in rows
    }


def same_answer(held: object, given: object) -> bool:
    """Whether a stored answer is ``given``; a stored list is a tuple given."""
    if isinstance(given, tuple):
        return held == list(given)
    return held == given and isinstance(held, bool) == isinstance(given, bool)


def apply_declarations(
    connection: sqlite.Connection,
    folding: Folding,
    rules_of: RulesOf,
    seq: int,
    event: Event,
    covered: Covered | None,
    known: Mapping[DeclarationKey, DeclarationState] | None,
) -> Applied:
    """Apply an event to the declarations that it speaks of.

    ``known`` gives them when the caller has just read them; those it does not hold do not exist.
    """
    years = {text: SchoolYear.parse(text) for text in {str(row[1]) for row in event.rows}}
    if known is None:
        keys = [(str(row[0]), years[str(row[1])].first) for row in event.rows]
        known = load_declarations(connection, keys)
    gone = emptied_before(
        connection,
        RecordKind.DECLARATION,
        ((str(row[0]), str(row[1])) for row in event.rows),
    )
    if (
        not known
        and not gone
        and covered is None
        and len(set(years.values())) == 1
        and _only_creates(event)
    ):
        (year,) = set(years.values())
        created = connection.executemany(
            INSERT, new_rows(seq, event, year.first, rules_of(year))
        ).rowcount
        return Applied({year.first: created}, {year.first: (str(row[0]) for row in event.rows)})
    rules = {year.first: rules_of(year) for year in years.values()}
    upserts, removals = [], []
    counted: dict[int, list[str]] = {}
    emptied: set[Key] = set()
    held: Counter[int] = Counter()
    for key, writing in writings(event):
        place = (key[0], years[key[1]].first)
        before = known.get(place)
        state = before or DeclarationState()
        heads = before.heads if before else None
        status = state.status
        folded = folding.fold(
            seq,
            writing,
            key,
            RecordKind.DECLARATION,
            heads,
            state.fields(),
            covered,
            emptied=key in gone,
        )
        keep_conflicts(connection, RecordKind.DECLARATION, key, heads or RecordHeads(), folded)
        state.show(folded.shown, whole=folded.whole)
        state.heads = folded.heads
        if _SUBMITTED in (status, state.status):
            counted.setdefault(place[1], []).append(place[0])
        if state.status or state.answers:
            upserts.append(_declaration_row(place, state, rules[place[1]]))
            held[place[1]] += before is None
        else:
            removals.append(place)
            emptied.add(key)
            held[place[1]] -= before is not None
    connection.executemany(_UPSERT, upserts)
    if removals:
        connection.executemany("DELETE FROM declaration WHERE uai = ? AND year = ?", removals)
    keep_emptied(connection, RecordKind.DECLARATION, gone, emptied)
    return Applied(held, counted)


def _only_creates(event: Event) -> bool:
    """Whether each row of an event on several unknown declarations gives all that one holds."""
    return (
        len(event.rows) == len({row[0] for row in event.rows}) > 1
        and not any(
            name == SUBMITTED_AT or name.startswith(CONFIRM_PREFIX) for name in event.columns
        )
        and not any(None in row for row in event.rows)
    )


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
        state.heads.head,
        heads_text(state.heads),
    )


def _yes(answers: Mapping[str, object], name: str) -> int | None:
    answer = answers.get(QUESTIONS[name])
    return int(answer) if isinstance(answer, bool) else None
