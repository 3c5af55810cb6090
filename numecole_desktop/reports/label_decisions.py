"""The list of label dossiers for the commission as a PDF, with boxes for what is to be decided."""

from __future__ import annotations

from collections.abc import Iterator

from numecole_desktop.domain.french import Counted, long_date
from numecole_desktop.domain.label_documents import DecisionLine, DecisionList
from numecole_desktop.reports.blocks import heading, notice, paragraph
from numecole_desktop.reports.colophon import sources_block
from numecole_desktop.reports.columns import fitted_columns
from numecole_desktop.reports.document import draw_document, page_frame
from numecole_desktop.reports.layout import (
    LEFT,
    WIDTH,
    Block,
    Piece,
    accompanied,
    set_out,
)
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import PADDING, Column, Row, Table
from numecole_desktop.reports.tagged import Properties, TaggedCanvas
from numecole_desktop.reports.texts import Texts
from numecole_desktop.reports.title import title_piece

_common = Texts("common")
_texts = Texts("label_decisions")
_SCHOOL, _COMMUNE, _LEVEL, _DECISION = 136.0, 92.0, 38.0, 52.0
_BOX = LEFT + _SCHOOL + _COMMUNE + 2 * _LEVEL
_ROW = 21.0  # height of a line in whose box a decision is written


def render_decisions(decisions: DecisionList, logo: bytes | None = None) -> bytes:
    """The list as a PDF; the same list gives the same bytes.

    ``logo`` is a PNG or JPEG image.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    issue, scope = decisions.issue, decisions.scope
    title = _texts("title_scope" if scope else "title", year=issue.year, scope=scope)
    frame = page_frame(
        issue,
        head=(title, _texts("campaign", year=issue.year)),
        foot=_texts("foot", year=issue.year, date=long_date(issue.issued_on)),
    )
    properties = Properties(
        title=title, subject=_texts("subject", year=issue.year), created=issue.issued_on
    )
    return draw_document(properties, set_out(_blocks(decisions, logo), frame))


def _blocks(decisions: DecisionList, logo: bytes | None) -> list[Block]:
    issue = decisions.issue
    sources = sources_block(
        issue.sources,
        issue.assumptions,
        [_texts("rules", referential=issue.referential)],
        run_in=True,
    )
    return accompanied([*_parts(decisions, logo)], sources)


def _parts(decisions: DecisionList, logo: bytes | None) -> Iterator[Block]:
    style, issue, lines = styles(), decisions.issue, decisions.lines
    waiting = sum(line.decision is None for line in lines)
    under = [
        _texts("campaign", year=issue.year),
        _texts("count", dossiers=Counted(len(lines))),
        *([_texts("to_decide", dossiers=Counted(waiting))] if waiting else []),
    ]
    title = title_piece(
        _texts("document"), decisions.scope or _texts("all"), " · ".join(under), logo
    )
    left_out = [notice(decisions.left_out)] if decisions.left_out else []
    if not lines:
        none = paragraph(_texts("none", year=issue.year), style.body, before=0)
        yield Block([title, *left_out, heading(_texts("none_title")), none])
        return
    how = paragraph(_texts("how"), style.muted, before=10)
    yield Block([title, how, *left_out])
    yield Block([heading(_texts("totals")), *_totals(decisions)])
    for name, inside in decisions.groups:
        count = _texts("group", name=name, dossiers=Counted(len(inside)))
        yield Block([heading(count), *_table(inside)], whole=False)


def _totals(decisions: DecisionList) -> list[Piece]:
    rows = []
    for count in decisions.totals:
        if count.level is None:
            name = _texts("unknown")
        else:
            name = _texts("level" if count.level else "not_labelled", level=count.level)
        rows.append((name, str(count.computed), str(count.opinion), str(count.decision)))
    titles = [_texts(key) for key in ("total_level", "computed", "opinion", "decision")]
    columns = fitted_columns(titles, rows, styles().compact)
    return Table(columns).pieces([Row(cells) for cells in rows])


def _table(lines: tuple[DecisionLine, ...]) -> list[Piece]:
    style = styles()
    rest = WIDTH - _SCHOOL - _COMMUNE - 2 * _LEVEL - _DECISION
    columns = [
        Column(_texts("school", "table"), _SCHOOL, style.compact),
        Column(_texts("commune", "table"), _COMMUNE, style.compact),
        Column(_texts("level", "table"), _LEVEL, style.compact, "centre"),
        Column(_texts("opinion", "table"), _LEVEL, style.compact, "centre"),
        Column(_texts("decision", "table"), _DECISION, style.compact_strong, "centre"),
        Column(_texts("remark", "table"), rest, style.compact),
    ]
    return Table(columns).pieces([_row(line) for line in lines])


def _row(line: DecisionLine) -> Row:
    school = line.school
    cells = (
        _texts("school", name=school.name, uai=school.uai),
        school.commune or _common("unknown"),
        _common("unknown") if line.level is None else str(line.level),
        "–" if line.opinion is None else str(line.opinion),
        "" if line.decision is None else (str(line.decision) if line.decision else _texts("no")),
        line.remark,
    )
    if line.decision is not None:
        return Row(cells)
    return Row(cells, decoration=_draw_box, least_height=_ROW)


def _draw_box(canvas: TaggedCanvas, top: float) -> None:
    """The box in which the commission writes its decision."""
    canvas.outline_box(
        _BOX + PADDING, top - _ROW + 3, _DECISION - 2 * PADDING, _ROW - 6, palette().border
    )
