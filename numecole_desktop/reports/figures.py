"""Figures of a territory: a table by groups with the levels above, and key figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from numecole_desktop.domain.territory_profile import FigureGroup, FigureLine
from numecole_desktop.reports.blocks import paragraph
from numecole_desktop.reports.cards import Tile
from numecole_desktop.reports.layout import LEFT, WIDTH, Draw, Piece
from numecole_desktop.reports.plots import draw_compared
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import PADDING, SPACE, Band, Column, Row, Table
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import TextStyle
from numecole_desktop.reports.texts import Texts

_texts = Texts("common")
_WIDEST_LABEL, _OWN, _MISSING, _LEAST_BESIDE = 212.0, 72.0, 36.0, 44.0
_BAR_HEIGHT = 5.6


@dataclass(frozen=True, slots=True)
class Density:
    """How closely the lines of a table are set: styles, blank above and below the text."""

    plain: TextStyle
    strong: TextStyle
    muted: TextStyle
    space: float


def roomy() -> Density:
    """Lines set as in the other tables."""
    style = styles()
    return Density(style.body, style.strong, style.muted, SPACE)


def compact(space: float = 1.5) -> Density:
    """Lines set closely, where a page must hold all."""
    style = styles()
    return Density(style.compact, style.compact_strong, style.compact_muted, space)


def figures_pieces(
    groups: Sequence[FigureGroup], kind: str, own: str, density: Density | None = None
) -> list[Piece]:
    """A table of every figure, the levels above beside it, with its key under it.

    The territory is called ``kind`` over its column (« Circonscription »), ``own`` in the key (« la
    circonscription »). Bars repeat the percentages of the cells, so they are not read aloud.
    """
    lines = [line for group in groups for line in group.lines]
    if not lines:
        return []
    density = density or roomy()
    names = levels(lines)
    columns = _columns(lines, names, kind, density)
    bar_left = LEFT + sum(column.width for column in columns) + 6
    shown_missing = any(line.missing is not None for line in lines)
    rows: list[Row | Band] = []
    for group in groups:
        if group.lines:
            rows += [Band(group.title)] if group.title else []
            rows += [
                _row(line, names, bar_left, density, shown_missing=shown_missing)
                for line in group.lines
            ]
    table = Table(columns, width=WIDTH, space=density.space).pieces(rows)
    table[-1].keep_with_next = True
    return [
        *table,
        paragraph(_key(lines, names, own, shown_missing=shown_missing), styles().small, before=4),
    ]


def levels(lines: Iterable[FigureLine]) -> list[str]:
    """Names of the levels above that stand beside some figure, smallest first."""
    return list(dict.fromkeys(beside.name for line in lines for beside in line.beside))


@cache
def percent(value: int | None) -> str:
    """« 28 % », empty when there is none."""
    return "" if value is None else _texts("percent", percent=value)


@cache
def count_and_share(count: str, share: int | None) -> str:
    """« 11 (28 %) », or the count alone."""
    return count if share is None else _texts("count_share", count=count, percent=share)


def key_tiles(groups: Sequence[FigureGroup], names: Sequence[str]) -> list[Tile]:
    """The figures ``names`` that are known, in large, the highest level above under each."""
    found = {line.name: line for group in groups for line in group.lines}
    return [_tile(found[name]) for name in names if name in found]


def _tile(line: FigureLine) -> Tile:
    value = line.text if line.percent is None else percent(line.percent)
    under = ""
    if line.beside and line.beside[-1].text:
        above = line.beside[-1]
        under = _texts("tile_above", "figures", name=above.name, text=above.text)
    return Tile(value, line.label, under)


def _columns(
    lines: Sequence[FigureLine], names: Sequence[str], kind: str, density: Density
) -> list[Column]:
    label = max(density.plain.width(_label(line)) for line in lines) + 2 * PADDING + 1
    columns = [
        Column(_texts("figure", "figures"), min(label, _WIDEST_LABEL), density.plain),
        Column(kind, _OWN, density.strong, "right"),
    ]
    for name in names:
        told = [each.text for line in lines for each in line.beside if each.name == name]
        needed = density.muted.width(max(told, key=len)) + 2 * PADDING + 1
        width = max(needed, _beside_width(name))
        columns.append(Column(name, width, density.muted, "right"))
    if any(line.missing is not None for line in lines):
        title = _texts("missing", "figures")
        columns.append(Column(title, _MISSING, density.muted, "right"))
    return columns


def _beside_width(name: str) -> float:
    """Room for the title of a column on two lines, within reason."""
    words, style = name.split(" "), styles().label
    needed = min(
        max(style.width(" ".join(words[:cut])), style.width(" ".join(words[cut:])))
        for cut in range(1, len(words) + 1)
    )
    return min(max(needed + 2 * PADDING + 1, _LEAST_BESIDE), 2 * _LEAST_BESIDE)


def _row(
    line: FigureLine,
    names: Sequence[str],
    bar_left: float,
    density: Density,
    *,
    shown_missing: bool,
) -> Row:
    beside = {each.name: each for each in line.beside}
    cells = [_label(line), count_and_share(line.text, line.percent)]
    cells += [beside[name].text if name in beside else "" for name in names]
    if shown_missing:
        cells.append(percent(line.missing))
    shares = [beside[name].percent if name in beside else None for name in names]
    decoration = None
    if line.percent is not None or any(share is not None for share in shares):
        decoration = _bar(line.percent if line.base else None, shares, bar_left, density)
    return Row(tuple(cells), decoration=decoration)


def _bar(value: int | None, shares: Sequence[int | None], left: float, density: Density) -> Draw:
    middle = density.space + density.plain.leading / 2

    def draw(canvas: TaggedCanvas, top: float) -> None:
        y = top - middle - _BAR_HEIGHT / 2
        box = (left, y, LEFT + WIDTH - 4, y + _BAR_HEIGHT)
        draw_compared(canvas, box, value, shares)

    return draw


def _label(line: FigureLine) -> str:
    """The label, with what the percentage is over unless its first word says so."""
    return line.label if line.percent is None else _label_over(line.label, line.base)


@cache
def _label_over(label: str, base: str) -> str:
    if label.casefold().startswith(base.casefold()):
        return label
    return _texts("over", "figures", label=label, base=base)


def _key(
    lines: Sequence[FigureLine], names: Sequence[str], own: str, *, shown_missing: bool
) -> str:
    """How to read the table, in words."""
    said = []
    if any(line.percent is not None for line in lines):
        said.append(_texts("bar_key", "figures", own=own))
        marks = reversed(_texts.table("marks")["names"])
        said += [
            _texts("mark_key", "figures", mark=mark, name=name)
            for name, mark in zip(reversed(names), marks, strict=False)
        ]
    if shown_missing:
        said.append(_texts("missing_key", "figures"))
    return " ".join(said)
