"""From school to school on the map, by the arrow keys: pure, over places in metres."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

Place = tuple[float, float]
"""East and north, in metres of Lambert-93."""

EAST, WEST, NORTH, SOUTH = (1, 0), (-1, 0), (0, 1), (0, -1)


def towards(places: Sequence[Place], start: int, way: tuple[int, int]) -> int:
    """Number of the nearest place in a direction, ``start`` itself where there is none.

    Those that lie more that way than aside come first; else any that lies that way at all.
    """
    best, nearest = start, (True, float("inf"))
    x, y = places[start]
    for number, (east, north) in enumerate(places):
        dx, dy = east - x, north - y
        along, aside = (dx * way[0], dy) if way[0] else (dy * way[1], dx)
        if along > 0:
            found = abs(aside) > along, hypot(dx, dy)
            if found < nearest:
                best, nearest = number, found
    return best
