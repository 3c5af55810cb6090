"""The digital profile of a commune as a PDF, for its town hall: its schools, what is missing."""

from __future__ import annotations

from enum import Enum, auto

from numecole_desktop.domain.equipment import HIGHEST
from numecole_desktop.domain.french import Counted, ended, long_date
from numecole_desktop.domain.territory_profile import CommuneProfile, FigureGroup, FigureLine
from numecole_desktop.reports.blocks import bullets, heading, notice, paragraph
from numecole_desktop.reports.colophon import sources_block
from numecole_desktop.reports.commune_schools import school_blocks, side_by_side
from numecole_desktop.reports.document import draw_document, page_frame
from numecole_desktop.reports.figures import compact, figures_pieces, roomy
from numecole_desktop.reports.layout import (
    Block,
    Frame,
    Section,
    accompanied,
    height,
    set_out,
)
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Properties
from numecole_desktop.reports.texts import Texts
from numecole_desktop.reports.title import title_piece

_common = Texts("common")
_texts = Texts("commune_profile")
_TIGHT = 0.8  # blank around the lines of the table where a page must hold all


class _Way(Enum):
    """Ways to set the document, from the widest to the closest."""

    ROOMY = auto()
    CLOSE = auto()
    TIGHT = auto()


def render_commune_profile(profile: CommuneProfile, logo: bytes | None = None) -> bytes:
    """The profile as a PDF; the same profile gives the same bytes.

    ``logo`` is a PNG or JPEG image. A commune of one school has one page.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    properties = Properties(
        title=_texts("title", year=profile.year, name=profile.name),
        subject=_texts("subject", year=profile.year),
        created=profile.issued_on,
    )
    return draw_document(properties, _section(profile, logo))


def _section(profile: CommuneProfile, logo: bytes | None) -> Section:
    """The pages, set closely only where that saves one."""
    date = long_date(profile.issued_on)
    frame = page_frame(
        profile,
        head=(_texts("head", name=profile.name), _common("year", year=profile.year)),
        foot=_texts("foot", year=profile.year, name=profile.name, date=date),
    )
    ways = [
        set_out(_blocks(profile, logo, frame, way, figures_first=first), frame, fill=True)
        for first in ((False, True) if len(profile.schools) > side_by_side() else (False,))
        for way in _Way
    ]
    return min(ways, key=lambda section: section.pages)


def _blocks(
    profile: CommuneProfile,
    logo: bytes | None,
    frame: Frame,
    way: _Way,
    *,
    figures_first: bool,
) -> list[Block]:
    """The parts of the profile in reading order.

    ``figures_first`` sets the figures before the last of the blocks of schools: what is missing in
    each, when they are many.
    """
    style = styles()
    schools = _texts("schools", schools=Counted(len(profile.schools)))
    under = (profile.department, _common("year", year=profile.year), schools)
    title = title_piece(
        _texts("document"), profile.name, " · ".join(part for part in under if part), logo
    )
    notes = [notice(note) for note in profile.notes]
    alone = len(profile.schools) == 1
    intro = paragraph(_texts("intro_one" if alone else "intro"), style.body, before=10)
    plain = [] if alone else _plain_words()
    first = [title, intro, *bullets(plain, style.body), *notes]
    room = frame.room() - height(first)
    blocks = [Block(first), *school_blocks(profile.schools, room, tight=way is _Way.TIGHT)]
    if not profile.schools:
        none = heading(_texts("none_title"))
        blocks.append(Block([none, notice(_texts("none", year=profile.year), before=0)]))
    blocks.insert(len(blocks) - figures_first, _figures(profile, way))
    run_in = way is not _Way.ROOMY
    sources = sources_block(profile.sources, profile.assumptions, run_in=run_in)
    return accompanied([b for b in blocks if b.pieces], sources, whole=not figures_first)


def _plain_words() -> list[str]:
    """What the socle is; the index of a single school says it on its own."""
    return [sentence.format(highest=HIGHEST) for sentence in _texts.table("plain")["sentences"]]


def _figures(profile: CommuneProfile, way: _Way) -> Block:
    """The figures that speak to a town hall beside the levels above, the others in one sentence."""
    names = _texts.table("figures")["names"]
    found = {line.name: line for group in profile.groups for line in group.lines}
    if not found:
        return Block([])
    told = tuple(found[name] for name in names if name in found)
    density = {_Way.ROOMY: roomy(), _Way.CLOSE: compact()}.get(way, compact(_TIGHT))
    table = figures_pieces((FigureGroup("", "", told),), _texts("kind"), _texts("own"), density)
    notes = list(profile.captions)
    others = [_other(line) for name, line in found.items() if name not in names]
    if others:
        notes.append(_texts("others", figures=ended(_texts("between").join(others))))
    notes.append(_texts("glossary"))
    if way is _Way.TIGHT:
        notes = [" ".join(notes)]
    small = [paragraph(note, styles().small, keep=True) for note in notes]
    small[-1].keep_with_next = False
    return Block([heading(_texts("figures"), 8.0 if way is _Way.TIGHT else 16.0), *table, *small])


def _other(line: FigureLine) -> str:
    key = "other" if line.percent is None else "other_share"
    return _texts(key, label=line.label, text=line.text, percent=line.percent)
