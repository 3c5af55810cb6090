"""The page of a circonscription in the yearly report: all its figures, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from numecole_desktop.domain.territory_profile import TerritoryProfile
from numecole_desktop.reports.blocks import paragraph, subheading
from numecole_desktop.reports.distribution import distribution_piece
from numecole_desktop.reports.evolution import curves_pieces
from numecole_desktop.reports.figures import Density, compact, figures_pieces, roomy
from numecole_desktop.reports.layout import Block, Frame, Piece, Section, set_out
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.territory_profile import where_and_when
from numecole_desktop.reports.texts import Texts
from numecole_desktop.reports.title import title_piece

_texts = Texts("yearly_report")
_TIGHT = 0.8
_CURVES = 6  # on a line


@dataclass(frozen=True, slots=True)
class Place:
    """A circonscription in the report: its figures, the name of its place for links.

    ``outline`` are the lines (text, level) of the reader's outline that come before its own.
    """

    profile: TerritoryProfile
    key: str
    outline: tuple[tuple[str, int], ...]


def circonscription_pages(places: Sequence[Place], frame: Frame) -> list[Section]:
    """A page for each, all set alike: as widely as lets the fullest hold on its page."""
    ways = [(roomy(), True), (compact(), True), (compact(_TIGHT), True), (compact(_TIGHT), False)]
    pages: list[Section] = []
    for density, whole in ways:
        pages = []
        for place in places:
            pages.append(set_out(_blocks(place, density, whole=whole), frame, fill=True))
            if pages[-1].pages > 1 and (density, whole) != ways[-1]:
                break
        else:
            break
    return pages


def _blocks(place: Place, density: Density, *, whole: bool) -> Iterator[Block]:
    """The parts of the page; what the profile of the circonscription says too goes if it must."""
    profile = place.profile
    style = styles()
    title = title_piece(
        _texts("circonscription"),
        profile.name,
        where_and_when(profile),
        role="H2",
        level=2,
        key=place.key,
    )
    notes = [paragraph(note, style.body, before=6) for note in profile.notes] if whole else []
    yield Block([_outline(place.outline), title, *notes])
    yield Block(
        [
            subheading(_texts("distribution"), before=14.0),
            distribution_piece(profile.distribution, before=2.0),
        ]
    )
    table = figures_pieces(profile.groups, profile.kind, _texts("own"), density)
    if table:
        table[0].before = 14.0
    captions = [paragraph(caption, style.small, before=1) for caption in profile.captions]
    yield Block([*table, *captions])
    years = sorted({year for line in profile.evolution for year, _, _ in line.points})
    curves = curves_pieces(profile.evolution, _CURVES) if whole else []
    if curves:
        period = _texts("evolution_years", first=years[0], last=years[-1])
        yield Block([subheading(period, before=14.0), *curves])


def _outline(lines: Sequence[tuple[str, int]]) -> Piece:
    """Lines of the reader's outline without anything on the page."""

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for text, level in lines:
            canvas.bookmark(text, level, top)

    return Piece(0.0, draw)
