"""The letter to a commune about the labels of its schools, as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from reportlab.lib.pagesizes import A4

from numecole_desktop.domain.french import joined, long_date
from numecole_desktop.domain.label_documents import CommuneLetter, SchoolResult
from numecole_desktop.reports.blocks import bullets, item, item_lines, paragraph, write_lines
from numecole_desktop.reports.colophon import sources_block
from numecole_desktop.reports.document import draw_document, page_frame
from numecole_desktop.reports.fonts import Weight
from numecole_desktop.reports.layout import (
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Block,
    Container,
    Piece,
    accompanied,
    set_out,
)
from numecole_desktop.reports.logo import HEIGHT as LOGO_HEIGHT
from numecole_desktop.reports.logo import draw_logo
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.structure import Role
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Properties, TaggedCanvas
from numecole_desktop.reports.text import TextStyle, bold, wrap
from numecole_desktop.reports.texts import Texts

_common = Texts("common")
_texts = Texts("label_letter")
_ADDRESS = LEFT + 0.56 * WIDTH
_TO_SIGN = 52.0
_WINDOW = 128.0  # from the top of the page to the address, where an envelope has its window


def render_letter(letter: CommuneLetter, logo: bytes | None = None) -> bytes:
    """The letter as a PDF; the same letter gives the same bytes.

    ``logo`` is a PNG or JPEG image. A commune of one school has one page.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    issue = letter.issue
    properties = Properties(
        title=_texts("title", year=issue.year, commune=letter.commune),
        subject=_texts("subject", year=issue.year),
        created=issue.issued_on,
    )
    frame = page_frame(
        issue,
        head=(_texts("head", commune=letter.commune), long_date(issue.issued_on)),
        foot=_texts("foot", year=issue.year, commune=letter.commune),
    )
    return draw_document(properties, set_out(_blocks(letter, logo), frame))


@cache
def _body() -> TextStyle:
    """The running text of a letter, larger than that of a report."""
    return TextStyle(Weight.REGULAR, 10, 14, palette().text)


def _blocks(letter: CommuneLetter, logo: bytes | None) -> list[Block]:
    alone = len(letter.results) == 1 and not letter.waiting
    issue, body = letter.issue, _body()
    suffix = "_one" if alone else ""
    blocks = [
        Block(
            [
                _address(letter, logo),
                _title(_texts(f"object{suffix}", year=issue.year), "H1", 20.0),
                paragraph(_texts("salutation"), body, before=12),
                paragraph(_texts(f"intro{suffix}", highest=issue.highest), body, before=8),
            ]
        ),
        *(Block([*_school(result, issue.highest)]) for result in letter.results),
    ]
    if letter.waiting:
        told = [
            _texts(state.value, "waiting", schools=joined(names)) for state, names in letter.waiting
        ]
        blocks.append(Block([_title(_texts("waiting"), "H2", 14.0), *bullets(told, body)]))
    end = []
    if letter.others:
        key = "others_one" if letter.others == 1 else "others"
        end.append(paragraph(_texts(key, others=letter.others), body, before=12))
    end += [
        paragraph(_texts("next", month=letter.next_campaign), body, before=12),
        paragraph(_texts("closing"), body, before=8),
        _signature(),
        paragraph(_texts("glossary"), styles().small, before=6),
    ]
    signed = accompanied(blocks, Block(end))
    rules = [_texts("rules", referential=issue.referential)]
    return accompanied(signed, sources_block(issue.sources, issue.assumptions, rules, run_in=True))


def _address(letter: CommuneLetter, logo: bytes | None) -> Piece:
    """Who writes on the left, to whom and when on the right."""
    body = _body()
    sender = [
        line for told in letter.sender for line in wrap(told, bold(body), _ADDRESS - LEFT - 24)
    ]
    place = _texts("place", postcode=letter.postcode, commune=letter.commune).strip()
    recipient = [
        line
        for told in (_texts("recipient"), _texts("town_hall"), place)
        for line in wrap(told, body, RIGHT - _ADDRESS)
    ]
    date = _texts("date", date=long_date(letter.issue.issued_on))
    sender_at = LOGO_HEIGHT + 8 if logo else 0.0
    recipient_at = TOP - (A4[1] - _WINDOW)
    date_at = recipient_at + body.height(len(recipient)) + 20
    height = max(date_at + body.leading, sender_at + body.height(len(sender)))

    def draw(canvas: TaggedCanvas, top: float) -> None:
        if logo:
            draw_logo(canvas, LEFT, top, logo, _common("logo"))
        if sender:
            with canvas.tag("P"):
                write_lines(canvas, LEFT, top - sender_at, sender, bold(body))
        with canvas.tag("P"):
            write_lines(canvas, _ADDRESS, top - recipient_at, recipient, body)
        with canvas.tag("P"):
            write_lines(canvas, _ADDRESS, top - date_at, (date,), body)

    return Piece(height, draw)


def _title(text: str, role: Role, before: float) -> Piece:
    style = bold(_body())
    lines = wrap(text, style, WIDTH)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        canvas.bookmark(text, 0 if role == "H1" else 1, top)
        with canvas.tag(role):
            write_lines(canvas, LEFT, top, lines, style)

    return Piece(style.height(len(lines)) + 2, draw, before, keep_with_next=True)


def _school(result: SchoolResult, highest: int) -> Iterator[Piece]:
    """What is said of one school: the decision, why, and what would raise the level."""
    body = _body()
    yield _title(result.name, "H2", 14.0)
    yield paragraph(" ".join(_decision(result, highest)), body, before=0)
    if result.reason:
        yield paragraph(_texts("reason", reason=result.reason), body)
    if not result.level and result.acquired:
        key = "acquired_one" if len(result.acquired) == 1 else "acquired"
        yield paragraph(_texts(key, criteria=joined(result.acquired)), body)
    if result.steps:
        key = "raise" if result.level else "raise_refused"
        yield paragraph(_texts(key), bold(body), before=6, keep=True)
        yield from _steps(result.steps)


def _decision(result: SchoolResult, highest: int) -> Iterator[str]:
    date = long_date(result.decided_on)
    if not result.level:
        yield _texts("refused", date=date)
        return
    yield _texts("granted", level=result.level, date=date)
    years = joined([str(year) for year in result.years])
    yield _texts("valid_one" if len(result.years) == 1 else "valid", years=years)
    if result.level == highest:
        yield _texts("highest")


def _steps(steps: Sequence[tuple[str, str]]) -> Iterator[Piece]:
    body, container = _body(), Container("L")
    for criterion, sentence in steps:
        title = item_lines(criterion, bold(body), WIDTH)
        told = item_lines(sentence, body, WIDTH)
        yield _step(((bold(body), title), (body, told)), container)


def _step(parts: Sequence[tuple[TextStyle, Sequence[str]]], container: Container) -> Piece:
    def draw(canvas: TaggedCanvas, top: float) -> None:
        item(canvas, LEFT, top, parts)

    height = sum(style.height(len(lines)) for style, lines in parts)
    return Piece(height, draw, before=3, container=container)


def _signature() -> Piece:
    """Room to sign, on the right."""
    style = styles().muted

    def draw(canvas: TaggedCanvas, top: float) -> None:
        with canvas.tag("P"):
            write_lines(canvas, _ADDRESS, top, (_texts("signature"),), style)

    return Piece(style.leading + _TO_SIGN, draw, before=14)
