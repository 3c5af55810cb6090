"""The yearly « état du numérique » of an académie: chapters, a page for each circonscription."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.domain.french import long_date, of_place
from numecole_desktop.domain.territory_profile import TerritoryProfile, YearlyReport
from numecole_desktop.reports.colophon import sources_block
from numecole_desktop.reports.document import draw_document, page_frame
from numecole_desktop.reports.layout import Block, Frame, Section, set_out
from numecole_desktop.reports.memory import collection_paused
from numecole_desktop.reports.report_chapters import chapter_section
from numecole_desktop.reports.report_contents import Entry, contents_blocks, cover_blocks
from numecole_desktop.reports.report_page import Place, circonscription_pages
from numecole_desktop.reports.tagged import Properties
from numecole_desktop.reports.texts import Texts

_common = Texts("common")
_texts = Texts("yearly_report")
_SOURCES = "sources"


def render_yearly_report(report: YearlyReport, logo: bytes | None = None) -> bytes:
    """The report as a PDF; the same report gives the same bytes.

    ``logo`` is a PNG or JPEG image. Pages are laid out once: those of the contents say where
    the others fell.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    properties = Properties(
        title=_texts("title", year=report.year, academy=of_place(report.academy)),
        subject=_texts("subject", year=report.year, academy=of_place(report.academy)),
        created=report.issued_on,
    )
    with collection_paused():
        return draw_document(properties, *_sections(report, logo))


def _sections(report: YearlyReport, logo: bytes | None) -> list[Section]:
    """Every page set out, the entries of the contents told their pages."""
    frame = _frame(report)
    titles = [Entry(chapter.title, f"chapter{n}") for n, chapter in enumerate(report.chapters)]
    chapters = _chapters(report, titles, frame)
    places, groups = _places(report.circonscriptions)
    listed = titles
    if report.sources or report.assumptions:
        listed = [*titles, Entry(_common("small_print"), _SOURCES)]
    contents = set_out(contents_blocks(report, listed, groups), frame)
    pages = circonscription_pages(places, frame)
    sections = [set_out(cover_blocks(report, logo), frame), contents, *chapters, *pages]
    _number(sections, [*listed, *(entry for _, entries in groups for entry in entries)])
    return sections


def _number(sections: Sequence[Section], entries: Sequence[Entry]) -> None:
    """Tell each entry of the contents the page where its title fell."""
    found: dict[str, int] = {}
    start = 1
    for section in sections:
        found.update({key: start + page for key, page in section.places().items()})
        start += section.pages
    for entry in entries:
        entry.page = found[entry.key]


def _chapters(report: YearlyReport, titles: Sequence[Entry], frame: Frame) -> list[Section]:
    """A section for each chapter, sources and assumptions at the end of the last one."""
    head = (_texts("academy", academy=of_place(report.academy)), _common("year", year=report.year))
    sources = sources_block(report.sources, report.assumptions, key=_SOURCES)
    if not titles:
        return [set_out([sources], frame)] if sources.pieces else []
    last = [Block([]) for _ in titles[1:]] + [sources]
    return [
        chapter_section(chapter, head, title.key, after, frame)
        for chapter, title, after in zip(report.chapters, titles, last, strict=True)
    ]


def _places(
    profiles: Sequence[TerritoryProfile],
) -> tuple[list[Place], list[tuple[str, list[Entry]]]]:
    """Circonscriptions by département: their pages with their lines of the outline, the contents.

    The order is kept; those of one département follow each other.
    """
    grouped: dict[str, list[TerritoryProfile]] = {}
    for profile in profiles:
        department = profile.parents[0] if profile.parents else _texts("no_department")
        grouped.setdefault(department, []).append(profile)
    places: list[Place] = []
    groups = []
    for department, inside in grouped.items():
        entries: list[Entry] = []
        for profile in inside:
            outline = [] if places else [(_texts("circonscriptions"), 0)]
            if not entries:
                outline.append((department, 1))
            entries.append(Entry(profile.name, f"page{len(places)}"))
            places.append(Place(profile, entries[-1].key, tuple(outline)))
        groups.append((department, entries))
    return places, groups


def _frame(report: YearlyReport) -> Frame:
    date = long_date(report.issued_on)
    return page_frame(
        report,
        head=(
            _texts("academy", academy=of_place(report.academy)),
            _common("year", year=report.year),
        ),
        foot=_texts("foot", year=report.year, academy=of_place(report.academy), date=date),
    )
