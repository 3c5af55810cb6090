"""Who had seen what: events named by journal and number, and sets of them.

A context is the vector {journal: last n} of spec 5.1: an entry « J » covers the events 1 to n of
J. Where a set has a hole (events declared lost, an import that an open form did not show) an
entry « J+36 » covers the events 36 to n of J, so that nobody is ever taken to have seen the hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Dot = tuple[str, int]
"""An event: its journal and its number in it."""

Run = tuple[int, int]
"""First and last of consecutive numbers of one journal."""

Context = Mapping[str, int]
"""The events that were on screen when a form was opened."""

_FROM = "+"


def entry(key: str) -> tuple[str, int]:
    """(journal, first number) that an entry of a context speaks of."""
    journal, _, first = key.partition(_FROM)
    return journal, int(first) if first else 1


def covers(context: Context, dot: Dot) -> bool:
    """Whether an event written with ``context`` had seen ``dot``."""
    journal, n = dot
    if context.get(journal, 0) >= n:
        return True
    start = journal + _FROM
    return any(
        key.startswith(start) and entry(key)[1] <= n <= last for key, last in context.items()
    )


def is_sound(context: Context, dot: Dot) -> bool:
    """Whether the context that ``dot`` carries says something: to be asked of what others wrote.

    An entry needs a journal and numbers that follow each other, and no event has seen itself.
    """
    for key, last in context.items():
        journal, plus, first = key.partition(_FROM)
        if plus and not (first.isascii() and first.isdigit() and first[0] != "0"):
            return False
        if (
            not journal
            or last < (int(first) if plus else 1)
            or (journal == dot[0] and last >= dot[1])
        ):
            return False
    return True


def covers_all(context: Context, held: Context) -> bool:
    """Whether ``context`` plainly covers all of ``held``; false is no proof of the contrary.

    True is the common case, a form saved in a base that has not changed since it was opened:
    every head of every field is then replaced, and none needs to be looked at.
    """
    return all(context.get(key, 0) >= last for key, last in held.items())


def seen_too(context: Context, dot: Dot) -> dict[str, int]:
    """``context`` and one event more: what a form shows after its own save, and nothing else."""
    return (DotSet.of_context(context) | DotSet.of([dot])).context()


@dataclass(frozen=True, slots=True)
class DotSet:
    """A set of events, kept as ascending separate runs of numbers by journal."""

    runs: Mapping[str, tuple[Run, ...]]

    @classmethod
    def of(cls, dots: Iterable[Dot]) -> DotSet:
        """The set of these events."""
        return cls.of_runs((journal, (n, n)) for journal, n in dots)

    @classmethod
    def of_runs(cls, runs: Iterable[tuple[str, Run]]) -> DotSet:
        """The set of the events of these runs; an empty run (5, 4) brings none."""
        found: dict[str, list[Run]] = {}
        for journal, run in runs:
            found.setdefault(journal, []).append(run)
        joined = {journal: _joined(of_journal) for journal, of_journal in found.items()}
        return cls({journal: of_journal for journal, of_journal in joined.items() if of_journal})

    @classmethod
    def of_context(cls, context: Context) -> DotSet:
        """The events that a context covers."""
        found = ((*entry(key), last) for key, last in context.items())
        return cls.of_runs((journal, (first, last)) for journal, first, last in found)

    def __contains__(self, dot: Dot) -> bool:
        return any(first <= dot[1] <= last for first, last in self.runs.get(dot[0], ()))

    def __or__(self, other: DotSet) -> DotSet:
        return DotSet.of_runs([*self.all_runs(), *other.all_runs()])

    def all_runs(self) -> Iterator[tuple[str, Run]]:
        """Each run with its journal."""
        for journal, runs in self.runs.items():
            for run in runs:
                yield journal, run

    def gapless(self, journal: str) -> int:
        """The last n such that all of 1 to n are in the set; 0 when the first is not."""
        runs = self.runs.get(journal, ())
        return runs[0][1] if runs and runs[0][0] == 1 else 0

    def context(self) -> dict[str, int]:
        """The set as a context."""
        return {
            journal if first == 1 else f"{journal}{_FROM}{first}": last
            for journal, (first, last) in self.all_runs()
        }

    def lacking(self, journal: str, last: int) -> tuple[Run, ...]:
        """Runs of 1 to ``last`` that are not in the set."""
        found = []
        start = 1
        for run in self.runs.get(journal, ()):
            if run[0] > last:
                break
            if run[0] > start:
                found.append((start, run[0] - 1))
            start = run[1] + 1
        if start <= last:
            found.append((start, last))
        return tuple(found)


NOTHING = DotSet({})
"""No event."""


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for first, last in sorted(runs):
        if last < first:
            continue
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
