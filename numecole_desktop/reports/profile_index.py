"""First part of a school profile: who the school is, its index, why, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.domain.equipment import HIGHEST
from numecole_desktop.domain.french import whole
from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.reports.blocks import bullets, heading, write_lines
from numecole_desktop.reports.cards import cards_piece
from numecole_desktop.reports.charts import draw_cells, draw_gauge, gauge_size
from numecole_desktop.reports.facts import facts_piece
from numecole_desktop.reports.layout import LEFT, RIGHT, WIDTH, Block, Piece
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import wrap
from numecole_desktop.reports.texts import Texts
from numecole_desktop.reports.title import title_piece

_common = Texts("common")
_texts = Texts("school_profile")
_RADIUS = 66.0
_GAUGE = gauge_size(_RADIUS)
_GAUGE_WIDTH = _GAUGE[0] + 22
_CELLS_HEIGHT = 9.0
_TALLEST_CARD = 220.0


def header_piece(profile: SchoolProfile, logo: bytes | None) -> Piece:
    """Logo, kind of document, name of the school, place and year."""
    school = profile.school
    place = school.commune or ""
    if profile.department:
        place = f"{place} ({profile.department})" if place else profile.department
    under = " · ".join(part for part in (place, _common("year", year=profile.year)) if part)
    return title_piece(_texts("document"), school.name, under, logo)


def identity_piece(profile: SchoolProfile) -> Piece:
    """What identifies the school: a list of labels and values in four columns."""
    facts = [(_texts(key, "identity"), value or "") for key, value in _identity(profile)]
    return facts_piece(facts)


def _identity(profile: SchoolProfile) -> tuple[tuple[str, str | None], ...]:
    school = profile.school
    priority = school.priority
    if priority == "":
        priority = _texts("priority_none", "identity")
    pupils = None if school.pupils is None else whole(school.pupils)
    return (
        ("uai", school.uai),
        ("type", school.type_label),
        ("commune", school.commune),
        ("circonscription", school.circonscription_label),
        ("department", profile.department),
        ("academy", school.academy),
        ("priority", priority),
        ("pupils", pupils),
    )


def index_blocks(profile: SchoolProfile) -> list[Block]:
    """The gauge, one sentence, the two class counts, the reasons and what is missing."""
    index = profile.equipment
    piece = index_piece(profile.headline, index.value, index.classes, (index.teacher, index.pupil))
    cards = explanation_cards(
        index.value, profile.reasons, profile.next_title, profile.missing_for_next
    )
    return [Block([heading(_texts("index")), piece]), Block(_explanations(cards))]


def index_piece(
    headline: str,
    value: int | None,
    classes: int | None,
    counted: tuple[int | None, int | None],
) -> Piece:
    """The gauge of an index beside its sentence and its two class counts (teacher, pupil)."""
    style = styles()
    left, width = LEFT + _GAUGE_WIDTH, WIDTH - _GAUGE_WIDTH
    told_headline = wrap(headline, style.lead, width)
    counts = [
        (count, count_sentence(base, count, classes), _help(base, width))
        for base, count in zip(("teacher", "pupil"), counted, strict=True)
    ]
    one = style.strong.leading + _CELLS_HEIGHT + 5
    told_height = style.lead.height(len(told_headline)) + sum(
        9 + one + style.label.height(len(told)) for _, _, told in counts
    )
    height = max(told_height, _GAUGE[1])

    def draw(canvas: TaggedCanvas, top: float) -> None:
        _draw_figure(canvas, value, top - (height - _GAUGE[1]) / 2)
        with canvas.tag("P"):
            write_lines(canvas, left, top, told_headline, style.lead)
        y = top - style.lead.height(len(told_headline))
        for count, sentence, told in counts:
            y -= 9
            with canvas.tag("P"):
                write_lines(canvas, left, y, (sentence,), style.strong)
            with canvas.artifact():
                upper = y - style.strong.leading - 1.5
                box = (left, upper - _CELLS_HEIGHT, RIGHT, upper)
                draw_cells(canvas, box, count, classes)
            y -= one
            with canvas.tag("P"):
                write_lines(canvas, left, y, told, style.label)
            y -= style.label.height(len(told))

    return Piece(height, draw, before=4)


def _help(base: str, width: float) -> tuple[str, ...]:
    return wrap(_texts(f"{base}_help", "bases"), styles().label, width)


def _draw_figure(canvas: TaggedCanvas, value: int | None, top: float) -> None:
    centre = (LEFT + _GAUGE[0] / 2, top - _RADIUS - 16)
    box = (LEFT, top - _GAUGE[1], LEFT + _GAUGE[0], top)
    with canvas.tag("Figure", alternative=gauge_words(value), box=box):
        draw_gauge(canvas, centre, _RADIUS, value, HIGHEST)


def gauge_words(value: int | None) -> str:
    """What stands for the gauge of an index when it is read aloud."""
    if value is None:
        return _texts("gauge_unknown")
    return _texts("gauge", value=value, highest=HIGHEST)


def count_sentence(base: str, count: int | None, classes: int | None) -> str:
    """« 4 classes sur 5 ont le socle enseignant »; ``base`` is « teacher » or « pupil »."""
    if count is None or not classes:
        key = "unknown"
    elif classes == 1:
        key = "single_yes" if count else "single_no"
    elif count == classes:
        key = "all"
    else:
        key = {0: "none", 1: "one"}.get(count, "many")
    return _texts(key, "counts", count=count, classes=classes, base=_texts(base, "bases"))


def explanation_cards(
    value: int | None, reasons: Sequence[str], next_title: str, missing_for_next: Sequence[str]
) -> list[tuple[str, Sequence[str]]]:
    """Titles and sentences: why an index is what it is, and what is missing for the next one."""
    cards: list[tuple[str, Sequence[str]]] = []
    if reasons:
        cards.append((_texts("why_unknown" if value is None else "why"), reasons))
    if missing_for_next:
        cards.append((next_title, missing_for_next))
    elif value == HIGHEST:
        cards.append((_texts("highest"), (_texts("highest_reached"),)))
    return cards


def _explanations(cards: Sequence[tuple[str, Sequence[str]]]) -> list[Piece]:
    """Cards side by side unless they are very long."""
    if not cards:
        return []
    side_by_side = cards_piece(cards)
    if side_by_side.height <= _TALLEST_CARD:
        return [side_by_side]
    pieces = []
    for title, texts in cards:
        pieces += [heading(title), *bullets(texts, styles().body)]
    return pieces
