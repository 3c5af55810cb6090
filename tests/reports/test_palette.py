import pytest

from numecole_desktop.reports.palette import Ink, ink, palette

P = palette()


def luminance(colour: Ink) -> float:
    """Relative luminance (WCAG 2.1)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in map(float, colour.fill.split()[:3])
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Ink, other: Ink) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["text", "muted", "action"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_text_is_readable(name: str, ground: str) -> None:
    assert contrast(getattr(P, name), getattr(P, ground)) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "surface_warning"])
def test_warnings_are_readable(ground: str) -> None:
    assert contrast(P.warning, getattr(P, ground)) >= 4.5


def test_outlines_are_visible() -> None:
    assert contrast(P.border, P.paper) >= 3
    assert contrast(P.action, P.paper) >= 3


def test_a_colour_becomes_its_operators() -> None:
    assert ink("#1f4e8c").fill == "0.122 0.306 0.549 rg"
    assert ink("#1f4e8c").stroke.endswith("RG")


@pytest.mark.parametrize("written", ["1f4e8c", "#1f4e8", "#1f4e8cff", "#zzzzzz", ""])
def test_a_badly_written_colour_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="couleur illisible"):
        ink(written)
