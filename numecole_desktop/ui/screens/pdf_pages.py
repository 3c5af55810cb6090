"""Pages of a PDF as images, drawn away from the window's thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_INCH = 72
_LONGEST_SIDE = 6000
"""Pixels: a page announced as larger is drawn smaller, whatever its author wanted."""


def draw_pages(data: bytes, dots_per_inch: float) -> Sequence[QImage]:
    """Every page of the PDF ``data``."""
    with _opened(data) as document:
        return [_image(page, dots_per_inch / POINTS_PER_INCH) for page in document]


def draw_page(data: bytes, number: int, dots_per_inch: float) -> tuple[QImage, int]:
    """Page ``number`` (from 0) of the PDF ``data``, and how many pages it has."""
    with _opened(data) as document:
        return _image(document[number], dots_per_inch / POINTS_PER_INCH), len(document)


@contextmanager
def _opened(data: bytes) -> Iterator[PdfDocument]:
    from pypdfium2 import PdfDocument

    from numecole_desktop.services.attached import PDFIUM

    with PDFIUM:
        document = PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def _image(page: object, scale: float) -> QImage:
    longest = max(page.get_size())  # type: ignore[attr-defined]
    scale = min(scale, _LONGEST_SIDE / longest)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)  # type: ignore[attr-defined]
    image = QImage(
        bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
    )
    copy = image.copy()
    bitmap.close()
    return copy
