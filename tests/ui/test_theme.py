"""Colours that can be told apart, in every palette of the theme."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from numecole_desktop.services.folders import data_folder
from numecole_desktop.ui.state import state_file
from numecole_desktop.ui.theme import Colours, apply_theme, colours, palette, theme, theme_names

TEXT, GRAPHIC = 4.5, 3.0


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast(QColor("#ffffff"), QColor("#000000")) == pytest.approx(21)
    assert contrast(QColor("#ffffff"), QColor("#1f4e8c")) == pytest.approx(8.3, abs=0.1)


@pytest.fixture(params=theme_names())
def chosen(request: pytest.FixtureRequest) -> Colours:
    return theme(request.param)


@pytest.mark.parametrize("ink", ["text", "muted", "action", "error", "success", "warning"])
@pytest.mark.parametrize("ground", ["window", "base", "alternate", "surface"])
def test_texts_are_read_on_every_ground(chosen: Colours, ink: str, ground: str) -> None:
    assert contrast(chosen.named(ink), chosen.named(ground)) >= TEXT


@pytest.mark.parametrize("tone", ["action", "error", "success", "warning"])
def test_texts_are_read_on_the_ground_of_their_tone(chosen: Colours, tone: str) -> None:
    ground = chosen.named(f"{tone}_surface")
    assert contrast(chosen.named(tone), ground) >= TEXT
    assert contrast(chosen.text, ground) >= TEXT


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("on_action", "action"),
        ("text", "selection"),
        ("text", "idle_selection"),
        ("muted", "action_surface"),
    ],
)
def test_pairs_are_read(chosen: Colours, ink: str, ground: str) -> None:
    assert contrast(chosen.named(ink), chosen.named(ground)) >= TEXT


@pytest.mark.parametrize("ground", ["window", "base", "action_surface"])
def test_borders_are_seen(chosen: Colours, ground: str) -> None:
    assert contrast(chosen.border, chosen.named(ground)) >= GRAPHIC


def test_the_signs_of_a_selected_row_are_seen(chosen: Colours) -> None:
    for ink in ("action", "success", "warning", "muted"):
        assert contrast(chosen.named(ink), chosen.selection) >= GRAPHIC
        assert contrast(chosen.named(ink), chosen.idle_selection) >= GRAPHIC


def test_the_palette_of_qt_selects_with_a_read_text(chosen: Colours) -> None:
    made = palette(chosen)
    highlight = made.color(QPalette.ColorRole.Highlight)
    assert contrast(made.color(QPalette.ColorRole.HighlightedText), highlight) >= TEXT


def test_another_theme_changes_the_palette_of_the_application(qapp: QApplication) -> None:
    apply_theme(qapp, "dark")
    try:
        assert colours().name == "dark"
        assert qapp.palette().color(QPalette.ColorRole.Base) == theme("dark").base
    finally:
        apply_theme(qapp, "light")


def test_the_window_remembers_in_the_data_folder() -> None:
    assert state_file().parent == data_folder()


def test_without_a_chosen_folder_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMECOLE_DOSSIER")
    assert state_file().parent == data_folder()
