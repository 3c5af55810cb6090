"""Ratios of one thing to a bare equivalent, both measured in the same run, in shuffled order."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Timed = Callable[[], float]
"""Does its work once and gives what it cost: seconds, or another unit that both sides share."""


@dataclass(frozen=True, slots=True)
class Target:
    """One target of the project: the ratio asked, and what is divided by what."""

    code: str
    most: float
    over: str
    under: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found: the ratio of each round, and the medians of both sides with their unit."""

    target: Target
    case: str
    ratios: Sequence[float]
    over: float
    under: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """The median ratio."""
        return median(self.ratios)

    @property
    def reached(self) -> bool:
        """Whether the target is met."""
        return self.ratio <= self.target.most


def interleaved(over: Timed, under: Timed, rounds: int) -> tuple[list[float], float, float]:
    """Ratio of each round and both medians; which side goes first is drawn by lot."""
    chance = random.Random(0)
    pairs = []
    for _ in range(rounds):
        costs = {}
        for name, side in chance.sample((("over", over), ("under", under)), 2):
            costs[name] = side()
        pairs.append((costs["over"], costs["under"]))
    ratios = [a / b for a, b in pairs]
    return ratios, median(a for a, _ in pairs), median(b for _, b in pairs)


def compare(target: Target, case: str, over: Timed, under: Timed, rounds: int) -> Measured:
    """Measure two sides that give seconds."""
    ratios, one, other = interleaved(over, under, rounds)
    return Measured(target, case, ratios, one * 1000, other * 1000)


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
