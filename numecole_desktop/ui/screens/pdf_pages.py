"""Pages of a PDF as images, drawn away from the window's thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QImage

POINTS_PER_INCH = 72


def draw_pages(data: bytes, dots_per_inch: float) -> Sequence[QImage]:
    """Every page of the PDF ``data``. One thread only may call it (pdfium shares its state)."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        return [_image(page, dots_per_inch / POINTS_PER_INCH) for page in document]
    finally:
        document.close()


def _image(page: object, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)  # type: ignore[attr-defined]
    image = QImage(
        bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
    )
    copy = image.copy()
    bitmap.close()
    return copy
