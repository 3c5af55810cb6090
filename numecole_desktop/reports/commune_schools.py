"""The schools of a commune: one at length, two or three side by side, more in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from numecole_desktop.domain.equipment import HIGHEST
from numecole_desktop.domain.french import Counted, joined
from numecole_desktop.domain.questionnaire import read_whole
from numecole_desktop.domain.territory_profile import CommuneSchool, SchoolLine
from numecole_desktop.reports.blocks import heading, notice, paragraph
from numecole_desktop.reports.cards import cards_piece
from numecole_desktop.reports.charts import draw_cells
from numecole_desktop.reports.columns import fitted_columns
from numecole_desktop.reports.figures import compact
from numecole_desktop.reports.layout import LEFT, WIDTH, Block, Draw, Piece, height
from numecole_desktop.reports.profile_index import (
    count_sentence,
    explanation_cards,
    gauge_words,
    index_piece,
)
from numecole_desktop.reports.side_by_side import (
    Part,
    cells_part,
    columns_piece,
    gauge_part,
    inner_width,
    list_part,
    stacked,
    text_part,
)
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import Row, Table
from numecole_desktop.reports.tagged import Align, TaggedCanvas
from numecole_desktop.reports.texts import Texts

_common = Texts("common")
_texts = Texts("commune_profile")
_COLUMNS = (
    "name", "classes", "pupils", "teacher", "pupil", "ent", "label", "declared", "index",
)  # fmt: skip
_ALIGNED: tuple[Align, ...] = (
    "left", "right", "right", "right", "right", "centre", "centre", "centre", "right",
)  # fmt: skip
_PER_LINE = 2
_INDEX_CELLS = 40.0


def side_by_side() -> int:
    """Up to how many schools stand side by side; beyond, in a table."""
    most: int = _texts.table("limits")["side_by_side"]
    return most


def school_blocks(
    schools: Sequence[CommuneSchool], room: float, *, tight: bool = False
) -> list[Block]:
    """The schools in the way that suits their number and the height left on the first page.

    ``tight`` sets a single school as closely as can be read.
    """
    if len(schools) == 1:
        return _alone(schools[0], tight=tight)
    if not schools:
        return []
    title = heading(_texts("schools_title"))
    if len(schools) <= side_by_side():
        width = inner_width(len(schools))
        for shown in (schools, [replace(school, reasons=()) for school in schools]):
            pieces = [title, columns_piece([_column(school, width) for school in shown])]
            if height(pieces) <= room:
                return [Block(pieces)]
    return [Block([title, *_table(schools)], whole=False), *_missing(schools)]


def _alone(school: CommuneSchool, *, tight: bool) -> list[Block]:
    line, style = school.line, styles()
    facts = paragraph(" · ".join(_facts(line)), style.body, before=0, after=4, keep=True)
    counted = (_number(line.teacher), _number(line.pupil))
    piece = index_piece(school.headline, line.index, _number(line.classes), counted)
    more: list[Piece] = []
    cards = _explanations(school)
    if cards:
        more.append(cards_piece(cards, 8.0, style.compact) if tight else cards_piece(cards))
    more += [paragraph(n, style.strong, 4.0) if tight else notice(n) for n in school.notes]
    return [Block([heading(line.name, 8.0 if tight else 16.0), facts, piece]), Block(more)]


def _column(school: CommuneSchool, width: float) -> list[Part]:
    """The parts of a school's column, the same number for each school."""
    style, line = styles(), school.line
    classes = _number(line.classes)
    cards = [list_part(title, texts, width) for title, texts in _explanations(school)]
    alternative = _texts("gauge", school=line.name, gauge=gauge_words(line.index))
    return [
        text_part(line.name, style.heading, width, after=2, role="H3"),
        text_part("\n".join(_facts(line)), style.label, width, after=8),
        gauge_part(line.index, alternative, width),
        text_part(school.headline, style.strong, width, after=8),
        *(
            cells_part(count_sentence(base, count, classes), count, classes, width)
            for base, count in (("teacher", _number(line.teacher)), ("pupil", _number(line.pupil)))
        ),
        stacked([*cards, list_part("", school.notes, width)]),
    ]


def _explanations(school: CommuneSchool) -> list[tuple[str, Sequence[str]]]:
    return explanation_cards(
        school.line.index, school.reasons, school.next_title, school.missing_for_next
    )


def _table(schools: Sequence[CommuneSchool]) -> list[Piece]:
    """One line for each school, its index also as cells."""
    density = compact()
    rows = [
        (
            line.name,
            line.classes,
            line.pupils,
            line.teacher,
            line.pupil,
            line.ent,
            line.label,
            line.declared_year or _texts("never"),
            _common("unknown") if line.index is None else str(line.index),
        )
        for line in (school.line for school in schools)
    ]
    titles = [_texts(key, "table") for key in _COLUMNS]
    columns = fitted_columns(
        titles, rows, density.plain, WIDTH - _INDEX_CELLS, lean=True, aligned=_ALIGNED
    )
    lines = [
        Row(cells, decoration=_cells(school.line.index, density.space + 5.5))
        for cells, school in zip(rows, schools, strict=True)
    ]
    table = Table(columns, width=WIDTH, space=density.space).pieces(lines)
    table[-1].keep_with_next = True
    note = paragraph(_texts("note", "table", highest=HIGHEST), styles().small, before=4)
    return [*table, note]


def _cells(index: int | None, middle: float) -> Draw:
    """The index as cells at the right of the line whose text is centred at ``middle``."""
    left, right = LEFT + WIDTH - _INDEX_CELLS + 2, LEFT + WIDTH - 4

    def draw(canvas: TaggedCanvas, top: float) -> None:
        box = (left, top - middle - 3.5, right, top - middle + 3.5)
        draw_cells(canvas, box, index, HIGHEST)

    return draw


def _missing(schools: Sequence[CommuneSchool]) -> list[Block]:
    """What is missing in each school that has not everything, two on a line."""
    complete = [school.line.name for school in schools if school.line.index == HIGHEST]
    others = [school for school in schools if school.line.index != HIGHEST or school.notes]
    first: list[Piece] = [heading(_texts("missing" if others else "missing_nothing"))]
    if complete:
        key = "complete_one" if len(complete) == 1 else "complete"
        names = joined(complete)
        first.append(paragraph(_texts(key, count=len(complete), names=names), styles().body))
    width = inner_width(_PER_LINE)
    cards = [_card(school, width) for school in others]
    rows = [
        columns_piece(cards[n : n + _PER_LINE], across=_PER_LINE)
        for n in range(0, len(cards), _PER_LINE)
    ]
    for piece in first[1:]:
        piece.keep_with_next = bool(rows)
    return [Block([*first, *rows], whole=False)]


def _card(school: CommuneSchool, width: float) -> list[Part]:
    """What is missing in a school; where nothing can be said to be, what is known."""
    style = styles()
    name = text_part(school.line.name, style.subheading, width, after=2, role="H3")
    notes = list_part("", school.notes, width)
    if school.missing_for_next:
        missing = list_part(school.next_title, school.missing_for_next, width)
        return [name, stacked([missing, notes])]
    headline = text_part(school.headline, style.compact, width, after=4)
    reasons = () if school.line.index == HIGHEST else school.reasons
    return [name, stacked([headline, list_part("", reasons, width), notes])]


def _facts(line: SchoolLine) -> tuple[str, ...]:
    """Size, ENT, label and last declaration."""
    ent, label = _number(line.ent), _number(line.label)
    return (
        f"{_counted('classes', line.classes)} · {_counted('pupils', line.pupils)}",
        _texts("ent", ent=line.ent)
        if ent is None
        else _texts("ent_index", index=ent, highest=HIGHEST),
        _texts("label", label=line.label) if label is None else _texts("label_level", level=label),
        _texts("declared", declared=line.declared_year or _texts("never")),
    )


def _counted(key: str, text: str) -> str:
    count = _number(text)
    return _texts(f"{key}_unknown") if count is None else _texts(key, count=Counted(count))


def _number(text: str) -> int | None:
    """The number that a text holds; None for « n.c. » and other words."""
    read = read_whole(text)
    return read if isinstance(read, int) else None
