"""What ends every report: where figures and rules come from, and what was assumed."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.domain.profile import Source
from numecole_desktop.reports.blocks import bullets, heading
from numecole_desktop.reports.layout import Block
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.texts import Texts

_texts = Texts("common")


def sources_block(
    sources: Sequence[Source], assumptions: Sequence[str], first: Sequence[str] = ()
) -> Block:
    """Sources and assumptions in small print, after the lines ``first``; nothing if there is none.

    A source or an assumption named twice is printed once.
    """
    lines = [*first, *(_source(source) for source in sources)]
    lines += [_texts("assumption", text=assumption) for assumption in assumptions]
    if not lines:
        return Block([])
    unique = list(dict.fromkeys(lines))
    return Block([heading(_texts("small_print")), *bullets(unique, styles().small, before=1.0)])


def _source(source: Source) -> str:
    told = ", ".join(part for part in (source.title, source.published) if part)
    key = "source_address" if source.address else "source"
    return _texts(key, title=told, address=source.address)
