"""Text styles shared by every report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from numecole_desktop.reports.fonts import Weight
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.text import TextStyle


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by use.

    ``figure`` is the large number of a gauge, ``tile`` that of a key figure; ``compact`` ones serve
    dense tables; ``cover`` ones stand on a dark ground.
    """

    title: TextStyle
    long_title: TextStyle
    kicker: TextStyle
    heading: TextStyle
    subheading: TextStyle
    lead: TextStyle
    body: TextStyle
    strong: TextStyle
    missing: TextStyle
    muted: TextStyle
    label: TextStyle
    small: TextStyle
    warning: TextStyle
    figure: TextStyle
    tile: TextStyle
    compact: TextStyle
    compact_strong: TextStyle
    compact_muted: TextStyle
    cover_title: TextStyle
    cover_name: TextStyle
    cover_line: TextStyle


@cache
def styles() -> Styles:
    """The styles, made once."""
    ink = palette()
    regular, bold = Weight.REGULAR, Weight.BOLD
    return Styles(
        title=TextStyle(bold, 20, 23, ink.action),
        long_title=TextStyle(bold, 14, 17, ink.action),
        kicker=TextStyle(bold, 9, 12, ink.muted),
        heading=TextStyle(bold, 12, 15, ink.action),
        subheading=TextStyle(bold, 9.5, 13, ink.text),
        lead=TextStyle(bold, 12, 15.5, ink.text),
        body=TextStyle(regular, 9, 12, ink.text),
        strong=TextStyle(bold, 9, 12, ink.text),
        missing=TextStyle(bold, 9, 12, ink.warning),
        muted=TextStyle(regular, 9, 12, ink.muted),
        label=TextStyle(regular, 7.5, 10, ink.muted),
        small=TextStyle(regular, 7.5, 10, ink.muted),
        warning=TextStyle(bold, 9.5, 12, ink.warning),
        figure=TextStyle(bold, 34, 34, ink.action),
        tile=TextStyle(bold, 21, 25, ink.action),
        compact=TextStyle(regular, 8.5, 11, ink.text),
        compact_strong=TextStyle(bold, 8.5, 11, ink.text),
        compact_muted=TextStyle(regular, 8.5, 11, ink.muted),
        cover_title=TextStyle(bold, 34, 40, ink.paper),
        cover_name=TextStyle(bold, 20, 25, ink.paper),
        cover_line=TextStyle(regular, 12, 16, ink.paper),
    )
