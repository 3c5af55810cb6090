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
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from numecole_desktop.reports.fonts import Weight, font
from numecole_desktop.reports.palette import Ink
from numecole_desktop.reports.pdf_file import add_object, packed, stream
from numecole_desktop.reports.structure import (
    Box,
    Element,
    Link,
    Role,
    write_structure,
)
from numecole_desktop.reports.text import TextStyle

if TYPE_CHECKING:
    from types import TracebackType

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
        self._doc.defaultStreamFilters = [pdfdoc.PDFZCompress]
        self._root = Element("Document")
        self._open: list[Element] = [self._root]
        self._inside = ""
        self._marks = 0
        self._pages = 0
        self._fonts: set[str] = set()
        self._links: list[Link] = []
        self._describe()

    # Structure --------------------------------------------------------------------------------

    def group(self, what: Role | Element, **attributes: Any) -> AbstractContextManager[Element]:
        """Open an element that holds others, or enter one again; attributes as in ``Element``."""
        element = self._element(what, attributes)
        return _Scope(partial(self._open.append, element), self._open.pop, element)

    def tag(self, what: Role | Element, **attributes: Any) -> AbstractContextManager[Element]:
        """Draw the content of a new element, or more content of an element entered again.

        Raises:
            ValueError: inside another ``tag`` or ``artifact``; contents do not nest.
        """
        element = self._element(what, attributes)
        mark = (self._pages, self._marks)

        def begin() -> None:
            self._begin(f"/{element.role} <</MCID {mark[1]}>> BDC")
            element.children.append(mark)
            self._marks += 1

        return _Scope(begin, self._end, element)

    def artifact(self, kind: ArtifactKind = "Layout") -> AbstractContextManager[Element]:
        """Draw what is not read aloud: rules, backgrounds, running headers and footers.

        Raises:
            ValueError: inside another ``tag`` or ``artifact``; contents do not nest.
        """
        begin = partial(self._begin, f"/Artifact <</Type /{kind}>> BDC")
        return _Scope(begin, self._end, self._open[-1])

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
        face = style.font
        text = face.spell(text)
        if align != "left":
            width = face.width(text, style.size)
            x -= width if align == "right" else width / 2
        if face.fontName not in self._fonts:
            self._fonts.add(face.fontName)
            face.start(self._doc)
        code = [f"BT {style.ink.fill} 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for subset, characters in face.encode(text, self._doc):
            name = face.getSubsetInternalName(subset, self._doc)
            code.append(f"{name} {style.size:g} Tf ({escapePDF(characters)}) Tj")
        code.append("ET")
        self._code.append(" ".join(code))

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
        catalog = self._doc.Catalog
        catalog.StructTreeRoot = _reference(
            self._doc, write_structure(self._doc, self._root, self._pages)
        )
        return packed(self._doc, self)

    # Inside -----------------------------------------------------------------------------------

    def _write_links(self) -> None:
        """Add the annotations of links to their pages; every place is known by now."""
        for link in self._links:
            place = pdfdoc.format(self._bookmarkReference(link.target), self._doc)
            contents = pdfdoc.PDFString(link.contents).format(self._doc)
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
        element = Element(what, **attributes)
        self._open[-1].children.append(element)
        return element

    def _begin(self, operator: str) -> None:
        if self._inside:
            raise ValueError(f"{operator} inside {self._inside}")
        self._inside = operator
        self._code.append(operator)

    def _end(self) -> None:
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


class _Scope(AbstractContextManager[Element]):
    """Runs one callable on entering and one on leaving; lighter than a generator."""

    __slots__ = ("_begin", "_element", "_end")

    def __init__(self, begin: Any, end: Any, element: Element) -> None:
        self._begin = begin
        self._end = end
        self._element = element

    def __enter__(self) -> Element:
        self._begin()
        return self._element

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()


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
