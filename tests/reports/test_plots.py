import ctypes
from collections.abc import Callable
from datetime import date

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from numecole_desktop.reports.charts import hatch
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.plots import (
    FILLS,
    draw_compared,
    draw_curve,
    draw_fill,
    draw_length,
    draw_stack,
)
from numecole_desktop.reports.tagged import Properties, TaggedCanvas

BOX = (100.0, 500.0, 300.0, 510.0)


def paths(draw: Callable[[TaggedCanvas], None]) -> list[pdfium.PdfObject]:
    """The paths that a function draws."""
    canvas = TaggedCanvas(Properties("Essai", date(2024, 9, 2)))
    with canvas.tag("Figure", alternative="Essai.", box=BOX):
        draw(canvas)
    page = pdfium.PdfDocument(canvas.finish())[0]
    return list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]))


def filled(found: list[pdfium.PdfObject]) -> list[tuple[float, float, float, float]]:
    """Bounds of the paths that are filled with the colour of bars."""
    bounds = []
    for item in found:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDFPath_GetDrawMode(item, mode, stroke)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium_c.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
        colour = tuple(round(255 * float(each)) for each in palette().action.fill.split()[:3])
        if mode.value and (red.value, green.value, blue.value) == colour:
            bounds.append(item.get_bounds())
    return bounds


@pytest.mark.parametrize(("percent", "width"), [(0, 0), (25, 50), (100, 200), (140, 200)])
def test_a_bar_is_as_long_as_its_percentage(percent: int, width: float) -> None:
    bars = filled(paths(lambda canvas: draw_compared(canvas, BOX, percent, [])))
    assert [right - left for left, _, right, _ in bars] == ([pytest.approx(width)] if width else [])
    lengths = filled(paths(lambda canvas: draw_length(canvas, BOX, percent)))
    assert [right - left for left, _, right, _ in lengths] == (
        [pytest.approx(width)] if width else []
    )


def test_an_unknown_percentage_has_no_bar() -> None:
    assert filled(paths(lambda canvas: draw_compared(canvas, BOX, None, [50]))) == []


def test_levels_above_are_marks_of_different_shapes() -> None:
    marks = paths(lambda canvas: draw_compared(canvas, BOX, 10, [80, 60, 40]))[2:]
    shapes = [pdfium_c.FPDFPath_CountSegments(item) for item in marks]
    centres = [(item.get_bounds()[0] + item.get_bounds()[2]) / 2 for item in marks]
    # The line across the bar is drawn over a white one, then the diamond, then the triangle.
    assert centres == [pytest.approx(at, abs=0.5) for at in (180, 180, 220, 260)]
    assert shapes[2] > shapes[3]
    assert len(paths(lambda canvas: draw_compared(canvas, BOX, 10, [None, 40]))) == 4


def test_parts_of_a_stack_are_as_long_as_their_counts() -> None:
    found = filled(paths(lambda canvas: draw_stack(canvas, BOX, [1, 0, 2, 1], ["full"] * 4)))
    assert [right - left for left, _, right, _ in found] == [
        pytest.approx(width - 1.6) for width in (50, 100, 50)
    ]
    assert found[-1][2] <= BOX[2]


def test_ways_to_fill_differ_without_colour() -> None:
    drawn = {fill: len(paths(lambda canvas, f=fill: draw_fill(canvas, BOX, f))) for fill in FILLS}  # type: ignore[misc]
    segments = {
        fill: sum(
            pdfium_c.FPDFPath_CountSegments(item)
            for item in paths(lambda canvas, f=fill: draw_fill(canvas, BOX, f))  # type: ignore[misc]
        )
        for fill in FILLS
    }
    assert drawn["full"] == 1
    assert segments["dense"] > segments["sparse"] > segments["blank"]


def test_hatching_stays_in_its_box() -> None:
    for item in paths(lambda canvas: hatch(canvas, BOX, palette().action)):
        path = pdfium_c.FPDFPageObj_GetClipPath(item)
        assert pdfium_c.FPDFClipPath_CountPaths(path) >= 1


def test_a_curve_skips_what_is_unknown() -> None:
    box = (100.0, 500.0, 300.0, 560.0)
    found = paths(lambda canvas: draw_curve(canvas, box, [10, None, 30], ["10 %", "", "30 %"], 100))
    dots = filled(found)
    assert len(dots) == 2
    assert dots[0][1] < dots[1][1]
    alone = paths(lambda canvas: draw_curve(canvas, box, [None, 5], ["", "5"], 0))
    assert len(filled(alone)) == 1
