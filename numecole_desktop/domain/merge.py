"""One value, or a conflict, from all that was written about a field (spec 5.1).

Event *e* replaces *f* on a field if and only if *f* is in the context of *e*; heads are the
writings replaced by none. Nothing here reads a clock, nor the order in which files came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from numecole_desktop.domain.causality import Context, Dot, covers
from numecole_desktop.domain.journal import Absent, Event, Source, Value

Cells = Mapping[str, Value]
"""Values by field, None for one that is cleared."""

Unit = tuple[str, ...]
"""Fields that are merged as one: the same event gives them all."""


@dataclass(frozen=True, slots=True)
class MergeRules:
    """What belongs together and what is not compared, as data.

    Fields of a group always come from one event; what it does not say of them is empty.
    ``labels`` are fields, and members of a value, that say who and when: two values that differ
    by them alone are the same value.
    """

    groups: tuple[Unit, ...] = ()
    labels: frozenset[str] = frozenset()

    def unit(self, name: str) -> Unit:
        """The group of a field, or the field alone."""
        return next((group for group in self.groups if name in group), (name,))

    def units(self, cells: Cells) -> dict[Unit, Cells]:
        """The cells of an event unit by unit; an event with a field of a group writes it all."""
        found = dict.fromkeys(self.unit(name) for name in cells)
        return {unit: {name: cells.get(name) for name in unit} for unit in found}


@dataclass(frozen=True, slots=True)
class Writing:
    """What one event says of one record. ``operator``, ``at`` and ``note`` are labels."""

    dot: Dot
    context: Context
    source: str
    cells: Cells
    operator: str = ""
    at: str = ""
    note: str = ""

    def of(self, unit: Unit) -> Writing:
        """The same, reduced to one unit."""
        cells = {name: self.cells.get(name) for name in unit}
        return Writing(
            self.dot, self.context, self.source, cells, self.operator, self.at, self.note
        )


Rows = Sequence[tuple[Value, ...]]
"""What an event says of one record, in the order of its rows."""


def rows_of(event: Event) -> dict[tuple[str, ...], Rows]:
    """The rows of an event by the key of their record."""
    width = len(event.kind.key_columns)
    found: dict[tuple[str, ...], list[tuple[Value, ...]]] = {}
    for row in event.rows:
        found.setdefault(tuple(map(str, row[:width])), []).append(row)
    return dict(found)


def writing(event: Event, rows: Rows) -> Writing:
    """What ``rows`` of an event say of their record; a later row adds to a former one."""
    width = len(event.kind.key_columns)
    cells: dict[str, Value] = {}
    for row in rows:
        said = zip(event.columns[width:], row[width:], strict=True)
        cells.update((name, cell) for name, cell in said if not isinstance(cell, Absent))
    return Writing(
        (event.journal, event.n),
        event.context,
        event.source,
        cells,
        event.operator,
        event.at,
        event.note,
    )


def writings(event: Event) -> Iterator[tuple[tuple[str, ...], Writing]]:
    """What an event says, record by record (key first)."""
    for key, rows in rows_of(event).items():
        yield key, writing(event, rows)


Alternatives = tuple[tuple[Writing, ...], ...]
"""Heads of one unit, those that say the same together; strongest first, inside and outside."""


def alternatives(heads: Iterable[Writing], rules: MergeRules) -> Alternatives:
    """The distinct values among the heads of one unit; several are a conflict.

    The very first writing gives the value to show meanwhile: the strongest source, then an order
    of journals that no clock enters and, within a journal, the latest.
    """
    groups: dict[object, list[Writing]] = {}
    for head in sorted(heads, key=_strength):
        groups.setdefault(_comparable(head.cells, rules.labels), []).append(head)
    return tuple(tuple(group) for group in groups.values())


def merged(history: Iterable[Writing], rules: MergeRules) -> dict[Unit, Alternatives]:
    """Every unit of a record from all the events that speak of it, in whatever order."""
    known = list(history)
    over = {one.dot: {o.dot for o in known if covers(o.context, one.dot)} for one in known}
    found = {}
    for unit in dict.fromkeys(u for writing in known for u in rules.units(writing.cells)):
        spoken = [writing for writing in known if not writing.cells.keys().isdisjoint(unit)]
        dots = {one.dot for one in spoken}
        heads = [one.of(unit) for one in spoken if over[one.dot].isdisjoint(dots)]
        found[unit] = (tuple(heads),) if len(heads) == 1 else alternatives(heads, rules)
    return found


def before(
    history: Iterable[Writing], heads: Iterable[Writing], rules: MergeRules
) -> dict[Unit, Alternatives]:
    """The record as all of ``heads`` had seen it: what stood before they disagreed."""
    contexts = [head.context for head in heads]
    shared = (one for one in history if all(covers(context, one.dot) for context in contexts))
    return merged(shared, rules)


def values(units: Mapping[Unit, Alternatives]) -> dict[str, Value]:
    """The value of each field that has one, provisional where there is a conflict."""
    return {
        name: value
        for groups in units.values()
        for name, value in groups[0][0].cells.items()
        if value is not None
    }


_STRENGTHS = {source.value: rank for rank, source in enumerate(Source)}


def _strength(head: Writing) -> tuple[int, str, int]:
    # A source that this version does not know is the weakest.
    return _STRENGTHS.get(head.source, len(_STRENGTHS)), head.dot[0], -head.dot[1]


def _comparable(value: object, labels: frozenset[str]) -> object:
    """A hashable form, equal for equal values: lists are sets of codes, True is not 1."""
    if isinstance(value, Mapping):
        return frozenset(
            (name, _comparable(cell, labels))
            for name, cell in value.items()
            if cell is not None and name not in labels
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "codes", frozenset(_comparable(cell, labels) for cell in value)
    return isinstance(value, bool), value
