"""The logical structure of a tagged PDF: what each piece of a page is, in reading order.

Source: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFString

from numecole_desktop.reports.pdf_file import add_object

Role: TypeAlias = Literal[
    "Document", "Sect", "H1", "H2", "H3", "P", "Caption", "Figure",
    "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "TOC", "TOCI", "Reference", "Link",
]  # fmt: skip
Scope: TypeAlias = Literal["Column", "Row", "Both"]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the lower left corner of the page."""


@dataclass(eq=False, slots=True)
class Link:
    """The part of a page (from 0) that leads elsewhere in the document.

    ``target`` names the place, ``contents`` says where it leads. ``rank`` counts the links of the
    document from 0; ``number`` is that of the annotation's object, known once all is drawn.
    """

    rank: int
    page: int
    box: Box
    target: str
    contents: str
    number: int = 0


@dataclass(eq=False, slots=True)
class Element:
    """One structure element.

    ``scope`` and ``columns`` (columns spanned) serve table cells, ``alternative`` (the text that
    stands for the drawing) and ``box`` figures, ``link`` what its content leads to. ``children``
    are elements and marked contents, each (page from 0, number on that page), in reading order.
    """

    role: Role
    scope: Scope | None = None
    columns: int = 1
    alternative: str = ""
    box: Box | None = None
    link: Link | None = None
    children: list[Element | tuple[int, int]] = field(default_factory=list)

    def first_page(self) -> int | None:
        """Page of the first content of its own, None when it only groups others."""
        return next((child[0] for child in self.children if isinstance(child, tuple)), None)


def write_structure(document: PDFDocument, root: Element, pages: int) -> int:
    """Add the structure tree to ``document`` and give the object number of its root.

    The element with marked content number n of a page stands at place n of that page's entry in
    the parent tree, as readers look it up; links stand after the pages.
    """
    elements: list[tuple[Element, int]] = []
    first = document.objectcounter + 2  # after the tree's root
    _collect(root, first - 1, first, elements)
    numbers = {id(element): first + i for i, (element, _) in enumerate(elements)}
    page_numbers = [
        document.idToObjectNumberAndVersion[f"Page{page + 1}"][0] for page in range(pages)
    ]
    owners: list[dict[int, int]] = [{} for _ in range(pages)]
    linked: dict[int, int] = {}
    written = []
    for element, parent in elements:
        number = numbers[id(element)]
        for child in element.children:
            if isinstance(child, tuple):
                owners[child[0]][child[1]] = number
        if element.link is not None:
            linked[element.link.rank] = number
        written.append(_dictionary(element, parent, numbers, page_numbers, document))
    parents = "".join(
        f"{page}[{' '.join(f'{owner[mark]} 0 R' for mark in range(len(owner)))}]"
        for page, owner in enumerate(owners)
    ) + "".join(f" {pages + rank} {linked[rank]} 0 R" for rank in range(len(linked)))
    tree = add_object(
        document,
        f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree<</Nums[{parents}]>>"
        f"/ParentTreeNextKey {pages + len(linked)}>>".encode("ascii"),
    )
    for content in written:
        add_object(document, content)
    return tree


def _collect(element: Element, parent: int, number: int, into: list[tuple[Element, int]]) -> int:
    """List ``element`` and its descendants with their parents' numbers; gives the next number."""
    into.append((element, parent))
    following = number + 1
    for child in element.children:
        if isinstance(child, Element):
            following = _collect(child, number, following, into)
    return following


def _dictionary(
    element: Element,
    parent: int,
    numbers: dict[int, int],
    page_numbers: list[int],
    document: PDFDocument,
) -> bytes:
    page = element.first_page()
    kids = []
    for child in element.children:
        if isinstance(child, Element):
            kids.append(f"{numbers[id(child)]} 0 R")
        elif child[0] == page:
            kids.append(str(child[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {page_numbers[child[0]]} 0 R/MCID {child[1]}>>")
    if element.link is not None:
        where = page_numbers[element.link.page]
        kids.append(f"<</Type/OBJR/Pg {where} 0 R/Obj {element.link.number} 0 R>>")
    on_page = "" if page is None else f"/Pg {page_numbers[page]} 0 R"
    content = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
    head = f"<</S/{element.role}/P {parent} 0 R{on_page}{content}{_attributes(element)}"
    if not element.alternative:
        return f"{head}>>".encode("ascii")
    alternative: bytes = PDFString(element.alternative).format(document)
    return head.encode("ascii") + b"/Alt " + alternative + b">>"


def _attributes(element: Element) -> str:
    if element.box is not None:
        box = " ".join(f"{edge:.2f}" for edge in element.box)
        return f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
    if element.scope is None and element.columns == 1:
        return ""
    scope = f"/Scope/{element.scope}" if element.scope else ""
    columns = f"/ColSpan {element.columns}" if element.columns > 1 else ""
    return f"/A<</O/Table{scope}{columns}>>"
