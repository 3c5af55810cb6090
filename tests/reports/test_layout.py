from datetime import date
from itertools import pairwise

import page as page_validation
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numecole_desktop.reports import layout
from numecole_desktop.reports.blocks import heading, paragraph
from numecole_desktop.reports.layout import (
    BOTTOM,
    Block,
    Container,
    Frame,
    Piece,
    accompanied,
    draw_sections,
    height,
    keep_ends,
    set_out,
)
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import Band, Column, Row, Table
from numecole_desktop.reports.tagged import Properties, TaggedCanvas

FRAME = Frame(("École", "2023-2024"), "pied de page")
FULL_PAGE = FRAME.content_top(2) - BOTTOM


class Recorder:
    """Makes pieces that note on which page, and between which heights, they are drawn."""

    def __init__(self) -> None:
        self.drawn: dict[str, tuple[int, float, float]] = {}

    def piece(self, name: str, height: float, keep: bool = False, before: float = 0.0) -> Piece:
        def draw(canvas: TaggedCanvas, top: float) -> None:
            self.drawn[name] = (canvas.pages + 1, top, top - height)

        return Piece(height, draw, before, keep_with_next=keep)

    def page(self, name: str) -> int:
        return self.drawn[name][0]


def render(canvas: TaggedCanvas, blocks: list[Block], frame: Frame) -> int:
    return draw_sections(canvas, [set_out(blocks, frame)])


def render_all(blocks: list[Block], frame: Frame = FRAME) -> int:
    return render(TaggedCanvas(Properties("Essai", date(2024, 9, 2))), blocks, frame)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.floats(5, 300), st.booleans()), min_size=1, max_size=8),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_pieces_stay_on_pages_in_order(
    shape: list[tuple[list[tuple[float, bool]], bool]],
) -> None:
    recorder = Recorder()
    blocks = [
        Block([recorder.piece(f"{b}.{p}", h, k, 16) for p, (h, k) in enumerate(pieces)], whole)
        for b, (pieces, whole) in enumerate(shape)
    ]
    pages = render_all(blocks)
    positions = list(recorder.drawn.values())
    assert len(positions) == sum(len(pieces) for pieces, _ in shape)
    for page, top, bottom in positions:
        assert page <= pages
        assert top <= FRAME.content_top(page) + 0.01
        assert bottom >= BOTTOM - 0.01
    for (page, _, bottom), (next_page, next_top, _) in pairwise(positions):
        assert next_page > page or (next_page == page and next_top <= bottom + 0.01)


def test_a_heading_goes_with_what_follows() -> None:
    recorder = Recorder()
    title, body = recorder.piece("title", 20, keep=True), recorder.piece("body", 100)
    filler = recorder.piece("filler", FULL_PAGE - 60)
    render_all([Block([filler]), Block([title, body], whole=False)])
    assert recorder.page("filler") == 1
    assert recorder.page("title") == recorder.page("body") == 2


def test_a_whole_block_is_not_parted_unless_a_page_is_too_small() -> None:
    recorder = Recorder()
    filler = recorder.piece("filler", FULL_PAGE / 2)
    parts = [recorder.piece(f"part{n}", FULL_PAGE / 4) for n in range(3)]
    render_all([Block([filler]), Block(parts)])
    assert [recorder.page(f"part{n}") for n in range(3)] == [2, 2, 2]
    large = [recorder.piece(f"large{n}", FULL_PAGE / 4) for n in range(5)]
    render_all([Block([filler]), Block(large)])
    assert [recorder.page(f"large{n}") for n in range(5)] == [1, 1, 2, 2, 2]


def test_pieces_that_cannot_all_follow_are_parted_rather_than_cut() -> None:
    recorder = Recorder()
    pieces = [recorder.piece(f"row{n}", FULL_PAGE / 2.5, keep=True) for n in range(5)]
    assert render_all([Block(pieces)]) == 3
    assert all(bottom >= BOTTOM for _, _, bottom in recorder.drawn.values())


def test_room_left_is_shared_among_wide_blanks() -> None:
    recorder = Recorder()
    one = recorder.piece("one", 200)
    two = recorder.piece("two", 200, before=16)
    three = recorder.piece("three", 500, before=16)
    render_all([Block([one]), Block([two]), Block([three])])
    blank = recorder.drawn["one"][2] - recorder.drawn["two"][1]
    assert 16 < blank <= 16 + layout._MOST_SPREAD


@pytest.mark.parametrize("rows", [3, 120])
def test_a_table_repeats_its_headings_and_stays_one_table(rows: int) -> None:
    style = styles()
    columns = [
        Column("Repère", 200, style.body),
        Column("École", 100, style.strong, "right"),
        Column("Académie", 100, style.muted, "centre"),
    ]
    lines: list[Row | Band] = [
        Band("Première partie"),
        *(Row((f"Ligne {n}", f"{n}", "x")) for n in range(rows)),
    ]
    canvas = TaggedCanvas(Properties("Essai", date(2024, 9, 2)))
    title = Piece(30, _title, keep_with_next=True)
    blocks = [Block([title, heading("Tableau"), *Table(columns).pieces(lines)])]
    pages = render(canvas, blocks, FRAME)
    data = canvas.finish()
    report = page_validation.validate_pdf_bytes(data, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    texts = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data)]
    assert len(texts) == pages == (1 if rows == 3 else 4)
    assert all("Repère École Académie" in " ".join(text.split()) for text in texts)
    words = " ".join(texts).split()
    assert [words[n + 1] for n, word in enumerate(words) if word == "Ligne"] == [
        str(n) for n in range(rows)
    ]


def _title(canvas: TaggedCanvas, top: float) -> None:
    with canvas.tag("H1"):
        canvas.write(48, top - 20, "Titre", styles().title)


def test_headings_are_not_repeated_after_another_table() -> None:
    recorder = Recorder()
    repeated: list[float] = []
    filler = recorder.piece("filler", FULL_PAGE - 10)
    row = recorder.piece("row", 40)
    row.container = Container("Table", 20, lambda _canvas, top: repeated.append(top))
    render_all([Block([filler]), Block([row], whole=False)])
    assert recorder.page("row") == 2
    assert repeated == []


def test_running_head_is_cut_short_beside_the_year() -> None:
    frame = Frame(("Très longue école " * 20, "2023-2024"), "pied")
    canvas = TaggedCanvas(Properties("Essai", date(2024, 9, 2)))
    text = paragraph("Texte.", styles().body)
    fillers = [Recorder().piece("filler", FULL_PAGE / 2 + 20) for _ in range(2)]
    blocks = [Block([text, *fillers], whole=False)]
    assert render(canvas, blocks, frame) == 2
    second = pdfium.PdfDocument(canvas.finish())[1].get_textpage().get_text_range()
    left, _, right = second.partition("…")
    assert left.startswith("Très longue école Très longue")
    assert right.split()[0] == "2023-2024"


@pytest.mark.parametrize("filler", [FULL_PAGE - d for d in (0, 15, 25, 35, 45, 55)])
def test_no_row_of_a_table_is_left_alone_on_a_page(filler: float) -> None:
    recorder = Recorder()
    rows = [recorder.piece(f"row{n}", 10) for n in range(80)]
    keep_ends(rows)
    render_all([Block([recorder.piece("filler", filler)]), Block(rows, whole=False)])
    pages = [recorder.page(f"row{n}") for n in range(80)]
    counts = [pages.count(page) for page in sorted(set(pages))]
    assert min(counts) >= 2


@pytest.mark.parametrize("rows", [1, 3, 30, 60, 71, 72, 73, 74, 80])
def test_a_block_is_accompanied_by_the_end_of_what_comes_before(rows: int) -> None:
    recorder = Recorder()
    table = [recorder.piece(f"row{n}", 10) for n in range(rows)]
    last = [recorder.piece("heading", 20, keep=True), recorder.piece("line", 40)]
    blocks = accompanied([Block([recorder.piece("title", 50)]), Block(table, False)], Block(last))
    pages = render_all(blocks)
    assert recorder.page("heading") == recorder.page("line") == pages
    assert recorder.page(f"row{rows - 1}") == pages
    assert recorder.page("title") == 1


def test_nothing_to_accompany_changes_nothing() -> None:
    recorder = Recorder()
    alone = Block([recorder.piece("alone", 10)])
    assert accompanied([], alone) == [alone]
    assert accompanied([alone], Block([]))[0] is alone


def test_a_whole_company_is_not_parted() -> None:
    recorder = Recorder()
    before = [recorder.piece(f"part{n}", FULL_PAGE / 4) for n in range(2)]
    blocks = [Block([recorder.piece("filler", FULL_PAGE / 2)]), Block(before)]
    last = Block([recorder.piece("last", FULL_PAGE / 4)])
    render_all(accompanied(blocks, last, whole=True))
    assert [recorder.page(name) for name in ("part0", "part1", "last")] == [2, 2, 2]


def test_sections_start_on_a_page_of_their_own_and_are_numbered_throughout() -> None:
    canvas = TaggedCanvas(Properties("Essai", date(2024, 9, 2)))
    recorder = Recorder()
    text = paragraph("Un paragraphe.", styles().body)
    halves = [recorder.piece(f"half{n}", FULL_PAGE / 2 + 20) for n in range(2)]
    first = set_out([Block([text, *halves], whole=False)], FRAME)
    named = recorder.piece("named", 10)
    named.key = "place"
    second = set_out([Block([recorder.piece("top", 30), named])], FRAME)
    assert (first.pages, second.pages) == (2, 1)
    assert second.places() == {"place": 0}
    assert draw_sections(canvas, [first, second]) == 3
    assert recorder.page("top") == 3
    document = pdfium.PdfDocument(canvas.finish())
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert [f"Page {n} sur 3" in text for n, text in enumerate(texts, start=1)] == [True] * 3
    # A section starts without running head.
    assert [text.count("2023-2024") for text in texts] == [0, 1, 0]


def test_the_last_page_is_spread_on_demand() -> None:
    for fill in (False, True):
        recorder = Recorder()
        pieces = [recorder.piece("one", 200), recorder.piece("two", 200, before=16)]
        canvas = TaggedCanvas(Properties("Essai", date(2024, 9, 2)))
        draw_sections(canvas, [set_out([Block(pieces)], FRAME, fill=fill)])
        blank = recorder.drawn["one"][2] - recorder.drawn["two"][1]
        assert blank == pytest.approx(16 + (layout._MOST_SPREAD if fill else 0))


def test_height_counts_the_blanks() -> None:
    recorder = Recorder()
    pieces = [recorder.piece("one", 10, before=4), recorder.piece("two", 20, before=6)]
    assert height(pieces) == 40
    assert FRAME.room() == FRAME.content_top(1) - BOTTOM


def test_a_long_foot_is_cut_short_beside_the_page_number() -> None:
    canvas = TaggedCanvas(Properties("Essai", date(2024, 9, 2)))
    frame = Frame(("École", "2023-2024"), "Très long pied de page " * 20)
    render(canvas, [Block([paragraph("Texte.", styles().body)])], frame)
    text = pdfium.PdfDocument(canvas.finish())[0].get_textpage().get_text_range()
    assert "…" in text
    assert "Page\u00a01 sur\u00a01" in text or "Page 1 sur 1" in text
