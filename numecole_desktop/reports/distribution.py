"""How the schools of a territory share out by index: a stacked bar and its key."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.domain.french import percent_half_up, plural, whole
from numecole_desktop.domain.territory_profile import Share
from numecole_desktop.reports.blocks import paragraph, write_lines
from numecole_desktop.reports.layout import LEFT, RIGHT, WIDTH, Piece
from numecole_desktop.reports.plots import FILLS, draw_fill, draw_stack
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import wrap
from numecole_desktop.reports.texts import Texts

_texts = Texts("common")
_BAR = 18.0
_SWATCH = 11.0


def distribution_piece(shares: Sequence[Share], before: float = 6.0) -> Piece:
    """The stacked bar, its parts named and counted under it."""
    style = styles()
    total = sum(share.count for share in shares)
    if not total:
        return paragraph(_texts("none", "distribution"), style.body, before)
    fills = [*(FILLS[min(n, len(FILLS) - 2)] for n in range(len(shares) - 1)), FILLS[-1]]
    counts = [share.count for share in shares]
    width = WIDTH / len(shares)
    told = [
        (wrap(share.label, style.strong, width - _SWATCH - 8), _count(share.count, total))
        for share in shares
    ]
    label_height = max(style.strong.height(len(label)) for label, _ in told)
    height = _BAR + 7 + label_height + style.muted.leading
    alternative = _alternative(shares, total)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        bar = (LEFT, top - _BAR, RIGHT, top)
        with canvas.tag("Figure", alternative=alternative, box=bar):
            draw_stack(canvas, bar, counts, fills)
        y = top - _BAR - 7
        with canvas.group("L"):
            for number, ((label, count), fill) in enumerate(zip(told, fills, strict=True)):
                x = LEFT + number * width
                with canvas.artifact():
                    draw_fill(canvas, (x + 1, y - 10, x + 10, y - 1.5), fill)
                with canvas.group("LI"), canvas.tag("LBody"):
                    write_lines(canvas, x + _SWATCH + 4, y, label, style.strong)
                    below = y - style.strong.height(len(label))
                    write_lines(canvas, x + _SWATCH + 4, below, (count,), style.muted)

    return Piece(height, draw, before)


def _count(count: int, total: int) -> str:
    share = percent_half_up(count, total)
    return _texts("count", "distribution", schools=plural(count, "école"), percent=share)


def _alternative(shares: Sequence[Share], total: int) -> str:
    parts = [
        _texts(
            "part",
            "distribution",
            label=share.label.lower(),
            count=whole(share.count),
            percent=percent_half_up(share.count, total),
        )
        for share in shares
    ]
    return _texts(
        "alternative", "distribution", total=plural(total, "école"), parts=", ".join(parts)
    )
