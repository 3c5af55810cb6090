"""Which held events may be applied, in which order, and what is missing for the others.

An event is applied once all that precedes it in its journal and all that its context covers is
settled: applied here, declared lost by the circonscription, or withheld. So an event applied
later was never seen by one applied before, and the state needs no vector beside its heads. The
one exception is an event that was declared lost and comes after all (``Delivery.is_late``).

What is applied depends on the set of held events alone, never on the order of their arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from numecole_desktop.domain.causality import NOTHING, Context, Dot, DotSet, Run, entry
from numecole_desktop.domain.french import NBSP, joined
from numecole_desktop.domain.journal import GENESIS_HASH, Event, RecordKind

Cuts = Mapping[str, int]
"""Journals of which nothing is applied from a number on: forked, or revoked after it."""

NO_CUTS: Cuts = {}


class Link(NamedTuple):
    """What delivery reads of an event.

    ``hash`` is that of its bytes and ``previous`` the one that it names. ``lost`` holds the runs
    of journals that it declares lost, when its author may declare it.
    """

    journal: str
    n: int
    hash: str
    previous: str
    context: Context
    lost: tuple[tuple[str, Run], ...] = ()

    @property
    def dot(self) -> Dot:
        """The event's name."""
        return self.journal, self.n


@dataclass(frozen=True, slots=True)
class Delivery:
    """What can be done with the held events.

    ``applied`` is new, in the order in which to apply it; ``waiting`` is kept for later, withheld
    events included. ``seen`` is all that is applied, ``lost`` all that is declared lost.
    """

    applied: tuple[Link, ...]
    waiting: tuple[Link, ...]
    seen: DotSet
    lost: DotSet

    def is_late(self, dot: Dot) -> bool:
        """Whether others may have been applied as if this event were lost.

        Its records are then merged anew from all their events (``merge.merged``).
        """
        return dot in self.lost


def losses(event: Event) -> tuple[tuple[str, Run], ...]:
    """Runs of journals that an event declares lost; whether its author may is not judged here."""
    if event.kind is not RecordKind.LOSS:
        return ()
    found = []
    for row in event.rows:
        cells = dict(zip(event.columns, row, strict=True))
        journal, first, last = (cells.get(name) for name in RecordKind.LOSS.key_columns)
        if isinstance(journal, str) and type(first) is int and type(last) is int and first > 0:
            found.append((journal, (first, last)))
    return tuple(found)


def deliver(
    links: Iterable[Link],
    *,
    seen: DotSet = NOTHING,
    lost: DotSet = NOTHING,
    cuts: Cuts = NO_CUTS,
) -> Delivery:
    """Apply what can be applied of ``links``, in any order: those received, those that waited.

    ``seen`` and ``lost`` are what the state holds already. When ``cuts`` reaches into ``seen``,
    deliver every held event again from nothing, and rebuild the state.
    """
    queues, withheld = _queues(links, seen, cuts)
    reach = _Reach(seen | lost, cuts)
    applied: list[Link] = []
    declared: list[tuple[str, Run]] = []
    advanced = True
    while advanced:
        before = len(applied)
        for journal, queue in queues.items():
            blocked = []
            while queue and reach.settled(journal, queue[-1].n - 1):
                link = queue.pop()
                if not all(reach.settled(entry(key)[0], n) for key, n in link.context.items()):
                    blocked.append(link)
                    continue
                applied.append(link)
                declared += link.lost
                for other, run in ((journal, (link.n, link.n)), *link.lost):
                    reach.add(other, run)
            queue.extend(reversed(blocked))
        advanced = len(applied) > before
    waiting = [link for queue in queues.values() for link in reversed(queue)]
    return Delivery(
        tuple(applied),
        (*waiting, *withheld),
        seen | DotSet.of(link.dot for link in applied),
        lost | DotSet.of_runs(declared),
    )


def forks(links: Iterable[Link]) -> dict[str, int]:
    """The first number of each journal that has two different events, known by their hashes.

    A number's hashes are those of the events held under it and those that its successors name.
    Both branches are proof that a key or a base was copied: nothing is applied from there on.
    """
    known: dict[Dot, str] = {}
    found: dict[str, int] = {}
    for link in links:
        for n, digest in ((link.n, link.hash), (link.n - 1, link.previous)):
            first = GENESIS_HASH if n == 0 else digest
            if known.setdefault((link.journal, n), first) != digest:
                found[link.journal] = max(1, min(n, found.get(link.journal, n)))
    return found


def fork_sentence(first: int, device: str) -> str:
    """The alarm about a journal that forks at ``first``; ``device`` is its name."""
    return (
        f"Deux suites différentes du poste {device} commencent au numéro {first}{NBSP}: sa base a "
        f"été copiée, ou sa clé volée. Rien n’en est pris en compte à partir de là{NBSP}; les deux "
        f"suites sont gardées, ressaisissez celles de leurs réponses qui sont bonnes."
    )


@dataclass(frozen=True, slots=True)
class Missing:
    """Numbers of a journal that others wait for."""

    journal: str
    runs: tuple[Run, ...]

    def sentence(self, device: str) -> str:
        """« Il manque 31 à 35 du poste X », and how to mend it; ``device`` is its name."""
        numbers = joined(
            [str(first) if first == last else f"{first} à {last}" for first, last in self.runs]
        )
        return (
            f"Il manque {numbers} du poste {device}{NBSP}: demandez-lui un nouveau lot, ou à la "
            f"circonscription de déclarer ces saisies perdues."
        )


def missing(
    waiting: Iterable[Link], held: DotSet, lost: DotSet = NOTHING, cuts: Cuts = NO_CUTS
) -> tuple[Missing, ...]:
    """What ``waiting`` lacks; ``held`` is everything held, the waiting events included."""
    needed: dict[str, int] = {}
    for link in waiting:
        if link.n >= cuts.get(link.journal, link.n + 1):
            continue
        for journal, n in [(entry(key)[0], n) for key, n in link.context.items()]:
            needed[journal] = max(n, needed.get(journal, 0))
        needed[link.journal] = max(link.n - 1, needed.get(link.journal, 0))
    known = held | lost
    found = (
        Missing(journal, known.lacking(journal, min(n, cuts.get(journal, n + 1) - 1)))
        for journal, n in sorted(needed.items())
    )
    return tuple(lack for lack in found if lack.runs)


class _Reach:
    """How far each journal is settled without a gap, while events are applied."""

    def __init__(self, settled: DotSet, cuts: Cuts) -> None:
        self._cuts = cuts
        self._last: dict[str, int] = {}
        self._beyond: dict[str, list[Run]] = {}
        for journal, run in settled.all_runs():
            self.add(journal, run)

    def settled(self, journal: str, n: int) -> bool:
        last = self._last.get(journal, 0)
        return n <= last or last + 1 >= self._cuts.get(journal, n + 1)

    def add(self, journal: str, run: Run) -> None:
        last = self._last.get(journal, 0)
        beyond = []
        for first, end in sorted([run, *self._beyond.get(journal, ())]):
            if first <= last + 1:
                last = max(last, end)
            else:
                beyond.append((first, end))
        self._last[journal] = last
        self._beyond[journal] = beyond


def _queues(
    links: Iterable[Link], seen: DotSet, cuts: Cuts
) -> tuple[dict[str, list[Link]], list[Link]]:
    """Links not yet applied by journal, the last first, and those that are withheld; none twice."""
    queues: dict[str, dict[int, Link]] = {}
    withheld: dict[tuple[Dot, str], Link] = {}
    for link in links:
        if link.n >= cuts.get(link.journal, link.n + 1):
            withheld[link.dot, link.hash] = link
        elif link.dot not in seen:
            queues.setdefault(link.journal, {})[link.n] = link
    ordered = {
        journal: [queue[n] for n in sorted(queue, reverse=True)]
        for journal, queue in queues.items()
    }
    return ordered, list(withheld.values())
