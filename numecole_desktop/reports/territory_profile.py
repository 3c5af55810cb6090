"""The digital profile of a circonscription, a département or an académie as a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from numecole_desktop.domain.equipment import HIGHEST
from numecole_desktop.domain.french import Counted, long_date
from numecole_desktop.domain.territory_profile import TerritoryProfile
from numecole_desktop.reports.blocks import heading, notice, paragraph
from numecole_desktop.reports.cards import tiles_piece
from numecole_desktop.reports.colophon import sources_block
from numecole_desktop.reports.distribution import distribution_piece
from numecole_desktop.reports.document import draw_document, page_frame
from numecole_desktop.reports.evolution import evolution_pieces
from numecole_desktop.reports.figures import compact, figures_pieces, key_tiles, roomy
from numecole_desktop.reports.layout import (
    Block,
    Frame,
    Piece,
    accompanied,
    height,
    keep_ends,
    set_out,
)
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Properties
from numecole_desktop.reports.territory_tables import not_declared_block, parts_block
from numecole_desktop.reports.texts import Texts
from numecole_desktop.reports.title import title_piece

_common = Texts("common")
_texts = Texts("territory_profile")
_TIGHT = 0.8  # blank around the lines of a table that nearly fits
_LAST_LINES = 3  # two figures and the key of the table, which the captions follow


def render_territory_profile(profile: TerritoryProfile, logo: bytes | None = None) -> bytes:
    """The profile as a PDF; the same profile gives the same bytes.

    ``logo`` is a PNG or JPEG image.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    properties = Properties(
        title=_texts("title", year=profile.year, kind=profile.kind, name=profile.name),
        subject=_texts("subject", year=profile.year),
        created=profile.issued_on,
    )
    blocks = [block for block in _blocks(profile, logo) if block.pieces]
    sources = sources_block(profile.sources, profile.assumptions)
    section = set_out(accompanied(blocks, sources), _frame(profile))
    return draw_document(properties, section)


def where_and_when(profile: TerritoryProfile) -> str:
    """The levels above, the year and the number of schools, on one line."""
    schools = _texts("schools", schools=Counted(profile.schools))
    return " · ".join((*profile.parents, _common("year", year=profile.year), schools))


def named(profile: TerritoryProfile, table: str) -> str:
    """The word for the profile's level in a table of texts, its French kind for another level."""
    words: str = _texts.table(table).get(profile.level, profile.kind)
    return words


def distribution_block(profile: TerritoryProfile) -> Block:
    """How the schools share out by index."""
    help_text = _texts("distribution_help", highest=HIGHEST)
    return Block(
        [
            heading(_texts("distribution")),
            distribution_piece(profile.distribution),
            paragraph(help_text, styles().small, before=5),
        ]
    )


def _frame(profile: TerritoryProfile) -> Frame:
    kind, name, year = profile.kind, profile.name, profile.year
    return page_frame(
        profile,
        head=(_texts("head", kind=kind, name=name), _common("year", year=year)),
        foot=_texts("foot", year=year, kind=kind, name=name, date=long_date(profile.issued_on)),
    )


def _blocks(profile: TerritoryProfile, logo: bytes | None) -> Iterator[Block]:
    """The parts of the profile in reading order, but the last one: some may be empty."""
    top = [_head(profile, logo), distribution_block(profile)]
    yield from top
    yield _figures_block(profile, _frame(profile).room() - sum(height(b.pieces) for b in top))
    curves = evolution_pieces(profile.evolution)
    if curves:
        yield Block([heading(_texts("evolution")), *curves])
    yield parts_block(profile)
    yield not_declared_block(profile)


def _head(profile: TerritoryProfile, logo: bytes | None) -> Block:
    title = title_piece(named(profile, "document"), profile.name, where_and_when(profile), logo)
    tiles = key_tiles(profile.groups, _texts.table("tiles")["figures"])
    notes = [notice(note) for note in profile.notes]
    return Block([title, *([tiles_piece(tiles)] if tiles else []), *notes])


def _figures_block(profile: TerritoryProfile, room: float) -> Block:
    """The figures, set as widely as ``room`` allows, over two pages if they must."""
    captions = [paragraph(caption, styles().small, before=1) for caption in profile.captions]
    if not any(group.lines for group in profile.groups):
        return Block(captions)
    own = named(profile, "own")
    pieces: list[Piece] = []
    for density in (roomy(), compact(), compact(_TIGHT)):
        table = figures_pieces(profile.groups, profile.kind, own, density)
        pieces = [heading(_texts("figures")), *table, *captions]
        if height(pieces) <= room:
            break
    keep_ends(pieces, len(captions) + _LAST_LINES)
    return Block(pieces, whole=False)
