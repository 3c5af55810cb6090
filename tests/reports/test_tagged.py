import re
import zlib
from collections.abc import Callable
from datetime import date

import page as page_validation
import pypdfium2 as pdfium
import pytest

from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.structure import Scope
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Properties, TaggedCanvas

PROPERTIES = Properties("Essai d’accessibilité <&>", date(2024, 9, 2), "Sujet")


def failed_rules(data: bytes) -> set[str]:
    report = page_validation.validate_pdf_bytes(data, profile="ua1")
    return {failure.rule_id for failure in report.failures}


def sheet(scope: Scope | None = "Column", alternative: str = "Un carré bleu.") -> bytes:
    """Two pages with a title, a table that goes on, a list and a figure."""
    style = styles()
    canvas = TaggedCanvas(PROPERTIES)
    with canvas.tag("H1"):
        canvas.write(48, 780, "École d’été", style.title)
    canvas.bookmark("École d’été", 0, 800)
    with canvas.artifact():
        canvas.rule(48, 770, 500, palette().rule)
    with canvas.group("Table") as table:
        with canvas.group("TR"), canvas.tag("TH", scope=scope):
            canvas.write(48, 750, "Réponse", style.body)
        with canvas.group("TR"), canvas.tag("TD"):
            canvas.write(48, 730, "Oui", style.strong)
    canvas.showPage()
    with canvas.group(table), canvas.group("TR"), canvas.tag("TD"):
        canvas.write(48, 780, "Non", style.body)
    with canvas.group("L"), canvas.group("LI"):
        with canvas.tag("Lbl"):
            canvas.write(48, 760, "•", style.body)
        with canvas.tag("LBody"):
            canvas.write(58, 760, "Un point", style.body)
    with canvas.tag("Figure", alternative=alternative, box=(48, 600, 148, 700)):
        canvas.fill_box(48, 600, 100, 100, palette().action)
    return canvas.finish()


def objects(data: bytes) -> dict[int, bytes]:
    """The objects of a packed file, by number."""
    found = {}
    for number, body in re.findall(rb"(\d+) 0 obj\n(.*?)endobj\n", data, re.DOTALL):
        head, _, content = body.partition(b"stream\n")
        found[int(number)] = head
        if b"/ObjStm" in head:
            text = zlib.decompress(content.removesuffix(b"\nendstream\n"))
            first = int(re.search(rb"/First (\d+)", head)[1])  # type: ignore[index]
            index = [int(n) for n in text[:first].split()]
            ends = [*index[3::2], len(text)]
            for each, start, end in zip(index[::2], index[1::2], ends, strict=True):
                found[each] = text[first + start : first + end]
    return found


def test_a_tagged_document_passes_pdf_ua() -> None:
    assert failed_rules(sheet()) == set()


def test_the_validator_sees_a_header_without_scope() -> None:
    assert any("TABLE-HEADERS-SCOPE" in rule for rule in failed_rules(sheet(scope=None)))


def test_the_validator_sees_a_figure_without_alternative_text() -> None:
    assert any("FIGURE-ALTERNATIVE-TEXT" in rule for rule in failed_rules(sheet(alternative="")))


def test_the_validator_sees_untagged_content() -> None:
    canvas = TaggedCanvas(PROPERTIES)
    with canvas.tag("H1"):
        canvas.write(48, 780, "Titre", styles().title)
    canvas.write(48, 700, "Hors de tout", styles().body)
    assert any("CONTENT-TAGGING" in rule for rule in failed_rules(canvas.finish()))


def test_same_drawing_same_bytes() -> None:
    assert sheet() == sheet()


def test_another_content_has_another_identifier() -> None:
    one, other = sheet(), sheet(alternative="Un carré.")
    identifier = re.compile(rb"/ID\[<(\w{32})>")
    assert identifier.search(one)[1] != identifier.search(other)[1]  # type: ignore[index]


def test_an_element_that_goes_on_stays_one_element() -> None:
    elements = b"".join(objects(sheet()).values())
    assert elements.count(b"/S/Table/") == 1
    assert elements.count(b"/S/TR/") == 3


def test_every_reference_of_the_table_leads_to_its_object() -> None:
    data = sheet()
    start = int(re.search(rb"startxref\n(\d+)\n", data)[1])  # type: ignore[index]
    match = re.match(rb"(\d+) 0 obj\n<<(.*?)>>stream\n(.*?)\nendstream", data[start:], re.DOTALL)
    assert match is not None
    rows = zlib.decompress(match[3])
    entries = [rows[n : n + 8] for n in range(0, len(rows), 8)]
    assert len(entries) == int(match[1]) + 1
    known = objects(data)
    for number, entry in enumerate(entries[1:], start=1):
        kind, offset = entry[0], int.from_bytes(entry[1:5], "big")
        if kind == 1:
            assert data[offset:].startswith(b"%d 0 obj\n" % number)
        else:
            assert kind == 2
            assert b"/ObjStm" in known[offset]
            assert number in known


def test_text_is_real_and_found() -> None:
    document = pdfium.PdfDocument(sheet())
    assert document[0].get_textpage().get_text_range().split() == [
        "École",
        "d’été",
        "Réponse",
        "Oui",
    ]
    assert [entry.get_title() for entry in document.get_toc()] == ["École d’été"]


def test_no_font_but_ours_is_listed() -> None:
    fonts = {
        name
        for content in objects(sheet()).values()
        for name in re.findall(rb"/BaseFont\s*/([\w+-]+)", content)
    }
    assert {name.split(b"+")[1] for name in fonts} == {b"PublicSans-Regular", b"PublicSans-Bold"}


def test_metadata_claim_pdf_ua_and_survive_markup() -> None:
    data = sheet()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert "Essai d’accessibilité &lt;&amp;&gt;".encode() in data
    assert b"<xmp:CreateDate>2024-09-02T00:00:00Z</xmp:CreateDate>" in data


@pytest.mark.parametrize(
    "misuse",
    [
        lambda canvas: canvas.tag("P"),
        lambda canvas: canvas.artifact(),
    ],
)
def test_contents_do_not_nest(misuse: Callable[[TaggedCanvas], object]) -> None:
    canvas = TaggedCanvas(PROPERTIES)
    with canvas.tag("P"), pytest.raises(ValueError, match="inside"):
        misuse(canvas).__enter__()  # type: ignore[attr-defined]


def test_a_page_does_not_end_inside_a_content() -> None:
    canvas = TaggedCanvas(PROPERTIES)
    with canvas.tag("P"), pytest.raises(ValueError, match="page ended"):
        canvas.showPage()


def test_a_paragraph_goes_on_over_the_page() -> None:
    canvas = TaggedCanvas(PROPERTIES)
    with canvas.tag("H1"):
        canvas.write(48, 780, "Titre", styles().title)
    with canvas.tag("P") as paragraph:
        canvas.write(48, 80, "Une phrase commence ", styles().body)
    canvas.showPage()
    with canvas.tag(paragraph):
        canvas.write(48, 780, "et finit ici.", styles().body)
    data = canvas.finish()
    assert failed_rules(data) == set()
    elements = b"".join(objects(data).values())
    assert elements.count(b"/S/P/") == 1
    assert elements.count(b"/Type/MCR") == 1


def linked(places: int = 2) -> bytes:
    """A page of links to titles on the next ones."""
    style = styles()
    canvas = TaggedCanvas(PROPERTIES)
    with canvas.tag("H1"):
        canvas.write(48, 780, "Sommaire", style.title)
    with canvas.group("TOC"):
        for n in range(places):
            y = 740 - 20 * n
            with (
                canvas.group("TOCI"),
                canvas.group("Reference"),
                canvas.link(f"place{n}", f"Titre {n}, page {n + 2}", (48, y - 4, 200, y + 12)),
            ):
                canvas.write(48, y, f"Titre {n}", style.body)
    for n in range(places):
        canvas.showPage()
        canvas.bookmark(f"Titre {n}", 0, 790, f"place{n}")
        with canvas.tag("H2"):
            canvas.write(48, 780, f"Titre {n}", style.heading)
    return canvas.finish()


def test_links_lead_to_places_still_to_come() -> None:
    data = linked()
    assert failed_rules(data) == set()
    assert data == linked()
    found = objects(data)
    annotations = [body for body in found.values() if b"/Subtype/Link" in body]
    assert [body.count(b"/XYZ") for body in annotations] == [1, 1]
    # Each element names its annotation; the annotations stand after the three pages.
    references = [n for n, body in found.items() if b"/Subtype/Link" in body]
    elements = b"".join(found.values())
    assert elements.count(b"/Type/OBJR/") == 2
    assert all(b"/Obj %d 0 R" % number in elements for number in references)
    assert [b"/StructParent %d/" % key in body for key, body in enumerate(annotations, 3)] == [
        True,
        True,
    ]


def test_a_row_written_at_once_is_the_row_written_cell_by_cell() -> None:
    style = styles()
    cells = [
        (52.0, style.body, "Écoles au socle", "left"),
        (300.0, style.strong, "11 (28\u00a0%)", "right"),
        (400.0, style.muted, "", "right"),
        (480.0, style.muted, "☃ → 中", "centre"),
        (520.0, style.muted, "fin", "right"),
    ]
    found = []
    for at_once in (True, False):
        canvas = TaggedCanvas(PROPERTIES)
        with canvas.tag("H1"):
            canvas.write(48, 780, "Tableau", style.title)
        with canvas.group("Table"), canvas.group("TR"):
            if at_once:
                canvas.write_row(700, cells)  # type: ignore[arg-type]
            else:
                for n, (x, face, text, align) in enumerate(cells):
                    with canvas.tag("TD") if n else canvas.tag("TH", scope="Row"):
                        canvas.write(x, 700 - face.base, text, face, align)  # type: ignore[arg-type]
        data = canvas.finish()
        assert failed_rules(data) == set()
        page = pdfium.PdfDocument(data)[0].get_textpage()
        boxes = [page.get_charbox(n) for n in range(page.count_chars())]
        elements = b"".join(objects(data).values())
        assert elements.count(b"/S/TD/") == 4
        assert elements.count(b"/Scope/Row") == 1
        found.append((page.get_text_range(), boxes))
    assert found[0] == found[1]


def test_a_row_is_not_written_inside_a_content() -> None:
    canvas = TaggedCanvas(PROPERTIES)
    with canvas.tag("P"), pytest.raises(ValueError, match="inside"):
        canvas.write_row(700, [])
