"""Outlines of départements and communes, shipped in Lambert-93."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from numecole_desktop.referentials.resources import resource

Line = tuple[tuple[float, float], ...]
"""Metres east and north, Lambert-93."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Closed lines by code (département « 011 », commune « 11069 »), and whose work they are."""

    lines: dict[str, tuple[Line, ...]]
    credit: str


@cache
def department_outlines() -> Outlines:
    """The départements that are shipped."""
    content = _read("departements")
    unit = content["unit"]
    lines = {
        code: tuple(_line(ring, unit) for ring in rings)
        for code, rings in content["shapes"].items()
    }
    return Outlines(lines, content["credit"])


@cache
def commune_outlines() -> Outlines:
    """The communes of 2018 that are shipped; one merged since is not among them."""
    content = _read("communes")
    arcs = [_line(arc, content["unit"]) for arc in content["arcs"]]
    lines = {
        code: tuple(_joined(ring, arcs) for ring in rings)
        for code, rings in content["shapes"].items()
    }
    return Outlines(lines, content["credit"])


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(resource(f"geography/{name}.json").read_text("utf-8"))
    return content


def _line(steps: Sequence[int], unit: int) -> Line:
    east, north = 0, 0
    points = []
    for right, up in zip(steps[::2], steps[1::2], strict=True):
        east, north = east + right, north + up
        points.append((float(east * unit), float(north * unit)))
    return tuple(points)


def _joined(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    points: list[tuple[float, float]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return tuple(points)
