"""Colours of the reports: own palette, nothing of the State's identity.

Colours are kept as the PDF operators that select them, so that drawing formats no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache

from numecole_desktop.domain.french import NBSP
from numecole_desktop.reports.settings import section

_COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Ink:
    """One colour: the operators that make it the fill or the stroke colour."""

    fill: str
    stroke: str


@dataclass(frozen=True, slots=True)
class Palette:
    """The named colours of resources/reports/style.toml."""

    text: Ink
    muted: Ink
    action: Ink
    warning: Ink
    border: Ink
    rule: Ink
    surface: Ink
    surface_warning: Ink
    paper: Ink


def ink(colour: str) -> Ink:
    """Colour written « #rrggbb ».

    Raises:
        ValueError: it is written otherwise.
    """
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"couleur illisible dans style.toml{NBSP}: {colour!r}")
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    operands = f"{red:.3f} {green:.3f} {blue:.3f}"
    return Ink(f"{operands} rg", f"{operands} RG")


@cache
def palette() -> Palette:
    """The palette, read once."""
    colours = section("style", "palette")
    return Palette(**{field.name: ink(colours[field.name]) for field in fields(Palette)})
