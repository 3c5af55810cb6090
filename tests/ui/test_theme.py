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
        # Titles, details and links of a chosen row; the count beside a place of the rail.
        *(("muted", "selection"), ("muted", "idle_selection")),
        *(("action", "selection"), ("action", "idle_selection"), ("action", "action_surface")),
        *(
            (tone, ground)
            for tone in ("success", "warning", "error")
            for ground in ("selection", "idle_selection")
        ),
        ("base", "warning"),
    ],
)
def test_pairs_are_read(chosen: Colours, ink: str, ground: str) -> None:
    assert contrast(chosen.named(ink), chosen.named(ground)) >= TEXT


GROUNDS = ("window", "base", "alternate", "surface", "action_surface", "selection")


@pytest.mark.parametrize("ground", [*GROUNDS, "idle_selection"])
def test_borders_are_seen(chosen: Colours, ground: str) -> None:
    assert contrast(chosen.border, chosen.named(ground)) >= GRAPHIC


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_ring_of_the_keyboard_and_what_charts_fill_are_seen(
    chosen: Colours, ground: str
) -> None:
    assert contrast(chosen.action, chosen.named(ground)) >= GRAPHIC


def test_the_ring_inside_a_filled_button_is_seen(chosen: Colours) -> None:
    assert contrast(chosen.on_action, chosen.action) >= GRAPHIC


def test_what_cannot_be_used_is_read_and_told_apart(chosen: Colours) -> None:
    for ground in (chosen.window, chosen.base):
        assert contrast(chosen.muted, ground) >= TEXT
    assert contrast(chosen.text, chosen.muted) >= 1.5


GROUPS = QPalette.ColorGroup
ROLES = QPalette.ColorRole


@pytest.mark.parametrize("group", [GROUPS.Active, GROUPS.Inactive, GROUPS.Disabled])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (ROLES.WindowText, ROLES.Window),
        (ROLES.Text, ROLES.Base),
        (ROLES.Text, ROLES.AlternateBase),
        (ROLES.ButtonText, ROLES.Button),
        (ROLES.PlaceholderText, ROLES.Base),
        (ROLES.HighlightedText, ROLES.Highlight),
        (ROLES.ToolTipText, ROLES.ToolTipBase),
        (ROLES.Link, ROLES.Window),
        (ROLES.Link, ROLES.Base),
        (ROLES.LinkVisited, ROLES.Base),
    ],
)
def test_qt_s_own_widgets_are_read(
    chosen: Colours, group: QPalette.ColorGroup, ink: QPalette.ColorRole, ground: QPalette.ColorRole
) -> None:
    made = palette(chosen)
    assert contrast(made.color(group, ink), made.color(group, ground)) >= TEXT


def test_the_signs_of_a_selected_row_are_seen(chosen: Colours) -> None:
    for ink in ("action", "success", "warning", "muted"):
        assert contrast(chosen.named(ink), chosen.selection) >= GRAPHIC
        assert contrast(chosen.named(ink), chosen.idle_selection) >= GRAPHIC


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
