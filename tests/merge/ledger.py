"""What truly happened: every event ever written, and what its author had on screen."""

from __future__ import annotations

from collections import Counter

from numecole_desktop.domain.causality import Dot
from numecole_desktop.domain.delivery import Link
from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.merge import writings
from tests.merge.device import Device
from tests.merge.oracle import Fact, said, unit_of
from tests.merge.values import read


class Ledger:
    """All events by hash, and how often what one looks for was met."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}
        self.counts: Counter[str] = Counter()

    def opened(self, device: Device) -> None:
        """A journal that a device has just opened by itself, after all that it had applied."""
        self.written(device, (device.journal, 1), frozenset(device.order[:-1]))

    def written(
        self, device: Device, dot: Dot, shown: frozenset[Dot], *, arbitrates: bool = False
    ) -> None:
        """An event that a device has written while ``shown`` was on screen, unless known."""
        for digest, link in device.links.items():
            if link.dot == dot and digest not in self.facts:
                fact = _fact(link, device.bodies[digest], shown, arbitrates=arbitrates)
                self.counts["races"] += arbitrates and self._is_race(fact)
                self.facts[digest] = fact

    def met(self, device: Device) -> None:
        """Count what a device has to cope with."""
        self.counts["conflicts"] += len(device.conflicts())
        self.counts["waiting"] += len(device.waiting)
        self.counts["forks"] += len(device.cuts)
        self.counts["late"] += sum(dot in device.lost for dot in device.order)
        self.counts["contexts with a hole"] += any("+" in key for key in device.seen.context())

    def _is_race(self, fact: Fact) -> bool:
        (key,) = fact.cells
        unit = unit_of(next(iter(fact.cells[key])))
        return any(
            set(unit) & set(other.cells.get(key, ()))
            and said(other.cells[key], unit) != said(fact.cells[key], unit)
            for other in self.facts.values()
            if other.arbitrates and other.dot not in fact.shown
        )


def _fact(link: Link, body: bytes, shown: frozenset[Dot], *, arbitrates: bool) -> Fact:
    _, event = read(body)
    is_declaration = event is not None and event.kind is RecordKind.DECLARATION
    return Fact(
        link.dot,
        link.hash,
        link.previous,
        shown,
        event.source if event else "",
        {key: of.cells for key, of in writings(event)} if event and is_declaration else {},
        frozenset((j, n) for j, (first, last) in link.lost for n in range(first, last + 1)),
        arbitrates,
    )
