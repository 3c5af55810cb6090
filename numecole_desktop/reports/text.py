"""Text styles and line breaking; no-break spaces are never broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from numecole_desktop.reports.fonts import EmbeddedFont, Weight, font
from numecole_desktop.reports.palette import Ink

_CAPITALS = 0.72  # height of a capital letter, for one point of size
_BREAKABLE = "-/_.·"


@dataclass(frozen=True, slots=True, eq=False)
class TextStyle:
    """How a text is written; ``size`` and ``leading`` (line to line) in points.

    Styles are few, made once and compared by identity: they are looked up for each text.
    """

    weight: Weight
    size: float
    leading: float
    ink: Ink

    @property
    def base(self) -> float:
        """From the upper edge of a line to its base line, capitals centred between the edges."""
        return (self.leading + _CAPITALS * self.size) / 2

    @property
    def font(self) -> EmbeddedFont:
        """The font of this style."""
        return font(self.weight)

    def width(self, text: str) -> float:
        """Width of one line, in points."""
        return _width(text, self)

    def height(self, lines: int) -> float:
        """Height of ``lines`` lines, in points."""
        return lines * self.leading


@lru_cache(maxsize=4096)
def _width(text: str, style: TextStyle) -> float:
    face = style.font
    return face.width(face.spell(text), style.size)


@cache
def bold(style: TextStyle) -> TextStyle:
    """The same style in bold."""
    return replace(style, weight=Weight.BOLD)


@lru_cache(maxsize=4096)
def wrap(text: str, style: TextStyle, width: float) -> tuple[str, ...]:
    """Break ``text`` into lines of at most ``width`` points; at least one line, maybe empty.

    Lines break at plain spaces; a word wider than the line breaks after a hyphen or the like, where
    it can from the line begun, else between letters. Labels come back in every document: the lines
    found are remembered.
    """
    face, size = style.font, style.size
    space = face.width(" ", size)
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for word in face.spell(text).split(" "):
        wide = face.width(word, size)
        if line and used + space + wide <= width:
            line.append(word)
            used += space + wide
            continue
        begun = _first_piece(word, style, width - used - space) if line and wide > width else ""
        if line:
            lines.append(" ".join([*line, begun] if begun else line))
        left = word.removeprefix(begun)
        *full, rest = _pieces(left, style, width) if wide > width else (left,)
        lines += full
        line = [rest]
        used = face.width(rest, size)
    lines.append(" ".join(line))
    return tuple(lines)


def shorten(text: str, style: TextStyle, width: float) -> str:
    """``text`` if one line of ``width`` points holds it, else its beginning and « … »."""
    if style.width(text) <= width:
        return text
    kept = len(text)
    while kept and style.width(f"{text[:kept].rstrip()}…") > width:
        kept -= 1
    return f"{text[:kept].rstrip()}…"


def _first_piece(word: str, style: TextStyle, width: float) -> str:
    """The longest beginning up to a hyphen or the like that ``width`` points hold; maybe empty."""
    ends = [n for n, sign in enumerate(word, start=1) if sign in _BREAKABLE]
    fitting = (word[:end] for end in reversed(ends) if style.width(word[:end]) <= width)
    return next(fitting, "")


def _pieces(word: str, style: TextStyle, width: float) -> Iterator[str]:
    """Cut a word too wide for one line."""
    start = 0
    while start < len(word):
        end = start + 1
        while end < len(word) and style.width(word[start : end + 1]) <= width:
            end += 1
        if end < len(word):
            sign = max(word.rfind(sign, start, end) for sign in _BREAKABLE)
            end = sign + 1 if sign >= start else end
        yield word[start:end]
        start = end
