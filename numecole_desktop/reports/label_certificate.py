"""The certificate of a label as a PDF: one page across, to be framed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reportlab.lib.pagesizes import A4, landscape

from numecole_desktop.domain.french import joined, long_date, of_place
from numecole_desktop.domain.label_documents import Certificate, RetainedLevel
from numecole_desktop.reports.blocks import write_lines
from numecole_desktop.reports.charts import draw_cells
from numecole_desktop.reports.colophon import run_in_text, small_print
from numecole_desktop.reports.fonts import Weight
from numecole_desktop.reports.logo import draw_logo
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.structure import Role
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Properties, TaggedCanvas
from numecole_desktop.reports.text import TextStyle, wrap
from numecole_desktop.reports.texts import Texts

_common = Texts("common")
_texts = Texts("label_certificate")
_WIDE, _HIGH = landscape(A4)
_MIDDLE = _WIDE / 2
_OUTER, _INNER = 26.0, 32.0  # distances of the frame's two lines from the edges of the page
_SIDE = 62.0
_INSIDE = _WIDE - 2 * _SIDE
_BASE = 48.0  # lower edge of the small print
_TOP = 42.0  # from the top of the page to the first text
_CRITERIA = 218.0  # upper edge of the criteria
_LEAST, _REST = 10.0, 1.0  # blank above the criteria: at least, and its share of what is left
_NAME_LINES = 2


@dataclass(frozen=True, slots=True)
class _Faces:
    """Styles of the certificate; ``names`` from the largest to the one for the longest names."""

    kind: TextStyle
    title: TextStyle
    level: TextStyle
    line: TextStyle
    names: tuple[TextStyle, ...]


@cache
def _faces() -> _Faces:
    ink = palette()
    return _Faces(
        kind=TextStyle(Weight.BOLD, 12, 16, ink.muted),
        title=TextStyle(Weight.BOLD, 36, 44, ink.action),
        level=TextStyle(Weight.BOLD, 24, 30, ink.text),
        line=TextStyle(Weight.REGULAR, 13, 18, ink.text),
        names=tuple(
            TextStyle(Weight.BOLD, size, size * 1.2, ink.action) for size in (26, 20, 15, 11)
        ),
    )


def render_certificate(certificate: Certificate, logo: bytes | None = None) -> bytes:
    """The certificate as a PDF of one page; the same certificate gives the same bytes.

    ``logo`` is a PNG or JPEG image.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    school, issue = certificate.school, certificate.issue
    canvas = TaggedCanvas(
        Properties(
            title=_texts("title", year=issue.year, school=school.name),
            subject=_texts("subject", uai=school.uai, level=certificate.level),
            created=issue.issued_on,
        ),
        (_WIDE, _HIGH),
    )
    _draw_frame(canvas)
    if logo:
        draw_logo(canvas, _SIDE, _HIGH - _TOP - 6, logo, _common("logo"))
    _draw_centre(canvas, certificate)
    _draw_criteria(canvas, certificate.criteria, issue.highest)
    _draw_foot(canvas, certificate)
    canvas.showPage()
    return canvas.finish()


def _draw_frame(canvas: TaggedCanvas) -> None:
    with canvas.artifact("Background"):
        for away, thickness in ((_OUTER, 2.0), (_INNER, 0.6)):
            canvas.outline_box(
                away, away, _WIDE - 2 * away, _HIGH - 2 * away, palette().action, thickness
            )


def _draw_centre(canvas: TaggedCanvas, certificate: Certificate) -> None:
    """What is certified, each line in the middle, from the top down."""
    parts = [*_parts(certificate)]
    taken = sum(style.height(len(lines)) for _, _, style, lines in parts)
    y = _HIGH - _TOP
    # Short texts leave room: each part takes its share of it above itself, the criteria the rest.
    spare = max(0.0, y - _CRITERIA - _LEAST - taken) / (_REST + sum(share for share, *_ in parts))
    for share, role, style, lines in parts:
        y -= share * spare
        if role == "H1":
            canvas.bookmark(" ".join(lines), 0, y)
        with canvas.tag(role):
            write_lines(canvas, _MIDDLE, y, lines, style, "centre")
        y -= style.height(len(lines))


def _parts(certificate: Certificate) -> Iterator[tuple[float, Role, TextStyle, tuple[str, ...]]]:
    """Share of the blank above, role, style and lines of each text."""
    faces = _faces()
    school = certificate.school
    if certificate.issue.sample:
        yield 0.5, "P", styles().warning, (_common("banner"),)
    yield 1.0, "P", faces.kind, (_texts("document"),)
    yield 0.2, "H1", faces.title, (_texts("label"),)
    yield 0.6, "P", faces.level, (_texts("level", level=certificate.level),)
    yield 1.0, "P", faces.line, (_texts("granted"),)
    yield 0.3, "P", *_fitted(school.name)
    place = ", ".join(part for part in (school.commune, certificate.department) if part)
    if place:
        yield 0.1, "P", faces.line, wrap(place, faces.line, _INSIDE)
    years = joined([str(year) for year in certificate.years])
    key = "valid_one" if len(certificate.years) == 1 else "valid"
    yield 0.9, "P", faces.line, (_texts(key, years=years),)


def _fitted(name: str) -> tuple[TextStyle, tuple[str, ...]]:
    """The largest style that sets a name in few lines."""
    laid = [(style, wrap(name, style, _INSIDE)) for style in _faces().names]
    return next((one for one in laid if len(one[1]) <= _NAME_LINES), laid[-1])


def _draw_criteria(canvas: TaggedCanvas, criteria: Sequence[RetainedLevel], highest: int) -> None:
    """The level of each criterion side by side, as a list; cells repeat the number."""
    style, gap = styles(), 18.0
    width = (_INSIDE - gap * (len(criteria) - 1)) / len(criteria)
    with canvas.group("L"):
        for number, criterion in enumerate(criteria):
            x = _SIDE + number * (width + gap)
            key = "criterion_level" if criterion.computed is None else "criterion_differs"
            told = _texts(key, level=criterion.level, highest=highest, computed=criterion.computed)
            with canvas.group("LI"):
                with canvas.tag("Lbl"):
                    write_lines(canvas, x, _CRITERIA, (criterion.title,), style.strong)
                with canvas.artifact():
                    box = (x, _CRITERIA - 22, x + width, _CRITERIA - 14)
                    draw_cells(canvas, box, criterion.level, highest)
                with canvas.tag("LBody"):
                    write_lines(canvas, x, _CRITERIA - 25, (told,), style.muted)


def _draw_foot(canvas: TaggedCanvas, certificate: Certificate) -> None:
    """Date and room to sign, then on what rules."""
    style, issue, school = styles(), certificate.issue, certificate.school
    line = _faces().line
    about = _texts("about", uai=school.uai, year=issue.year, referential=issue.referential)
    service = [f"{issue.service}."] if issue.service else []
    small = wrap(
        run_in_text(small_print(issue.sources, issue.assumptions, [*service, about])),
        style.small,
        _INSIDE,
    )
    academy = (
        _texts("academy", academy=of_place(school.academy))
        if school.academy
        else _texts("no_academy")
    )
    top = _CRITERIA - 48
    with canvas.tag("P"):
        decided = _texts("decided", date=long_date(certificate.decided_on))
        write_lines(canvas, _SIDE, top, (decided,), line)
    left = _SIDE + 0.58 * _INSIDE
    with canvas.tag("P"):
        write_lines(canvas, left, top, wrap(academy, line, _WIDE - _SIDE - left), line)
    with canvas.tag("P"):
        write_lines(canvas, left, top - 19, (_texts("signature"),), style.muted)
    with canvas.tag("P"):
        write_lines(canvas, _SIDE, _BASE + style.small.height(len(small)), small, style.small)
