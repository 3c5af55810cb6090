"""A reportlab canvas that writes tagged PDF: PDF/UA-1, PDF 1.7, same input, same bytes.

How to draw with it::

    canvas = TaggedCanvas(Properties(title="Profil", created=date(2024, 9, 2)))
    with canvas.tag("H1"):
        canvas.write(48, 780, "École Jules Ferry", TITLE)
    with canvas.group("Table"), canvas.group("TR"):
        with canvas.tag("TH", scope="Row"):
            canvas.write(48, 750, "UAI", LABEL)
        with canvas.tag("TD"):
            canvas.write(120, 750, "0110160P", BODY)
    with canvas.artifact():
        canvas.rule(48, 740, 547, palette().rule)
    data = canvas.finish()

Everything drawn lies in a ``tag`` (content, read aloud) or in an ``artifact`` (decoration, headers
and footers, not read). ``group`` nests elements without content of their own. An element that goes
on after a page break is entered again: ``with canvas.group(table)``.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Literal, TypeAlias, TypeVar

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from numecole_desktop.reports.fonts import EmbeddedFont, Weight, font
from numecole_desktop.reports.palette import Ink
from numecole_desktop.reports.pdf_file import Deflate, add_object, packed, stream, text_string
from numecole_desktop.reports.structure import (
    Box,
    Element,
    Link,
    Role,
    StructureWriter,
)
from numecole_desktop.reports.text import TextStyle

# Images in binary rather than in text a quarter longer.
rl_config.useA85 = 0

Align: TypeAlias = Literal["left", "right", "centre"]
ArtifactKind: TypeAlias = Literal["Layout", "Pagination", "Background"]


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself; ``created`` dates it, the clock is not read."""

    title: str
    created: date
    subject: str = ""
    creator: str = "Numécole Desktop"
    language: str = "fr-FR"


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """See the module's text. ``page_size`` is (width, height) in points."""

    _code: list[str]
    _doc: pdfdoc.PDFDocument

    def __init__(self, properties: Properties, page_size: tuple[float, float] = A4) -> None:
        # Naming the first font keeps reportlab from listing an unembedded Helvetica.
        super().__init__(
            io.BytesIO(),
            pagesize=page_size,
            pageCompression=0,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=font(Weight.REGULAR).fontName,
            lang=properties.language,
        )
        self._properties = properties
        self._doc.defaultStreamFilters = [Deflate()]
        self._root = Element("Document")
        self._open: list[Element] = [self._root]
        self._inside = ""
        self._marks = 0
        self._pages = 0
        self._fonts: set[str] = set()
        self._faces: dict[TextStyle, tuple[EmbeddedFont, str]] = {}
        self._links: list[Link] = []
        self._describe()

    # Structure --------------------------------------------------------------------------------

    def group(self, what: Role | Element, **attributes: Any) -> AbstractContextManager[Element]:
        """Open an element that holds others, or enter one again; attributes as in ``Element``."""
        return _Group(self._open, self._element(what, attributes))

    def tag(self, what: Role | Element, **attributes: Any) -> AbstractContextManager[Element]:
        """Draw the content of a new element, or more content of an element entered again.

        Raises:
            ValueError: inside another ``tag`` or ``artifact``; contents do not nest.
        """
        element = self._element(what, attributes)
        return _Content(self, f"/{element.role} <</MCID {self._marks}>> BDC", element)

    def artifact(self, kind: ArtifactKind = "Layout") -> AbstractContextManager[None]:
        """Draw what is not read aloud: rules, backgrounds, running headers and footers.

        Raises:
            ValueError: inside another ``tag`` or ``artifact``; contents do not nest.
        """
        return _Content(self, f"/Artifact <</Type /{kind}>> BDC", None)

    def bookmark(self, title: str, level: int, top: float, key: str = "") -> None:
        """Add a line of the reader's outline that leads to height ``top`` of this page.

        ``level`` starts at 0; a level may be followed by one deeper by one only. ``key`` names the
        place for links.
        """
        key = key or f"b{len(self._destinations)}"
        self.bookmarkPage(key, fit="XYZ", left=0, top=round(top, 2), zoom=0)
        self.addOutlineEntry(title, key, level)

    def link(self, target: str, contents: str, box: Box) -> AbstractContextManager[Element]:
        """Draw a content that leads to the place named ``target``, maybe on a page to come.

        ``contents`` says where it leads; ``box`` is the part of the page that answers a click.
        """
        self._links.append(Link(len(self._links), self._pages, box, target, contents))
        return self.tag("Link", link=self._links[-1])

    # Drawing ----------------------------------------------------------------------------------

    def write(self, x: float, y: float, text: str, style: TextStyle, align: Align = "left") -> None:
        """Write one line of text; ``y`` is its base line, ``x`` the side that ``align`` names."""
        if not text:
            return
        face, setting = self._faces.get(style) or self._face(style)
        shown, width = face.basic(text) or self._rare(text, style)
        if align != "left":
            x -= width * style.size * (1.0 if align == "right" else 0.5)
        self._code.append(f"BT {setting} 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")

    def write_row(self, top: float, cells: Sequence[tuple[float, TextStyle, str, Align]]) -> None:
        """Write a row of a table whose cells have one line each; the first one names the row.

        It does what ``tag`` and ``write`` do, at once for all cells: tables are most of a report.
        A cell comes with its place and side, as for ``write``; ``top`` is the row's upper edge.

        Raises:
            ValueError: inside a ``tag`` or ``artifact``.
        """
        if self._inside:
            raise ValueError(f"row inside {self._inside}")
        children, page, mark = self._open[-1].children, self._pages, self._marks
        role: Role = "TH"
        code = ["BT"]
        y, current = 0.0, None
        for x, style, text, align in cells:
            children.append((role, page, mark))
            if text:
                face, setting = self._faces.get(style) or self._face(style)
                if style is not current:
                    code.append(setting)
                    y, current = top - style.base, style
                shown, width = face.basic(text) or self._rare(text, style)
                if align != "left":
                    x -= width * style.size * (1.0 if align == "right" else 0.5)  # noqa: PLW2901
                code.append(f"/{role} <</MCID {mark}>> BDC 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} EMC")
            else:
                code.append(f"/{role} <</MCID {mark}>> BDC EMC")
            role = "TD"
            mark += 1
        self._marks = mark
        self._code.append(" ".join((*code, "ET")))

    def fill_box(self, x: float, y: float, width: float, height: float, ink: Ink) -> None:
        """Fill a rectangle; (x, y) is its lower left corner."""
        self._code.append(f"{ink.fill} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def outline_box(
        self, x: float, y: float, width: float, height: float, ink: Ink, thickness: float = 0.6
    ) -> None:
        """Draw the outline of a rectangle; (x, y) is its lower left corner."""
        self._code.append(
            f"{ink.stroke} {thickness:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S"
        )

    def rule(self, x: float, y: float, end: float, ink: Ink, thickness: float = 0.6) -> None:
        """Draw a horizontal line from ``x`` to ``end``."""
        self.segment((x, y), (end, y), ink, thickness)

    def segment(
        self, start: tuple[float, float], end: tuple[float, float], ink: Ink, thickness: float = 0.6
    ) -> None:
        """Draw a straight line."""
        self._code.append(
            f"{ink.stroke} {thickness:g} w {start[0]:.2f} {start[1]:.2f} m "
            f"{end[0]:.2f} {end[1]:.2f} l S"
        )

    def operators(self, code: Sequence[str]) -> None:
        """Add PDF operators as they are; they must leave the graphics state as they found it."""
        self._code.extend(code)

    # Pages and file ---------------------------------------------------------------------------

    def showPage(self) -> None:  # noqa: N802  # named by reportlab
        """End the page and start the next one.

        Raises:
            ValueError: inside a ``tag`` or ``artifact``.
        """
        if self._inside:
            raise ValueError(f"page ended inside {self._inside}")
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.StructParents = self._pages
        page.Tabs = "/S"
        page.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]
        self._pages += 1
        self._marks = 0

    @property
    def pages(self) -> int:
        """Pages ended so far."""
        return self._pages

    def finish(self) -> bytes:
        """End the last page and give the whole file; nothing can be drawn afterwards."""
        if self._code:
            self.showPage()
        self._write_links()
        structure = StructureWriter(self._doc, self._root, self._pages)
        self._doc.idToObjectNumberAndVersion["StructTree"] = (structure.first, 0)
        self._doc.Catalog.StructTreeRoot = pdfdoc.PDFObjectReference("StructTree")
        return packed(self._doc, self, structure.first, structure.objects)

    # Inside -----------------------------------------------------------------------------------

    def _write_links(self) -> None:
        """Add the annotations of links to their pages; every place is known by now."""
        for link in self._links:
            place = pdfdoc.format(self._bookmarkReference(link.target), self._doc)
            contents = text_string(link.contents)
            box = " ".join(f"{edge:.2f}" for edge in link.box)
            head = f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4"
            head += f"/StructParent {self._pages + link.rank}/Dest "
            annotation = head.encode("ascii") + place + b"/Contents " + contents + b">>"
            link.number = add_object(self._doc, annotation)
            page = self._doc.Pages.pages[link.page]
            page.Annots = [*(page.Annots or ()), _reference(self._doc, link.number)]

    def _element(self, what: Role | Element, attributes: dict[str, Any]) -> Element:
        if isinstance(what, Element):
            return what
        element = Element(what, **attributes) if attributes else Element(what)
        self._open[-1].children.append(element)
        return element

    def _face(self, style: TextStyle) -> tuple[EmbeddedFont, str]:
        """The font of a style, and the operators that set its colour, font and size."""
        face = style.font
        if face.fontName not in self._fonts:
            self._fonts.add(face.fontName)
            face.start(self._doc)
        self._faces[style] = (face, f"{style.ink.fill} {self._font_operator(style, 0)}")
        return self._faces[style]

    def _font_operator(self, style: TextStyle, subset: int) -> str:
        return f"{style.font.getSubsetInternalName(subset, self._doc)} {style.size:g} Tf"

    def _rare(self, text: str, style: TextStyle) -> tuple[str, float]:
        """Operators that show a text with characters beyond the basic set, and its width at 1."""
        face = style.font
        text = face.spell(text)
        shown = [
            f"{self._font_operator(style, subset)} ({escapePDF(characters)}) Tj"
            for subset, characters in face.encode(text, self._doc)
        ]
        return " ".join((*shown, self._font_operator(style, 0))), face.width(text, 1.0)

    def begin_content(self, operator: str, element: Element | None) -> None:
        """Begin a content; called by the scopes of ``tag`` and ``artifact``."""
        if self._inside:
            raise ValueError(f"{operator} inside {self._inside}")
        self._inside = operator
        self._code.append(operator)
        if element is not None:
            element.children.append((self._pages, self._marks))
            self._marks += 1

    def end_content(self) -> None:
        """End the content begun."""
        self._inside = ""
        self._code.append("EMC")

    def _describe(self) -> None:
        said = self._properties
        self.setTitle(said.title)
        self.setSubject(said.subject)
        self.setAuthor("")
        self.setCreator(said.creator)
        self.setDateFormatter(lambda *_: f"D:{said.created:%Y%m%d}000000Z")
        self.setViewerPreference("DisplayDocTitle", "true")
        catalog = self._doc.Catalog
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        # Metadata stay readable without a PDF reader: not deflated.
        metadata = stream(_metadata(said).encode(), "/Type/Metadata/Subtype/XML")
        catalog.Metadata = _reference(self._doc, add_object(self._doc, metadata))


class _Group(AbstractContextManager[Element]):
    """An element open for others; lighter than a generator."""

    __slots__ = ("_element", "_open")

    def __init__(self, opened: list[Element], element: Element) -> None:
        self._open = opened
        self._element = element

    def __enter__(self) -> Element:
        self._open.append(self._element)
        return self._element

    def __exit__(self, *error: object) -> None:
        self._open.pop()


_Held = TypeVar("_Held", bound=Element | None)


class _Content(AbstractContextManager[_Held]):
    """A content being drawn: that of an element, or of none for an artifact."""

    __slots__ = ("_canvas", "_element", "_operator")

    def __init__(self, canvas: TaggedCanvas, operator: str, element: _Held) -> None:
        self._canvas = canvas
        self._operator = operator
        self._element = element

    def __enter__(self) -> _Held:
        self._canvas.begin_content(self._operator, self._element)
        return self._element

    def __exit__(self, *error: object) -> None:
        self._canvas.end_content()


def _reference(document: pdfdoc.PDFDocument, number: int) -> pdfdoc.PDFObjectReference:
    return pdfdoc.PDFObjectReference(document.numberToId[number])


def _metadata(said: Properties) -> str:
    """The XMP packet, with the claim of PDF/UA-1 (ISO 14289-1, clause 5)."""
    title, subject, creator = map(escape, (said.title, said.subject, said.creator))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>'
        "</dc:description>"
        f"<dc:language><rdf:Bag><rdf:li>{said.language}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreatorTool>{creator}</xmp:CreatorTool>"
        f"<xmp:CreateDate>{said.created.isoformat()}T00:00:00Z</xmp:CreateDate>"
        "<pdfuaid:part>1</pdfuaid:part>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
