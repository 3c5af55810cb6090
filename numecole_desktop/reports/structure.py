"""The logical structure of a tagged PDF: what each piece of a page is, in reading order.

Source: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

from reportlab.pdfbase.pdfdoc import PDFDocument

from numecole_desktop.reports.pdf_file import text_string

Role: TypeAlias = Literal[
    "Document", "Sect", "H1", "H2", "H3", "P", "Caption", "Figure",
    "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "TOC", "TOCI", "Reference", "Link",
]  # fmt: skip
Scope: TypeAlias = Literal["Column", "Row", "Both"]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the lower left corner of the page."""


Mark: TypeAlias = tuple[int, int]
"""A marked content: page from 0, number on that page."""
Plain: TypeAlias = tuple[Role, int, int]
"""A cell of a table, a data cell or the heading of a row, with its marked content alone."""


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
    are elements and marked contents in reading order.
    """

    role: Role
    scope: Scope | None = None
    columns: int = 1
    alternative: str = ""
    box: Box | None = None
    link: Link | None = None
    children: list[Element | Mark | Plain] = field(default_factory=list)


class StructureWriter:
    """Writes the structure tree of a document whose pages are complete.

    The element with marked content number n of a page stands at place n of that page's entry in
    the parent tree, as readers look it up; links stand after the pages. ``objects`` are the objects
    of the tree, numbered from ``first`` on, the tree's root first. A tree has thousands of them:
    they are written as bytes at once, without a place in reportlab's tables.
    """

    def __init__(self, document: PDFDocument, root: Element, pages: int) -> None:
        numbers = document.idToObjectNumberAndVersion
        self.first: int = document.objectcounter + 1
        self._pages = [numbers[f"Page{page + 1}"][0] for page in range(pages)]
        self._owners: list[dict[int, int]] = [{} for _ in range(pages)]
        self._linked: dict[int, int] = {}
        self.objects = [b""]
        top = self._write(root, self.first)
        self.objects[0] = (
            f"<</Type/StructTreeRoot/K {top} 0 R/ParentTree<</Nums[{self._parents()}]>>"
            f"/ParentTreeNextKey {pages + len(self._linked)}>>"
        ).encode("ascii")
        document.objectcounter += len(self.objects)

    def _write(self, element: Element, parent: int) -> int:
        """Write an element and what it holds; gives its number."""
        place = len(self.objects)
        number = self.first + place
        self.objects.append(b"")
        page = None
        kids = []
        row_scope = _cell_attributes("Row", 1)
        for child in element.children:
            if isinstance(child, Element):
                kids.append(f"{self._write(child, number)} 0 R")
                continue
            if len(child) == 3:  # a cell, see Plain
                role, where, mark = child
                scope = row_scope if role == "TH" else ""
                cell = self.first + len(self.objects)
                self._owners[where][mark] = cell
                plain = f"<</S/{role}/P {number} 0 R/Pg {self._pages[where]} 0 R/K {mark}{scope}>>"
                self.objects.append(plain.encode("ascii"))
                kids.append(f"{cell} 0 R")
                continue
            where, mark = child
            self._owners[where][mark] = number
            if page is None:
                page = where
            if where == page:
                kids.append(str(mark))
            else:
                kids.append(f"<</Type/MCR/Pg {self._pages[where]} 0 R/MCID {mark}>>")
        if element.link is not None:
            self._linked[element.link.rank] = number
            there = self._pages[element.link.page]
            kids.append(f"<</Type/OBJR/Pg {there} 0 R/Obj {element.link.number} 0 R>>")
        on_page = "" if page is None else f"/Pg {self._pages[page]} 0 R"
        content = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
        head = f"<</S/{element.role}/P {parent} 0 R{on_page}{content}{_attributes(element)}"
        written = head.encode("ascii")
        if element.alternative:
            written += b"/Alt " + text_string(element.alternative)
        self.objects[place] = written + b">>"
        return number

    def _parents(self) -> str:
        """The parent tree: for each page its elements in order, then each link's element."""
        pages = [
            f"{page}[{' '.join(f'{owner[mark]} 0 R' for mark in range(len(owner)))}]"
            for page, owner in enumerate(self._owners)
        ]
        links = [
            f" {len(pages) + rank} {self._linked[rank]} 0 R" for rank in range(len(self._linked))
        ]
        return "".join((*pages, *links))


def _attributes(element: Element) -> str:
    if element.box is not None:
        box = " ".join(f"{edge:.2f}" for edge in element.box)
        return f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
    if element.scope is None and element.columns == 1:
        return ""
    return _cell_attributes(element.scope, element.columns)


@cache
def _cell_attributes(scope: Scope | None, columns: int) -> str:
    named = f"/Scope/{scope}" if scope else ""
    spanned = f"/ColSpan {columns}" if columns > 1 else ""
    return f"/A<</O/Table{named}{spanned}>>"
