"""Folding an event into a record: each field takes the event's value, or falls into conflict.

What an event had seen of a record is replaced; what it had not seen stands beside it (spec 5.1).
Nearly every event has seen all that the base holds: then nothing is looked up.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.causality import Context, Dot, covers, covers_all
from numecole_desktop.domain.heads import Covered, RecordHeads
from numecole_desktop.domain.journal import Event, RecordKind
from numecole_desktop.domain.merge import (
    Alternatives,
    MergeRules,
    Rows,
    Unit,
    Writing,
    alternatives,
    merged,
    rows_of,
    writing,
)
from numecole_desktop.storage.events import held_context, read_events

Key = tuple[str, ...]
"""Key of a record: the first columns of the rows of its events."""

_EVENTS_KEPT = 64


@dataclass(slots=True)
class Folded:
    """A record once an event is folded in.

    ``shown`` gives for each unit that the event touched the writing whose values hold, provisional
    where ``disputed`` names the unit. ``whole`` is true when ``shown`` is the whole record.
    """

    heads: RecordHeads
    shown: dict[Unit, Writing] = field(default_factory=dict)
    disputed: set[Unit] = field(default_factory=set)
    whole: bool = False


class Folding:
    """Folds events into the records of one connection, in the order in which they are applied."""

    def __init__(
        self, connection: sqlite.Connection, rules_of: Callable[[RecordKind], MergeRules]
    ) -> None:
        self._connection = connection
        self._rules_of = rules_of
        self._seen: dict[str, int] | None = None
        self._dots: dict[int, Dot] = {}
        self._past: OrderedDict[int, tuple[Event, Mapping[Key, Rows]] | None] = OrderedDict()

    def begin(self, seq: int, event: Event) -> Covered | None:
        """What ``event``, stored as ``seq`` and applied now, had seen; None when it was all."""
        if self._seen is None:
            self._seen = held_context(self._connection, before=seq)
        covered = None if covers_all(event.context, self._seen) else self._seen_by(event.context)
        last = self._seen.get(event.journal, 0)
        if event.n == last + 1:
            self._seen[event.journal] = event.n
        else:
            self._seen = None
        return covered

    def forget(self) -> None:
        """What was applied may have been undone, or put in another order."""
        self._seen = None
        self._dots.clear()
        self._past.clear()

    def fold(
        self,
        seq: int,
        writing: Writing,
        key: Key,
        kind: RecordKind,
        heads: RecordHeads | None,
        held: Iterable[str],
        covered: Covered | None,
        *,
        emptied: bool = False,
    ) -> Folded:
        """One record after ``writing``; ``heads`` is None when the base holds no such record.

        ``held`` are the fields that have a value until now. ``emptied`` is true when it had some.
        """
        rules = self._rules_of(kind)
        if heads is None and (emptied or covered is not None):
            return self._anew(seq, key, kind, rules)
        units = rules.units(writing.cells)
        known = set(held)
        after = (heads or RecordHeads()).after(seq, [unit[0] for unit in units], known, covered)
        folded = Folded(RecordHeads())
        for unit in units:
            numbers = after[unit[0]]
            if len(numbers) == 1:
                folded.shown[unit] = writing.of(unit)
            else:
                found = self.among(key, unit, numbers, rules)
                folded.shown[unit] = found[0][0]
                if len(found) > 1:
                    folded.disputed.add(unit)
            if folded.shown[unit].cells[unit[0]] is None:
                known.discard(unit[0])
            else:
                known.add(unit[0])
        folded.heads = RecordHeads.compact(seq, after, known)
        return folded

    def among(
        self, key: Key, unit: Unit, numbers: Iterable[int], rules: MergeRules
    ) -> Alternatives:
        """The distinct values that the events ``numbers`` give to a unit of a record."""
        said = (self._writing(number, key) for number in numbers)
        return alternatives((one.of(unit) for one in said if one is not None), rules)

    def keys_of(self, seq: int) -> list[Key]:
        """Keys of the records that an applied event speaks of."""
        past = self._event(seq)
        return list(past[1]) if past else []

    def history(
        self, key: Key, kind: RecordKind, last: int | None = None
    ) -> list[tuple[int, Writing]]:
        """All that was applied about a record, with the local numbers of the events.

        ``last`` is the number of the last event to look at.
        """
        rows = self._connection.execute(
            "SELECT seq FROM event WHERE kind = ?1 AND first_key <= ?2 AND last_key >= ?2 "
            "AND (?3 IS NULL OR seq <= ?3) ORDER BY seq",
            (kind.value, key[0], last),
        ).fetchall()
        found = ((seq, self._writing(seq, key)) for (seq,) in rows)
        return [(seq, writing) for seq, writing in found if writing is not None]

    def _anew(self, seq: int, key: Key, kind: RecordKind, rules: MergeRules) -> Folded:
        history = self.history(key, kind, seq)
        number_of = {writing.dot: number for number, writing in history}
        units = merged((writing for _, writing in history), rules)
        heads = {
            unit[0]: tuple(sorted(number_of[h.dot] for group in groups for h in group))
            for unit, groups in units.items()
        }
        shown = {unit: groups[0][0] for unit, groups in units.items()}
        held = {unit[0] for unit, writing in shown.items() if writing.cells[unit[0]] is not None}
        return Folded(
            RecordHeads.compact(seq, heads, held),
            shown,
            {unit for unit, groups in units.items() if len(groups) > 1},
            whole=True,
        )

    def _seen_by(self, context: Context) -> Covered:
        return lambda number: covers(context, self._dot(number))

    def _dot(self, seq: int) -> Dot:
        if seq not in self._dots:
            self._dots[seq] = self._connection.execute(
                "SELECT journal, n FROM event WHERE seq = ?", (seq,)
            ).fetchone()
        return self._dots[seq]

    def _writing(self, seq: int, key: Key) -> Writing | None:
        """What an applied event says of a record, None when nothing."""
        past = self._event(seq)
        return writing(past[0], past[1][key]) if past and key in past[1] else None

    def _event(self, seq: int) -> tuple[Event, Mapping[Key, Rows]] | None:
        """An applied event and its rows by record; None when it is not understood."""
        if seq in self._past:
            self._past.move_to_end(seq)
            return self._past[seq]
        events = [event for _, event in read_events(self._connection, "seq = ?", (seq,))]
        self._past[seq] = (events[0], rows_of(events[0])) if events else None
        if len(self._past) > _EVENTS_KEPT:
            self._past.popitem(last=False)
        return self._past[seq]


def heads_text(heads: RecordHeads) -> str | None:
    """Heads as a row keeps them."""
    stored = heads.stored()
    return json.dumps(stored, sort_keys=True, separators=(",", ":")) if stored else None


def read_heads(head: int, text: str | None) -> RecordHeads:
    """What ``heads_text`` and the column beside it say."""
    return RecordHeads.read(head, json.loads(text) if text else None)
