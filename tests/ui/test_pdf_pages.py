"""Pages of a PDF as images: whatever size a page announces, the image stays small."""

from __future__ import annotations

import io
import threading

from reportlab.pdfgen.canvas import Canvas

from numecole_desktop.services.attached import PDFIUM
from numecole_desktop.ui.screens.pdf_pages import draw_page, draw_pages


def document(*sizes: tuple[float, float]) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(10, 10, 50, 50, fill=1)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def test_a_page_is_drawn_at_the_density_asked() -> None:
    image, count = draw_page(document((72, 144), (144, 72)), 1, 96)
    assert (image.width(), image.height(), count) == (192, 96, 2)


def test_a_giant_page_is_drawn_smaller() -> None:
    image, _ = draw_page(document((14_400, 7_200)), 0, 200)
    assert image.width() <= 6000
    assert image.height() <= 3000


def test_drawing_waits_for_whoever_uses_pdfium() -> None:
    drawn: list[object] = []
    data = document((72, 72))
    thread = threading.Thread(target=lambda: drawn.extend(draw_pages(data, 72)))
    with PDFIUM:
        thread.start()
        thread.join(0.3)
        assert drawn == []
    thread.join(10)
    assert len(drawn) == 1
