"""What ends every report: where figures and rules come from, and what was assumed."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.domain.profile import Source
from numecole_desktop.reports.blocks import bullets, heading, paragraph
from numecole_desktop.reports.layout import Block
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.texts import Texts

_texts = Texts("common")


def sources_block(
    sources: Sequence[Source],
    assumptions: Sequence[str],
    first: Sequence[str] = (),
    *,
    run_in: bool = False,
    key: str = "",
) -> Block:
    """Sources and assumptions in small print, after the lines ``first``; nothing if there is none.

    A source or an assumption named twice is printed once. ``run_in`` sets them as one paragraph
    without a title, where a page must hold all; ``key`` names the place for links.
    """
    lines = small_print(sources, assumptions, first)
    if not lines:
        return Block([])
    style = styles().small
    if run_in:
        return Block([paragraph(run_in_text(lines), style, before=6)])
    return Block([heading(_texts("small_print"), key=key), *bullets(lines, style, before=1.0)])


def small_print(
    sources: Sequence[Source], assumptions: Sequence[str], first: Sequence[str] = ()
) -> list[str]:
    """The lines ``first``, the sources and the assumptions, each once."""
    lines = [*first, *(_source(source) for source in sources)]
    lines += [_texts("assumption", text=assumption) for assumption in assumptions]
    return list(dict.fromkeys(lines))


def run_in_text(lines: Sequence[str]) -> str:
    """Small print as one paragraph."""
    return _texts("small_print_run_in", lines=" ".join(lines))


def _source(source: Source) -> str:
    told = ", ".join(part for part in (source.title, source.published) if part)
    key = "source_address" if source.address else "source"
    return _texts(key, title=told, address=source.address)
