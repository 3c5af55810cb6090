"""Second part of a school profile: answers, usages, comparison with the académie."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from numecole_desktop.domain.french import long_date
from numecole_desktop.domain.profile import AnswerLine, Comparison, SchoolProfile
from numecole_desktop.reports.blocks import heading, item, item_lines, paragraph
from numecole_desktop.reports.charts import draw_bar
from numecole_desktop.reports.layout import LEFT, WIDTH, Block, Container, Draw, Piece
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import Band, Column, Row, Table
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.texts import Texts

_texts = Texts("school_profile")
_CODE_WIDTH = 24.0
_YEAR_WIDTH = 74.0
_ACADEMY_WIDTH = 108.0
_ROW_TO_FILL = 20.0
_COMPARISON_WIDTHS = (216.0, 72.0, 84.0)


def answers_block(profile: SchoolProfile) -> Block:
    """Answers by part, with last year's and the académie's figures where they are known."""
    if not profile.sections:
        return Block([])
    style = styles()
    columns = [Column(str(profile.declared_year), _YEAR_WIDTH, style.strong)]
    shown: list[Callable[[AnswerLine], str]] = [lambda line: line.value]
    if profile.previous_year is not None:
        columns.append(Column(str(profile.previous_year), _YEAR_WIDTH, style.muted))
        shown.append(lambda line: line.previous)
    if any(line.reference for section in profile.sections for line in section.lines):
        columns.append(Column(_texts("academy"), _ACADEMY_WIDTH, style.muted))
        shown.append(lambda line: line.reference)

    def row(line: AnswerLine) -> Row:
        cells = (line.label, *(show(line) for show in shown))
        return Row(cells, line.code, missing=line.missing)

    return Block(
        [
            heading(_texts("answers")),
            paragraph(_declared(profile), style.muted, before=0, after=4, keep=True),
            *_table(profile, columns, row),
        ]
    )


def questions_block(profile: SchoolProfile) -> Block:
    """The questions with room to write the answers by hand, for a school that never declared."""
    if not profile.sections:
        return Block([])
    column = Column(_texts("how_to_fill"), _ACADEMY_WIDTH, styles().muted)
    left, (width, height) = LEFT + WIDTH - _ACADEMY_WIDTH, (_ACADEMY_WIDTH, _ROW_TO_FILL)

    def draw_box(canvas: TaggedCanvas, top: float) -> None:
        canvas.outline_box(left + 4, top - height + 2, width - 4, height - 4, palette().border)

    def row(line: AnswerLine) -> Row:
        return Row((line.label, ""), line.code, draw_box, _ROW_TO_FILL)

    return Block(
        [
            heading(_texts("how_questions")),
            paragraph(_texts("how_questions_note"), styles().muted, before=0, after=4, keep=True),
            *_table(profile, [column], row),
        ]
    )


def _declared(profile: SchoolProfile) -> str:
    if profile.submitted_on is None:
        return _texts("answers_undated", declared=profile.declared_year)
    date = long_date(profile.submitted_on)
    return _texts("answers_declared", declared=profile.declared_year, date=date)


def _table(
    profile: SchoolProfile, columns: Sequence[Column], row: Callable[[AnswerLine], Row]
) -> list[Piece]:
    rest = WIDTH - sum(column.width for column in columns)
    question = Column(_texts("question"), rest, styles().body)
    rows: list[Row | Band] = []
    for section in profile.sections:
        rows.append(Band(_texts("part", code=section.code, title=section.title)))
        rows += [row(line) for line in section.lines]
    return Table([question, *columns], _CODE_WIDTH).pieces(rows)


def few_usages(profile: SchoolProfile) -> bool:
    """Whether the usages are few enough to be summed up, on the first page if it has room."""
    most: int = _texts.table("limits")["usages_with_summary"]
    return len(profile.usages) <= most


def usages_block(profile: SchoolProfile) -> Block:
    """The declared usages, two on a line."""
    if not profile.usages:
        return Block(
            [heading(_texts("usages")), paragraph(_texts("usages_none"), styles().body, before=0)]
        )
    style = styles()
    width = WIDTH / 2
    few = few_usages(profile)
    told = [
        (
            item_lines(usage.label, style.strong if few else style.body, width - 12),
            item_lines(usage.summary, style.muted, width - 12) if few and usage.summary else (),
        )
        for usage in profile.usages
    ]
    container = Container("L")
    pairs = [told[i : i + 2] for i in range(0, len(told), 2)]
    return Block([heading(_texts("usages")), *(_usages(pair, few, container) for pair in pairs)])


def _usages(
    pair: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], few: bool, container: Container
) -> Piece:
    style = styles()
    title = style.strong if few else style.body
    height = max(
        title.height(len(label)) + style.muted.height(len(summary)) for label, summary in pair
    )

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for number, (label, summary) in enumerate(pair):
            item(canvas, LEFT + number * WIDTH / 2, top, ((title, label), (style.muted, summary)))

    return Piece(height + (4 if few else 2), draw, container=container)


def comparison_block(profile: SchoolProfile) -> Block:
    """The school's figures beside the académie's, with bars for percentages; may be empty."""
    if not profile.comparisons:
        return Block([])
    style = styles()
    titles = (_texts("comparison_figure"), _texts("comparison_school"), _texts("academy"))
    columns = [
        Column(title, width, text)
        for title, width, text in zip(
            titles, _COMPARISON_WIDTHS, (style.body, style.strong, style.muted), strict=True
        )
    ]
    rows = [
        Row((each.label, each.school, each.reference), decoration=_bars(each))
        for each in profile.comparisons
    ]
    caption = profile.comparison_caption
    if any(each.school_share is not None for each in profile.comparisons):
        caption = f"{caption} {_texts('comparison_key')}".strip()
    pieces = [heading(_texts("comparison")), *Table(columns, width=WIDTH).pieces(rows)]
    if caption:
        pieces.append(paragraph(caption, style.small, before=4))
    return Block(pieces)


def _bars(figure: Comparison) -> Draw | None:
    """The school's bar over the académie's; they repeat the cells, so they are not read aloud."""
    school, academy = figure.school_share, figure.reference_share
    if school is None and academy is None:
        return None
    x, right = LEFT + sum(_COMPARISON_WIDTHS) + 4, LEFT + WIDTH - 4
    ink = palette()

    def draw(canvas: TaggedCanvas, top: float) -> None:
        if school is not None:
            draw_bar(canvas, (x, top - 8.2, right, top - 3.6), school, ink.action)
        if academy is not None:
            box = (x, top - 14.4, right, top - 9.8)
            draw_bar(canvas, box, academy, ink.border, hatched=True)

    return draw
