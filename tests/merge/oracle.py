"""The merge once more, by its definition, from what people truly saw instead of contexts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from numecole_desktop.domain.causality import Dot
from tests.merge.values import Key

ORDER = ("observed", "declared", "imported", "estimated", "carried_over")
LABELS = ("submitted_at", "operator", "at", "note")
GROUPS = (("status", "submitted_at"), ("C1", "C2"))


@dataclass(frozen=True)
class Fact:
    """One event as it happened, known to nobody but the test."""

    dot: Dot
    hash: str
    previous: str
    shown: frozenset[Dot]
    source: str
    cells: Mapping[Key, Mapping[str, object]]
    lost: frozenset[Dot] = frozenset()
    arbitrates: bool = False


def unit_of(name: str) -> tuple[str, ...]:
    """Fields that go with one."""
    return next((group for group in GROUPS if name in group), (name,))


def said(cells: Mapping[str, object], unit: tuple[str, ...]) -> str:
    """What an event says of a unit, without who and when, as text."""
    return json.dumps([plain(cells.get(n)) for n in unit if n not in LABELS], sort_keys=True)


def plain(value: object) -> object:
    """A value without its labels, lists in one order."""
    if isinstance(value, list | tuple):
        return sorted(value)
    if isinstance(value, dict):
        return {n: plain(v) for n, v in value.items() if n not in LABELS and v is not None}
    return value


def forked(facts: Iterable[Fact]) -> dict[str, int]:
    """First number of each journal that two different events claim."""
    hashes: dict[Dot, set[str]] = {}
    for fact in facts:
        hashes.setdefault(fact.dot, set()).add(fact.hash)
        hashes.setdefault((fact.dot[0], fact.dot[1] - 1), set()).add(fact.previous)
    found: dict[str, int] = {}
    for (journal, n), claims in sorted(hashes.items(), reverse=True):
        if len(claims) > 1:
            found[journal] = n
    return found


def applied(facts: Iterable[Fact]) -> list[Fact]:
    """Events whose whole past is applied, lost or withheld: the least fixed point."""
    held = list(facts)
    cuts = forked(held)
    done: dict[Dot, Fact] = {}
    lost: set[Dot] = set()

    def settled(dot: Dot) -> bool:
        return dot in done or dot in lost or dot[1] >= cuts.get(dot[0], dot[1] + 1)

    grown = True
    while grown:
        grown = False
        for fact in held:
            journal, n = fact.dot
            if fact.dot in done or n >= cuts.get(journal, n + 1):
                continue
            past = {(journal, m) for m in range(1, n)} | fact.shown
            if all(settled(dot) for dot in past):
                done[fact.dot] = fact
                lost |= fact.lost
                grown = True
    return list(done.values())


def canonical(facts: Iterable[Fact]) -> dict[str, dict[str, list[list[object]]]]:
    """{record: {unit: [[value, its heads]…]}}, strongest value first: what a device must show."""
    done = applied(facts)
    found: dict[str, dict[str, list[list[object]]]] = {}
    for key in sorted({key for fact in done for key in fact.cells}):
        about = [fact for fact in done if key in fact.cells]
        units = sorted({unit_of(name) for fact in about for name in fact.cells[key]})
        for unit in units:
            spoken = [fact for fact in about if set(unit) & set(fact.cells[key])]
            replaced = {dot for fact in spoken for dot in fact.shown}
            heads = [fact for fact in spoken if fact.dot not in replaced]
            heads.sort(key=lambda f: (ORDER.index(f.source), f.dot[0], -f.dot[1]))
            groups: dict[str, list[Dot]] = {}
            for head in heads:
                groups.setdefault(said(head.cells[key], unit), []).append(head.dot)
            found.setdefault("/".join(key), {})["+".join(unit)] = [
                [value, sorted(dots)] for value, dots in groups.items()
            ]
    return found
