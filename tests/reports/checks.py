"""What every report must pass, whatever it says."""

from __future__ import annotations

import ctypes

import page as page_validation
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from numecole_desktop.reports.layout import BOTTOM, LEFT, RIGHT


def faults(data: bytes) -> list[str]:
    """All that makes a file hard to read: for a machine, out of the page, covered, without font."""
    return [
        *failures(data),
        *(f"outside, page {page}: {text}" for page, text in texts_outside_the_margins(data)),
        *(f"covered, page {page}: {left}, {top}" for page, left, top in overlapping_texts(data)),
        *(f"not embedded: {name}" for name, embedded in fonts(data).items() if embedded != 1),
    ]


def failures(data: bytes) -> list[str]:
    """Broken rules of PDF/UA-1."""
    report = page_validation.validate_pdf_bytes(data, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def fonts(data: bytes) -> dict[str, int]:
    """Fonts of the texts: name, 1 if it is embedded."""
    found = {}
    for page in pdfium.PdfDocument(data):
        for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]):
            font = pdfium_c.FPDFTextObj_GetFont(item)
            name = ctypes.create_string_buffer(100)
            pdfium_c.FPDFFont_GetBaseFontName(font, name, 100)
            found[name.value.decode()] = pdfium_c.FPDFFont_GetIsEmbedded(font)
    return found


def texts_outside_the_margins(data: bytes) -> list[tuple[int, str]]:
    """Page and letter of what leaves the margins."""
    found = []
    for number, page in enumerate(pdfium.PdfDocument(data), start=1):
        text = page.get_textpage()
        for n in range(text.count_chars()):
            left, bottom, right, _ = text.get_charbox(n)
            letter = text.get_text_range(n, 1)
            inside = left >= LEFT - 1 and right <= RIGHT + 1 and bottom >= BOTTOM - 30
            if letter.strip() and right - left > 0.1 and not inside:
                found.append((number, letter))
    return found


def overlapping_texts(data: bytes) -> list[tuple[int, float, float]]:
    """Page, left and top of each text that another one covers."""
    found = []
    for number, page in enumerate(pdfium.PdfDocument(data), start=1):
        boxes = [
            item.get_bounds() for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT])
        ]
        inked = [box for box in boxes if box[2] - box[0] > 0.1]
        for n, (left, bottom, right, top) in enumerate(inked):
            for other in inked[n + 1 :]:
                apart = other[0] >= right - 0.5 or other[2] <= left + 0.5
                above = other[1] >= top - 0.5 or other[3] <= bottom + 0.5
                if not (apart or above):
                    found.append((number, left, top))
    return found


def alternatives(data: bytes) -> list[str]:
    """Alternative texts of the figures, page by page."""
    found: list[str] = []
    for page in pdfium.PdfDocument(data):
        tree = pdfium_c.FPDF_StructTree_GetForPage(page)
        for n in range(pdfium_c.FPDF_StructTree_CountChildren(tree)):
            _collect(pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, n), found)
        pdfium_c.FPDF_StructTree_Close(tree)
    return found


def _collect(element: object, into: list[str]) -> None:
    length = pdfium_c.FPDF_StructElement_GetAltText(element, None, 0)
    if length > 2:
        text = ctypes.create_string_buffer(length)
        pdfium_c.FPDF_StructElement_GetAltText(element, text, length)
        into.append(text.raw.decode("utf-16-le").rstrip("\0"))
    for n in range(max(pdfium_c.FPDF_StructElement_CountChildren(element), 0)):
        child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, n)
        if child:
            _collect(child, into)


def roles(data: bytes) -> list[str]:
    """Roles of the elements in reading order, page by page."""
    found: list[str] = []

    def visit(element: object) -> None:
        length = pdfium_c.FPDF_StructElement_GetType(element, None, 0)
        text = ctypes.create_string_buffer(length)
        pdfium_c.FPDF_StructElement_GetType(element, text, length)
        found.append(text.raw.decode("utf-16-le").rstrip("\0"))
        for n in range(max(pdfium_c.FPDF_StructElement_CountChildren(element), 0)):
            child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, n)
            if child:
                visit(child)

    for page in pdfium.PdfDocument(data):
        tree = pdfium_c.FPDF_StructTree_GetForPage(page)
        for n in range(pdfium_c.FPDF_StructTree_CountChildren(tree)):
            visit(pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, n))
        pdfium_c.FPDF_StructTree_Close(tree)
    return found
